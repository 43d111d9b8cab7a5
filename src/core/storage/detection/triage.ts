/** Who works on what, whose names were uncovered, kept filters. */
import type { SavedFilter, WorkLock, WorkSubject } from '../../domain/triage.ts';
import { all, type Database, get } from '../database.ts';
import { deleteRow, insertRow, type Store, updateRow } from '../rows.ts';

interface LockRow {
  subject_type: WorkSubject['type'];
  subject_id: string;
  officer_id: string;
  officer: string;
  taken_at: number;
  expires_at: number;
}

const LOCKS = `SELECT l.*, coalesce(o.name, l.officer_id) AS officer FROM work_locks l
  LEFT JOIN officers o ON o.id = l.officer_id WHERE l.expires_at > ?`;

const toLock = (row: LockRow): WorkLock => ({
  subject: { type: row.subject_type, id: row.subject_id },
  officerId: row.officer_id,
  officer: row.officer,
  takenAt: row.taken_at,
  expiresAt: row.expires_at,
});

/** What is being worked on, the latest taken first. */
export function workLocks(db: Database, now: number): WorkLock[] {
  return all<LockRow>(db, `${LOCKS} ORDER BY l.taken_at DESC, l.subject_id`, now).map(toLock);
}

/** Who works on something; null where nobody does or the time is over. */
export function lockOf(db: Database, { type, id }: WorkSubject, now: number): WorkLock | null {
  const row = get<LockRow>(db, `${LOCKS} AND l.subject_type = ? AND l.subject_id = ?`, now, type, id);
  return row ? toLock(row) : null;
}

export function putLock(
  store: Store,
  { type, id }: WorkSubject,
  row: { officer_id: string; taken_at: number; expires_at: number },
): void {
  const key = { subject_type: type, subject_id: id };
  const known = get(store.db, 'SELECT 1 FROM work_locks WHERE subject_type = ? AND subject_id = ?', type, id);
  if (known) updateRow(store, 'work_locks', key, row);
  else insertRow(store, 'work_locks', { ...key, ...row });
}

export function dropLock(store: Store, { type, id }: WorkSubject): void {
  deleteRow(store, 'work_locks', { subject_type: type, subject_id: id });
}

export function insertReveal(
  store: Store,
  row: { id: string; account_id: number; hit_id: number; reason: string; officer_id: string; at: number },
): void {
  insertRow(store, 'reveals', row);
}

/** Whether somebody uncovered the name of an account (UUID). */
export function isRevealed(db: Database, accountUid: string): boolean {
  return (
    get(
      db,
      'SELECT 1 FROM reveals v JOIN accounts a ON a.id = v.account_id WHERE a.uid = ? LIMIT 1',
      accountUid,
    ) !== undefined
  );
}

export function savedFilters(db: Database, screen: SavedFilter['screen']): SavedFilter[] {
  return all<SavedFilter>(
    db,
    `SELECT f.id, f.screen, f.name, f.search, coalesce(o.name, f.officer_id) AS officer, f.at
     FROM saved_filters f LEFT JOIN officers o ON o.id = f.officer_id WHERE f.screen = ? ORDER BY f.name`,
    screen,
  );
}

/** Keeps a filter under its name; one of the same name on the same screen is replaced. */
export function saveFilter(
  store: Store,
  row: { id: string; screen: string; name: string; search: string; officer_id: string; at: number },
): void {
  const known = get<{ id: string }>(
    store.db,
    'SELECT id FROM saved_filters WHERE screen = ? AND name = ?',
    row.screen,
    row.name,
  );
  const { id, ...rest } = row;
  if (known) updateRow(store, 'saved_filters', { id: known.id }, rest);
  else insertRow(store, 'saved_filters', { id, ...rest });
}

/** Removes a filter; answers its screen, null where there is none. */
export function removeFilter(store: Store, id: string): SavedFilter['screen'] | null {
  const known = get<{ screen: SavedFilter['screen'] }>(
    store.db,
    'SELECT screen FROM saved_filters WHERE id = ?',
    id,
  );
  if (known) deleteRow(store, 'saved_filters', { id });
  return known?.screen ?? null;
}
