/** The media that a pack's messages name, with the file that each is, where one was found. */
import { uidInBlock } from '../../domain/uid.ts';
import { all, type Database } from '../database.ts';

export interface PackMedium {
  readonly messageId: string;
  readonly rowId: number;
  readonly senderId: number | null;
  readonly position: number;
  readonly kind: string;
  readonly isSubject: boolean;
  readonly basis: string | null;
  /** The sealed file. */
  readonly file: {
    readonly id: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly type: string;
  } | null;
}

interface Row {
  row_id: number;
  source_uid: string;
  ordinal: number;
  sender_id: number | null;
  position: number;
  kind: string;
  subject: number;
  basis: string | null;
  file_id: string | null;
  path: string;
  bytes: number;
  sha256: string;
  type: string;
}

/** Every medium of `scratch.pack_messages` (pack-selection.ts), by message and place in it. */
export function packMedia(db: Database): PackMedium[] {
  return all<Row>(
    db,
    `SELECT m.id AS row_id, s.uid AS source_uid, m.ordinal, m.sender_id, a.position, a.kind, e.subject, x.basis,
       f.id AS file_id, f.path, f.bytes, f.sha256, f.type
     FROM scratch.pack_messages e CROSS JOIN attachments a ON a.message_id = e.message_id
     CROSS JOIN messages m ON m.id = e.message_id CROSS JOIN sources s ON s.id = m.source_id
     LEFT JOIN media_matches x ON x.message_id = a.message_id AND x.position = a.position
     LEFT JOIN media_files f ON f.id = x.file_id
     ORDER BY e.message_id, a.position`,
  ).map((row) => ({
    messageId: uidInBlock(row.source_uid, row.ordinal),
    rowId: row.row_id,
    senderId: row.sender_id,
    position: row.position,
    kind: row.kind,
    isSubject: row.subject === 1,
    basis: row.basis,
    file:
      row.file_id === null
        ? null
        : { id: row.file_id, path: row.path, bytes: row.bytes, sha256: row.sha256, type: row.type },
  }));
}

/** SHA-256 of every file that a message in quarantine names: the same bytes leave with no other message either. */
export function quarantinedFiles(db: Database): Set<string> {
  const rows = all<{ sha256: string }>(
    db,
    `SELECT DISTINCT f.sha256 FROM quarantined q JOIN media_matches x ON x.message_id = q.message_id
     JOIN media_files f ON f.id = x.file_id WHERE q.released_at IS NULL`,
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}
