/**
 * Duties: whom the organisation has to tell about what a case found, and what became of it. They open
 * and close by the duty routes of the case's profile; nobody closes one by hand.
 */
import type { Parsed } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import { basisAt } from '../cases/decision-basis.ts';
import type { Duty } from '../domain/case.ts';
import type { CategoryId } from '../domain/category.ts';
import type { Hit } from '../domain/hit.ts';
import type { Page } from '../domain/page.ts';
import type { DutyRoutes } from '../duties/duty-routes.ts';
import {
  type ConfirmedItem,
  canClose,
  type DutyDraft,
  type DutyProgress,
  type DutyReceiver,
  dutiesFor,
} from '../duties/open-duties.ts';
import { type CaseRow, caseRow } from '../storage/cases.ts';
import type { Database } from '../storage/database.ts';
import { hasFinalDecision } from '../storage/decisions.ts';
import {
  type DutyRow,
  type DutyTerms,
  dutyRow,
  dutyRows,
  insertDuty,
  itemsWithoutExhibit,
  listDutyRows,
  termsOf,
  toDuty,
  updateDuty,
} from '../storage/duties.ts';
import { caseNumber, hitsByIds } from '../storage/hits.ts';
import { findOfficer, listOfficers } from '../storage/officers.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';
import { change, newUid, record } from './session.ts';
import { unlockOfficer } from './workspace.ts';

/** What stands between a duty and its end; empty for one that has ended. */
function missingOf(db: Database, row: DutyRow): string[] {
  if (row.state === 'closed') return [];
  const result = canClose(progressOf(db, row));
  return result.ok ? [] : result.missing;
}

