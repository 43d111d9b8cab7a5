/** Every place where a text search matches, found in pieces so that other calls are answered in between. */
import { DocketError } from '../../../contract/errors.ts';
import { all, type Database, get, prepare, type Value } from '../database.ts';
import { candidatesIn, type Range, searchBlocks, unindexed } from './search-index.ts';
import { mayHold } from './text-filters.ts';

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
/** A block in which one message of so many is a candidate is read as it lies: that costs less than picking them. */
const DENSE = 8;
/** Milliseconds of work between two pauses. */
const PIECE = 10;

/** Messages whose filters are asked in one piece: a millisecond. */
const ASKED = 65_536;

/** Messages that are read in one piece. */
export type Stretch = Range;

/** Another thread that reads the same database. */
export interface Scanner {
  /** As `scan`; null where the thread is gone. */
  scan(where: Condition, stretch: Stretch): Promise<Place[] | null>;
  /** Between these two other work gives way to the search. */
  begin(): void;
  end(): void;
}

const scanners = new WeakMap<Database, Scanner>();

/** Has searches share their reading with another thread, until null is given. */
export function shareScans(db: Database, scanner: Scanner | null): void {
  if (scanner === null) scanners.delete(db);
  else scanners.set(db, scanner);
}

/** The messages of a stretch that meet a condition. */
export function scan(db: Database, where: Condition, { first, last }: Stretch): Place[] {
  const rows = prepare(
    db,
    `SELECT m.id, m.sort_at FROM messages m NOT INDEXED WHERE m.id BETWEEN ? AND ? AND ${where.sql}`,
  )
    .raw()
    .all(first, last, ...where.values) as unknown as [number, number][];
  return rows.map(([id, sort_at]) => ({ id, sort_at }));
}

/** What is left to scan, taken in pieces by this thread and by another one. */
class Stretches {
  readonly #left: Stretch[] = [];

  add(first: number, last: number): void {
    for (let at = first; at <= last; at += SCANNED) {
      this.#left.push({ first: at, last: Math.min(last, at + SCANNED - 1) });
    }
  }

  take(): Stretch | undefined {
    return this.#left.pop();
  }
}

/** Matches among the candidates of the index; what is to be read whole goes into `stretches`. */
function* compared(db: Database, where: Condition, text: string, stretches: Stretches): Generator<Place[]> {
  const isPair = text.length > 1;
  for (const block of searchBlocks(db)) {
    if (!isPair) stretches.add(block.first, block.last);
    else {
      const ids = candidatesIn(db, block, text);
      if (ids.length * DENSE > block.last - block.first + 1) {
        stretches.add(block.first, block.last);
        yield [];
        continue;
      }
      for (let at = 0; at < ids.length; at += COMPARED) {
        yield all<Place>(
          db,
          `SELECT m.id, m.sort_at FROM messages m WHERE m.id IN (SELECT value FROM json_each(?)) AND ${where.sql}`,
          JSON.stringify(ids.slice(at, at + COMPARED)),
          ...where.values,
        );
      }
    }
  }
  for (const { first, last } of unindexed(db)) {
    for (let at = first; at <= last; at += ASKED) {
      for (const range of mayHold(db, { first: at, last: Math.min(last, at + ASKED - 1) }, text)) {
        stretches.add(range.first, range.last);
      }
      yield [];
    }
  }
}

function* scanned(db: Database, where: Condition, stretches: Stretches): Generator<Place[]> {
  for (let piece = stretches.take(); piece; piece = stretches.take()) yield scan(db, where, piece);
}

/** Has the other thread scan, a piece after the other, until nothing is left or `stop` says so. */
async function scanBeside(
  scanner: Scanner | undefined,
  where: Condition,
  stretches: Stretches,
  found: (places: readonly Place[]) => void,
  stop: () => boolean,
): Promise<void> {
  if (scanner === undefined) return;
  for (let piece = stretches.take(); piece && !stop(); piece = stretches.take()) {
    const places = await scanner.scan(where, piece);
    if (places === null) {
      stretches.add(piece.first, piece.last);
      return;
    }
    found(places);
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
  const take = (piece: readonly Place[]) => {
    for (const place of piece) places.push(place);
  };
  const stretches = new Stretches();
  let paused = performance.now();
  const work = async (pieces: Generator<Place[]>) => {
    for (const piece of pieces) {
      take(piece);
      if (performance.now() - paused < PIECE) continue;
      await pause();
      paused = performance.now();
      if (!db.open) throw new DocketError('cancelled', 'the workspace was closed');
    }
  };
  await work(compared(db, where, text, stretches));
  const scanner = scanners.get(db);
  scanner?.begin();
  try {
    const beside = scanBeside(scanner, where, stretches, take, () => !db.open);
    await work(scanned(db, where, stretches));
    await beside;
    // What the other thread gave back.
    await work(scanned(db, where, stretches));
  } finally {
    scanner?.end();
  }
  places.sort((a, b) => a.sort_at - b.sort_at || a.id - b.id);
  lastSearch.set(db, { key, changes, places });
  return places;
}
