import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  appliedMask,
  normalizeMask,
  normalizeText,
  originalSpan,
} from '../../src/core/normalization/normalize-text.ts';
import {
  DEFAULT_TRANSFORMS,
  TRANSFORMS,
  type TransformName,
  transformMask,
  transformNames,
} from '../../src/core/normalization/transforms.ts';
import { anyText } from './arbitraries.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

describe('each transform', () => {
  it.each<[TransformName, string, string]>([
    ['width', 'ＱＱ：１２３　ｶﾅ', 'QQ:123 カナ'],
    ['width', '㎏⼀ﬁⅣ', 'kg一fiIV'],
    ['width', '真的吗⁉', '真的吗!'],
    ['case', 'VX Ω', 'vx ω'],
    ['traditional', '賭博網裡為麼', '赌博网里为么'],
    ['enclosed', 'ⓥⓧ𝐕𝟏🅥🅧🄰㈱㊙', 'vxV1VXA株秘'],
    ['look-alikes', 'Раураl νх', 'Paypal vx'],
    ['look-alikes', 'zhōngguó é', 'zhongguo e'],
    ['zero-width', '赌\u200b博\u00ad e\u0301 1\ufe0f\u20e3', '赌博 e 1'],
    ['symbols', '加*微.信 Q-Q😀群', '加微信QQ群'],
    ['numerals', '壹②三〇⑫両九', '12301' + '2両9'],
  ])('%s: %s', (name, text, expected) => {
    expect(normalizeText(text, [name]).text).toBe(expected);
  });

  it.each<[TransformName, string]>([
    ['width', '１ｱ'],
    ['case', 'A'],
    ['traditional', '賭'],
    ['enclosed', '𝟏ⓐ'],
    ['look-alikes', 'аé'],
    ['zero-width', '赌\u200b博'],
    ['symbols', '赌*博'],
    ['numerals', '一①'],
  ])('%s off: %s stays', (name, text) => {
    const others = TRANSFORMS.filter((other) => other !== name);
    expect(normalizeText(text, others).text).toBe(text);
  });

  it('reads numerals only when asked', () => {
    expect(normalizeText('一二③').text).toBe('一二③');
  });
});

describe('dropped symbols', () => {
  it.each([
    ['a-b', 'ab'],
    ['a---b', 'ab'],
    ['a----b', 'a----b'],
    ['a。b', 'a。b'],
    ['a\nb', 'a\nb'],
    ['a!b', 'a!b'],
    ['a？b', 'a?b'],
    ['*a*', '*a*'],
    ['a😀 b', 'ab'],
  ])('%j becomes %j', (text, expected) => {
    expect(normalizeText(text).text).toBe(expected);
  });

  it('are recorded, with what was dropped among them', () => {
    const normalized = normalizeText('赌\u200b*\u200b博');
    expect(normalized.text).toBe('赌博');
    expect(transformNames(appliedMask(normalized, 0, 2))).toEqual(['zero-width', 'symbols']);
    expect(originalSpan(normalized, 0, 2)).toEqual({ start: 0, end: 5 });
  });
});

/** None, all, each alone, all but each, and the default. A table is composed for each. */
const ALL = (1 << TRANSFORMS.length) - 1;
const masks = fc.constantFrom(
  0,
  ALL,
  transformMask(DEFAULT_TRANSFORMS),
  ...TRANSFORMS.flatMap((_, bit) => [1 << bit, ALL & ~(1 << bit)]),
);

describe('under any mask, for any text', () => {
  it('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(anyText, masks, (text, mask) => {
        const once = normalizeMask(text, mask).text;
        expect(normalizeMask(once, mask).text).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('every unit maps to whole code points of the original, in order', () => {
    fc.assert(
      fc.property(anyText, masks, (text, mask) => {
        const normalized = normalizeMask(text, mask);
        let last = 0;
        for (const [at, char] of Array.from(normalized.text).entries()) {
          const from = Array.from(normalized.text).slice(0, at).join('').length;
          const { start, end } = originalSpan(normalized, from, from + char.length);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect([start, end].map((place) => splitsPair(text, place))).toEqual([false, false]);
          last = start;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('an empty mask changes nothing', () => {
    fc.assert(fc.property(anyText, (text) => normalizeMask(text, 0).text === text));
  });
});

/** Whether a place lies between the halves of a pair. */
function splitsPair(text: string, place: number): boolean {
  return place > 0 && place < text.length && (text.codePointAt(place - 1) as number) > 0xffff;
}
