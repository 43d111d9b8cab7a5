/**
 * Duties: whom the organisation has to tell about what a case found, and what became of it. They open
 * and close by the duty routes of the case's profile; nobody closes one by hand.
 */
import type { Parsed } from '../../../contract/api.ts';
import { basisAt } from '../../cases/decision-basis.ts';
import type { Duty } from '../../domain/case.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { Hit } from '../../domain/hit.ts';
import type { Page } from '../../domain/page.ts';
import type { DutyRoutes } from '../../duties/duty-routes.ts';
import {
  type ConfirmedItem,
  canClose,
  type DutyDraft,
  type DutyProgress,
  type DutyReceiver,
  dutiesFor,
  type ReportedPerson,
} from '../../duties/open-duties.ts';
import { accountName, type CaseRow, caseRow } from '../../storage/cases/cases.ts';
import { hasFinalDecision } from '../../storage/cases/decisions.ts';
import type { Database } from '../../storage/database.ts';
import { caseNumber, hitRowId, hitsByIds } from '../../storage/detection/hits.ts';
import {
  type DutyRow,
  type DutyTerms,
  dutyRow,
  dutyRows,
  exhibitsOfItems,
  insertDuty,
  itemsWithoutExhibit,
  listDutyRows,
  termsOf,
  toDuty,
  updateDuty,
} from '../../storage/duties/duties.ts';
import {
  carriedOut,
  dutyReport,
  hasProof,
  marksOfHit,
  stepsOfDuty,
} from '../../storage/duties/duty-records.ts';
import { accountRowId, personById, standingLink } from '../../storage/people/people.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { newUid, record } from '../session.ts';
import { clockHours } from './duty-clock.ts';

/** What stands between a duty and its end; empty for one that has ended. */
function missingOf(db: Database, row: DutyRow): string[] {
  if (row.state === 'closed') return [];
  const result = canClose(progressOf(db, row));
  return result.ok ? [] : result.missing;
}

function progressOf(db: Database, row: DutyRow): DutyProgress {
  const terms = termsOf(row);
  switch (terms.kind) {
    case 'assessment':
      return {
        kind: 'assessment',
        outcome: row.outcome,
        reason: row.reason ?? '',
        approver: null,
        reportIds: [],
      };
    case 'disposal':
      return {
        kind: 'disposal',
        decided: hasFinalDecision(db, row.case_id),
        proved: hasProof(db, row.id) || carriedOut(db, row.case_id) !== null,
      };
    case 'records':
      return {
        kind: 'records',
        recordsSaved: itemsWithoutExhibit(db, row.case_id, terms.itemIds).length === 0,
      };
    case 'report':
      return {
        kind: 'report',
        givesReceipt: terms.givesReceipt,
        filedAt: row.filed_at,
        receiptNumber: row.receipt_number,
        noticeItems: terms.noticeItems.map(({ id }) => id),
        noticeCovered: Object.entries(noticeOf(db, row.id)).flatMap(([id, text]) =>
          text.trim() === '' ? [] : [id],
        ),
      };
  }
}

/** Texts of a report's notice by item. */
export function noticeOf(db: Database, dutyId: string): Record<string, string> {
  return JSON.parse(dutyReport(db, dutyId)?.notice ?? '{}') as Record<string, string>;
}

/** A duty with everything the contract shows. `db` may be a snapshot. */
export function showDuty(db: Database, prefix: string, now: number, row: DutyRow): Duty {
  const { number } = caseRow(db, row.case_id);
  return toDuty(db, row, { caseNumber: caseNumber(prefix, number), now, missing: missingOf(db, row) });
}

/** Duties by their date, the first due first. */
export function listDuties(desk: CaseDesk, input: Parsed<'duties.list'>): Page<Duty> {
  const db = dbOf(desk);
  const now = desk.session.environment.now();
  const page = listDutyRows(
    db,
    { state: input.state ?? null, caseId: input.caseId ?? null },
    input.cursor ?? null,
    input.limit,
  );
  return { ...page, rows: page.rows.map((row) => showDuty(db, desk.reading.prefix, now, row)) };
}

/** Throws `not-found`. */
export function dutyById(desk: CaseDesk, id: string): Duty {
  return showDuty(dbOf(desk), desk.reading.prefix, desk.session.environment.now(), dutyRow(dbOf(desk), id));
}

function confirmedItem(db: Database, hit: Hit): ConfirmedItem {
  return {
    id: hit.id,
    category: hit.category,
    rule: hit.rule,
    marks: marksOfHit(db, hitRowId(db, hit.id)).map(({ mark }) => mark),
    confirmedAt: hit.disposition?.at ?? 0,
    person: hit.senderId === null ? null : reportedPerson(db, hit.senderId),
  };
}

