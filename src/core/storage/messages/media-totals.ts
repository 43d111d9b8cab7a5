/**
 * Media by source and conversation: how many the messages name, for how many a file was found, and how many
 * something has examined. Derived from attachments and matches; `check` recomputes them.
 */
import { type Database, get, run } from '../database.ts';

/** Attachments that messages name; files found for them; those of them that something looked into. */
export interface MediaCounts {
  readonly named: number;
  readonly found: number;
  readonly examined: number;
}

export function addNamedMedia(db: Database, sourceId: number, conversationId: number, named: number): void {
  run(
    db,
    `INSERT INTO media_totals (source_id, conversation_id, named, found, examined) VALUES (?, ?, ?, 0, 0)
     ON CONFLICT DO UPDATE SET named = named + excluded.named`,
    sourceId,
    conversationId,
    named,
  );
}

/** Counts `found` and `examined` anew for the messages of one source. */
export function recountMedia(db: Database, sourceId: number): void {
  run(
    db,
    `UPDATE media_totals AS t SET (found, examined) = (
       SELECT count(*), coalesce(sum(f.examined <> ''), 0) FROM media_matches x
       JOIN media_files f ON f.id = x.file_id JOIN messages m ON m.id = x.message_id
       WHERE m.source_id = t.source_id AND m.conversation_id = t.conversation_id)
     WHERE source_id = ?`,
    sourceId,
  );
}

const SUMS = `SELECT coalesce(sum(named), 0) AS named, coalesce(sum(found), 0) AS found,
  coalesce(sum(examined), 0) AS examined FROM media_totals`;

const counts = (db: Database, where: string, ...values: unknown[]): MediaCounts =>
  get<MediaCounts>(db, `${SUMS} ${where}`, ...values) ?? { named: 0, found: 0, examined: 0 };

export const mediaOfSource = (db: Database, sourceId: number) => counts(db, 'WHERE source_id = ?', sourceId);

export const mediaOfConversation = (db: Database, conversationId: number) =>
  counts(db, 'WHERE conversation_id = ?', conversationId);

/** Media of everything that nobody took back. */
export const mediaOfWorkspace = (db: Database) =>
  counts(db, "WHERE source_id NOT IN (SELECT id FROM sources WHERE state = 'excluded')");
