/** Every way a pack can be wrong: the rule, the place as JSON pointer, line and column, and what is said. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/core/rules/fault.ts';
import { loadRules } from '../../src/core/rules/load-rules.ts';
import { inWords, type PackError, withLines } from '../../src/core/rules/pack-error.ts';
import { parsePackText } from '../../src/core/rules/rule-pack.ts';
import { packText, terms, withMatch } from './bad-matches.ts';
import { BAD_PACKS, IN_PACKS, IN_RULES } from './bad-packs.ts';

/** Everything said against the text of a pack. */
function errorsIn(text: string, origin: 'shipped' | 'organisation' = 'organisation'): readonly PackError[] {
  const parsed = parsePackText(text, origin);
  if (!parsed.ok) return parsed.errors;
  const result = loadRules([parsed.loaded]);
  return result.ok ? [] : withLines(result.errors, text);
}

const said = (detail: string | RegExp): unknown =>
  typeof detail === 'string' ? detail : expect.stringMatching(detail);

/** The line on which the rule stands that is tested, and its column where nothing nearer is known. */
const RULE_LINE = 3;

describe('a bad rule is refused with its place', () => {
  it.each(IN_RULES)('%s', (_, text, pointer, detail) => {
    const errors = errorsIn(text);
    expect(errors.map((error) => [error.pack, error.rule, error.pointer, error.detail])).toEqual([
      ['bad', expect.stringMatching(/^(r|a b|good)$/), pointer, said(detail)],
    ]);
    const [{ line, column }] = errors as [PackError];
    expect(line).toBe(RULE_LINE);
    const { rules } = JSON.parse(text) as { rules: object[] };
    const [, , ...path] = pointer.split('/').slice(1);
    let value: unknown = rules[1];
    for (const key of ['', ...path].slice(1)) value = (value as Record<string, unknown> | undefined)?.[key];
    if (value === undefined) return;
    const at = text.split('\n')[RULE_LINE - 1]?.slice((column ?? 0) - 1) ?? '';
    expect(at.startsWith(JSON.stringify(value))).toBe(true);
  });
});

describe('a bad pack is refused with its place', () => {
  it.each(IN_PACKS)('%s', (_, text, pointer, detail) => {
    expect(errorsIn(text).map((error) => [error.pointer, error.detail])).toContainEqual([
      pointer,
      said(detail),
    ]);
  });

  it.each<[string, string, number, number, string]>([
    ['that ends', '{"id":\n', 2, 1, 'is no JSON: the end where a value is expected'],
    ['with a comma too many', '{"id": "a",\n}', 2, 1, 'is no JSON: "}" where a key in quotes is expected'],
    [
      'without a comma',
      '{"id": "a"\n  "version": "1"}',
      2,
      3,
      'is no JSON: "\\"" where "," or "}" is expected',
    ],
    ['without a colon', '{"id" "a"}', 1, 7, 'is no JSON: "\\"" where ":" is expected'],
    [
      'with an open text',
      '{"id": "a\n}',
      1,
      8,
      'is no JSON: "\\"" begins a text that does not end, or has a wrong escape',
    ],
    ['with more after it', '{}\n{}', 2, 1, 'is no JSON: "{" after its end'],
    ['in single quotes', "{'id': 1}", 1, 2, 'is no JSON: "\'" where a key in quotes is expected'],
  ])('a text %s', (_, text, line, column, detail) => {
    expect(errorsIn(text).map((error) => [error.line, error.column, error.detail])).toEqual([
      [line, column, detail],
    ]);
  });

  it('a key that stands twice, for only the last would count', () => {
    const text = packText({ match: terms }).replace('"terms":["乙"]', '"terms":["丙"],"terms":["乙"]');
    expect(errorsIn(text).map((error) => [error.rule, error.pointer, error.key])).toEqual([
      ['r', '/rules/1/match/terms', 'key-twice'],
    ]);
  });

  it('a category that only the organisation loads, in a shipped pack', () => {
    const text = packText({ match: terms, category: 'political-content', status: 'proposal' });
    expect(errorsIn(text, 'shipped').map(({ pointer, key }) => [pointer, key])).toEqual([
      ['/rules/1/category', 'organisation-only'],
    ]);
    expect(errorsIn(text)).toEqual([]);
  });
});

describe('a refusal', () => {
  it('says in one line the pack, the rule, the line and column, and the pointer', () => {
    const [error] = errorsIn(withMatch({ terms: [] }));
    expect(inWords(error as PackError)).toMatch(
      /^pack bad, rule r, line 3, column [0-9]+, \/rules\/1\/match\/terms: is empty$/,
    );
  });

  it('has a key with every value that its words name', () => {
    const seen = BAD_PACKS.flatMap(({ text }) => errorsIn(text));
    for (const { key, values, detail } of seen) {
      expect(Object.keys(FAULTS)).toContain(key);
      for (const [, name] of FAULTS[key].matchAll(/\{(\w+)\}/g))
        expect(values).toHaveProperty(name as string);
      expect(detail).not.toMatch(/\{\w+\}/);
    }
  });

  it.each(['zh-CN', 'en'])('has words in %s, with the same values', (language) => {
    const file = new URL(`../../src/renderer/locales/${language}/rules.json`, import.meta.url);
    const { fault } = JSON.parse(readFileSync(file, 'utf8')) as { fault: Record<string, string> };
    expect(Object.keys(fault).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
    const names = (text: string): string[] => [...text.matchAll(/(?<=\{)\w+(?=\})/g)].map(String);
    for (const [key, words] of Object.entries(FAULTS)) {
      for (const name of names(fault[key] ?? ''))
        expect([key, names(words)]).toEqual([key, expect.arrayContaining([name])]);
    }
  });
});
