/** Finds the place behind damaged JSON where reading can go on. */
import { RAN_OUT, scanValue, skipSpace } from './json-grammar.ts';
import { parseJson } from './json-values.ts';
import type { JsonWindow } from './json-window.ts';

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

/** How far before an array its enclosing object may begin, in units. */
const HEADER_REACH = 1 << 16;

/** Work that false finds may cost beside eight times the source's size, in units. */
const SPARE_WORK = 64 << 20;

const MEMBER = /"((?:[^"\\]|\\.)*)"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null)/g;

export interface Found {
  /** Name of the array that goes on, or begins, at the window's current unit. */
  readonly array: string;
  /** Null where a whole record stands; else what can be read of the object around the array that begins. */
  readonly header: null | {
    /** Unit of the array's bracket. */
    readonly arrayAt: number;
    readonly members: readonly (readonly [string, unknown])[];
  };
}

export interface RecoveryOptions {
  readonly arrays: readonly string[];
  readonly arrayOf: (value: unknown) => string | null;
}

export class JsonRecovery {
  /** About how many records the last search passed over: how often their usual beginning was seen. */
  lost = 1;

  readonly #window: JsonWindow;
  readonly #arrayOf: RecoveryOptions['arrayOf'];
  readonly #names: ReadonlyMap<string, Buffer>;
  /** First key of the records, quoted, once one was read. */
  #firstKey: Buffer | null = null;
  /** The records' usual beginning, from the brace to that key. */
  #opening: Buffer | null = null;
  #work: number;

  constructor(window: JsonWindow, size: number, options: RecoveryOptions) {
    this.#window = window;
    this.#arrayOf = options.arrayOf;
    const names = new Set(options.arrays.map((path) => path.slice(path.lastIndexOf('.') + 1)));
    names.delete('');
    this.#names = new Map([...names].map((name) => [name, Buffer.from(`"${name}"`)]));
    this.#work = SPARE_WORK + 8 * size;
  }

  /** Remembers how a record, which begins at unit `at` of the window, looks. */
  learn(at: number): void {
    const { units, length } = this.#window;
    if (units[at] !== OPEN_BRACE) return;
    const key = skipSpace(units, at + 1, length);
    const end = units.indexOf(QUOTE, key + 1);
    if (units[key] !== QUOTE || end < 0 || end - at > 200) return;
    this.#firstKey = Buffer.from(units.subarray(key, end + 1));
    this.#opening = Buffer.from(units.subarray(at, end + 1));
  }

