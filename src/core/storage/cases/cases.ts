import { DocketError } from '../../../contract/errors.ts';
import type { AccountFacts } from '../../cases/party-subject.ts';
import type { CaseState, CaseSummary, MeasureSubject, Party, PartyRole } from '../../domain/case.ts';
import type { CategoryId, Tier } from '../../domain/category.ts';
import type { Page } from '../../domain/page.ts';
import type { Profile } from '../../domain/workspace.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, run, type Value } from '../database.ts';
import { caseNumber, visibleHits } from '../detection/hits.ts';
import { containing } from '../messages/messages.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface CaseRow {
  id: string;
  number: number;
  title: string;
  note: string;
  state: CaseState;
  profile: Profile;
  opened_at: number;
  closed_at: number | null;
  officer_id: string;
}

export function insertCase(store: Store, row: CaseRow): void {
  insertRow(store, 'cases', { ...row });
}

export function updateCaseRow(
  store: Store,
  id: string,
  changes: Partial<Pick<CaseRow, 'title' | 'note' | 'state' | 'closed_at'>>,
): void {
  updateRow(store, 'cases', { id }, { ...changes });
}

/** Throws `not-found`. */
export function caseRow(db: Database, id: string): CaseRow {
  const row = get<CaseRow>(db, 'SELECT * FROM cases WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such case', id);
  return row;
}

/** Numbers of this workstation count from 1 without holes. Call inside the transaction that opens the case. */
export function nextCaseNumber(db: Database): number {
  return (get<{ n: number | null }>(db, 'SELECT max(number) AS n FROM cases')?.n ?? 0) + 1;
}

/** Brings a hit into a case, or back into it, with the hit's derived column. */
export function insertCaseHit(store: Store, caseId: string, hitId: number): void {
  const known = get(store.db, 'SELECT 1 FROM case_hits WHERE case_id = ? AND hit_id = ?', caseId, hitId);
  if (known) updateRow(store, 'case_hits', { case_id: caseId, hit_id: hitId }, { removed: 0 });
  else insertRow(store, 'case_hits', { case_id: caseId, hit_id: hitId, removed: 0 });
  run(store.db, 'UPDATE hits SET case_id = ? WHERE id = ?', caseId, hitId);
}

export function removeCaseHit(store: Store, caseId: string, hitId: number): void {
  updateRow(store, 'case_hits', { case_id: caseId, hit_id: hitId }, { removed: 1 });
  run(store.db, 'UPDATE hits SET case_id = NULL WHERE id = ?', hitId);
}

/** Row ids of the hits of a case, in the order of their messages. */
export function hitsOfCase(db: Database, caseId: string): number[] {
  return all<{ id: number }>(db, 'SELECT id FROM hits WHERE case_id = ? ORDER BY sort_at, id', caseId).map(
    (row) => row.id,
  );
}

/** Categories of a case, the most frequent first. */
export function caseCategories(db: Database, caseId: string): CategoryId[] {
  return all<{ category: CategoryId }>(
    db,
    'SELECT category FROM hits WHERE case_id = ? GROUP BY category ORDER BY count(*) DESC, category',
    caseId,
  ).map(({ category }) => category);
}

/** Row ids of an account's confirmed hits that no case has yet. */
export function loneConfirmedHits(db: Database, accountId: number): number[] {
  return all<{ id: number }>(
    db,
    `SELECT h.id FROM hits h WHERE h.sender_id = ? AND h.verdict = 'confirmed' AND h.case_id IS NULL
       AND ${visibleHits(db)} ORDER BY h.sort_at, h.id`,
    accountId,
  ).map((row) => row.id);
}

