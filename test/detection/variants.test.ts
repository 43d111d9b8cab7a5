import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { judge } from '../../src/core/detection/judge.ts';
import { MOST_UNITS } from '../../src/core/detection/variant-elements.ts';
import type { PartSink } from '../../src/core/detection/variant-filter.ts';
import { VariantMatcher } from '../../src/core/detection/variant-matcher.ts';
import {
  TRANSFORMS,
  type TransformName,
  transformNames,
  VARIANT_MASK,
  VARIANT_TRANSFORMS,
} from '../../src/core/normalization/transforms.ts';
import { variantTables } from '../../src/core/normalization/variant-tables.ts';
import { anyText } from './arbitraries.ts';
import { compiled, GROUP_POST, hitsOf, matchesOf, packOf } from './rules-fixture.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

describe('a word in another way of writing', () => {
  it.each<[TransformName, string, string, string]>([
    ['repeats', '加微信', '快加微微微信呀', '加微微微信'],
    ['repeats', 'fuck', 'what the fuuuck', 'fuuuck'],
    ['shapes', '加微信', '想要的加徽信', '加徽信'],
    ['shapes', '傻逼', '你个傻福', '傻福'],
    ['homophones', '网上赌博', '我在网上堵博', '网上堵博'],
    ['homophones', '脑残', '这人恼残吧', '恼残'],
    ['homophones', '六合彩', '六合采开奖', '六合采'],
    ['pinyin', '傻逼', '你就是shabi', 'shabi'],
    ['pinyin', '菊花', '你的ju花', 'ju花'],
    ['pinyin', '傻逼', '你就是 s h a b i', 's h a b i'],
    ['pinyin', '婊子', 'b-i-a-o-z-i 你滚', 'b-i-a-o-z-i'],
    ['pinyin', '草泥马', '去你的草泥ma吧', '草泥ma'],
    ['homophones', '王八蛋', '就是个王8蛋', '王8蛋'],
    ['shapes', '婊子', '婊孑养的', '婊孑'],
    ['pinyin', '加微信', '想要的加v信', '加v信'],
    ['emoji', '操你妈', '操你🐴的', '操你🐴'],
    ['emoji', '加qq', '有意加🐧', '加🐧'],
    ['split', '强奸', '他弓虽女干了人', '弓虽女干'],
    ['split', '婊子', '臭女表子', '女表子'],
    ['homophones', '重庆约炮群', '重庆约泡群', '重庆约泡群'],
    ['leet', 'shit', 'what sh1t is this', 'sh1t'],
  ])('%s: %s in %s', (name, term, text, match) => {
    const [hit] = hitsOf({ terms: [term] }, text);
    expect(hit?.match).toBe(match);
    expect(hit?.transforms).toContain(name);
    expect(hit?.normalized).toBe(term);
    const without = TRANSFORMS.filter((one) => one !== name && one !== 'initials');
    const others = hitsOf({ terms: [term], transforms: without }, text);
    expect(others.some((one) => one.transforms.includes(name))).toBe(false);
  });

  it('is found by first letters where a rule asks', () => {
    const asked = { terms: ['加微信'], transforms: ['initials'] as TransformName[] };
    expect(matchesOf(asked, '好的jwx吧')).toEqual(['jwx']);
    expect(matchesOf(asked, '好的加wx吧')).toEqual(['加wx']);
    expect(matchesOf(asked, 'ajwxb')).toEqual([]);
    expect(matchesOf({ terms: ['加微信'] }, '好的jwx吧')).toEqual([]);
  });

  it.each([
    ['大麻', '太麻烦了'],
    ['冰毒', '电脑中了病毒'],
    ['吸毒', '没关系都可以'],
    ['枪支', '强制执行'],
    ['他的电话', '它的电话'],
    ['一小时', '玩1小时'],
    ['妈妈的', '妈的'],
    ['摸摸你', 'moni'],
    ['加微信', '加入微信群'],
    ['怂包', '菘，包'],
    ['shit', 'shirt and shoe'],
    ['卖淫', 'women'],
    ['赌场', '第8场'],
    ['没人', 'we men here'],
    ['干死', '4点干'],
  ])('%s is not meant by %s', (term, text) => {
    expect(matchesOf({ terms: [term] }, text)).toEqual([]);
  });

  it('is only a proposal where little is left of it', () => {
    expect(hitsOf({ terms: ['网上赌博'] }, '网上堵博')[0]?.status).toBe('hit');
    expect(hitsOf({ terms: ['吸毒'] }, '西毒')[0]?.status).toBe('proposal');
  });

  it('does not excuse', () => {
    const rule = { match: { terms: ['贷款'] }, exclude: { terms: ['反诈'] } };
    expect(judge(compiled(packOf([rule])), '贷款 反诈', GROUP_POST)).toHaveLength(0);
    expect(judge(compiled(packOf([rule])), '贷款 反炸', GROUP_POST)).toHaveLength(1);
  });

  it('may be one part of a combination, between which others stand', () => {
    const match = { all: [{ terms: ['加微信'] }, { terms: ['赌博'] }], within: 40 };
    const [hit] = hitsOf(match, '一起堵博来钱快，加徽信');
    expect(hit?.normalized).toBe('赌博来钱快,加微信');
    expect(hit?.transforms).toEqual(['shapes', 'homophones']);
    expect(hit?.status).toBe('hit');
  });
});

