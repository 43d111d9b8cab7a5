/**
 * Copies of the exact messages: the table and the viewer's data say what messages.ndjson says, line by line. Only
 * digests are kept between the files, on disk.
 */
import { inflateRawSync } from 'node:zlib';
import { sha256, sha256Bytes } from '../audit/digest.ts';
import type { Sink } from './bag-reader.ts';
import type { Problem } from './document-checks.ts';
import { type Scratch, ScratchBytes } from './scratch.ts';
import { VIEWED } from './viewer-page.ts';
import { attributeText } from './visible-text.ts';

export const TABLE = 'data/messages.csv';
export const VIEWER = 'data/viewer.html';

/** Far above any row of the table and any line of the page. */
const MAX_LINE = 64 * 2 ** 20;
/** Far above any document that the page holds. */
const MAX_INFLATED = 256 * 2 ** 20;
const DIGEST = 32;

/**
 * Bytes of base64 as RFC 4648 §4 writes it, null of anything else. Node passes over letters that do not belong there,
 * which leaves too few bytes, and takes those of §5 besides.
 */
function base64Bytes(data: string): Buffer | null {
  if (data.length % 4 !== 0 || data.includes('-') || data.includes('_')) return null;
  const bytes = Buffer.from(data, 'base64');
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  return bytes.length === (data.length / 4) * 3 - padding ? bytes : null;
}

const digestOf = (content: string | Uint8Array) => Buffer.from(sha256Bytes(content), 'latin1');

/** What the copies must say; filled while messages.ndjson is read. */
export class RowDigests {
  readonly #lines: ScratchBytes;
  readonly #cells: ScratchBytes;
  /** Exhibits with their first row, from 0. */
  readonly #exhibits: { readonly exhibit: string; readonly first: number }[] = [];

  constructor(scratch: Scratch) {
    this.#lines = new ScratchBytes(scratch);
    this.#cells = new ScratchBytes(scratch);
  }

  get rows(): number {
    return this.#lines.length / DIGEST;
  }

  /** A line of messages.ndjson without its line feed, and its row of the table; null where it is no row. */
  add(line: string, row: { readonly exhibit: string; readonly cells: string } | null): void {
    if (row && this.#exhibits.at(-1)?.exhibit !== row.exhibit)
      this.#exhibits.push({ exhibit: row.exhibit, first: this.rows });
    this.#lines.append(digestOf(line));
    this.#cells.append(row ? digestOf(row.cells) : Buffer.alloc(DIGEST));
  }

  isLine(i: number, line: Uint8Array): boolean {
    return i < this.rows && this.#lines.read(i * DIGEST, DIGEST).equals(digestOf(line));
  }

  isRow(i: number, cells: Uint8Array): boolean {
    return i < this.rows && this.#cells.read(i * DIGEST, DIGEST).equals(digestOf(cells));
  }

  /** The exhibit of a row, from 0. */
  exhibitOf(i: number): string | undefined {
    return this.#exhibits.findLast(({ first }) => first <= i)?.exhibit;
  }
}

/** Compares the table with the rows; a row ends at a line feed outside quotes. */
export function tableSink(
  rows: RowDigests,
  head: string,
  fail: (entry: string, reason: string) => void,
): Sink {
  let pending: Buffer[] = [];
  let length = 0;
  let quotes = 0;
  let number = -1;
  const take = () => {
    const record = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending);
    if (length > MAX_LINE) fail(`row ${number + 1}`, 'line-too-long');
    else if (number < 0) {
      if (record.toString('utf8') !== head) fail('line 1', 'differs-from-messages');
    } else if (number < rows.rows && !rows.isRow(number, record))
      fail(`row ${number + 1}`, 'differs-from-messages');
    pending = [];
    length = 0;
    quotes = 0;
    number++;
  };
  const keep = (piece: Buffer) => {
    length += piece.length;
    if (length > MAX_LINE) pending = [];
    else pending.push(piece);
    for (let at = piece.indexOf(0x22); at >= 0; at = piece.indexOf(0x22, at + 1)) quotes++;
  };
  return {
    write(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, at + 1));
        from = at + 1;
        if (quotes % 2 === 0) take();
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
    end() {
      if (length > 0) take();
      if (number !== rows.rows) fail('rows', `rows-differ: ${rows.rows} messages, ${number} rows`);
    },
  };
}

/** The lines of a text, each without its line feed. */
function linesOf(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, from)) {
    lines.push(text.subarray(from, at));
    from = at + 1;
  }
  if (from < text.length) lines.push(text.subarray(from));
  return lines;
}

const SCRIPT =
  /^<script type="text\/plain" data-([a-z]+)="([^"]*)"(?: data-first="(\d+)" data-count="(\d+)")?>([^<]*)<\/script>$/;

interface Held {
  readonly rows: RowDigests;
  /** SHA-256 in hex of a file of the bag. */
  digest(path: string): string | undefined;
  /** Whether a picture of this SHA-256 is among the media that are included. */
  isPicture(sha256: string): boolean;
}

/** Compares a line of the viewer that holds data with the file that it is a copy of. */
export class ViewerCheck {
  readonly #held: Held;
  readonly #seen = new Set<string>();
  #next = 0;

  constructor(held: Held) {
    this.#held = held;
  }

  add(line: string): Problem[] {
    if (!line.startsWith('<script type="text/plain"')) return [];
    const [, what = '', name = '', first, count, data = ''] = SCRIPT.exec(line) ?? [];
    const bytes = base64Bytes(data);
    if (what === '' || bytes === null) return [{ entry: `row ${this.#next + 1}`, reason: 'malformed' }];
    try {
      if (what === 'picture') {
        const itself = sha256(bytes) === name && this.#held.isPicture(name);
        return itself ? [] : [{ entry: name, reason: 'digest-differs' }];
      }
      const text = inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED });
      if (what === 'file') {
        const same = sha256(text) === this.#held.digest(name) && !this.#seen.has(name);
        this.#seen.add(name);
        return same ? [] : [{ entry: name, reason: 'differs-from-file' }];
      }
      if (what === 'exhibit') return this.#block(name, Number(first), Number(count), text);
    } catch {
      // Named below: what does not inflate.
    }
    return [{ entry: name, reason: 'malformed' }];
  }

  #block(exhibit: string, first: number, count: number, text: Buffer): Problem[] {
    const problems: Problem[] = [];
    const lines = linesOf(text);
    if (text.at(-1) !== 10 || first !== this.#next + 1 || count !== lines.length)
      problems.push({ entry: `row ${this.#next + 1}`, reason: 'block-differs' });
    const { rows } = this.#held;
    const last = this.#next + lines.length - 1;
    if ([this.#next, last].some((i) => attributeText(rows.exhibitOf(i) ?? '') !== exhibit))
      problems.push({ entry: `row ${this.#next + 1}`, reason: 'exhibit-differs' });
    for (const line of lines) {
      if (this.#next < rows.rows && !rows.isLine(this.#next, line))
        problems.push({ entry: `row ${this.#next + 1}`, reason: 'differs-from-messages' });
      this.#next++;
    }
    return problems;
  }

  finish(): Problem[] {
    const { rows } = this.#held.rows;
    const missing = VIEWED.filter((path) => !this.#seen.has(path));
    return [
      ...missing.map((path) => ({ entry: path, reason: 'missing' })),
      ...(this.#next === rows
        ? []
        : [{ entry: 'rows', reason: `rows-differ: ${rows} messages, ${this.#next} rows` }]),
    ];
  }
}