/** What a party is made from, by the account's row id. */
export function accountFacts(db: Database, id: number): AccountFacts {
  const row = get<{ platform: AccountFacts['platform']; platform_id: string | null; listed: number }>(
    db,
    `SELECT a.platform, a.platform_id, EXISTS (
       SELECT 1 FROM account_names n JOIN sources s ON s.id = n.source_id
       WHERE n.account_id = a.id AND s.holds = 'list') AS listed
     FROM accounts a WHERE a.id = ?`,
    id,
  );
  if (!row) throw new DocketError('not-found', 'no such account', String(id));
  return { platform: row.platform, platformId: row.platform_id, listed: row.listed === 1 };
}

/** Row id of an account or conversation by its UUID. Throws `not-found`. */
export function participantRowId(db: Database, table: 'accounts' | 'conversations', uid: string): number {
  const row = get<{ id: number }>(db, `SELECT id FROM ${table} WHERE uid = ?`, uid);
  if (!row) throw new DocketError('not-found', `nothing in ${table} with this id`, uid);
  return row.id;
}

export interface PartyRow {
  id: string;
  case_id: string;
  role: PartyRole;
  subject_type: MeasureSubject;
  account_id: number | null;
  conversation_id: number | null;
}

export function insertParty(store: Store, row: PartyRow): void {
  insertRow(store, 'parties', { ...row });
}

export function partyRows(db: Database, caseId: string): PartyRow[] {
  return all<PartyRow>(db, 'SELECT * FROM parties WHERE case_id = ? ORDER BY id', caseId);
}

/** A hit of a case (`h`) is one of a party's (`p`): sent by the account, or said in the group. */
export const PARTY_HIT = `h.case_id = p.case_id AND h.verdict = 'confirmed'
  AND (h.sender_id = p.account_id OR (p.account_id IS NULL AND h.conversation_id = p.conversation_id))`;

/** What an account (`a`) is called: by the register, else by its chats, else by id. */
export const ACCOUNT_NAME = `coalesce(a.name, (SELECT n.name FROM account_names n WHERE n.account_id = a.id
  ORDER BY n.seen DESC LIMIT 1), a.platform_id)`;

/** What a party is called: its account (`a`) or its conversation (`c`). */
export const PARTY_NAME = `coalesce(${ACCOUNT_NAME}, c.name, c.platform_id, '')`;

export function accountName(db: Database, id: number): string {
  return (
    get<{ name: string | null }>(db, `SELECT ${ACCOUNT_NAME} AS name FROM accounts a WHERE a.id = ?`, id)
      ?.name ?? ''
  );
}

const PARTIES = `SELECT p.id, p.role, p.subject_type AS subjectType, a.uid AS accountId, c.uid AS conversationId,
    ${PARTY_NAME} AS name, coalesce(a.platform_id, c.platform_id) AS platformId,
    (SELECT count(*) FROM hits h WHERE ${PARTY_HIT}) AS hits
  FROM parties p LEFT JOIN accounts a ON a.id = p.account_id LEFT JOIN conversations c ON c.id = p.conversation_id`;

export function partiesOfCase(db: Database, caseId: string): Party[] {
  return all<Party>(db, `${PARTIES} WHERE p.case_id = ? ORDER BY p.id`, caseId);
}

export function partyById(db: Database, id: string): Party {
  return get<Party>(db, `${PARTIES} WHERE p.id = ?`, id) as Party;
}

interface Totals {
  hits: number;
  tier: number | null;
  severity: number | null;
}

const TIERS: readonly Tier[] = ['house-rule', 'harmful', 'illegal'];
const TIER_RANK = `CASE tier WHEN 'illegal' THEN 2 WHEN 'harmful' THEN 1 ELSE 0 END`;