describe('the tables', () => {
  const tables = variantTables();

  it('give every syllable its letters back', () => {
    for (const [spelled, id] of tables.syllables) {
      expect(tables.syllables.get(tables.spelling[id] as string)).toBe(id);
      expect(spelled).toMatch(/^[a-z]{1,6}$/);
    }
  });

  it('give a shape its own shape', () => {
    for (const group of tables.shape) expect(tables.shape[group]).toBe(group);
  });
});

const TERMS = ['赌博', '加微信', '刷单返利', '你好', 'fuck', '微信', '单单', '牛逼', '强奸'];
const spiced = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from('赌堵博搏微徽信新芯单丹刷涮你妮好女子牛🐮逼弓虽干奸长重乐vV🐧✈'),
        'du',
        'wei',
        'fuuck',
        'niu',
        '加',
        ' ',
        '*',
        '，',
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** The search without the filter: the whole text is one part of which nothing is known. */
const everything = (texts: readonly string[], found: PartSink): void => {
  for (const [text, { length }] of texts.entries()) {
    found({ text, begin: 0, end: length, search: true, first: 0, candidate: -1 });
  }
};

/** Words of three to eight characters, some with characters of several sounds. */
const LONG_TERMS = ['重庆约炮群', '刷单返利', '网上赌博', '长期收购银行卡', '办假证', '加微信', '调教'];
const { furtherSounds, sound, shape } = variantTables();
const soundsOfCode = (code: number): number[] => [sound[code] as number, ...(furtherSounds.get(code) ?? [])];
const HAN = Array.from({ length: 0x5200 }, (_, index) => 0x4e00 + index);
/** Each character of the words, and rare ones that sound or look like it. */
const alikes = new Map(
  Array.from(new Set(LONG_TERMS.join('')), (char) => {
    const code = char.charCodeAt(0);
    const own = soundsOfCode(code).filter((one) => one !== 0);
    const alike = HAN.filter(
      (other) => shape[other] === shape[code] || soundsOfCode(other).some((one) => own.includes(one)),
    );
    return [char, alike.slice(-12).map((other) => String.fromCharCode(other))] as const;
  }),
);
/** A word with some of its characters put in place, said twice, or parted by a space. */
const disguised = fc
  .constantFrom(...LONG_TERMS)
  .chain((term) =>
    fc
      .tuple(
        ...Array.from(term, (char) =>
          fc.oneof(
            { weight: 4, arbitrary: fc.constant(char) },
            { weight: 2, arbitrary: fc.constantFrom(...(alikes.get(char) ?? []), char) },
            { weight: 1, arbitrary: fc.constantFrom(char + char, `${char} `, `*${char}`) },
          ),
        ),
      )
      .map((chars) => chars.join('')),
  );

