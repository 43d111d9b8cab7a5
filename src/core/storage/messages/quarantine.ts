/** Messages that must not be viewed or kept freely (design.md §6 Quarantine). */
import type { QuarantineReason } from '../../domain/quarantine.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

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
  return isAnyQuarantined(db) ? ` AND m.id NOT IN (${STANDING})` : '';
}

/** SQL that leaves out hits (`h`) in quarantined messages; empty where there are none. */
export function unquarantinedHits(db: Database): string {
  return isAnyQuarantined(db) ? ` AND h.message_id NOT IN (${STANDING})` : '';
}

const STANDING = 'SELECT q.message_id FROM quarantined q WHERE q.released_at IS NULL';

/** SQL that holds for hits (`h`) in quarantined messages. */
export const QUARANTINED_HIT = `h.message_id IN (${STANDING})`;

/** Whether any message is kept from view. */
export const isAnyQuarantined = (db: Database): boolean =>
  get(db, 'SELECT 1 FROM quarantined WHERE released_at IS NULL LIMIT 1') !== undefined;

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

/** Exhibits set aside: neither shown nor packed, and not taken out by an officer either. */
const ASIDE = 2;

/**
 * Sets the exhibits that show a message aside, or gives back those that no other quarantined message
 * keeps aside. Answers the ids of those that moved.
 */
export function setExhibitsAside(store: Store, messageId: number, aside: boolean): string[] {
  const moved = all<{ id: string }>(
    store.db,
    `SELECT DISTINCT x.id FROM exhibits x JOIN exhibit_messages e ON e.exhibit_id = x.id
     WHERE e.message_id = ? AND x.removed = ? AND (? = 1 OR NOT EXISTS (
       SELECT 1 FROM exhibit_messages o JOIN quarantined q ON q.message_id = o.message_id
       WHERE o.exhibit_id = x.id AND q.released_at IS NULL))`,
    messageId,
    aside ? 0 : ASIDE,
    aside ? 1 : 0,
  ).map(({ id }) => id);
  for (const id of moved) updateRow(store, 'exhibits', { id }, { removed: aside ? ASIDE : 0 });
  return moved;
}

/** What a message says and carries. Only `quarantine.open` reads it past the quarantine. */
export function contentOf(
  db: Database,
  messageId: number,
): { text: string; parts: string[]; attachments: string[] } {
  return {
    text: get<{ text: string }>(db, 'SELECT text FROM messages WHERE id = ?', messageId)?.text ?? '',
    parts: all<{ text: string }>(
      db,
      'SELECT text FROM carried_texts WHERE message_id = ? ORDER BY part',
      messageId,
    ).map(({ text }) => text),
    attachments: all<{ name: string | null; kind: string }>(
      db,
      'SELECT name, kind FROM attachments WHERE message_id = ? ORDER BY position',
      messageId,
    ).map(({ name, kind }) => name ?? kind),
  };
}
