import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Pattern } from '../../src/core/rules/pattern.ts';
import { quickTest, requiredLiterals } from '../../src/core/rules/regex-literals.ts';
import { matchesOf } from './rules-fixture.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

describe('patterns', () => {
  it.each<[string, string, string[]]>([
    ['加：[0-9]+元', '加：３０元 加:5元', ['加：３０元', '加:5元']],
    ['（日结）', '(日结)', ['(日结)']],
    ['收购[Ａ-Ｃ]', '收购B', ['收购B']],
    ['赌博', '賭\u200b博', ['賭\u200b博']],
    ['(?i)vx\\d', 'VX1 vX2', ['VX1', 'vX2']],
    ['x.y', 'x😀y', ['x😀y']],
    ['a|bb', 'abba', ['a', 'bb', 'a']],
    ['\\p{Han}{2}费', '手续费', ['手续费']],
  ])('%s in %s', (regex, text, expected) => {
    expect(matchesOf({ regex }, text)).toEqual(expected);
  });

  it('read numerals and look-alikes where the rule asks', () => {
    expect(matchesOf({ regex: '[0-9]{3}', transforms: ['numerals'] }, '一②3')).toEqual(['一②3']);
    expect(matchesOf({ regex: 'pay', transforms: ['look-alikes'] }, 'рау')).toEqual(['рау']);
    expect(matchesOf({ regex: 'a-b', transforms: [] }, 'ａ-b a-b')).toEqual(['a-b']);
  });

  it('hostile patterns and texts end', () => {
    const text = 'a'.repeat(100_000);
    for (const regex of ['(a+)+b', '(a|aa)+b', '(?:a*)*b', 'a.*z|a']) {
      expect(
        new Pattern(regex, 0).find({ original: text, text, mask: 0, map: undefined }).length,
      ).toBeLessThan(101);
    }
  });
});

describe('the words a pattern needs', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['加微信\\d+', ['加微信']],
    ['(?:微信|vx)\\d+', ['微信', 'vx']],
    ['兼职|代理|刷单', ['兼职', '代理', '刷单']],
    ['兼职|\\d+', undefined],
    ['[0-9]+', undefined],
    ['ab?c', ['a']],
    ['ab+c', ['ab']],
    ['ab{0,2}cd', ['cd']],
    ['ab{2}', ['ab']],
    ['(abc)?d', ['d']],
    ['(?i)ABC', ['ABC']],
    ['(?P<n>高价)收', ['高价']],
    ['a\\.b', ['a.b']],
    ['a b', ['a']],
    ['[^a]甲', ['甲']],
    ['[]a]乙', ['乙']],
    ['[[:alpha:]]丙', ['丙']],
    ['\\p{Han}丁', ['丁']],
    ['\\x{4e00}戊', ['戊']],
    ['\\Qa+b\\E', undefined],
    ['^已\\b', ['已']],
    ['', undefined],
  ])('%s: %j', (pattern, words) => {
    expect(requiredLiterals(pattern)).toEqual(words);
  });

  it.each<[string, RegExp | undefined]>([
    ['[0-9]+ ?(?:元|块)|高价收', /[0-9]|高价收/iu],
    ['(?:\\d|[0-9]{2})元', /[0-9]/iu],
    ['[0-9]*元', undefined],
    ['(?:[0-9]|x)元', undefined],
    ['[0-9]|.', undefined],
    ['\\d元|a.b|\\.', /[0-9]|a|\./iu],
  ])('a quick test of %s', (pattern, test) => {
    expect(quickTest(pattern)).toEqual(test);
  });

  const piece: fc.Arbitrary<string> = fc.letrec<{ piece: string }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', '加', '微信', '.', '[ab]', '[^x]', '\\d', '\\.', '1'),
      fc.tuple(tie('piece'), tie('piece')).map(([one, two]) => one + two),
      fc.tuple(tie('piece'), tie('piece')).map(([one, two]) => `(?:${one}|${two})`),
      fc
        .tuple(tie('piece'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '*?'))
        .map(([one, sign]) => `(${one})${sign}`),
      fc.tuple(tie('piece'), tie('piece')).map(([one, two]) => `${one}|${two}`),
    ),
  })).piece;
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '加', '微', '信', '1', '.', 'x'), { maxLength: 12 });

  it('stand in every text that matches', () => {
    fc.assert(
      fc.property(piece, text, (pattern, chars) => {
        const words = requiredLiterals(pattern);
        const sample = chars.join('');
        if (words === undefined || !new RegExp(pattern).test(sample)) return;
        expect(words.some((word) => sample.includes(word))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('as a prefilter lose no match', () => {
    fc.assert(
      fc.property(piece, text, (source, chars) => {
        const sample = chars.join('');
        if (new RegExp(source).test('')) return;
        expect(matchesOf({ regex: source }, sample).length > 0).toBe(new RegExp(source).test(sample));
      }),
      { numRuns: 300 },
    );
  });
});
