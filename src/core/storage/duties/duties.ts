import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Duty } from '../../domain/case.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { DutyLane } from '../../domain/duty.ts';
import type { Page } from '../../domain/page.ts';
import type { DutyAction } from '../../duties/duty-routes.ts';
import type { DutyReceiver } from '../../duties/open-duties.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { hitRowId } from '../detection/hits.ts';
import { exhibitOfMessage } from '../evidence/exhibits.ts';
import { isQuarantined } from '../messages/quarantine.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

/** Whom a duty is owed to and for which hits; kept as it was when the duty opened. */
export type DutyTerms =
  | ({ readonly kind: 'report' } & DutyReceiver)
  | {
      readonly kind: 'disposal' | 'records';
      readonly actions: readonly DutyAction[];
      readonly itemIds: readonly string[];
    }
  | {
      readonly kind: 'assessment';
      /** Whom a report would go to, should the assessment end in one. */
      readonly suggested: readonly DutyReceiver[];
      readonly itemIds: readonly string[];
    };

export interface DutyRow {
  id: string;
  case_id: string;
  kind: Duty['kind'];
  route: string;
  state: Duty['state'];
  /** `DutyTerms` as JSON. */
  receiver: string;
  basis: string;
  categories: string;
  opened_at: number;
  due_at: number | null;
  filed_at: number | null;
  receipt_number: string | null;
  outcome: NonNullable<Duty['assessment']>['outcome'] | null;
  reason: string | null;
  approver_id: string | null;
  assessed_at: number | null;
  note: string;
}

export function insertDuty(store: Store, row: DutyRow): void {
  insertRow(store, 'duties', { ...row });
}

export function updateDuty(
  store: Store,
  id: string,
  changes: Partial<Omit<DutyRow, 'id' | 'case_id' | 'kind'>>,
): void {
  updateRow(store, 'duties', { id }, { ...changes });
}

/** Throws `not-found`. */
export function dutyRow(db: Database, id: string): DutyRow {
  const row = get<DutyRow>(db, 'SELECT * FROM duties WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such duty', id);
  return row;
}

/** Every duty of a case, the first one first. */
export function dutyRows(db: Database, caseId: string): DutyRow[] {
  return all<DutyRow>(db, 'SELECT * FROM duties WHERE case_id = ? ORDER BY id', caseId);
}

export function termsOf(row: Pick<DutyRow, 'receiver'>): DutyTerms {
  return JSON.parse(row.receiver) as DutyTerms;
}

/** Disposal and records are nobody else's to receive. */
const OWN: Bilingual = { zh: '本单位', en: 'The organisation itself' };

/** Name of whom a duty is owed to; for an assessment, of whom a report would go to. */
export function receiverTitle(terms: DutyTerms): Bilingual {
  if (terms.kind === 'report') return terms.title;
  if (terms.kind !== 'assessment') return OWN;
  const titles = terms.suggested.map(({ title }) => title);
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join(', ') };
}

/** A duty as the contract shows it. `missing` is for the duty's own rules to say. */
export function toDuty(
  db: Database,
  row: DutyRow,
  facts: { readonly caseNumber: string; readonly now: number; readonly missing: readonly string[] },
): Duty {
  const terms = termsOf(row);
  const approver = row.approver_id
    ? (get<{ name: string }>(db, 'SELECT name FROM officers WHERE id = ?', row.approver_id)?.name ?? null)
    : null;
  return {
    id: row.id,
    caseId: row.case_id,
    caseNumber: facts.caseNumber,
    kind: row.kind,
    state: row.state,
    route: row.route,
    receiver: receiverTitle(terms),
    // Reports of a workspace made before they were merged by person name nobody.
    person: terms.kind === 'report' ? (terms.person ?? null) : null,
    items: terms.itemIds.length,
    basis: JSON.parse(row.basis) as string[],
    categories: JSON.parse(row.categories) as CategoryId[],
    openedAt: row.opened_at,
    dueAt: row.due_at,
    overdue: row.state === 'open' && row.due_at !== null && row.due_at < facts.now,
    filedAt: row.filed_at,
    receiptNumber: row.receipt_number,
    assessment:
      row.outcome === null || row.assessed_at === null
        ? null
        : { outcome: row.outcome, reason: row.reason ?? '', approver, at: row.assessed_at },
    missing: [...facts.missing],
  };
}

