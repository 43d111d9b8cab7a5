import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/core/detection/judge.ts';
import { initialsOf } from '../../src/core/detection/term-initials.ts';
import { normalizeText } from '../../src/core/normalization/normalize-text.ts';
import {
  TRANSFORMS,
  type TransformName,
  VARIANT_TRANSFORMS,
} from '../../src/core/normalization/transforms.ts';
import { soundsOf } from '../../src/core/normalization/variant-tables.ts';
import { compiled, GROUP_POST, packOf } from './rules-fixture.ts';

interface WordCase {
  readonly id: string;
  readonly input: string;
  readonly lexicon: readonly string[];
  readonly options: {
    readonly plain?: boolean;
    readonly skipSymbols?: boolean;
    readonly skipChars?: string;
    readonly dupFilter?: boolean;
    readonly englishWordNumMatch?: boolean;
  };
  readonly expected: readonly string[];
  readonly expected_means: 'surface' | 'set-of-surfaces' | 'first-hit-lexicon-word';
}
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/peer-cases/${name}`, import.meta.url), 'utf8'));
const { cases } = read('word-matching.json') as { cases: readonly WordCase[] };

/** A symbol list of the caller's own is not offered: which symbols join words is one documented rule. */
const NOT_OFFERED = cases.filter(({ options }) => options.skipChars !== undefined);
/** Symbols in a word are part of it: "http://" stands in this text, and the peer's mode cannot see it. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = { 'toolgood-088': ['http://', 'ToolGood'] };
const now = cases.filter((one) => !NOT_OFFERED.includes(one));

/** Occurrences of each word on its own, by place: every word is a rule. */
function occurrences({ input, lexicon, options }: WordCase): { word: string; match: string }[] {
  const symbols = options.plain === true || options.skipSymbols === true;
  const transforms = TRANSFORMS.filter((name) => {
    if (name === 'symbols') return symbols;
    if (name === 'repeats') return options.dupFilter === true;
    return name !== 'numerals' && !VARIANT_TRANSFORMS.includes(name);
  });
  const boundary = options.plain === true ? 'none' : 'word';
  const rules = compiled(packOf(lexicon.map((word) => ({ match: { terms: [word], transforms, boundary } }))));
  return judge(rules, input, GROUP_POST)
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((hit) => ({ word: lexicon[Number(hit.rule.slice(1))] as string, match: hit.match }));
}

describe('cases of ToolGood.Words (Apache-2.0) and importcjj/sensitive (MIT)', () => {
  it('leaves out exactly the cases that the documentation names', () => {
    expect(NOT_OFFERED.map(({ id }) => id)).toEqual(['toolgood-097']);
  });

  it.each(now)('$id: $input', (one) => {
    const found = occurrences(one);
    const surfaces = found.map(({ match }) => match);
    if (one.expected_means === 'surface') expect(surfaces).toEqual(OTHERWISE[one.id] ?? one.expected);
    else if (one.expected_means === 'set-of-surfaces') {
      expect([...surfaces].sort()).toEqual([...one.expected].sort());
    } else expect(found.slice(0, 1).map(({ word }) => word)).toEqual(one.expected);
  });
});

interface FormCase {
  readonly op: string;
  readonly input: string;
  readonly expected: string;
}

describe('normalisation cases of ToolGood.Words (Apache-2.0)', () => {
  const { cases: forms } = read('normalisation.json') as { cases: readonly FormCase[] };
  const OFFERED: Readonly<Record<string, TransformName>> = {
    toSimplified: 'traditional',
    toHalfWidth: 'width',
  };

  it.each(forms.filter(({ op }) => op === 'pinyin'))('reads $input as $expected', ({ input, expected }) => {
    const syllables = expected
      .split('，')
      .join('')
      .split(/(?=[A-Z])/);
    const chars = Array.from(input).filter((char) => char !== '，');
    expect(syllables).toHaveLength(chars.length);
    for (const [at, char] of chars.entries()) {
      expect(soundsOf(char)).toContain((syllables[at] as string).toLowerCase());
    }
  });

  it.each(forms.filter(({ op }) => op === 'pinyinInitials'))('$input begins as $expected', (one) => {
    expect(initialsOf(one.input)).toContain(one.expected.toLowerCase());
  });

  it('leaves out exactly the operations that the documentation names', () => {
    const left = new Set(
      forms.map(({ op }) => op).filter((op) => OFFERED[op] === undefined && !op.startsWith('pinyin')),
    );
    expect([...left]).toEqual(['toTraditional', 'toFullWidth', 'toTraditional(TW)']);
  });

  it.each(forms.filter(({ op }) => OFFERED[op] !== undefined))('$op $input', ({ op, input, expected }) => {
    expect(normalizeText(input, [OFFERED[op] as TransformName]).text).toBe(expected);
  });
});
