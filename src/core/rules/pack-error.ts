/** Refusals of a pack, each with its place: the rule, the place in the JSON, the line and column of its text. */
import type { Fault, FaultKey, FaultValues } from './fault.ts';
import { lineAndColumn, placeIn, readJsonText } from './json-text.ts';

export interface PackError {
  readonly code: 'pack-invalid' | 'pack-example-failed';
  readonly pack: string;
  /** Id of the rule, or its number from 1 where it has none; null outside the rules. */
  readonly rule: string | null;
  /** Such as `rules[3].match.terms[0]`. */
  readonly path: string;
  /** The same as RFC 6901. */
  readonly pointer: string;
  /** From 1; null where no text of the pack is at hand. */
  readonly line: number | null;
  readonly column: number | null;
  readonly key: FaultKey;
  readonly values: FaultValues;
  /** What is wrong, in English. */
  readonly detail: string;
}

/** A pack as it was given, for naming places in it. */
export interface GivenPack {
  readonly id: string;
  readonly json: unknown;
}

/** `["rules", 3, "match", "terms", 0]` as `rules[3].match.terms[0]`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** A path of keys as a JSON pointer (RFC 6901). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

type Json = Record<PropertyKey, unknown>;

const childOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;

/** The place as the author wrote it: what was put in for a `use` stands in `parts`. */
function inSource(json: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  let value = json;
  let source: PropertyKey[] = [];
  for (const key of path) {
    for (;;) {
      const name = childOf(value, 'use');
      if (typeof name !== 'string' || key === 'use') break;
      const part = childOf(childOf(json, 'parts'), name);
      if (part === undefined) break;
      source = ['parts', name];
      value = part;
    }
    source.push(key);
    value = childOf(value, key);
  }
  return source;
}

/** A refusal of a pack at a place in its JSON. */
export function packError(
  { id, json }: GivenPack,
  path: readonly PropertyKey[],
  { key, values, detail }: Fault,
  code: PackError['code'] = 'pack-invalid',
): PackError {
  const own = childOf(childOf(childOf(json, 'rules'), path[1] as PropertyKey), 'id');
  const rule =
    path[0] !== 'rules' || path.length < 2 ? null : typeof own === 'string' ? own : `${Number(path[1]) + 1}`;
  const source = inSource(json, path);
  const place = { path: jsonPath(source), pointer: jsonPointer(source), line: null, column: null };
  return { code, pack: id, rule, ...place, key, values, detail };
}

/** The same refusals with the line and column of the text that the pack was read from. */
export function withLines(errors: readonly PackError[], text: string): PackError[] {
  if (errors.length === 0) return [];
  const read = readJsonText(text);
  return errors.map((error) => {
    if (error.line !== null) return error;
    return { ...error, ...lineAndColumn(text, placeIn(read, error.pointer).start) };
  });
}

/** A refusal in one line, for the command line and logs. */
export function inWords({ pack, rule, pointer, line, column, detail }: PackError): string {
  const where = [
    ...(pack === '?' ? [] : [`pack ${pack}`]),
    ...(rule === null ? [] : [`rule ${rule}`]),
    ...(line === null ? [] : [`line ${line}, column ${column}`]),
    ...(pointer === '' ? [] : [pointer]),
  ];
  return where.length === 0 ? detail : `${where.join(', ')}: ${detail}`;
}