/** A case as lists show it. */
export function caseSummary(db: Database, prefix: string, row: CaseRow): CaseSummary {
  const totals = get<Totals>(
    db,
    `SELECT count(*) AS hits, max(${TIER_RANK}) AS tier, max(severity) AS severity FROM hits WHERE case_id = ?`,
    row.id,
  ) as Totals;
  const count = (sql: string) => get<{ n: number }>(db, sql, row.id)?.n ?? 0;
  return {
    id: row.id,
    number: caseNumber(prefix, row.number),
    title: row.title,
    state: row.state,
    categories: caseCategories(db, row.id),
    tier: totals.tier === null ? null : (TIERS[totals.tier] ?? null),
    severity: totals.severity,
    parties: all<{ name: string }>(
      db,
      `SELECT ${PARTY_NAME} AS name FROM parties p LEFT JOIN accounts a ON a.id = p.account_id
       LEFT JOIN conversations c ON c.id = p.conversation_id WHERE p.case_id = ? ORDER BY p.id`,
      row.id,
    ).map(({ name }) => name),
    hits: totals.hits,
    exhibits: count('SELECT count(*) AS n FROM exhibits WHERE case_id = ? AND removed = 0'),
    openDuties: count("SELECT count(*) AS n FROM duties WHERE case_id = ? AND state <> 'closed'"),
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    officer: get<{ name: string }>(db, 'SELECT name FROM officers WHERE id = ?', row.officer_id)?.name ?? '',
  };
}

export interface CaseFilter {
  readonly state: CaseState | 'unclosed' | null;
  readonly category: CategoryId | null;
  /** In the number, the title or the name of a party. */
  readonly text: string | null;
}

const SORTS = {
  number: { column: 'k.number', type: 'number' },
  openedAt: { column: 'k.opened_at', type: 'number' },
  severity: {
    column: 'coalesce((SELECT max(h.severity) FROM hits h WHERE h.case_id = k.id), 0)',
    type: 'number',
  },
  title: { column: 'k.title', type: 'string' },
} as const;
export type CaseSort = keyof typeof SORTS;

function conditions(filter: CaseFilter, prefix: string): { sql: string; values: Value[] } {
  const parts: string[] = ['1'];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (filter.state === 'unclosed') add("k.state <> 'closed'");
  else if (filter.state) add('k.state = ?', filter.state);
  if (filter.category) {
    add('EXISTS (SELECT 1 FROM hits h WHERE h.case_id = k.id AND h.category = ?)', filter.category);
  }
  if (filter.text) {
    const pattern = containing(filter.text);
    add(
      `(k.title LIKE ? ESCAPE '\\' OR 'C-' || ? || '-' || printf('%04d', k.number) LIKE ? ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM parties p LEFT JOIN accounts a ON a.id = p.account_id
          LEFT JOIN conversations c ON c.id = p.conversation_id
          WHERE p.case_id = k.id AND ${PARTY_NAME} LIKE ? ESCAPE '\\'))`,
      pattern,
      prefix,
      pattern,
      pattern,
    );
  }
  return { sql: parts.join(' AND '), values };
}

/** A page of cases; the total comes with the first page. */
export function listCaseSummaries(
  db: Database,
  prefix: string,
  filter: CaseFilter,
  sort: { by: CaseSort; descending: boolean },
  cursor: string | null,
  limit: number,
): Page<CaseSummary> {
  const where = conditions(filter, prefix);
  const { column, type } = SORTS[sort.by];
  const [op, order] = sort.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const rows = all<CaseRow & { value: string | number }>(
    db,
    `SELECT k.*, ${column} AS value FROM cases k WHERE ${where.sql}${cursor ? ` AND (${column}, k.id) ${op} (?, ?)` : ''}
     ORDER BY ${column} ${order}, k.id ${order} LIMIT ?`,
    ...where.values,
    ...(decodeCursor(cursor, type, 'string') ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const total = cursor
    ? null
    : (get<{ n: number }>(db, `SELECT count(*) AS n FROM cases k WHERE ${where.sql}`, ...where.values)?.n ??
      0);
  return {
    rows: rows.slice(0, limit).map((row) => caseSummary(db, prefix, row)),
    next: last ? encodeCursor([last.value, last.id]) : null,
    total,
  };
}
