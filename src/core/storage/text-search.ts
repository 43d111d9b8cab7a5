/** Every place where a text search matches, found in pieces so that other calls are answered in between. */
import { DocketError } from '../../contract/errors.ts';
import { all, type Database, get, type Value } from './database.ts';
import { candidatesIn, searchBlocks } from './search-index.ts';

/** Where a message stands in lists by time. */
export interface Place {
  id: number;
  sort_at: number;
}

/** A condition on messages `m`, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Messages that are read in one piece without an index: 5 to 20 milliseconds. */
const SCANNED = 16_384;
/** Candidates that are compared in one piece: about as long. */
const COMPARED = 4_096;
/** Milliseconds of work between two pauses. */
const PIECE = 10;

function* pieces(db: Database, where: Condition, text: string): Generator<Place[]> {
  const last = get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM messages')?.last ?? 0;
  let next = 1;
  if (text.length > 1) {
    for (const block of searchBlocks(db)) {
      const ids = candidatesIn(db, block, text);
      for (let at = 0; at < ids.length; at += COMPARED) {
        yield all<Place>(
          db,
          `SELECT m.id, m.sort_at FROM messages m WHERE m.id IN (SELECT value FROM json_each(?)) AND ${where.sql}`,
          JSON.stringify(ids.slice(at, at + COMPARED)),
          ...where.values,
        );
      }
      next = block.last + 1;
    }
  }
  for (; next <= last; next += SCANNED) {
    yield all<Place>(
      db,
      `SELECT m.id, m.sort_at FROM messages m NOT INDEXED WHERE m.id BETWEEN ? AND ? AND ${where.sql}`,
      next,
      next + SCANNED - 1,
      ...where.values,
    );
  }
}

/** Matches of the last text search, oldest first: its next pages need no second search. */
const lastSearch = new WeakMap<Database, { key: string; changes: number; places: Place[] }>();

/**
 * The places of the messages that meet `where`, which asks for `text` among others; oldest first. Kept
 * until something is written. `pause` is awaited between pieces of some milliseconds. Throws `cancelled`
 * where the workspace is closed meanwhile.
 */
export async function textMatches(
  db: Database,
  where: Condition,
  text: string,
  pause: () => Promise<void>,
): Promise<readonly Place[]> {
  const key = JSON.stringify([where.sql, where.values]);
  const changes = get<{ n: number }>(db, 'SELECT total_changes() AS n')?.n ?? 0;
  const known = lastSearch.get(db);
  if (known?.key === key && known.changes === changes) return known.places;
  const places: Place[] = [];
  let paused = performance.now();
  for (const piece of pieces(db, where, text)) {
    for (const place of piece) places.push(place);
    if (performance.now() - paused < PIECE) continue;
    await pause();
    paused = performance.now();
    if (!db.open) throw new DocketError('cancelled', 'the workspace was closed');
  }
  places.sort((a, b) => a.sort_at - b.sort_at || a.id - b.id);
  lastSearch.set(db, { key, changes, places });
  return places;
}
