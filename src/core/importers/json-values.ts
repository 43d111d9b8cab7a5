/** From scanned JSON elements to values, with what a reviewer must know about their text. */
import { isDamaged } from './encoding.ts';
import type { Encoding, MessageFlag, RangeCode } from './importer.ts';
import { hasLoneSurrogate, NONE, replaceLoneSurrogates, setField } from './text.ts';

/** One element of an array, or one line of JSON lines. */
export interface JsonItem {
  /** The parsed value; undefined where `code` says why there is none. */
  readonly value: unknown;
  /** Null for a parsed element, else how to book its bytes. */
  readonly code: RangeCode | null;
  /** The element's own bytes [start, end), and the end of the separator behind it. */
  readonly start: number;
  readonly end: number;
  readonly until: number;
  /** 1-based line of its first byte. */
  readonly line: number;
  /** How many records the bytes stand for. */
  readonly count: number;
  readonly flags: readonly MessageFlag[];
}

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** Whether parsing this JSON text may give lone surrogates. */
export function mayHoldLoneSurrogates(json: string): boolean {
  return SURROGATE_ESCAPE.test(json);
}

/** Bare integers of 17 digits and more: beyond what a number holds exactly. Some exporters write ids so. */
const LONG_INTEGER = /[:[,]\s*-?\d{17}/;

/**
 * JSON.parse, but undefined for what is no JSON. Read as text are integers that would lose digits, and
 * `NaN`, `Infinity` and `-Infinity`, which Python writes and JSON does not have.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(LONG_INTEGER.test(text) ? quoteOdd(text) : text) as unknown;
  } catch {
    if (!/NaN|Infinity/.test(text)) return undefined;
  }
  try {
    return JSON.parse(quoteOdd(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** The text with its bare `NaN`, `Infinity` and long integers in quotes. */
function quoteOdd(text: string): string {
  let result = '';
  let done = 0;
  const next = /"|-?(?:NaN|Infinity)|-?\d+(?:\.\d*)?(?:[eE][+-]?\d*)?/g;
  for (let m = next.exec(text); m !== null; m = next.exec(text)) {
    if (m[0] === '"') {
      next.lastIndex = stringEnd(text, next.lastIndex);
    } else if (/^-?(?:[NI]|\d{17,}$)/.test(m[0])) {
      result += `${text.slice(done, m.index)}"${m[0]}"`;
      done = next.lastIndex;
    }
  }
  return result + text.slice(done);
}

/** Position behind the quote that ends the string whose content begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - 1 - backslashes >= from && text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Replaces lone surrogates in all strings of a parsed value; the same value where there are none. */
export function withoutLoneSurrogates(value: unknown): unknown {
  if (typeof value === 'string') return hasLoneSurrogate(value) ? replaceLoneSurrogates(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => {
      const clean = withoutLoneSurrogates(item);
      changed ||= clean !== item;
      return clean;
    });
    return changed ? list : value;
  }
  const record: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const cleanName = hasLoneSurrogate(name) ? replaceLoneSurrogates(name) : name;
    const clean = withoutLoneSurrogates(member);
    changed ||= clean !== member || cleanName !== name;
    setField(record, cleanName, clean);
  }
  return changed ? record : value;
}

/**
 * The value with lone surrogates replaced, and the flags of its text. `json` is its text, `bytes`
 * gives its bytes, which are looked at only where the text has a U+FFFD.
 */
export function examine(
  value: unknown,
  json: string,
  encoding: Encoding,
  bytes: () => Uint8Array,
): { readonly value: unknown; readonly flags: readonly MessageFlag[] } {
  let flags: readonly MessageFlag[] = NONE;
  let clean = value;
  if (mayHoldLoneSurrogates(json)) {
    clean = withoutLoneSurrogates(value);
    if (clean !== value) flags = [...flags, 'lone-surrogate-replaced'];
  }
  if (json.includes('\ufffd') && isDamaged(bytes(), encoding)) flags = [...flags, 'invalid-bytes-replaced'];
  return { value: clean, flags };
}
