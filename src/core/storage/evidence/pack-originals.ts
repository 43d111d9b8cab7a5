/** What the files of a pack's sources hold beside what the pack shows (`scratch.pack_messages`, pack-selection.ts). */
import { type Database, get } from '../database.ts';
import { type SourceRow, sourceByUid } from '../sources/sources.ts';

export interface SourceExtent {
  readonly row: SourceRow;
  /** Messages of people who are no party of the case. */
  readonly bystanders: number;
  /** Messages that the pack does not show. */
  readonly notShown: number;
  /** Bytes that no message came from, because they could not be read or nobody chose them. */
  readonly skipped: number;
  readonly isQuarantined: boolean;
}

/** Reads the places of all messages of the source: some 0.3 s for a million. */
export function sourceExtent(db: Database, caseId: string, uid: string): SourceExtent | null {
  const row = sourceByUid(db, uid);
  if (!row) return null;
  const counts = get<{ bystanders: number; notShown: number; quarantined: number }>(
    db,
    `SELECT
       sum(m.sender_id IS NOT NULL AND m.sender_id NOT IN
         (SELECT account_id FROM parties WHERE case_id = ? AND account_id IS NOT NULL)) AS bystanders,
       sum(m.id NOT IN (SELECT message_id FROM scratch.pack_messages)) AS notShown,
       sum(m.id IN (SELECT message_id FROM quarantined WHERE released_at IS NULL)) AS quarantined
     FROM message_occurrences o JOIN messages m ON m.id = o.message_id WHERE o.source_id = ?`,
    caseId,
    row.id,
  );
  const skips = get<{ bytes: number | null }>(
    db,
    `SELECT sum("end" - start) AS bytes FROM source_ranges WHERE source_id = ? AND kind = 'skipped'`,
    row.id,
  );
  return {
    row,
    bystanders: counts?.bystanders ?? 0,
    notShown: counts?.notShown ?? 0,
    skipped: skips?.bytes ?? 0,
    isQuarantined: (counts?.quarantined ?? 0) > 0,
  };
}

/** Places of messages of a source that the pack does not show, in no order. */
export function unshownPlaces(db: Database, sourceId: number): Iterable<{ start: number; end: number }> {
  return db
    .prepare(
      `SELECT start, "end" FROM message_occurrences
       WHERE source_id = ? AND message_id NOT IN (SELECT message_id FROM scratch.pack_messages)`,
    )
    .iterate(sourceId) as Iterable<{ start: number; end: number }>;
}
