/** Leads: reports, detections and inspections before there is a case. */
import { DocketError } from '../../contract/errors.ts';
import type { CategoryId } from '../domain/category.ts';
import type { Lead, LeadFigures, LeadOutcome, LeadSource, LeadState } from '../domain/lead.ts';
import type { Page } from '../domain/page.ts';
import { ACCOUNT_NAME } from './cases.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { all, type Database, get, type Value } from './database.ts';
import { caseNumber } from './hits.ts';
import { containing } from './messages.ts';
import { insertRow, type Store, updateRow } from './rows.ts';

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

/** Another lead (`o`) about the same account or target, or in the same words. */
const SIMILAR = `o.id <> l.id AND (o.account_id = l.account_id OR (o.target <> '' AND o.target = l.target)
  OR (o.text <> '' AND o.text = l.text))`;

type ShownRow = LeadRow & {
  account_uid: string | null;
  account_name: string | null;
  conversation_uid: string | null;
  conversation_name: string | null;
  case_no: number | null;
  original_no: number | null;
  officer: string | null;
  similar: number;
};

const SHOWN = `SELECT l.*, a.uid AS account_uid, ${ACCOUNT_NAME} AS account_name, c.uid AS conversation_uid,
    coalesce(c.name, c.platform_id) AS conversation_name, k.number AS case_no, d.number AS original_no, f.name AS officer,
    (SELECT count(*) FROM leads o WHERE ${SIMILAR}) AS similar
  FROM leads l LEFT JOIN accounts a ON a.id = l.account_id LEFT JOIN conversations c ON c.id = l.conversation_id
  LEFT JOIN cases k ON k.id = l.case_id LEFT JOIN leads d ON d.id = l.duplicate_of LEFT JOIN officers f ON f.id = l.officer_id`;

function shown(row: ShownRow, prefix: string): Lead {
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
    similar: row.similar,
    owesReply: row.state === 'closed' && row.reporter !== '' && row.replied_at === null,
  };
}

export function leadById(db: Database, prefix: string, id: string): Lead {
  return shown(get<ShownRow>(db, `${SHOWN} WHERE l.id = ?`, id) as ShownRow, prefix);
}

/** Leads like this one, the latest first. */
export function similarLeads(db: Database, prefix: string, id: string): Lead[] {
  return all<ShownRow>(
    db,
    `${SHOWN} JOIN leads o ON o.id = ? WHERE ${SIMILAR} ORDER BY l.number DESC LIMIT 50`,
    id,
  ).map((row) => shown(row, prefix));
}

export interface LeadFilter {
  readonly state: LeadState | 'open' | 'owes-reply' | null;
  readonly source: LeadSource | null;
  readonly text: string | null;
}

function conditions({ state, source, text }: LeadFilter): { sql: string; values: Value[] } {
  const parts = ['1'];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (state === 'open') add(`l.state <> 'closed'`);
  else if (state === 'owes-reply') add(`l.state = 'closed' AND l.reporter <> '' AND l.replied_at IS NULL`);
  else if (state) add('l.state = ?', state);
  if (source) add('l.source = ?', source);
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

/** A page of leads, the newest first; the total comes with the first page. */
export function listLeadRows(
  db: Database,
  prefix: string,
  filter: LeadFilter,
  cursor: string | null,
  limit: number,
): Page<Lead> {
  const where = conditions(filter);
  const [before] = decodeCursor(cursor, 'number') ?? [];
  const rows = all<ShownRow>(
    db,
    `${SHOWN} WHERE ${where.sql}${before === undefined ? '' : ' AND l.number < ?'} ORDER BY l.number DESC LIMIT ?`,
    ...where.values,
    ...(before === undefined ? [] : [before]),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => shown(row, prefix)),
    next: last ? encodeCursor([last.number]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM leads l WHERE ${where.sql}`, ...where.values)?.n ??
        0),
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

const middle = (values: readonly number[]): number | null =>
  values.length === 0
    ? null
    : ([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null);

/** What became of the leads of each source, received in a period. */
export function leadFigures(db: Database, from: number, to: number): LeadFigures[] {
  const rows = all<
    Pick<LeadRow, 'source' | 'state' | 'outcome' | 'received_at' | 'first_action_at' | 'closed_at'>
  >(
    db,
    `SELECT source, state, outcome, received_at, first_action_at, closed_at FROM leads
     WHERE received_at >= ? AND received_at < ?`,
    from,
    to,
  );
  return (['user-report', 'detection', 'inspection'] as const).map((source) => {
    const own = rows.filter((row) => row.source === source);
    const count = (outcome: LeadOutcome) => own.filter((row) => row.outcome === outcome).length;
    const times = (at: (row: (typeof own)[number]) => number | null) =>
      middle(own.flatMap((row) => (at(row) === null ? [] : [Math.max(0, (at(row) ?? 0) - row.received_at)])));
    return {
      source,
      received: own.length,
      open: own.filter(({ state }) => state !== 'closed').length,
      cases: count('case'),
      referred: count('referred'),
      noAction: count('no-action'),
      duplicates: count('duplicate'),
      toFirstAction: times((row) => row.first_action_at),
      toClosing: times((row) => row.closed_at),
    };
  });
}