  /**
   * How many of the scanned elements, from the first, hold no whole records inside themselves.
   * `bounds` has the first and behind-last unit of each, `parsed` their values where all are JSON.
   */
  countSound(bounds: readonly number[], parsed: readonly unknown[] | undefined): number {
    const elements = bounds.length / 2;
    const from = bounds[0] as number;
    const to = bounds[bounds.length - 1] as number;
    if (this.#countOpenings(from, to) <= elements) return elements;
    for (let i = 0; i < elements; i++) {
      const start = bounds[i * 2] as number;
      const end = bounds[i * 2 + 1] as number;
      if (this.#countOpenings(start + 1, end) === 0) continue;
      const value = parsed === undefined ? parseJson(this.#window.text(start, end)) : parsed[i];
      if (value === undefined || this.#holdsRecord(value)) return i;
    }
    return elements;
  }

  /** How often the usual beginning of a record stands in units [from, to). */
  #countOpenings(from: number, to: number): number {
    const opening = this.#opening;
    if (opening === null) return 0;
    const { units } = this.#window;
    let count = 0;
    for (let at = units.indexOf(opening, from); at >= 0 && at < to; at = units.indexOf(opening, at + 1))
      count++;
    return count;
  }

  /**
   * Whether a record stands in an array anywhere inside the value. One that is the value of a name is the
   * exporter's own (the message before an edit, the quoted one): no lost bracket puts a neighbour there.
   */
  #holdsRecord(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const inArray = Array.isArray(value);
    return Object.values(value).some(
      (member) => (inArray && this.#arrayOf(member) !== null) || this.#holdsRecord(member),
    );
  }

  /**
   * Searches from the window's current unit and moves it to what was found, or to the source's end
   * (null): the beginning of a whole record, or of the object whose wanted array begins next.
   */
  find(): Found | null {
    const window = this.#window;
    let lost = 0;
    for (let i = window.at; ; i++) {
      const { units } = window;
      while (i < window.length && units[i] !== OPEN_BRACE && units[i] !== QUOTE) i++;
      if (window.length - i < 256 && !window.final) {
        window.moveTo(i);
        window.grow();
        i = window.at - 1;
        continue;
      }
      if (i >= window.length) {
        window.moveTo(window.length);
        this.lost = Math.max(1, lost);
        return null;
      }
      const next = units[i] === OPEN_BRACE ? skipSpace(units, i + 1, window.length) : -1;
      if (next >= 0 && units[next] !== QUOTE) continue;
      const array = next < 0 ? this.#arrayKey(i) : null;
      if (array !== null) {
        this.lost = Math.max(1, lost);
        return this.#header(array.name, i, array.bracket);
      }
      if (next < 0) continue;
      const name = this.#record(i);
      if (name !== null) {
        this.lost = Math.max(1, lost);
        return { array: name, header: null };
      }
      // Reading the record may have moved the window's beginning to it.
      if (window.units !== units) i = window.at;
      if (this.#looksLikeRecord(i)) lost++;
    }
  }

  #matches(bytes: Buffer, at: number): boolean {
    const { units } = this.#window;
    for (let k = 0; k < bytes.length; k++) if (units[at + k] !== bytes[k]) return false;
    return true;
  }

  #looksLikeRecord(at: number): boolean {
    const { units, length } = this.#window;
    return this.#firstKey !== null && this.#matches(this.#firstKey, skipSpace(units, at + 1, length));
  }

  #arrayKey(at: number): { name: string; bracket: number } | null {
    const { units, length } = this.#window;
    for (const [name, bytes] of this.#names) {
      if (!this.#matches(bytes, at)) continue;
      const colon = skipSpace(units, at + bytes.length, length);
      const bracket = skipSpace(units, colon + 1, length);
      if (units[colon] === COLON && units[bracket] === OPEN_BRACKET) return { name, bracket };
    }
    return null;
  }

  /** The array's name where a whole record begins at `at`; the window is then moved there. */
  #record(at: number): string | null {
    const window = this.#window;
    if (this.#work <= 0) return null;
    let start = at;
    let end = scanValue(window.units, start, window.length);
    while (end === RAN_OUT && !window.final) {
      window.moveTo(start);
      if (!window.canGrow) break;
      window.grow();
      start = window.at;
      end = scanValue(window.units, start, window.length);
    }
    this.#work -= (end >= 0 ? end : end === RAN_OUT ? window.length : -2 - end) - start;
    if (end < 0 || !this.#standsInArray(end)) return null;
    const value = parseJson(window.text(start, end));
    const name = this.#arrayOf(value);
    if (name === null || this.#holdsRecord(value)) return null;
    window.moveTo(start);
    return name;
  }

  /** Whether what follows a value can follow an array's element; a member of an object it must not be. */
  #standsInArray(end: number): boolean {
    const { units, length } = this.#window;
    const after = skipSpace(units, end, length);
    if (units[after] === CLOSE_BRACE) return false;
    return units[after] !== COMMA || units[skipSpace(units, after + 1, length)] !== QUOTE;
  }

  #header(name: string, key: number, bracket: number): Found {
    const window = this.#window;
    const from = Math.max(window.at, key - HEADER_REACH);
    const brace = window.units.subarray(from, key).lastIndexOf(OPEN_BRACE);
    const start = brace < 0 ? from : from + brace;
    const members: (readonly [string, unknown])[] = [];
    for (const [, memberName, value] of window.text(start, key).matchAll(MEMBER)) {
      const parsedName = parseJson(`"${memberName}"`);
      const parsedValue = parseJson(value as string);
      if (typeof parsedName === 'string' && parsedValue !== undefined)
        members.push([parsedName, parsedValue]);
    }
    window.moveTo(brace >= 0 && members.length > 0 ? start : key);
    return { array: name, header: { arrayAt: bracket, members } };
  }
}
