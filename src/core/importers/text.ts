/** Small text helpers that several importers share. */

interface WellFormedString {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/** Whether the text has a surrogate without its partner. */
export function hasLoneSurrogate(text: string): boolean {
  return !(text as unknown as WellFormedString).isWellFormed();
}

/** The text with every lone surrogate replaced by U+FFFD. */
export function replaceLoneSurrogates(text: string): string {
  return (text as unknown as WellFormedString).toWellFormed();
}

/**
 * A copy that shares no memory with the block it was cut from. V8 keeps the whole block alive for
 * every slice of it, so strings that outlive their batch (account names, keys) must be copied.
 */
export function detach(text: string): string {
  if (text.length < SLICE_LENGTH) return text;
  if (text.length < 2 * SLICE_LENGTH - 1)
    return text.slice(0, SLICE_LENGTH - 1) + text.slice(SLICE_LENGTH - 1);
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** V8 copies shorter substrings instead of pointing into the original. */
const SLICE_LENGTH = 13;

/** Adds a property under any name; `__proto__` from a file must become data, not a prototype. */
export function setField<T>(target: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** The members of `record` whose names are not in `known`; null where there are none. */
export function otherMembers(
  record: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Record<string, unknown> | null {
  let other: Record<string, unknown> | null = null;
  for (const name in record) {
    if (known.has(name) || !Object.hasOwn(record, name)) continue;
    other ??= {};
    setField(other, name, record[name]);
  }
  return other;
}

/** Whether the value is an object and no array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as text where it is a non-empty string or a number, else null. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return null;
}

/** The value where it is a string, else the empty string. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const ODD_SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]+/g;

/** A display name without direction marks, with plain spaces, trimmed: the form that keys are built from. */
export function cleanName(name: string): string {
  return name.replace(INVISIBLE, '').replace(ODD_SPACES, ' ').trim();
}

/** The file's name without its last extension, composed: macOS takes accents and Hangul syllables apart. */
export function baseName(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return (dot > 0 ? fileName.slice(0, dot) : fileName).normalize('NFC');
}

/** Shared empty list, so that a million messages do not carry a million of them. */
export const NONE: readonly never[] = Object.freeze([]);

/** The value where it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NONE;
}
