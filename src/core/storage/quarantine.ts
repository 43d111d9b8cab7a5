/** Messages that must not be viewed or kept freely (design.md §6 Quarantine). */
import type { QuarantineReason } from '../domain/quarantine.ts';
import { all, type Database, get } from './database.ts';
import { insertRow, type Store, updateRow } from './rows.ts';

export interface QuarantineRow {
  id: string;
  message_id: number;
  reason: QuarantineReason;
  note: string;
  officer_id: string;
  at: number;
  released_at: number | null;
  released_by: string | null;
  approver_id: string | null;
  released_reason: string | null;
}

export function insertQuarantine(store: Store, row: QuarantineRow): void {
  insertRow(store, 'quarantined', { ...row });
}

export function releaseQuarantine(
  store: Store,
  id: string,
  by: Required<Pick<QuarantineRow, 'released_at' | 'released_by' | 'approver_id' | 'released_reason'>>,
): void {
  updateRow(store, 'quarantined', { id }, { ...by });
}

export function isQuarantined(db: Database, messageId: number): boolean {
  return (
    get(db, 'SELECT 1 FROM quarantined WHERE message_id = ? AND released_at IS NULL', messageId) !== undefined
  );
}

/** SQL that leaves out quarantined messages (`m`); empty where there are none. */
export function unquarantinedOnly(db: Database): string {
  if (get(db, 'SELECT 1 FROM quarantined WHERE released_at IS NULL LIMIT 1') === undefined) return '';
  return ' AND m.id NOT IN (SELECT q.message_id FROM quarantined q WHERE q.released_at IS NULL)';
}

export interface QuarantineFacts extends QuarantineRow {
  readonly source_uid: string;
  readonly ordinal: number;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly digest: Buffer;
  readonly sent_at: number | null;
  readonly officer: string;
  readonly releaser: string | null;
  readonly approver: string | null;
}

/** What is or was in quarantine, the latest first, with digest and place and no content; at most 1000. */
export function quarantineRows(db: Database, id: string | null = null): QuarantineFacts[] {
  return all<QuarantineFacts>(
    db,
    `SELECT q.*, s.uid AS source_uid, m.ordinal, s.file, o.start, o.end, o.line, m.digest, m.sent_at,
       coalesce(f.name, q.officer_id) AS officer, r.name AS releaser, p.name AS approver
     FROM quarantined q JOIN messages m ON m.id = q.message_id JOIN sources s ON s.id = m.source_id
     JOIN message_occurrences o ON o.source_id = m.source_id AND o.ordinal = m.ordinal
     LEFT JOIN officers f ON f.id = q.officer_id LEFT JOIN officers r ON r.id = q.released_by
     LEFT JOIN officers p ON p.id = q.approver_id
     WHERE ? IS NULL OR q.id = ? ORDER BY q.id DESC LIMIT 1000`,
    id,
    id,
  );
}