describe('for any text', () => {
  const matcher = new VariantMatcher(TERMS.map((text) => ({ text, mask: VARIANT_MASK })));
  const scan = (by: VariantMatcher, text: string): string[] => {
    const found: string[] = [];
    by.scan(text, (term, start, end, mask) => {
      found.push(`${term} ${start}-${end} ${transformNames(mask).join()}`);
    });
    return found;
  };

  it('spans are whole code points of the original, and some transform of words made them', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, spiced), (text) => {
        matcher.scan(text, (_, start, end, mask) => {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const place of [start, end]) {
            expect(place > 0 && (text.codePointAt(place - 1) as number) > 0xffff).toBe(false);
          }
          expect(transformNames(mask).some((name) => VARIANT_TRANSFORMS.includes(name))).toBe(true);
        });
      }),
      { numRuns: 3000 },
    );
  });

  it('what was read before does not count', () => {
    fc.assert(
      fc.property(spiced, fc.oneof(anyText, spiced), (text, before) => {
        const fresh = new VariantMatcher(TERMS.map((term) => ({ text: term, mask: VARIANT_MASK })));
        scan(matcher, before);
        expect(scan(matcher, text)).toEqual(scan(fresh, text));
      }),
      { numRuns: 25 },
    );
  });

  it('what is read with it does not count', () => {
    const several = fc.array(fc.oneof(anyText, spiced), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(several, (texts) => {
        const together: string[][] = texts.map(() => []);
        matcher.scanAll(texts, (index, term, start, end, mask) => {
          together[index]?.push(`${term} ${start}-${end} ${transformNames(mask).join()}`);
        });
        expect(together).toEqual(texts.map((text) => scan(matcher, text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('the filter before the search loses nothing', () => {
    const bare = new VariantMatcher(TERMS.map((term) => ({ text: term, mask: VARIANT_MASK })));
    Object.assign(bare, { filter: { scan: everything } });
    fc.assert(
      fc.property(fc.oneof(anyText, spiced), (text) => {
        // An occurrence beside what can be read in several ways may be told twice, and counts once.
        expect(new Set(scan(matcher, text))).toEqual(new Set(scan(bare, text)));
      }),
      { numRuns: 5000 },
    );
  });

  it('nor where characters of longer words are put in place of one another', () => {
    const filtered = new VariantMatcher(LONG_TERMS.map((text) => ({ text, mask: VARIANT_MASK })));
    const bare = new VariantMatcher(LONG_TERMS.map((text) => ({ text, mask: VARIANT_MASK })));
    Object.assign(bare, { filter: { scan: everything } });
    let met = 0;
    fc.assert(
      fc.property(fc.array(disguised, { maxLength: 3 }), (parts) => {
        const text = parts.join('和');
        const found = scan(filtered, text);
        met += found.length;
        expect(new Set(found)).toEqual(new Set(scan(bare, text)));
      }),
      { numRuns: 5000 },
    );
    expect(met).toBeGreaterThan(0);
  });

  it.each([
    ['one letter', 'a'],
    ['pinyin', 'dubojiaweixin'],
    ['characters of several sounds', '长重乐行'],
    ['parts', '女子弓虽'],
    ['emoji', '🐮🐧✈'],
    ['beginnings of words', '刷单返加微'],
    ['odd characters', '堵徽芯涮'],
  ])('%s, 300,000 times over, cost a bounded number of steps', (_, unit) => {
    const text = unit.repeat(300_000 / unit.length);
    matcher.scan(text, () => {});
    expect(matcher.work).toBeLessThan(text.length * 100);
  });

  it('a text of more units than the filter reads is searched', () => {
    const long = new VariantMatcher([{ text: '网上赌博', mask: VARIANT_MASK }]);
    const before = '好'.padEnd(MOST_UNITS, '，');
    // A search may meet a word more than once.
    const found = new Set<string>();
    long.scanAll(['网上堵博', `${before}网上堵博`, '我在网上堵博'], (text, _, start, end) =>
      found.add([text, start, end].join()),
    );
    expect([...found]).toEqual(['0,0,4', `1,${MOST_UNITS},${MOST_UNITS + 4}`, '2,2,6']);
  });
});