/** The person an account was joined to, else the account itself. */
function reportedPerson(db: Database, accountUid: string): ReportedPerson {
  const account = accountRowId(db, accountUid);
  const standing = standingLink(db, account);
  if (!standing) return { id: accountUid, name: accountName(db, account) };
  const { id, name } = personById(db, standing.person_id);
  return { id, name };
}

/** What a duty is about and when it is due, out of the draft of the routes. */
interface Shape {
  readonly terms: DutyTerms;
  readonly route: string;
  readonly basis: readonly string[];
  readonly categories: readonly CategoryId[];
  readonly dueAt: number;
  readonly startsAt: number;
}

type Rest<D> = D extends unknown ? Omit<D, 'caseId' | 'clock'> : never;

function termsOfDraft(rest: Rest<DutyDraft>): DutyTerms {
  switch (rest.kind) {
    case 'report':
      return rest;
    case 'assessment':
      return { kind: rest.kind, suggested: rest.suggested, itemIds: rest.itemIds };
    default:
      return { kind: rest.kind, actions: rest.actions, itemIds: rest.itemIds };
  }
}

function shapeOf(draft: DutyDraft): Shape {
  const { caseId: _, clock, ...rest } = draft;
  const sources: readonly Pick<DutyReceiver, 'routes' | 'basis'>[] =
    rest.kind === 'assessment' ? rest.suggested : [rest];
  return {
    terms: termsOfDraft(rest),
    route: [...new Set(sources.flatMap(({ routes }) => routes))].join(' '),
    basis: [...new Set(sources.flatMap(({ basis }) => basis))],
    categories: rest.categories,
    dueAt: clock.dueAt,
    startsAt: clock.startsAt,
  };
}

/** The shapes that the routes give hits, as reports or as an assessment, whatever the profile opens first. */
function shapes(desk: CaseDesk, target: CaseRow, opens: DutyRoutes['opens'], hits: readonly Hit[]): Shape[] {
  const table = desk.policies.routes(target.profile);
  const items = hits.map((hit) => confirmedItem(desk.reading.db, hit));
  return dutiesFor({ ...table, opens }, target.id, items, clockHours(dbOf(desk), table)).map(shapeOf);
}

/** Two duties of a case are one while open: reports about one person to one receiver, others of one kind. */
function same(a: DutyTerms, b: DutyTerms): boolean {
  if (a.kind !== 'report' || b.kind !== 'report') return a.kind === b.kind;
  return a.receiver === b.receiver && (a.person?.id ?? null) === (b.person?.id ?? null);
}

function columns(desk: CaseDesk, { terms, route, basis, categories, dueAt, startsAt }: Shape) {
  return {
    route,
    receiver: JSON.stringify(terms),
    // The duty to tell arises with the confirmation, so the law of that day governs it.
    basis: JSON.stringify(basisAt(basis, startsAt, desk.policies.law)),
    categories: JSON.stringify(categories),
    due_at: dueAt,
  };
}

const described = (shape: Pick<Shape, 'terms' | 'categories'>) => ({
  ...(shape.terms.kind === 'report'
    ? { receiver: shape.terms.receiver, ...(shape.terms.person ? { person: shape.terms.person.name } : {}) }
    : {}),
  categories: shape.categories,
  items: shape.terms.itemIds,
});

function open(desk: CaseDesk, target: CaseRow, shape: Shape): string {
  const id = newUid(desk.session);
  insertDuty(desk.session.workspace.store, {
    id,
    case_id: target.id,
    kind: shape.terms.kind,
    state: 'open',
    ...columns(desk, shape),
    opened_at: desk.session.environment.now(),
    filed_at: null,
    receipt_number: null,
    outcome: null,
    reason: null,
    approver_id: null,
    assessed_at: null,
    note: '',
  });
  record(desk.session, {
    type: 'duty.opened',
    subject: { type: 'duty', id },
    caseId: target.id,
    after: { kind: shape.terms.kind, dueAt: shape.dueAt, ...described(shape) },
  });
  return id;
}

/** Gives an open duty other hits; without any left it ends, because there is nothing to tell. */
function reshape(
  desk: CaseDesk,
  target: CaseRow,
  row: DutyRow,
  itemIds: readonly string[],
  reason: string,
): void {
  const terms = termsOf(row);
  const opens = row.kind === 'assessment' ? 'assessment' : 'report';
  const shape = shapes(desk, target, opens, hitsByIds(desk.reading, itemIds)).find((candidate) =>
    same(candidate.terms, terms),
  );
  const { store } = desk.session.workspace;
  const happening = { subject: { type: 'duty', id: row.id }, caseId: target.id };
  const before = described({ terms, categories: JSON.parse(row.categories) as CategoryId[] });
  if (shape) {
    updateDuty(store, row.id, columns(desk, shape));
    record(desk.session, { ...happening, type: 'duty.changed', before, after: described(shape) });
  } else {
    updateDuty(store, row.id, { state: 'closed', note: reason });
    record(desk.session, {
      ...happening,
      type: 'duty.withdrawn',
      before: { state: row.state, ...before },
      after: { state: 'closed', reason },
    });
  }
}

