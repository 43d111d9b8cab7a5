/**
 * Filters over messages that wait for the text index (ADR 13): for each thousand messages of a large import, one bit
 * for each 16-bit hash of two UTF-16 code units in a row. A search passes over those that cannot hold its words. A
 * filter lies in `search_blocks` as the part `FILTER` of its first message, and goes when the index covers it; where
 * it is missing, more is read and the same is found.
 */
import { all, type Database, prepare, run } from '../database.ts';
import { FILTER, hashesOf, hashOf, lastId, type Range, unitAt } from './search-index.ts';

/**
 * Messages of one filter: fewer would take more room, more would leave fewer bits unset (measured on chat of 33
 * characters a message: 8 % are set at 256, 22 % at 1,024, 34 % at 2,048).
 */
const FILTERED = 1024;
const BYTES = 65_536 / 8;

/** Sets the bits of a text. */
function note(bits: Uint8Array, text: string): void {
  if (text.length < 2) return;
  let before = unitAt(text, 0);
  for (let i = 1; i < text.length; i++) {
    const unit = unitAt(text, i);
    const hash = hashOf(before, unit);
    before = unit;
    bits[hash >>> 3] = (bits[hash >>> 3] as number) | (1 << (hash & 7));
  }
}

/** Makes filters of messages as they are stored, with the ids one after the other. A last one that is not full is left out. */
export class FilterWriter {
  readonly #db: Database;
  #bits = Buffer.alloc(BYTES);
  #first = 0;
  #next = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  /** A message and what it carries. Call inside its transaction. */
  add(id: number, text: string, carried: readonly string[]): void {
    if (id !== this.#next) this.#begin(id);
    else if (id - this.#first === FILTERED) {
      run(
        this.#db,
        'INSERT OR REPLACE INTO search_blocks (first, part, last, postings) VALUES (?, ?, ?, ?)',
        this.#first,
        FILTER,
        id - 1,
        this.#bits,
      );
      this.#begin(id);
    }
    this.#next = id + 1;
    note(this.#bits, text);
    for (const part of carried) note(this.#bits, part);
  }

  #begin(id: number): void {
    this.#first = id;
    this.#bits.fill(0);
  }
}

type FilterRow = [first: number, last: number, bits: Buffer];

/** Filters that begin in a range, or so little before it that they may reach into it. */
const filtersIn = (db: Database, { first, last }: Range): FilterRow[] =>
  prepare(
    db,
    'SELECT first, last, postings FROM search_blocks WHERE first BETWEEN ? AND ? AND part = ? ORDER BY first',
  )
    .raw()
    .all(first - FILTERED + 1, last, FILTER) as unknown as FilterRow[];

/** The parts of a range that may hold a text, in order; what no filter covers is among them. */
export function mayHold(db: Database, range: Range, text: string): Range[] {
  const hashes = [...hashesOf(text)];
  if (hashes.length === 0) return [range];
  const left: Range[] = [];
  const keep = (first: number, last: number) => {
    const before = left.at(-1);
    if (before?.last === first - 1) left[left.length - 1] = { first: before.first, last };
    else left.push({ first, last });
  };
  let next = range.first;
  for (const [first, last, bits] of filtersIn(db, range)) {
    if (last < next) continue;
    if (first > next) keep(next, first - 1);
    const from = Math.max(first, next);
    const to = Math.min(last, range.last);
    const holds = hashes.every((hash) => ((bits[hash >>> 3] as number) & (1 << (hash & 7))) !== 0);
    if (holds && from <= to) keep(from, to);
    next = to + 1;
  }
  if (next <= range.last) keep(next, range.last);
  return left;
}

/** What is wrong with the filters, compared with the messages they were made from: a row and why. */
export function* filterDifferences(db: Database): Generator<void, { row: string; reason: string }[]> {
  const found: { row: string; reason: string }[] = [];
  const texts = prepare(db, 'SELECT text FROM messages WHERE id BETWEEN ? AND ?').pluck();
  const carried = prepare(db, 'SELECT text FROM carried_texts WHERE message_id BETWEEN ? AND ?').pluck();
  const rows = all<Range>(db, 'SELECT first, last FROM search_blocks WHERE part = ? ORDER BY first', FILTER);
  for (const { first, last } of rows) {
    const bits = Buffer.alloc(BYTES);
    const whole = last >= first && last < first + FILTERED && last <= lastId(db);
    if (whole) {
      for (const statement of [texts, carried]) {
        for (const text of statement.all(first, last) as unknown as string[]) note(bits, text);
      }
    }
    const [row] = filtersIn(db, { first, last: first }).filter(([begin]) => begin === first);
    if (!whole || row === undefined || !Buffer.isBuffer(row[2]) || !bits.equals(row[2])) {
      found.push({ row: String(first), reason: 'the filter is not that of the messages' });
    }
    yield;
  }
  return found;
}
