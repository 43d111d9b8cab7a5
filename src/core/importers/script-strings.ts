/**
 * The strings of an array in a script (`var list = ["…", "…"];`), with their bytes: for pages whose
 * further messages stand as pieces of markup in a script. Strings are JSON, in the source's encoding.
 *
 * Reading goes from behind the bracket to the bracket that closes the array. Where a string cannot be
 * read, reading goes on at the next place that looks like the beginning of one. Memory does not depend on
 * the array; a string of more than 16 MiB is given without its text.
 */
import { decoderOf, scanUnits, sequenceLength, unitSize } from './encoding.ts';
import type { ByteSource, Encoding, SourceHead } from './importer.ts';
import { BLOCK_SIZE, LINE_LIMIT } from './line-scanner.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;
const LF = 10;
/** Bytes of the longest character. */
const LONGEST = 4;
/** How far a name and its bracket, or a mark of a beginning, may reach over a block's end, in bytes. */
const REACH = 256;
const SPACES: ReadonlySet<number> = new Set([9, LF, 13, 32, 0x2c]);

export interface ScriptString {
  /** Null for a string that is too long, cut off, or no JSON. */
  readonly text: string | null;
  readonly start: number;
  readonly end: number;
  /** With the comma and the white space behind it. */
  readonly until: number;
  /** 1-based line of `start`. */
  readonly line: number;
  /** Whether the source ended inside it. */
  readonly cut: boolean;
}

export interface ScriptArrayPlace {
  /** Byte offset of the array's name, and behind its bracket. */
  readonly from: number;
  readonly at: number;
  /** 1-based line of the bracket. */
  readonly line: number;
}

/** The first array whose name and bracket `start` matches (ASCII, ending with the bracket); null where there is none. */
export function findScriptArray(
  source: ByteSource,
  { encoding, bomLength }: Pick<SourceHead, 'encoding' | 'bomLength'>,
  start: RegExp,
): ScriptArrayPlace | null {
  const found = search(source, encoding, bomLength, start);
  if (found === null) return null;
  const { index, length, lines } = found;
  return { from: index, at: index + length, line: 1 + lines };
}

interface Match {
  /** Byte offset and length. */
  readonly index: number;
  readonly length: number;
  /** Line feeds before its end. */
  readonly lines: number;
}

/** The first match of an ASCII pattern from a byte offset on. */
function search(source: ByteSource, encoding: Encoding, from: number, pattern: RegExp): Match | null {
  const size = unitSize(encoding);
  let lines = 0;
  for (let base = from; base < source.size; base += BLOCK_SIZE) {
    const text = scanUnits(source.read(base, BLOCK_SIZE + REACH), encoding).toString('latin1');
    const found = pattern.exec(text);
    const end = found === null ? BLOCK_SIZE / size : found.index + found[0].length;
    for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
    if (found !== null) return { index: base + found.index * size, length: found[0].length * size, lines };
  }
  return null;
}

export class ScriptStrings {
  /** Whether the array's end was found. */
  complete = false;
  /** Where reading ended: behind the last string, before what follows the array. */
  until: number;
  readonly #source: ByteSource;
  readonly #encoding: Encoding;
  readonly #unit: 1 | 2;
  readonly #opening: RegExp;
  #base: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #line: number;
  /** Line on which the string that is being read begins. */
  #lineAt = 1;

  /** `opening` matches the beginning of a string, from its quote (ASCII). */
  constructor(source: ByteSource, encoding: Encoding, place: ScriptArrayPlace, opening: RegExp) {
    this.#source = source;
    this.#encoding = encoding;
    this.#unit = unitSize(encoding);
    this.#opening = opening;
    this.#base = place.at;
    this.until = place.at;
    this.#line = place.line;
  }

  /** 1-based line of `until`. */
  get line(): number {
    return this.#line;
  }

  /** Makes sure that the window holds the character at `at`; false at the source's end. */
  #has(at: number): boolean {
    const index = at - this.#base;
    const whole = this.#base + this.#bytes.length >= this.#source.size;
    if (index < 0 || index >= this.#bytes.length || (!whole && index + LONGEST > this.#bytes.length)) {
      this.#base = at;
      this.#bytes = this.#source.read(at, BLOCK_SIZE);
    }
    return at - this.#base < this.#bytes.length;
  }

  /** The character at `at` where it is ASCII, else 0x100; undefined at the source's end. */
  #code(at: number): number | undefined {
    if (!this.#has(at)) return undefined;
    const index = at - this.#base;
    const first = this.#bytes[index] as number;
    if (this.#unit === 1) return first < 0x80 ? first : 0x100;
    const second = this.#bytes[index + 1] ?? 0xff;
    const [high, low] = this.#encoding === 'utf-16le' ? [second, first] : [first, second];
    return high === 0 && low < 0x80 ? low : 0x100;
  }

  /** Behind the character at `at`. */
  #behind(at: number): number {
    if (!this.#has(at)) return this.#source.size;
    return at + sequenceLength(this.#bytes, at - this.#base, this.#encoding);
  }

  #skipSpace(from: number): number {
    let at = from;
    for (let code = this.#code(at); code !== undefined && SPACES.has(code); code = this.#code(at)) {
      if (code === LF) this.#line++;
      at += this.#unit;
    }
    return Math.min(at, this.#source.size);
  }

  *items(): Generator<ScriptString> {
    let at = this.#skipSpace(this.until);
    this.until = at;
    for (let code = this.#code(at); code !== undefined && code !== CLOSE; code = this.#code(at)) {
      const start = at;
      const line = this.#line;
      this.#lineAt = line;
      const end = code === QUOTE ? this.#endOf(start) : start;
      const whole = end > start && end - start <= LINE_LIMIT;
      const text = whole ? this.#parsed(start, end) : null;
      const cut = end < 0;
      const last = text === null && (cut || end - start <= LINE_LIMIT) ? this.#resume(start) : end;
      at = this.#skipSpace(last);
      this.until = at;
      yield { text, start, end: last, until: at, line, cut: cut && at >= this.#source.size };
    }
    this.complete = this.#code(at) === CLOSE;
  }

  /** The next place behind `start` where a string seems to begin, or the source's end. Counts its lines. */
  #resume(start: number): number {
    const found = search(this.#source, this.#encoding, start + this.#unit, this.#opening);
    this.#line = this.#lineAt + (found?.lines ?? 0);
    return found?.index ?? this.#source.size;
  }

  #parsed(start: number, end: number): string | null {
    try {
      const value: unknown = JSON.parse(
        decoderOf(this.#encoding).decode(this.#source.read(start, end - start)),
      );
      return typeof value === 'string' ? value : null;
    } catch {
      return null;
    }
  }

  /** Offset behind the quote that ends the string; -1 where the source ends first. */
  #endOf(start: number): number {
    for (let at = start + this.#unit; ; at = this.#behind(at)) {
      const code = this.#code(at);
      if (code === undefined) return -1;
      if (code === QUOTE) return at + this.#unit;
      if (code === LF) this.#line++;
      else if (code === BACKSLASH) at += this.#unit;
    }
  }
}
