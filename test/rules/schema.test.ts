/** The JSON Schema for editors and the program's own contract say the same of a pack's shape. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/core/rules/load-rules.ts';
import { packSchema } from '../../src/core/rules/pack-schema.ts';
import { parsePack } from '../../src/core/rules/rule-pack.ts';
import { BAD_PACKS } from './bad-packs.ts';
import { isValid } from './json-schema.ts';

const RESOURCES = new URL('../../resources/', import.meta.url);
const SCHEMA = JSON.parse(readFileSync(new URL('rule-pack.schema.json', RESOURCES), 'utf8')) as Record<
  string,
  unknown
>;
const PACKS = readdirSync(new URL('rule-packs/', RESOURCES)).filter((name) => name.endsWith('.json'));
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`rule-packs/${name}`, RESOURCES), 'utf8'));

/** Faults that only the program can see: two places that do not fit together, or what a value means. */
const BEYOND_SCHEMA = new Set([
  'no-part',
  'part-circle',
  'part-unused',
  'id-twice',
  'half-character',
  'too-deep',
  'too-many-nodes',
  'only-proposal',
  'sure-alone',
  'flow-act',
  'too-many-turns',
  'repeat-once',
  'exchange-once',
  'one-sender',
  'one-conversation',
  'no-such-size',
  'empty-time',
]);

describe('the JSON Schema of rule packs', () => {
  it('is the one that the contract gives (docket rules schema writes it)', () => {
    expect(SCHEMA).toEqual(JSON.parse(JSON.stringify(packSchema())));
  });

  it.each(PACKS)('holds for the shipped %s', (name) => {
    expect(isValid(SCHEMA, read(name))).toBe(true);
  });

  it.each(BAD_PACKS.filter(({ text }) => isJson(text)))('agrees with the program on $name', ({ text }) => {
    const json: unknown = JSON.parse(text);
    const parsed = parsePack(json, 'organisation');
    const result = parsed.ok ? loadRules([parsed.loaded]) : parsed;
    const faults = (result.ok ? [] : result.errors).filter(({ key }) =>
      parsed.ok ? key === 'flow-misplaced' : !BEYOND_SCHEMA.has(key),
    );
    expect(isValid(SCHEMA, json)).toBe(faults.length === 0);
  });

  it('agrees with the program on shipped rules that somebody has damaged', () => {
    const rules = PACKS.flatMap((name) => (read(name) as { rules: object[] }).rules.slice(0, 12)).filter(
      (rule) => !JSON.stringify(rule).includes('"use"'),
    );
    const damage = fc.record({
      rule: fc.constantFrom(...rules),
      at: fc.nat(),
      how: fc.constantFrom('remove', 'rename', 'null', 'number', 'text', 'empty list', 'object', 'true'),
    });
    fc.assert(
      fc.property(damage, ({ rule, at, how }) => {
        const pack = { id: 'p', version: '1', title: { zh: '包', en: 'P' }, rules: [damaged(rule, at, how)] };
        const parsed = parsePack(pack, 'organisation');
        const shape = parsed.ok ? [] : parsed.errors.filter(({ key }) => !BEYOND_SCHEMA.has(key));
        const beyond = parsed.ok ? [] : parsed.errors.filter(({ key }) => BEYOND_SCHEMA.has(key));
        // What is beyond the schema is told only once the shape is right.
        if (beyond.length === 0) expect(isValid(SCHEMA, pack)).toBe(shape.length === 0);
      }),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A copy of a rule in which the place of a number (modulo their count) is damaged. */
function damaged(rule: object, at: number, how: string): unknown {
  const copy = structuredClone(rule);
  const places: [Record<PropertyKey, unknown>, PropertyKey][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<PropertyKey, unknown>, key]);
      walk((value as Record<PropertyKey, unknown>)[key]);
    }
  };
  walk(copy);
  const [holder, key] = places[at % places.length] as (typeof places)[number];
  const values: Record<string, unknown> = {
    null: null,
    number: 7,
    text: 'x',
    'empty list': [],
    object: {},
    true: true,
  };
  if (how === 'remove' || how === 'rename') {
    const value = holder[key];
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    if (how === 'rename') holder[`${String(key)}X`] = value;
  } else holder[key] = values[how];
  return copy;
}
