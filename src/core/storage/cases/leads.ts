/** Leads: reports, detections and inspections before there is a case. */
import { DocketError } from '../../../contract/errors.ts';
import type { CategoryId } from '../../domain/category.ts';
import {
  type Lead,
  type LeadFigures,
  type LeadOutcome,
  type LeadSource,
  type LeadState,
  SIMILAR_COUNTED,
} from '../../domain/lead.ts';
import type { Page } from '../../domain/page.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { containing } from '../messages/messages.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import { ACCOUNT_NAME } from './cases.ts';

export interface LeadRow {
  id: string;
  number: number;
  source: LeadSource;
  state: LeadState;
  received_at: number;
  first_action_at: number | null;
  closed_at: number | null;
  reporter: string;
  contact: string;
  target: string;
  account_id: number | null;
  conversation_id: number | null;
  text: string;
  category: CategoryId | null;
  hits: string;
  /** Row of an imported list of reports that the lead was made from. */
  list_row: string | null;
  outcome: LeadOutcome | null;
  case_id: string | null;
  duplicate_of: string | null;
  referred_to: string;
  reason: string;
  reply: string;
  replied_at: number | null;
  officer_id: string;
}

export function insertLead(store: Store, row: LeadRow): void {
  insertRow(store, 'leads', { ...row });
}

export function updateLead(store: Store, id: string, changes: Partial<LeadRow>): void {
  updateRow(store, 'leads', { id }, { ...changes });
}

/** Throws `not-found`. */
export function leadRow(db: Database, id: string): LeadRow {
  const row = get<LeadRow>(db, 'SELECT * FROM leads WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such lead', id);
  return row;
}

/** Numbers count from 1. Call inside the transaction that adds the lead. */
export function nextLeadNumber(db: Database): number {
  return (get<{ n: number | null }>(db, 'SELECT max(number) AS n FROM leads')?.n ?? 0) + 1;
}

const leadNumber = (prefix: string, number: number) => `L-${prefix}-${String(number).padStart(4, '0')}`;

/** Ways of being like a lead: about the same account or target, or in the same words. Each has an index. */
const LIKENESSES = [
  ['account_id', ({ account_id }: LeadRow) => account_id],
  ['target', ({ target }: LeadRow) => target || null],
  ['text', ({ text }: LeadRow) => text || null],
] as const;

/** How many leads are like this one, up to `SIMILAR_COUNTED`: thousands can be about one target. */
function countSimilar(db: Database, row: LeadRow): number {
  const ids = new Set<string>();
  for (const [column, of] of LIKENESSES) {
    const value = of(row);
    if (value === null) continue;
    const found = all<{ id: string }>(
      db,
      `SELECT id FROM leads WHERE ${column} = ? LIMIT ${SIMILAR_COUNTED + 1}`,
      value,
    );
    for (const { id } of found) if (id !== row.id) ids.add(id);
    if (ids.size >= SIMILAR_COUNTED) return SIMILAR_COUNTED;
  }
  return ids.size;
}

type ShownRow = LeadRow & {
  account_uid: string | null;
  account_name: string | null;
  conversation_uid: string | null;
  conversation_name: string | null;
  case_no: number | null;
  original_no: number | null;
  officer: string | null;
};

const SHOWN = `SELECT l.*, a.uid AS account_uid, ${ACCOUNT_NAME} AS account_name, c.uid AS conversation_uid,
    coalesce(c.name, c.platform_id) AS conversation_name, k.number AS case_no, d.number AS original_no, f.name AS officer
  FROM leads l LEFT JOIN accounts a ON a.id = l.account_id LEFT JOIN conversations c ON c.id = l.conversation_id
  LEFT JOIN cases k ON k.id = l.case_id LEFT JOIN leads d ON d.id = l.duplicate_of LEFT JOIN officers f ON f.id = l.officer_id`;

