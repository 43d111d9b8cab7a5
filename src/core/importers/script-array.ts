/**
 * The elements of an array in a script (`const chatMessages = [ {…}, … ]`), with their bytes: for
 * exports that are web pages whose messages a script holds. Elements are JSON or object literals.
 *
 * What stands before the array is booked as header, what stands behind it as structure. Where an
 * element cannot be read, reading goes on at the next place that looks like the beginning of one.
 */
import type { EventBatch } from './batch.ts';
import { decoderOf, scanUnits, unitSize } from './encoding.ts';
import type { ByteSource, Encoding, RangeCode, SourceHead } from './importer.ts';
import { examine, type JsonItem, parseJson } from './json-values.ts';
import { BLOCK_SIZE, LINE_LIMIT } from './line-scanner.ts';
import { parseScriptLiteral } from './script-literal.ts';
import { NONE } from './text.ts';

export interface ScriptArrayOptions {
  /** Matches from the array's name to behind its bracket. ASCII. */
  readonly start: RegExp;
  /** Matches the beginning of an element, from its brace. ASCII. */
  readonly opening: RegExp;
  /** Whether a value is an element of this array. */
  readonly isRecord: (value: unknown) => boolean;
  /** Makes an element of text that is no literal (quotes that were not escaped); undefined where it is none. */
  readonly rescue?: (text: string) => unknown;
}

/** How far the array's name and its bracket may be apart, in units. */
const START_REACH = 4096;
/** Longest element, in bytes. */
const ELEMENT_LIMIT = 4 << 20;
/** How much of the next element a cut may have left behind a whole one, in units. */
const CUT_REACH = 32;
/** How far behind a bracket a record shows that the array goes on, in units. */
const STRAY_REACH = 8192;
/** Work that false beginnings may cost beside eight times the source's size, in units. */
const SPARE_WORK = 64 << 20;
const MAX_ITEMS = 500;
const SPACE = /(?:[\s,]|\/\*[^*]*\*\/)*/y;

export class ScriptArray {
  /** Whether the array's end was found. */
  complete = false;
  readonly #source: ByteSource;
  readonly #batch: EventBatch;
  readonly #encoding: Encoding;
  readonly #size: 1 | 2;
  readonly #options: ScriptArrayOptions;
  readonly #openingAfter: RegExp;
  readonly #openingHere: RegExp;
  /** The window: its first byte, its bytes, and a text of as many characters as it has units, ASCII as it is. */
  #base: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #shadow = '';
  #final = false;
  #at = 0;
  #line = 1;
  /** Units that elements without an end may still cost. */
  #work: number;
  /** Whether the last element was a literal and no JSON. */
  #literals = false;
  /** First line feed of the window from the current place, or its length. */
  #lineFeed = -1;

  constructor(source: ByteSource, head: SourceHead, batch: EventBatch, options: ScriptArrayOptions) {
    this.#source = source;
    this.#batch = batch;
    this.#encoding = head.encoding;
    this.#size = unitSize(head.encoding);
    this.#options = options;
    this.#openingAfter = new RegExp(options.opening.source, 'g');
    this.#openingHere = new RegExp(options.opening.source, 'y');
    this.#base = head.bomLength;
    this.#work = SPARE_WORK + 8 * source.size;
    batch.range('byte-order-mark', head.bomLength, 1);
  }