function progressOf(db: Database, row: DutyRow): DutyProgress {
  const terms = termsOf(row);
  if (terms.kind === 'assessment') {
    return {
      kind: 'assessment',
      outcome: row.outcome,
      reason: row.reason ?? '',
      approver: null,
      reportIds: [],
    };
  }
  return {
    kind: 'report',
    givesReceipt: terms.givesReceipt,
    disposed: hasFinalDecision(db, row.case_id),
    recordsSaved: itemsWithoutExhibit(db, row.case_id, terms.itemIds).length === 0,
    filedAt: row.filed_at,
    receiptNumber: row.receipt_number,
    noticeItems: terms.noticeItems.map(({ id }) => id),
    noticeCovered: [],
  };
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

function show(desk: CaseDesk, id: string): Duty {
  return showDuty(dbOf(desk), desk.reading.prefix, desk.session.environment.now(), dutyRow(dbOf(desk), id));
}

function confirmedItem(hit: Hit): ConfirmedItem {
  return {
    id: hit.id,
    category: hit.category,
    rule: hit.rule,
    marks: [],
    confirmedAt: hit.disposition?.at ?? 0,
  };
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

function shapeOf(draft: DutyDraft): Shape {
  const { caseId: _, clock, ...rest } = draft;
  const receivers: readonly DutyReceiver[] = rest.kind === 'report' ? [rest] : rest.suggested;
  return {
    terms:
      rest.kind === 'report'
        ? rest
        : { kind: 'assessment', suggested: rest.suggested, itemIds: rest.itemIds },
    route: [...new Set(receivers.flatMap(({ routes }) => routes))].join(' '),
    basis: [...new Set(receivers.flatMap(({ basis }) => basis))],
    categories: rest.categories,
    dueAt: clock.dueAt,
    startsAt: clock.startsAt,
  };
}

/** The shapes that the routes give hits, as reports or as an assessment, whatever the profile opens first. */
function shapes(desk: CaseDesk, target: CaseRow, opens: DutyRoutes['opens'], hits: readonly Hit[]): Shape[] {
  const table = desk.policies.routes(target.profile);
  return dutiesFor({ ...table, opens }, target.id, hits.map(confirmedItem)).map(shapeOf);
}

/** Two duties of a case are one while open: reports to the same receiver, and assessments. */
function same(a: DutyTerms, b: DutyTerms): boolean {
  return a.kind === 'report' ? b.kind === 'report' && a.receiver === b.receiver : b.kind === 'assessment';
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
  ...(shape.terms.kind === 'report' ? { receiver: shape.terms.receiver } : {}),
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
  const shape = shapes(desk, target, row.kind, hitsByIds(desk.reading, itemIds)).find((candidate) =>
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
 * Opens what confirmed hits call for: on a platform a report per receiver, elsewhere one assessment.
 * An open duty of the same kind and receiver takes them up; a filed or ended one does not, because what
 * was told did not name them. Call inside the transaction that adds the hits.
 */
export function openDuties(desk: CaseDesk, target: CaseRow, hits: readonly Hit[]): void {
  const { opens } = desk.policies.routes(target.profile);
  for (const shape of shapes(desk, target, opens, hits)) openOrExtend(desk, target, shape);
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

/** Ends filed reports that nothing stands against any more. Call after decisions and exhibits change. */
export function settleDuties(desk: CaseDesk, caseId: string): void {
  for (const row of dutyRows(dbOf(desk), caseId)) {
    if (row.state !== 'filed' || missingOf(dbOf(desk), row).length > 0) continue;
    updateDuty(desk.session.workspace.store, row.id, { state: 'closed' });
    record(desk.session, {
      type: 'duty.closed',
      subject: { type: 'duty', id: row.id },
      caseId,
      before: { state: 'filed' },
      after: { state: 'closed' },
    });
  }
}

/** Throws `not-found`, and `conflict` for a duty of the other kind or one that has ended. */
function unclosed(desk: CaseDesk, id: string, kind: Duty['kind']): DutyRow {
  const row = dutyRow(dbOf(desk), id);
  if (row.kind !== kind) throw new DocketError('conflict', `this duty is of kind ${row.kind}`, id);
  if (row.state === 'closed') throw new DocketError('conflict', 'this duty has ended', id);
  return row;
}

/**
 * Records that a report was filed, or, later, its receipt number. The duty ends by itself once the
 * content is decided about, its records are exhibits and the receiver's number is there.
 */
export function fileDuty(desk: CaseDesk, input: Parsed<'duties.file'>): Duty {
  const row = unclosed(desk, input.dutyId, 'report');
  if (input.filedAt > desk.session.environment.now()) {
    throw new DocketError('invalid-input', 'a report cannot have been filed in the future', 'filedAt');
  }
  const receipt = input.receiptNumber?.trim() || row.receipt_number;
  change(desk.session, () => {
    updateDuty(desk.session.workspace.store, row.id, {
      state: 'filed',
      filed_at: input.filedAt,
      receipt_number: receipt,
      note: input.note || row.note,
    });
    record(desk.session, {
      type: 'duty.filed',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      before: { state: row.state, filedAt: row.filed_at, receiptNumber: row.receipt_number, note: row.note },
      after: {
        state: 'filed',
        filedAt: input.filedAt,
        receiptNumber: receipt,
        note: input.note || row.note,
      },
    });
    settleDuties(desk, row.case_id);
  });
  return show(desk, row.id);
}

/**
 * Who stands for an assessment beside the officer who makes it. Every outcome needs one: not to report
 * is as grave as to report. In a workspace with one active officer there is nobody to ask; null then,
 * and the event says so. The approver proves it with their own passphrase.
 * Throws `second-officer-required`, `not-found`, `not-allowed`, `wrong-key`.
 */
function approverOf(desk: CaseDesk, approverId: string | null, passphrase: string): string | null {
  const { officer } = desk.session;
  if (approverId === null) {
    const others = listOfficers(dbOf(desk)).filter(({ id, active }) => active && id !== officer.id);
    if (others.length === 0) return null;
    throw new DocketError('second-officer-required', 'an assessment names who approved it', 'approverId');
  }
  if (approverId === officer.id) {
    throw new DocketError('second-officer-required', 'nobody approves their own assessment', 'approverId');
  }
  const approver = findOfficer(dbOf(desk), approverId);
  if (!approver) throw new DocketError('not-found', 'no such officer', approverId);
  if (!approver.active)
    throw new DocketError('not-allowed', 'this officer is no longer active', approver.name);
  unlockOfficer(desk.session, approver.id, passphrase);
  return approver.id;
}

/** Ends an assessment; `report` opens a report for each receiver that the routes name. */
export function assessDuty(desk: CaseDesk, input: Parsed<'duties.assess'>): Duty {
  const row = unclosed(desk, input.dutyId, 'assessment');
  const approver = approverOf(desk, input.approverId ?? null, input.approverPassphrase);
  const target = caseRow(dbOf(desk), row.case_id);
  change(desk.session, () => {
    const hits = hitsByIds(desk.reading, termsOf(row).itemIds);
    const reportIds =
      input.outcome === 'report'
        ? shapes(desk, target, 'report', hits).map((shape) => openOrExtend(desk, target, shape))
        : [];
    const { outcome, reason } = input;
    const closing = canClose({
      kind: 'assessment',
      outcome,
      reason,
      approver: approver ?? desk.session.officer.id,
      reportIds,
    });
    if (!closing.ok) {
      throw new DocketError('reason-required', `still missing: ${closing.missing.join(', ')}`, 'reason');
    }
    updateDuty(desk.session.workspace.store, row.id, {
      state: 'closed',
      outcome,
      reason,
      approver_id: approver,
      assessed_at: desk.session.environment.now(),
    });
    record(desk.session, {
      type: 'duty.assessed',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      before: { state: row.state },
      after: {
        state: 'closed',
        outcome,
        reason,
        approver,
        ...(approver === null ? { onlyOfficer: true } : {}),
        ...(reportIds.length > 0 ? { reports: reportIds } : {}),
      },
    });
  });
  return show(desk, row.id);
}
