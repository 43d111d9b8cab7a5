/** The watch list: who was closed out for good, and who looks like them in what was imported since. */
import type { WatchEntry, WatchMatch } from '../../domain/measure.ts';
import { ACCOUNT_NAME } from '../cases/cases.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface WatchRow {
  id: string;
  account_id: number | null;
  name: string;
  platform_id: string | null;
  phone: string | null;
  reason: string;
  case_id: string | null;
  since: number;
  ended_at: number | null;
  officer_id: string;
}

export interface MatchRow {
  id: string;
  watch_id: string;
  account_id: number;
  how: WatchMatch['how'];
  at: number;
  confirmed: number | null;
  note: string;
  officer_id: string;
}

export function insertWatch(store: Store, row: WatchRow): void {
  insertRow(store, 'watch_entries', { ...row });
}

export function endWatch(store: Store, id: string, at: number): void {
  updateRow(store, 'watch_entries', { id }, { ended_at: at });
}

export function insertMatch(store: Store, row: MatchRow): void {
  insertRow(store, 'watch_matches', { ...row });
}

export function decideMatchRow(
  store: Store,
  id: string,
  changes: Pick<MatchRow, 'confirmed' | 'note' | 'officer_id'>,
): void {
  updateRow(store, 'watch_matches', { id }, { ...changes });
}

export function watchRow(db: Database, id: string): WatchRow | null {
  return get<WatchRow>(db, 'SELECT * FROM watch_entries WHERE id = ?', id) ?? null;
}

export function matchRow(db: Database, id: string): MatchRow | null {
  return get<MatchRow>(db, 'SELECT * FROM watch_matches WHERE id = ?', id) ?? null;
}

export function activeWatches(db: Database): WatchRow[] {
  return all<WatchRow>(db, 'SELECT * FROM watch_entries WHERE ended_at IS NULL ORDER BY id');
}

/** What an account can be known again by. */
export function marksOf(db: Database, accountId: number): Pick<WatchRow, 'name' | 'platform_id' | 'phone'> {
  const row = get<{ name: string | null; platform_id: string | null; phone: string | null }>(
    db,
    `SELECT ${ACCOUNT_NAME} AS name, a.platform_id, json_extract(a.fields, '$.phone') AS phone
     FROM accounts a WHERE a.id = ?`,
    accountId,
  );
  return { name: row?.name ?? '', platform_id: row?.platform_id ?? null, phone: row?.phone ?? null };
}

/**
 * Accounts that look like a watched one and were not matched before: another account with its id, phone or
 * exact name, or the account itself speaking after it was put on the list.
 */
export function newMatches(db: Database, watch: WatchRow): { account_id: number; how: WatchMatch['how'] }[] {
  const found: { account_id: number; how: WatchMatch['how'] }[] = [];
  const look = (how: WatchMatch['how'], sql: string, ...values: (string | number | null)[]) => {
    const rows = all<{ id: number }>(
      db,
      `SELECT a.id FROM accounts a WHERE ${sql} AND NOT EXISTS (
         SELECT 1 FROM watch_matches m WHERE m.watch_id = ? AND m.account_id = a.id)`,
      ...values,
      watch.id,
    );
    for (const { id } of rows) {
      if (!found.some((match) => match.account_id === id)) found.push({ account_id: id, how });
    }
  };
  const own = watch.account_id ?? -1;
  if (watch.platform_id) look('same-id', 'a.platform_id = ? AND a.id <> ?', watch.platform_id, own);
  if (watch.phone)
    look('same-phone', `json_extract(a.fields, '$.phone') = ? AND a.id <> ?`, watch.phone, own);
  if (watch.name) {
    look(
      'same-name',
      '(a.name = ? OR a.id IN (SELECT n.account_id FROM account_names n WHERE n.name = ?)) AND a.id <> ?',
      watch.name,
      watch.name,
      own,
    );
  }
  look(
    'still-active',
    // By the index of times: what is later than the measure is little.
    'a.id = ? AND EXISTS (SELECT 1 FROM messages s WHERE s.sort_at > ? AND s.sender_id = a.id AND s.sent_at > ?)',
    own,
    watch.since,
    watch.since,
  );
  return found;
}

/** Everybody on the list, the latest first. */
export function watchEntries(db: Database, prefix: string): WatchEntry[] {
  return all<
    WatchRow & { account: string | null; case_no: number | null; officer: string | null; open: number }
  >(
    db,
    `SELECT w.*, a.uid AS account, k.number AS case_no, o.name AS officer,
       (SELECT count(*) FROM watch_matches m WHERE m.watch_id = w.id AND m.confirmed IS NULL) AS open
     FROM watch_entries w LEFT JOIN accounts a ON a.id = w.account_id LEFT JOIN cases k ON k.id = w.case_id
     LEFT JOIN officers o ON o.id = w.officer_id ORDER BY w.id DESC`,
  ).map((row) => ({
    id: row.id,
    accountId: row.account,
    name: row.name,
    platformId: row.platform_id,
    reason: row.reason,
    caseId: row.case_id,
    caseNumber: row.case_no === null ? null : caseNumber(prefix, row.case_no),
    since: row.since,
    endedAt: row.ended_at,
    officer: row.officer ?? '',
    open: row.open,
  }));
}

/** Matches, those that nobody decided about first. */
export function watchMatches(db: Database): WatchMatch[] {
  return all<Omit<WatchMatch, 'confirmed'> & { confirmed: number | null }>(
    db,
    `SELECT m.id, m.watch_id AS watchId, w.name AS watched, a.uid AS accountId, coalesce(${ACCOUNT_NAME}, '') AS account,
       a.platform_id AS platformId, m.how, m.at, m.confirmed, m.note
     FROM watch_matches m JOIN watch_entries w ON w.id = m.watch_id JOIN accounts a ON a.id = m.account_id
     ORDER BY m.confirmed IS NOT NULL, m.id DESC LIMIT 1000`,
  ).map((row) => ({ ...row, confirmed: row.confirmed === null ? null : row.confirmed === 1 }));
}

/** Whether an officer confirmed that an account is somebody from the list who came back (S4-7). */
export function cameBack(db: Database, accountId: number): boolean {
  return (
    get(db, 'SELECT 1 FROM watch_matches WHERE account_id = ? AND confirmed = 1', accountId) !== undefined
  );
}