/**
 * Opens what confirmed hits call for: on a platform disposal, records and a report per receiver and
 * person, elsewhere one assessment. Records that are exhibits already end their duty at once. An open duty of the same kind and receiver takes them up; a filed or ended one does not, because what
 * was told did not name them. Call inside the transaction that adds the hits.
 */
export function openDuties(desk: CaseDesk, target: CaseRow, hits: readonly Hit[]): void {
  const { opens } = desk.policies.routes(target.profile);
  for (const shape of shapes(desk, target, opens, hits)) openOrExtend(desk, target, shape);
  settleDuties(desk, target.id);
}

/** Opens the duties of a report after an assessment ended so; answers the ids of the reports. */
export function openReports(desk: CaseDesk, target: CaseRow, hits: readonly Hit[]): string[] {
  const opened = shapes(desk, target, 'report', hits).map((shape) => ({
    kind: shape.terms.kind,
    id: openOrExtend(desk, target, shape),
  }));
  settleDuties(desk, target.id);
  return opened.filter(({ kind }) => kind === 'report').map(({ id }) => id);
}

/** Brings the open duties of a case up to date after what is known of a hit changed. */
export function rerouteHit(desk: CaseDesk, target: CaseRow, hit: Hit, reason: string): void {
  for (const row of dutyRows(dbOf(desk), target.id)) {
    const { itemIds } = termsOf(row);
    if (row.state === 'open' && itemIds.includes(hit.id)) reshape(desk, target, row, itemIds, reason);
  }
  openDuties(desk, target, [hit]);
}

function openOrExtend(desk: CaseDesk, target: CaseRow, shape: Shape): string {
  const known = dutyRows(dbOf(desk), target.id).find(
    (row) => row.state === 'open' && same(termsOf(row), shape.terms),
  );
  if (!known) return open(desk, target, shape);
  reshape(desk, target, known, [...new Set([...termsOf(known).itemIds, ...shape.terms.itemIds])], '');
  return known.id;
}

/** Takes a hit out of the open duties of a case. What was filed already stays as it was told. */
export function dropFromDuties(desk: CaseDesk, target: CaseRow, hitId: string, reason: string): void {
  for (const row of dutyRows(dbOf(desk), target.id)) {
    const { itemIds } = termsOf(row);
    if (row.state !== 'open' || !itemIds.includes(hitId)) continue;
    reshape(
      desk,
      target,
      row,
      itemIds.filter((id) => id !== hitId),
      reason,
    );
  }
}

/**
 * Ends duties that nothing stands against any more, with the proof in the event: the exhibits of records,
 * the receipt of a report. Records whose exhibits were taken out are owed again. Call after decisions,
 * exhibits, proofs and reports change.
 */
export function settleDuties(desk: CaseDesk, caseId: string): void {
  const db = dbOf(desk);
  for (const row of dutyRows(db, caseId)) {
    if (row.kind === 'assessment') continue;
    if (row.state === 'closed') {
      const { itemIds } = termsOf(row);
      const withdrawn = row.note !== '';
      if (row.kind === 'records' && !withdrawn && itemsWithoutExhibit(db, caseId, itemIds).length > 0)
        moveDuty(desk, row, 'open', 'duty.reopened', {});
      continue;
    }
    if (row.kind === 'report' && row.state !== 'filed') continue;
    if (missingOf(db, row).length > 0) continue;
    moveDuty(desk, row, 'closed', 'duty.closed', proofOf(db, row));
  }
}

function proofOf(db: Database, row: DutyRow): Record<string, unknown> {
  const { itemIds } = termsOf(row);
  if (row.kind === 'records') return { exhibits: exhibitsOfItems(db, row.case_id, itemIds) };
  if (row.kind === 'report') return row.receipt_number ? { receiptNumber: row.receipt_number } : {};
  const step = stepsOfDuty(db, row.id).findLast(({ kind, test }) => kind === 'proof' && !test);
  return { proof: step?.note ?? carriedOut(db, row.case_id) ?? '' };
}

function moveDuty(
  desk: CaseDesk,
  row: DutyRow,
  state: Duty['state'],
  type: string,
  facts: Record<string, unknown>,
): void {
  updateDuty(desk.session.workspace.store, row.id, { state });
  record(desk.session, {
    type,
    subject: { type: 'duty', id: row.id },
    caseId: row.case_id,
    before: { state: row.state },
    after: { state, ...facts },
  });
}
