/**
 * Where each value of a JSON text stands, what is wrong with its syntax, and keys that stand twice in an
 * object (JSON.parse would silently keep the last). RFC 8259; offsets are UTF-16 units.
 */
import { codePointAt } from '../domain/code-point.ts';
import { type FaultKey, fault, type PlacedFault } from './fault.ts';

export interface TextPlace {
  readonly start: number;
  readonly end: number;
}

export interface JsonText {
  /** By JSON pointer (RFC 6901). */
  readonly places: ReadonlyMap<string, TextPlace>;
  readonly twice: readonly PlacedFault[];
  /** Undefined where the syntax is right. */
  readonly broken: { readonly at: number; readonly fault: PlacedFault } | undefined;
}

class Broken extends Error {
  readonly at: number;
  readonly key: FaultKey;
  readonly close: string;
  constructor(at: number, key: FaultKey, close = '') {
    super(key);
    this.at = at;
    this.key = key;
    this.close = close;
  }
}

const SPACE = /[\t\n\r ]*/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
/** Deeper texts are refused by their shape; here only the stack is kept. */
const DEEPEST = 200;

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

class Scanner {
  readonly places = new Map<string, TextPlace>();
  readonly twice: PlacedFault[] = [];
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  whole(): void {
    this.value('', []);
    this.skip(SPACE);
    if (this.at < this.text.length) throw new Broken(this.at, 'json-end');
  }

  private skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at = pattern.lastIndex;
    return match[0];
  }

  /** Undefined where no text in quotes stands. */
  private string(): string | undefined {
    if (this.text[this.at] !== '"') return undefined;
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    try {
      const value = JSON.parse(this.text.slice(this.at, end + 1)) as string;
      this.at = end + 1;
      return value;
    } catch {
      return undefined;
    }
  }

  private value(pointer: string, path: readonly PropertyKey[]): void {
    this.skip(SPACE);
    const start = this.at;
    const opening = this.text[start];
    if (path.length > DEEPEST) throw new Broken(start, 'too-deep');
    if (opening === '{') this.object(pointer, path);
    else if (opening === '[') this.array(pointer, path);
    else if ((opening === '"' ? this.string() : this.skip(SCALAR)) === undefined) {
      throw new Broken(start, opening === '"' ? 'json-string' : 'json-value');
    }
    this.places.set(pointer, { start, end: this.at });
  }

  /** Whether another member follows; `close` ends them. */
  private more(close: string, first: boolean): boolean {
    this.skip(SPACE);
    if (this.text[this.at] === close) {
      this.at += 1;
      return false;
    }
    if (first) return true;
    if (this.text[this.at] !== ',') throw new Broken(this.at, 'json-comma', close);
    this.at += 1;
    return true;
  }

  private object(pointer: string, path: readonly PropertyKey[]): void {
    this.at += 1;
    const keys = new Set<string>();
    for (let first = true; this.more('}', first); first = false) {
      this.skip(SPACE);
      const key = this.string();
      if (key === undefined) throw new Broken(this.at, 'json-key');
      if (keys.has(key)) this.twice.push({ path: [...path, key], fault: fault('key-twice', { key }) });
      keys.add(key);
      this.skip(SPACE);
      if (this.text[this.at] !== ':') throw new Broken(this.at, 'json-colon');
      this.at += 1;
      this.value(`${pointer}/${escaped(key)}`, [...path, key]);
    }
  }

  private array(pointer: string, path: readonly PropertyKey[]): void {
    this.at += 1;
    for (let index = 0; this.more(']', index === 0); index++)
      this.value(`${pointer}/${index}`, [...path, index]);
  }
}

/** Reads a JSON text for its places. Never throws. */
export function readJsonText(text: string): JsonText {
  const scanner = new Scanner(text);
  try {
    scanner.whole();
    return { places: scanner.places, twice: scanner.twice, broken: undefined };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const found =
      error.at < text.length ? JSON.stringify(String.fromCodePoint(codePointAt(text, error.at))) : 'the end';
    const values = { found, close: error.close, most: DEEPEST };
    const broken = { path: [], fault: fault(error.key, values) };
    return { places: scanner.places, twice: [], broken: { at: error.at, fault: broken } };
  }
}

/** The place of a pointer, or the nearest place above it that the text has. */
export function placeIn({ places }: JsonText, pointer: string): TextPlace {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return place;
    if (at === '') return { start: 0, end: 0 };
  }
}

/** Line and column of an offset, both from 1; columns count UTF-16 units. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let lf = text.indexOf('\n'); lf >= 0 && lf < at; lf = text.indexOf('\n', start)) {
    line += 1;
    start = lf + 1;
  }
  return { line, column: at - start + 1 };
}
