/** What the head of a source shows as JSON: as much of the document's beginning as can be read. */
import type { SourceHead } from './importer.ts';
import { parseJson } from './json-values.ts';
import { isObject } from './text.ts';

export interface JsonHead {
  /** `document`: one value, perhaps over many lines. `lines`: a value per line. */
  readonly shape: 'document' | 'lines' | 'none';
  /** The beginning of the document (cut off where the head ends), or the values of the first lines. */
  readonly root: unknown;
  readonly lines: readonly unknown[];
}

const HEADS = new WeakMap<SourceHead, JsonHead>();
const MAX_DEPTH = 64;
const MAX_LINES = 50;

/** Looks at the head once; later calls answer from memory. Never throws. */
export function jsonHead(head: SourceHead): JsonHead {
  let known = HEADS.get(head);
  if (known === undefined) {
    known = look(head.text);
    HEADS.set(head, known);
  }
  return known;
}

function look(text: string): JsonHead {
  const lines: unknown[] = [];
  let broken = 0;
  for (const line of text.split(/\r?\n|\r/, MAX_LINES)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('//')) continue;
    const value = parseJson(trimmed);
    if (value === undefined) broken++;
    else lines.push(value);
  }
  const objects = lines.filter(isObject);
  const root = new PrefixReader(text).read();
  // A document over several lines has lines such as `"x",` or `{`, and few whole objects.
  if (
    objects.length > 0 &&
    objects.length >= broken &&
    !(lines.length === 1 && broken === 0 && holdsArray(objects[0]))
  ) {
    return { shape: 'lines', root, lines };
  }
  return { shape: root === undefined ? 'none' : 'document', root, lines };
}

/** A one-line file is a document if its value holds a list of objects, else a file of one line. */
function holdsArray(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, member]) =>
      (Array.isArray(member) && isObject(member[0])) || (WRAPPERS.has(name) && holdsArray(member)),
  );
}

/** Names under which answers of services keep what they answer. */
const WRAPPERS = new Set(['data', 'result', 'response', 'chats']);

/** Reads the value at the beginning of a text that may end, or be damaged, anywhere. */
class PrefixReader {
  readonly #text: string;
  #at = 0;
  #stopped = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    return this.#value(0);
  }

  #space(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #stop(): undefined {
    this.#stopped = true;
    return undefined;
  }

  #value(depth: number): unknown {
    const c = this.#space();
    if (depth > MAX_DEPTH) return this.#stop();
    if (c === '{') return this.#object(depth);
    if (c === '[') return this.#array(depth);
    const token = /"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity/y;
    token.lastIndex = this.#at;
    const m = token.exec(this.#text);
    if (m === null) return this.#stop();
    this.#at = token.lastIndex;
    const value = parseJson(m[0]);
    return value === undefined ? this.#stop() : value;
  }

  #object(depth: number): unknown {
    const result = new Map<string, unknown>();
    this.#at++;
    while (!this.#stopped && this.#space() !== '}') {
      const key = this.#value(depth + 1);
      if (typeof key !== 'string' || this.#space() !== ':') {
        this.#stop();
        break;
      }
      this.#at++;
      const value = this.#value(depth + 1);
      if (value !== undefined) result.set(key, value);
      if (this.#stopped) break;
      const after = this.#space();
      if (after === ',') this.#at++;
      else if (after !== '}') this.#stop();
    }
    if (!this.#stopped) this.#at++;
    return Object.fromEntries(result);
  }

  #array(depth: number): unknown {
    const result: unknown[] = [];
    this.#at++;
    while (!this.#stopped && this.#space() !== ']') {
      const value = this.#value(depth + 1);
      if (value !== undefined) result.push(value);
      if (this.#stopped) break;
      const after = this.#space();
      if (after === ',') this.#at++;
      else if (after !== ']') this.#stop();
    }
    if (!this.#stopped) this.#at++;
    return result;
  }
}
