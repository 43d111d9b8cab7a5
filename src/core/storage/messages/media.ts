import type { Medium } from '../../domain/media.ts';
import type { Page } from '../../domain/page.ts';
import { uidInBlock } from '../../domain/uid.ts';
import type { Basis, NamedMedium } from '../../media/match-media.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { insertRows, type Store } from '../rows.ts';
import { CONVERSATION_LABEL, senderLabel, visibleOnly } from './messages.ts';

export interface MediaFileRow {
  id: string;
  source_id: number;
  path: string;
  bytes: number;
  sha256: string;
  type: string;
  examined: string;
  found_at: number;
}

/** Media that a source's messages name and no file was found for yet. */
export function missingMedia(db: Database, sourceId: number): NamedMedium[] {
  return all<NamedMedium>(
    db,
    `SELECT a.message_id AS messageId, a.position, a.name, a.reference, a.md5
     FROM messages m JOIN attachments a ON a.message_id = m.id
     WHERE m.source_id = ? AND NOT EXISTS (
       SELECT 1 FROM media_matches x WHERE x.message_id = a.message_id AND x.position = a.position)
     ORDER BY a.message_id, a.position`,
    sourceId,
  );
}

export function mediaFiles(db: Database, sourceId: number): MediaFileRow[] {
  return all<MediaFileRow>(db, 'SELECT * FROM media_files WHERE source_id = ?', sourceId);
}

export function allMediaFiles(db: Database): MediaFileRow[] {
  return all<MediaFileRow>(db, 'SELECT * FROM media_files ORDER BY id');
}

/** Stores a file with its codes and the media that it is. Call inside a transaction. */
export function insertMediaFile(
  store: Store,
  file: MediaFileRow,
  codes: readonly string[],
  matches: readonly { medium: NamedMedium; basis: Basis }[],
): void {
  insertRows(store, 'media_files', [{ ...file }]);
  insertRows(
    store,
    'media_codes',
    codes.map((text, position) => ({ file_id: file.id, position, text })),
  );
  insertMatches(store, file.id, matches);
}

export function insertMatches(
  store: Store,
  fileId: string,
  matches: readonly { medium: NamedMedium; basis: Basis }[],
): void {
  insertRows(
    store,
    'media_matches',
    matches.map(({ medium, basis }) => ({
      message_id: medium.messageId,
      position: medium.position,
      file_id: fileId,
      basis,
    })),
  );
}

interface MediumRow {
  message_id: number;
  position: number;
  source_uid: string;
  ordinal: number;
  label: string | null;
  sender_name: string | null;
  account_name: string | null;
  account_platform_id: string | null;
  sent_at: number | null;
  kind: Medium['kind'];
  name: string | null;
  reference: string | null;
  size: number | null;
  md5: string | null;
  file_id: string | null;
  basis: Basis | null;
}

export interface MediaFilter {
  readonly sourceId: number | null;
  readonly conversationId: number | null;
  readonly state: 'missing' | 'unexamined' | 'examined' | null;
}

const STATES = {
  missing: 'x.file_id IS NULL',
  unexamined: "f.examined = ''",
  examined: "f.examined <> ''",
} as const;

/** Media as messages name them, in the order in which the messages were stored. */
export function listMedia(
  db: Database,
  filter: MediaFilter,
  cursor: string | null,
  limit: number,
): Page<Medium> {
  const parts: string[] = [];
  const values: Value[] = [];
  if (filter.sourceId !== null) {
    parts.push('m.source_id = ?');
    values.push(filter.sourceId);
  }
  if (filter.conversationId !== null) {
    parts.push('m.conversation_id = ?');
    values.push(filter.conversationId);
  }
  if (filter.state) parts.push(STATES[filter.state]);
  const where = `${parts.join(' AND ') || '1'}${visibleOnly(db)}`;
  const from = `FROM attachments a JOIN messages m ON m.id = a.message_id
     LEFT JOIN media_matches x ON x.message_id = a.message_id AND x.position = a.position
     LEFT JOIN media_files f ON f.id = x.file_id`;
  const after = decodeCursor(cursor, 'number', 'number');
  const rows = all<MediumRow>(
    db,
    `SELECT a.message_id, a.position, s.uid AS source_uid, m.ordinal, ${CONVERSATION_LABEL} AS label, m.sender_name,
       n.name AS account_name, n.platform_id AS account_platform_id, m.sent_at, a.kind, a.name, a.reference,
       a.size, a.md5, x.file_id, x.basis
     ${from} JOIN sources s ON s.id = m.source_id JOIN conversations c ON c.id = m.conversation_id
     LEFT JOIN accounts n ON n.id = m.sender_id
     WHERE ${where}${after ? ' AND (a.message_id, a.position) > (?, ?)' : ''}
     ORDER BY a.message_id, a.position LIMIT ?`,
    ...values,
    ...(after ?? []),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => toMedium(db, row)),
    next: last ? encodeCursor([last.message_id, last.position]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n ${from} WHERE ${where}`, ...values)?.n ?? 0),
  };
}

function toMedium(db: Database, row: MediumRow): Medium {
  const file =
    row.file_id === null
      ? null
      : get<MediaFileRow>(db, 'SELECT * FROM media_files WHERE id = ?', row.file_id);
  return {
    messageId: uidInBlock(row.source_uid, row.ordinal),
    position: row.position,
    conversation: row.label,
    sender: senderLabel(row),
    sentAt: row.sent_at,
    kind: row.kind,
    name: row.name,
    reference: row.reference,
    size: row.size,
    md5: row.md5,
    basis: row.basis,
    file: file
      ? {
          path: file.path,
          bytes: file.bytes,
          sha256: file.sha256,
          type: file.type,
          examined: file.examined,
          codes: all<{ text: string }>(
            db,
            'SELECT text FROM media_codes WHERE file_id = ? ORDER BY position',
            file.id,
          ).map(({ text }) => text),
        }
      : null,
  };
}
