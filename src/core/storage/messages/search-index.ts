/**
 * The text index (ADR 13): for blocks of messages by row id, which messages hold which two UTF-16 code
 * units in a row, Latin capitals as small letters. A pair is known by a 16-bit hash, so what the index
 * names are candidates, to be compared with the text; it never misses one. Words of two Chinese
 * characters are found; a single character is not.
 *
 * The postings of a block lie in 256 parts of 256 hashes: 256 byte lengths as 32-bit little-endian numbers,
 * then for each hash its messages as places in the block, each as a varint of the distance to the one before.
 */
import { all, type Database, get, prepare, run, transact } from '../database.ts';

/** Most messages of a block: a place in it fits 16 bits. */
const BLOCK = 65_536;
/** Messages that may wait without an index; a search reads them all, in a few milliseconds. */
const WAITING = 4_096;
const PARTS = 256;
/** The part that is no part of a block, but a filter of messages without one (text-filters.ts). */
export const FILTER = PARTS;
const HASHES = 65_536;
const PAIRS_AT_FIRST = 1 << 21;

/** Messages by row id, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/** A code unit as SQLite holds and compares it: Latin capitals as small letters, half a surrogate pair as U+FFFD. */
export function unitAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit >= 0x41 && unit <= 0x5a) return unit + 32;
  if ((unit & 0xf800) !== 0xd800) return unit;
  const whole = isHigh(unit) ? isLow(text.charCodeAt(i + 1)) : isHigh(text.charCodeAt(i - 1));
  return whole ? unit : 0xfffd;
}

/** A multiplicative hash to 16 bits (Knuth, TAOCP 6.4). */
export const hashOf = (a: number, b: number): number => Math.imul((a << 16) | b, 0x9e3779b1) >>> 16;

/** The hashes of a text's pairs of code units, each once. */
export function hashesOf(text: string): Set<number> {
  const hashes = new Set<number>();
  for (let i = 1; i < text.length; i++) {
    hashes.add(hashOf(unitAt(text, i - 1), unitAt(text, i)));
  }
  return hashes;
}

/** Pairs of (hash, place), packed into 32 bits, in the order in which texts are added. */
class Pairs {
  packed = new Uint32Array(PAIRS_AT_FIRST);
  length = 0;
  readonly counts = new Uint32Array(HASHES);

  add(text: string, place: number): void {
    const room = this.length + text.length;
    if (room > this.packed.length) {
      const larger = new Uint32Array(Math.max(room, this.packed.length * 2));
      larger.set(this.packed);
      this.packed = larger;
    }
    let before = unitAt(text, 0);
    for (let i = 1; i < text.length; i++) {
      const unit = unitAt(text, i);
      const hash = hashOf(before, unit);
      before = unit;
      this.packed[this.length++] = hash * 65_536 + place;
      this.counts[hash] = (this.counts[hash] as number) + 1;
    }
  }
}

/** Messages between two rests, and pairs: some milliseconds. */
const RESTING = 1024;
const PLACING = 1 << 18;

/** The postings of the messages with ids from `first` to `last`, by part; `rest` is called now and then. */
export function postingsOf(db: Database, { first, last }: Range, rest = () => {}): Buffer[] {
  const pairs = new Pairs();
  const texts = prepare(db, 'SELECT id, text FROM messages WHERE id BETWEEN ? AND ? ORDER BY id').raw();
  for (const [id, text] of texts.iterate(first, last) as Iterable<unknown> as Iterable<[number, string]>) {
    if (text.length > 1) pairs.add(text, id - first);
    if (id % RESTING === 0) rest();
  }
  const carried = prepare(
    db,
    'SELECT message_id, text FROM carried_texts WHERE message_id BETWEEN ? AND ? ORDER BY message_id, part',
  ).raw();
  let unordered = false;
  for (const [id, text] of carried.iterate(first, last) as Iterable<unknown> as Iterable<[number, string]>) {
    if (text.length > 1) pairs.add(text, id - first);
    unordered = true;
  }
  const places = new Uint16Array(pairs.length);
  const starts = new Uint32Array(HASHES + 1);
  for (let hash = 0; hash < HASHES; hash++) {
    starts[hash + 1] = (starts[hash] as number) + (pairs.counts[hash] as number);
  }
  const next = starts.slice(0, HASHES);
  for (let i = 0; i < pairs.length; i++) {
    if (i % PLACING === 0) rest();
    const pair = pairs.packed[i] as number;
    const hash = pair >>> 16;
    const at = next[hash] as number;
    next[hash] = at + 1;
    places[at] = pair & 0xffff;
  }
  const parts: Buffer[] = [];
  const width = HASHES / PARTS;
  for (let part = 0; part < PARTS; part++) {
    rest();
    const from = part * width;
    const size = (starts[from + width] as number) - (starts[from] as number);
    const bytes = Buffer.alloc(width * 4 + size * 3);
    let at = width * 4;
    for (let hash = from; hash < from + width; hash++) {
      const own = places.subarray(starts[hash], starts[hash + 1]);
      if (unordered) own.sort();
      const begin = at;
      let before = -1;
      for (let i = 0; i < own.length; i++) {
        const place = own[i] as number;
        if (place === before) continue;
        let distance = place - before;
        before = place;
        for (; distance > 0x7f; distance >>>= 7) bytes[at++] = (distance & 0x7f) | 0x80;
        bytes[at++] = distance;
      }
      bytes.writeUInt32LE(at - begin, (hash - from) * 4);
    }
    parts.push(Buffer.from(bytes.subarray(0, at)));
  }
  return parts;
}