function shown(db: Database, row: ShownRow, prefix: string): Lead {
  return {
    id: row.id,
    number: leadNumber(prefix, row.number),
    source: row.source,
    state: row.state,
    receivedAt: row.received_at,
    firstActionAt: row.first_action_at,
    closedAt: row.closed_at,
    reporter: row.reporter,
    contact: row.contact,
    target: row.target,
    accountId: row.account_uid,
    account: row.account_name,
    conversationId: row.conversation_uid,
    conversation: row.conversation_name,
    text: row.text,
    category: row.category,
    hitIds: JSON.parse(row.hits) as string[],
    outcome: row.outcome,
    caseId: row.case_id,
    caseNumber: row.case_no === null ? null : caseNumber(prefix, row.case_no),
    duplicateOf: row.original_no === null ? null : leadNumber(prefix, row.original_no),
    referredTo: row.referred_to,
    reason: row.reason,
    reply: row.reply,
    repliedAt: row.replied_at,
    officer: row.officer ?? '',
    similar: countSimilar(db, row),
    owesReply: row.state === 'closed' && row.reporter !== '' && row.replied_at === null,
  };
}

/** Throws `not-found`. */
export function leadById(db: Database, prefix: string, id: string): Lead {
  const row = get<ShownRow>(db, `${SHOWN} WHERE l.id = ?`, id);
  if (!row) throw new DocketError('not-found', 'no such lead', id);
  return shown(db, row, prefix);
}

const byIds = (db: Database, prefix: string, ids: readonly string[]): Lead[] =>
  ids.map((id) => leadById(db, prefix, id));

const LIKE_IT = 50;

/** Leads like this one, the latest first; at most 50. */
export function similarLeads(db: Database, prefix: string, id: string): Lead[] {
  const row = leadRow(db, id);
  const found = new Map<string, number>();
  for (const [column, of] of LIKENESSES) {
    const value = of(row);
    if (value === null) continue;
    const same = all<{ id: string; number: number }>(
      db,
      `SELECT id, number FROM leads WHERE ${column} = ? ORDER BY number DESC LIMIT ${LIKE_IT + 1}`,
      value,
    );
    for (const one of same) if (one.id !== id) found.set(one.id, one.number);
  }
  const latest = [...found].sort(([, a], [, b]) => b - a).slice(0, LIKE_IT);
  return byIds(
    db,
    prefix,
    latest.map(([uid]) => uid),
  );
}

interface LeadFilter {
  readonly state: LeadState | 'open' | 'owes-reply' | null;
  readonly source: LeadSource | null;
  readonly category: CategoryId | null;
  readonly text: string | null;
}

interface LeadSort {
  readonly by: 'number' | 'receivedAt';
  readonly descending: boolean;
}

function conditions({ state, source, category, text }: LeadFilter): { sql: string; values: Value[] } {
  const parts = ['1'];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (state === 'open') add(`l.state IN ('received', 'in-progress')`);
  else if (state === 'owes-reply') add(`l.state = 'closed' AND l.reporter <> '' AND l.replied_at IS NULL`);
  else if (state) add('l.state = ?', state);
  if (source) add('l.source = ?', source);
  if (category) add('l.category = ?', category);
  if (text) {
    const pattern = containing(text);
    add(
      `(l.target LIKE ? ESCAPE '\\' OR l.text LIKE ? ESCAPE '\\' OR l.reporter LIKE ? ESCAPE '\\')`,
      pattern,
      pattern,
      pattern,
    );
  }
  return { sql: parts.join(' AND '), values };
}

/**
 * A page of leads; the total comes with the first page. The ids of the page are found first, so that only its
 * own rows are read in full.
 */
