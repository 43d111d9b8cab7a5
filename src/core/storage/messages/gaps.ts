/** Reading messages for gaps: in pages, without their texts. */
import { uidInBlock } from '../../domain/uid.ts';
import { all, type Database, get } from '../database.ts';

export interface GapRow {
  id: number;
  sent_at: number | null;
  platform_id: string | null;
  extra: string | null;
  flags: string | null;
  /** Place to go on from: byte and ordinal in a source, time and id in a conversation. */
  place: number;
  within: number;
}

const NUMBERED = `CASE WHEN m.extra LIKE '%seq%' OR m.extra LIKE '%local%' THEN m.extra END AS extra`;

/**
 * Messages of a source in the order of its file (one conversation of it, if named), or of a conversation
 * in all sources that nobody took back, in the order of time.
 */
export function gapRows(
  db: Database,
  sourceId: number | null,
  conversationId: number | null,
  after: GapRow | null,
  limit: number,
): GapRow[] {
  const place = after?.place ?? Number.MIN_SAFE_INTEGER;
  const within = after?.within ?? Number.MIN_SAFE_INTEGER;
  if (sourceId === null) {
    return all<GapRow>(
      db,
      `SELECT m.id, m.sent_at, m.platform_id, NULL AS extra, m.flags, m.sort_at AS place, m.id AS within FROM messages m
       WHERE m.conversation_id = ? AND (m.sort_at, m.id) > (?, ?) AND EXISTS (
         SELECT 1 FROM message_occurrences o JOIN sources s ON s.id = o.source_id
         WHERE o.message_id = m.id AND s.state <> 'excluded')
       ORDER BY m.sort_at, m.id LIMIT ?`,
      conversationId,
      place,
      within,
      limit,
    );
  }
  return all<GapRow>(
    db,
    `SELECT m.id, m.sent_at, m.platform_id, ${NUMBERED}, m.flags, 0 AS place, o.ordinal AS within
     FROM message_occurrences o JOIN messages m ON m.id = o.message_id
     WHERE o.source_id = ? AND o.ordinal > ? AND (? IS NULL OR m.conversation_id = ?) ORDER BY o.ordinal LIMIT ?`,
    sourceId,
    within,
    conversationId,
    conversationId,
    limit,
  );
}

/**
 * All messages of a source in the order of its bytes: needed where skipped ones were recovered later, whose
 * ordinals follow those of the rest.
 */
export function gapRowsByByte(db: Database, sourceId: number, conversationId: number | null): GapRow[] {
  return all<GapRow>(
    db,
    `SELECT m.id, m.sent_at, m.platform_id, ${NUMBERED}, m.flags, 0 AS place, o.ordinal AS within
     FROM message_occurrences o JOIN messages m ON m.id = o.message_id
     WHERE o.source_id = ? AND (? IS NULL OR m.conversation_id = ?) ORDER BY o.start, o.ordinal`,
    sourceId,
    conversationId,
    conversationId,
  );
}

export function hasRecovered(db: Database, sourceUid: string): boolean {
  return (
    get(
      db,
      "SELECT 1 FROM events WHERE subject_id = ? AND type = 'source.skip-recovered' LIMIT 1",
      sourceUid,
    ) !== undefined
  );
}

export function messageUid(db: Database, id: number): string | null {
  const row = get<{ uid: string; ordinal: number }>(
    db,
    'SELECT s.uid, m.ordinal FROM messages m JOIN sources s ON s.id = m.source_id WHERE m.id = ?',
    id,
  );
  return row ? uidInBlock(row.uid, row.ordinal) : null;
}

export function skippedOf(db: Database, sourceId: number): number {
  return (
    get<{ n: number | null }>(
      db,
      "SELECT sum(count) AS n FROM source_ranges WHERE source_id = ? AND kind = 'skipped'",
      sourceId,
    )?.n ?? 0
  );
}

/** Times of the conversation's messages within `reach` milliseconds, the nearest neighbours, and its totals. */
export function densityRows(
  db: Database,
  id: number,
  { conversation_id, sort_at }: { conversation_id: number; sort_at: number },
  reach: number,
) {
  const times = all<{ at: number }>(
    db,
    'SELECT sort_at AS at FROM messages WHERE conversation_id = ? AND sort_at BETWEEN ? AND ?',
    conversation_id,
    sort_at - reach,
    sort_at + reach,
  ).map(({ at }) => at);
  const neighbour = (op: '<' | '>', order: 'DESC' | 'ASC') =>
    get<{ at: number }>(
      db,
      `SELECT sort_at AS at FROM messages WHERE conversation_id = ? AND (sort_at, id) ${op} (?, ?)
       ORDER BY sort_at ${order}, id ${order} LIMIT 1`,
      conversation_id,
      sort_at,
      id,
    )?.at ?? null;
  const totals = get<{ messages: number; first: number | null; last: number | null }>(
    db,
    'SELECT messages, first_at AS first, last_at AS last FROM conversation_totals WHERE conversation_id = ?',
    conversation_id,
  );
  return {
    times,
    before: neighbour('<', 'DESC'),
    after: neighbour('>', 'ASC'),
    messages: totals?.messages ?? 0,
    first: totals?.first ?? null,
    last: totals?.last ?? null,
  };
}