/** Places of the messages with one hash, from the part that it lies in. */
function decode(postings: Buffer, hash: number): number[] {
  const width = HASHES / PARTS;
  const index = hash % width;
  let at = width * 4;
  for (let i = 0; i < index; i++) at += postings.readUInt32LE(i * 4);
  const end = at + postings.readUInt32LE(index * 4);
  const places: number[] = [];
  let place = -1;
  while (at < end) {
    let distance = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = postings[at++] as number;
      distance |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f);
    place += distance;
    places.push(place);
  }
  return places;
}

/** Blocks that are indexed, in order. */
export function searchBlocks(db: Database): Range[] {
  return all<Range>(db, 'SELECT first, last FROM search_blocks WHERE part = 0 ORDER BY first');
}

export const lastId = (db: Database): number =>
  get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM messages')?.last ?? 0;

/** Messages up to `last` that no block covers: after the last block, and where content was destroyed. */
export function unindexed(db: Database, last = lastId(db)): Range[] {
  const ranges: Range[] = [];
  let next = 1;
  for (const block of searchBlocks(db)) {
    if (block.first > last) break;
    if (block.first > next) ranges.push({ first: next, last: block.first - 1 });
    next = Math.max(next, block.last + 1);
  }
  if (next <= last) ranges.push({ first: next, last });
  return ranges;
}

/**
 * The next block to index; null where nothing worth it waits. A last block that is not full is made anew, one that
 * was taken away between others is made again.
 */
export function nextBlock(db: Database, waiting = WAITING): Range | null {
  const last = lastId(db);
  const [range] = unindexed(db, last);
  if (range === undefined) return null;
  if (range.last < last) return { first: range.first, last: Math.min(range.last, range.first + BLOCK - 1) };
  if (last - range.first + 1 < waiting) return null;
  const block = searchBlocks(db).at(-1);
  const first = block && block.last - block.first + 1 < BLOCK ? block.first : range.first;
  return { first, last: Math.min(last, first + BLOCK - 1) };
}

/** Messages that have no index yet. */
export function withoutIndex(db: Database): number {
  return unindexed(db).reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** Indexes a block: about a fifth of a second for a full one. */
export function buildBlock(db: Database, block: Range, rest = () => {}): void {
  const parts = postingsOf(db, block, rest);
  rest();
  transact(db, () => {
    run(
      db,
      'DELETE FROM search_blocks WHERE first = ? OR (first BETWEEN ? AND ? AND part = ? AND last <= ?)',
      block.first,
      block.first,
      block.last,
      FILTER,
      block.last,
    );
    const insert = prepare(db, 'INSERT INTO search_blocks (first, part, last, postings) VALUES (?, ?, ?, ?)');
    parts.forEach((postings, part) => {
      insert.run(block.first, part, block.last, postings);
    });
  });
}

/** Ids of the messages of a block that may hold the text, ascending; it has two code units or more. */
export function candidatesIn(db: Database, block: Range, text: string): number[] {
  const width = HASHES / PARTS;
  const read = prepare(db, 'SELECT postings FROM search_blocks WHERE first = ? AND part = ?').pluck();
  let left: number[] | null = null;
  for (const hash of hashesOf(text)) {
    const postings = read.get(block.first, Math.floor(hash / width)) as unknown as Buffer | undefined;
    if (postings === undefined) throw new Error(`the text index of messages from ${block.first} has a hole`);
    const places = decode(postings, hash);
    if (left === null) left = places;
    else {
      const both = new Set(places);
      left = left.filter((place) => both.has(place));
    }
    if (left.length === 0) break;
  }
  return (left ?? []).map((place) => block.first + place);
}

/** What is wrong with the index, compared with the messages it was made from: a row and why. */
export function* searchDifferences(db: Database): Generator<void, { row: string; reason: string }[]> {
  const found: { row: string; reason: string }[] = [];
  let after = 0;
  const firsts = all<{ first: number }>(
    db,
    'SELECT DISTINCT first FROM search_blocks WHERE part <> ? ORDER BY first',
    FILTER,
  );
  for (const { first } of firsts) {
    const rows = all<{ part: number; last: number; postings: Buffer }>(
      db,
      'SELECT part, last, postings FROM search_blocks WHERE first = ? AND part <> ? ORDER BY part',
      first,
      FILTER,
    );
    const last = rows[0]?.last ?? first;
    const whole = first > after && last >= first && last < first + BLOCK && last <= lastId(db);
    if (!whole || rows.length !== PARTS || rows.some((row, i) => row.part !== i || row.last !== last)) {
      found.push({ row: String(first), reason: 'the block is not whole' });
    } else {
      const parts = postingsOf(db, { first, last });
      if (
        rows.some(({ postings }, i) => !Buffer.isBuffer(postings) || !postings.equals(parts[i] as Buffer))
      ) {
        found.push({ row: String(first), reason: 'the postings are not those of the messages' });
      }
    }
    after = last;
    yield;
  }
  return found;
}