/**
 * Hits among `itemIds` whose message is no exhibit of the case: their records are not yet saved. Hits
 * about anything but a message have no record to save.
 */
export function itemsWithoutExhibit(db: Database, caseId: string, itemIds: readonly string[]): string[] {
  return itemIds.filter((uid) => {
    const message = get<{ message_id: number | null }>(
      db,
      'SELECT message_id FROM hits WHERE id = ?',
      hitRowId(db, uid),
    )?.message_id;
    // A quarantined message is kept where it is: its exhibit is set aside, its record is not lost.
    return message != null && exhibitOfMessage(db, caseId, message) === null && !isQuarantined(db, message);
  });
}

export interface DutyFilter {
  readonly state: Duty['state'] | 'unclosed' | null;
  readonly caseId: string | null;
}

/** Duties without a date come last; no date is further away than this. */
const NEVER = 8.64e15;

/** A page of duties, the first due first; the total comes with the first page. */
export function listDutyRows(
  db: Database,
  filter: DutyFilter,
  cursor: string | null,
  limit: number,
): Page<DutyRow> {
  const parts: string[] = ['1'];
  const values: Value[] = [];
  if (filter.state === 'unclosed') parts.push("state IN ('open', 'filed')");
  else if (filter.state) {
    parts.push('state = ?');
    values.push(filter.state);
  }
  if (filter.caseId) {
    parts.push('case_id = ?');
    values.push(filter.caseId);
  }
  const where = parts.join(' AND ');
  const due = `coalesce(due_at, ${NEVER})`;
  const rows = all<DutyRow>(
    db,
    `SELECT * FROM duties WHERE ${where}${cursor ? ` AND (${due}, id) > (?, ?)` : ''} ORDER BY ${due}, id LIMIT ?`,
    ...values,
    ...(decodeCursor(cursor, 'number', 'string') ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    next: last ? encodeCursor([last.due_at ?? NEVER, last.id]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM duties WHERE ${where}`, ...values)?.n ?? 0),
  };
}

/** Numbers within the case of the exhibits that keep the messages of hits. */
export function exhibitsOfItems(db: Database, caseId: string, itemIds: readonly string[]): number[] {
  const positions = itemIds.flatMap((uid) => {
    const message = get<{ message_id: number | null }>(
      db,
      'SELECT message_id FROM hits WHERE id = ?',
      hitRowId(db, uid),
    )?.message_id;
    const exhibit = message == null ? null : exhibitOfMessage(db, caseId, message);
    return exhibit === null
      ? []
      : all<{ position: number }>(db, 'SELECT position FROM exhibits WHERE id = ?', exhibit);
  });
  return [...new Set(positions.map(({ position }) => position))].sort((a, b) => a - b);
}

const DAY = 86_400_000;

/** The lanes of the board with their first duties, the first due first. */
export function boardLanes(
  db: Database,
  now: number,
  limit: number,
): { lane: DutyLane; total: number; rows: DutyRow[] }[] {
  const due = `coalesce(due_at, ${NEVER})`;
  const lanes: [DutyLane, string, number[]][] = [
    ['overdue', `state = 'open' AND ${due} < ?`, [now]],
    ['today', `state = 'open' AND ${due} >= ? AND ${due} < ?`, [now, now + DAY]],
    ['later', `state = 'open' AND ${due} >= ?`, [now + DAY]],
    ['waiting', "state = 'filed'", []],
  ];
  return lanes.map(([lane, where, values]) => ({
    lane,
    total: get<{ n: number }>(db, `SELECT count(*) AS n FROM duties WHERE ${where}`, ...values)?.n ?? 0,
    rows: all<DutyRow>(
      db,
      `SELECT * FROM duties WHERE ${where} ORDER BY ${due}, id LIMIT ?`,
      ...values,
      limit,
    ),
  }));
}