export function listLeadRows(
  db: Database,
  prefix: string,
  filter: LeadFilter,
  { by, descending }: LeadSort,
  cursor: string | null,
  limit: number,
): Page<Lead> {
  const where = conditions(filter);
  const after = decodeCursor(cursor, 'number', 'number');
  const way = descending ? 'DESC' : 'ASC';
  const past = descending ? '<' : '>';
  const key = by === 'receivedAt' ? 'l.received_at' : 'l.number';
  const rows = all<{ id: string; key: number; number: number }>(
    db,
    `SELECT l.id, ${key} AS key, l.number FROM leads l WHERE ${where.sql}
       ${after ? `AND (${key}, l.number) ${past} (?, ?)` : ''} ORDER BY ${key} ${way}, l.number ${way} LIMIT ?`,
    ...where.values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: byIds(
      db,
      prefix,
      rows.slice(0, limit).map(({ id }) => id),
    ),
    next: last ? encodeCursor([last.key, last.number]) : null,
    // Where all fit on one page they are counted already.
    total: cursor
      ? null
      : last
        ? (get<{ n: number }>(db, `SELECT count(*) AS n FROM leads l WHERE ${where.sql}`, ...where.values)
            ?.n ?? 0)
        : rows.length,
  };
}

interface ReportRow {
  uid: string;
  fields: Record<string, string>;
}

/** Rows of imported lists of user reports that no lead was made from yet. */
export function freshReports(db: Database): ReportRow[] {
  return all<{ uid: string; fields: string }>(
    db,
    `SELECT r.uid, r.fields FROM list_rows r JOIN lists l ON l.id = r.list_id
     WHERE l.kind = 'user-reports' AND r.present = 1
       AND NOT EXISTS (SELECT 1 FROM leads d WHERE d.list_row = r.uid) ORDER BY r.id`,
  ).map(({ uid, fields }) => ({ uid, fields: JSON.parse(fields) as Record<string, string> }));
}

/** The account with a platform id, or the only one of a name; null where none or several fit. */
export function accountCalled(
  db: Database,
  platformId: string | undefined,
  name: string | undefined,
): number | null {
  const ids = platformId
    ? all<{ id: number }>(db, 'SELECT id FROM accounts WHERE platform_id = ?', platformId)
    : name
      ? all<{ id: number }>(db, 'SELECT DISTINCT account_id AS id FROM account_names WHERE name = ?', name)
      : [];
  return ids.length === 1 ? (ids[0]?.id ?? null) : null;
}

const middle = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  return Float64Array.from(values).sort()[Math.floor((values.length - 1) / 2)] ?? null;
};

/** Leads read between two breaths. */
const COUNTED_AT_ONCE = 4000;

/** What became of the leads of each source, received in a period; yields between steps of a few milliseconds. */
export function* leadFigures(db: Database, from: number, to: number): Generator<void, LeadFigures[]> {
  type Counted = Pick<
    LeadRow,
    'number' | 'source' | 'state' | 'outcome' | 'received_at' | 'first_action_at' | 'closed_at'
  >;
  const counts = { received: 0, open: 0, case: 0, referred: 0, 'no-action': 0, duplicate: 0 };
  const sums = (['user-report', 'detection', 'inspection'] as const).map((source) => ({
    source,
    counts: { ...counts },
    toFirst: [] as number[],
    toClosing: [] as number[],
  }));
  for (let last = 0; ; ) {
    const rows = all<Counted>(
      db,
      `SELECT number, source, state, outcome, received_at, first_action_at, closed_at FROM leads
       WHERE number > ? ORDER BY number LIMIT ?`,
      last,
      COUNTED_AT_ONCE,
    );
    for (const row of rows) {
      const own = sums.find(({ source }) => source === row.source);
      if (!own || row.received_at < from || row.received_at >= to) continue;
      own.counts.received += 1;
      if (row.state !== 'closed') own.counts.open += 1;
      if (row.outcome) own.counts[row.outcome] += 1;
      if (row.first_action_at !== null) own.toFirst.push(Math.max(0, row.first_action_at - row.received_at));
      if (row.closed_at !== null) own.toClosing.push(Math.max(0, row.closed_at - row.received_at));
    }
    last = rows.at(-1)?.number ?? last;
    if (rows.length < COUNTED_AT_ONCE) break;
    yield;
  }
  return sums.map(({ source, counts: count, toFirst, toClosing }) => ({
    source,
    received: count.received,
    open: count.open,
    cases: count.case,
    referred: count.referred,
    noAction: count['no-action'],
    duplicates: count.duplicate,
    toFirstAction: middle(toFirst),
    toClosing: middle(toClosing),
  }));
}