  /** The elements, some at a time. The receiver books them: each from the last one's `until` to its own. */
  *items(): Generator<readonly JsonItem[]> {
    if (!this.#findStart()) {
      this.#batch.range('unknown-record', this.#source.size, 1, 1);
      return;
    }
    let items: JsonItem[] = [];
    for (;;) {
      if (this.#shadow.length - this.#at < 256 && !this.#final) this.#load();
      SPACE.lastIndex = this.#at;
      SPACE.exec(this.#shadow);
      const next = SPACE.lastIndex;
      if (next > this.#at && items.length === 0) this.#book('structure', next);
      else if (next > this.#at) this.#extend(items, next);
      if (this.#at >= this.#shadow.length) {
        if (this.#final) break;
        continue;
      }
      if (this.#shadow[this.#at] === ']' && !this.#goesOnBehind(this.#at + 1)) {
        this.complete = true;
        break;
      }
      items.push(this.#element());
      if (items.length >= MAX_ITEMS) {
        yield items;
        items = [];
      }
    }
    if (items.length > 0) yield items;
    this.#batch.range('structure', this.#source.size, this.#line);
  }

  /** Whether a whole record stands not far behind this place: then the bracket before it is a stray one. */
  #goesOnBehind(at: number): boolean {
    this.#openingAfter.lastIndex = at;
    const found = this.#openingAfter.exec(this.#shadow);
    if (found === null || found.index - at > STRAY_REACH) return false;
    const end = scanLiteral(this.#shadow, found.index);
    if (end < 0) return false;
    const text = decoderOf(this.#encoding).decode(
      this.#bytes.subarray(found.index * this.#size, end * this.#size),
    );
    return this.#options.isRecord(parseJson(text) ?? parseScriptLiteral(text));
  }

  /** Goes behind the array's bracket; false where there is none. */
  #findStart(): boolean {
    while (this.#base < this.#source.size) {
      this.#read(this.#base, BLOCK_SIZE);
      const found = this.#options.start.exec(this.#shadow);
      if (found !== null) {
        this.#book('header', found.index + found[0].length);
        return true;
      }
      if (this.#final) return false;
      this.#moveTo(this.#shadow.length - START_REACH);
      this.#base = this.#byteAt(this.#at);
    }
    return false;
  }

  #read(base: number, size: number): void {
    const bytes = this.#source.read(base, size);
    if (bytes.length === 0 && base < this.#source.size) {
      throw new Error(`source ended at byte ${base} of ${this.#source.size}`);
    }
    this.#base = base;
    this.#bytes = bytes;
    this.#shadow = scanUnits(bytes, this.#encoding).toString('latin1');
    this.#final = base + bytes.length >= this.#source.size;
    this.#at = 0;
    this.#lineFeed = -1;
  }

  /** Moves the window to the current place and reads at least twice as far as before. */
  #load(): void {
    const ahead = (this.#shadow.length - this.#at) * this.#size;
    this.#read(this.#byteAt(this.#at), Math.min(LINE_LIMIT, Math.max(BLOCK_SIZE, ahead * 2)));
  }

  #byteAt(at: number): number {
    return Math.min(this.#source.size, this.#base + at * this.#size);
  }

  #moveTo(at: number): void {
    // The next line feed is remembered: a page may be one line, which must not be searched for every element.
    if (this.#lineFeed < this.#at) this.#lineFeed = this.#lineFeedFrom(this.#at);
    while (this.#lineFeed < at) {
      this.#line++;
      this.#lineFeed = this.#lineFeedFrom(this.#lineFeed + 1);
    }
    this.#at = at;
  }

  #lineFeedFrom(at: number): number {
    const found = this.#shadow.indexOf('\n', at);
    return found < 0 ? this.#shadow.length : found;
  }

  #book(code: RangeCode, to: number): void {
    const line = this.#line;
    this.#moveTo(to);
    this.#batch.range(code, this.#byteAt(to), line);
  }

  /** Gives the separators up to `to` to the last element. */
  #extend(items: JsonItem[], to: number): void {
    const last = items[items.length - 1] as JsonItem;
    this.#moveTo(to);
    items[items.length - 1] = { ...last, until: this.#byteAt(to) };
  }

  /** The element at the current place, which is no separator and no end. */
  #element(): JsonItem {
    this.#openingHere.lastIndex = this.#at;
    const opens = this.#openingHere.test(this.#shadow);
    let end = opens && this.#work > 0 ? this.#scan() : -2;
    while (end === -1 && !this.#final && (this.#shadow.length - this.#at) * this.#size < ELEMENT_LIMIT) {
      this.#load();
      end = this.#scan();
    }
    const text = end < 0 ? '' : this.#textTo(end);
    const value = end < 0 ? undefined : this.#parse(text);
    if (value !== undefined) return this.#item(end, value, text, null);
    const next = this.#nextOpening();
    const stop = next ?? this.#tail();
    const rest = this.#textTo(stop);
    const rescued =
      opens && (next !== null || stop < this.#shadow.length) ? this.#options.rescue?.(rest) : undefined;
    if (rescued !== undefined) return this.#item(stop, rescued, rest, null);
    return this.#item(
      stop,
      undefined,
      rest,
      next === null && stop >= this.#shadow.length ? 'truncated' : 'bad-json',
    );
  }

  /** Index behind the literal at the current place, or as `scanLiteral`; what a false beginning costs is counted. */
  #scan(): number {
    const end = scanLiteral(this.#shadow, this.#at);
    if (end < 0) this.#work -= this.#shadow.length - this.#at;
    return end;
  }

  /** A failed JSON.parse costs more than the literal itself, so that what the last element was is tried first. */
  #parse(text: string): unknown {
    const json = this.#literals ? undefined : parseJson(text);
    if (json !== undefined) return json;
    const value = parseScriptLiteral(text);
    this.#literals = value !== undefined;
    return value;
  }

  /** Where the next element begins; null where none does within reach. */
  #nextOpening(): number | null {
    for (;;) {
      this.#openingAfter.lastIndex = this.#at + 1;
      const found = this.#openingAfter.exec(this.#shadow);
      if (found !== null) return found.index;
      if (this.#final || (this.#shadow.length - this.#at) * this.#size >= LINE_LIMIT) return null;
      this.#load();
    }
  }

  /**
   * Where the array ends behind its last, damaged element, or where the file is cut behind it; the
   * window's end where neither is to be seen.
   */
  #tail(): number {
    const end = /\}\s*,?\s*\]/g;
    end.lastIndex = this.#at;
    const found = end.exec(this.#shadow);
    if (found !== null) return found.index + 1;
    const last = this.#shadow.lastIndexOf('}');
    return last > this.#at && this.#shadow.length - last < CUT_REACH ? last + 1 : this.#shadow.length;
  }

  #textTo(end: number): string {
    return decoderOf(this.#encoding).decode(this.#bytes.subarray(this.#at * this.#size, end * this.#size));
  }

  #item(end: number, parsed: unknown, text: string, code: RangeCode | null): JsonItem {
    const line = this.#line;
    const start = this.#byteAt(this.#at);
    const bytes = this.#bytes.subarray(this.#at * this.#size, end * this.#size);
    this.#moveTo(end);
    const until = this.#byteAt(end);
    const own =
      code === null ? examine(parsed, text, this.#encoding, () => bytes) : { value: undefined, flags: NONE };
    return { ...own, code, start, end: until, until, line, count: 1 };
  }
}

/** Index behind the literal that begins at a brace; -1 where the text ends inside it, -2 where a string is broken. */
function scanLiteral(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22 || c === 0x27 || c === 0x60) {
      const close = closingQuote(text, i);
      if (close < 0) return close;
      i = close;
    } else if (c === 0x7b || c === 0x5b) depth++;
    else if ((c === 0x7d || c === 0x5d) && --depth === 0) return i + 1;
  }
  return -1;
}

function closingQuote(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i++;
    else if (c === quote) return i;
    else if (c === 10 && quote !== 0x60) return -2;
  }
  return -1;
}
