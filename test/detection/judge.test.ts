import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openResources } from '../../src/core/app/resources.ts';
import { judgeBatch } from '../../src/core/detection/detect-batch.ts';
import { judge } from '../../src/core/detection/judge.ts';
import type { CategoryId } from '../../src/core/domain/category.ts';
import { compileRuleSet } from '../../src/core/rules/compile-rules.ts';
import { type MatchNode, type PackOrigin, parsePack } from '../../src/core/rules/rule-pack.ts';
import { anyText } from './arbitraries.ts';
import { compiled, GROUP_POST, hitsOf, matchesOf, packOf } from './rules-fixture.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

describe('terms', () => {
  it.each<[string, MatchNode, string, string[]]>([
    [
      'leftmost and longest, without overlaps',
      { terms: ['中国', '国人', '中国人'] },
      '中国人国人',
      ['中国人', '国人'],
    ],
    ['original spans', { terms: ['赌博网站'] }, '上賭-博 網站玩', ['賭-博 網站']],
    ['several transforms at once', { terms: ['加vx'] }, '➕ 加ＶⓍ', ['加ＶⓍ']],
    ['whole words of Latin letters', { terms: ['av', '64'] }, 'avx av8 save AV看 1640 64', ['AV', '64']],
    ['inside words where the rule says so', { terms: ['av'], boundary: 'none' }, 'save', ['av']],
    ['no whole words for mixed terms', { terms: ['加qq'] }, '加qq123456', ['加qq']],
    ['three symbols', { terms: ['代开发票'] }, '代---开发票', ['代---开发票']],
    ['but not four', { terms: ['代开发票'] }, '代----开发票', []],
    ['not across a sentence', { terms: ['代开发票'] }, '找人代。开发票', []],
    ['not across a line', { terms: ['代开发票'] }, '找人代\n开发票', []],
    [
      'any number of invisible characters',
      { terms: ['赌博'] },
      '赌\u200b\u200b\u200b\u200b\u200b博',
      ['赌\u200b\u200b\u200b\u200b\u200b博'],
    ],
    ['symbols inside Latin words', { terms: ['fuck'] }, 'f*ck f*uck fu.ck', ['f*uck', 'fu.ck']],
    ['spaced-out Latin words', { terms: ['fuck'] }, 'f u c k', ['f u c k']],
    ['but not words that meet at a space', { terms: ['asso'] }, 'as so', []],
    ['no symbols inside numbers', { terms: ['89'] }, '8.9 8-9 89', ['89']],
    [
      'spaces of the term itself',
      { terms: ['credit card'] },
      'creditcard credit  card',
      ['creditcard', 'credit  card'],
    ],
    ['symbols of the term itself', { terms: ['t.me'] }, 'tme t.me T．me t me', ['t.me', 'T．me']],
    ['emoji as a term', { terms: ['💊'] }, '要💊吗', ['💊']],
    [
      'numerals where asked',
      { terms: ['13'], transforms: ['numerals'], boundary: 'none' },
      '一三 ①③',
      ['一三', '①③'],
    ],
    ['numerals not by default', { terms: ['13'] }, '一三 ①③', []],
    ['exactly as written', { terms: ['赌博'], transforms: [] }, '賭博赌 博赌博', ['赌博']],
    ['one transform only', { terms: ['vx'], transforms: ['case'] }, 'VX ｖｘ v.x', ['VX']],
    ['innocent longer words', { terms: ['麻古'], allow: ['麻古道'] }, '麻古道和麻古', ['麻古']],
    ['innocent words however written', { terms: ['赌博'], allow: ['打击赌博'] }, '打 擊賭博', []],
  ])('%s', (_, match, text, expected) => {
    expect(matchesOf(match, text)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['刷单', '刷单', []],
    ['刷单', '刷單', ['traditional']],
    ['刷單', '刷單', []],
    ['vx', 'ＶX', ['width', 'case']],
    ['paypal', 'pаypal', ['look-alikes']],
    ['刷单', '刷\u200b单', ['zero-width']],
    ['刷单', '刷🔥单', ['symbols']],
    ['vx', '𝐯𝐱', ['enclosed']],
    ['a b', 'a b', []],
  ])('%s in %s needs %j', (term, text, transforms) => {
    expect(hitsOf({ terms: [term] }, text)[0]?.transforms).toEqual(transforms);
  });
});

describe('combinations', () => {
  const sale: MatchNode = { all: [{ terms: ['银行卡'] }, { regex: '[0-9]+元' }], within: 12 };
  it.each<[string, MatchNode, string, string[]]>([
    ['all within', sale, '收银行卡一套300元', ['银行卡一套300元']],
    ['in any order', sale, '300元收银行卡', ['300元收银行卡']],
    ['too far apart', sale, '银行卡丢了，要去补办一张新的，工本费10元', []],
    ['twice', sale, '银行卡300元，还有大量的银行卡500元', ['银行卡300元', '银行卡500元']],
    ['without a limit once', { all: [{ terms: ['甲'] }, { terms: ['乙'] }] }, '甲甲xx乙乙', ['甲甲xx乙']],
    ['any', { any: [{ terms: ['甲乙'] }, { terms: ['乙丙'] }] }, '甲乙丙乙丙', ['甲乙', '乙丙']],
    ['not', { all: [{ terms: ['枪'] }, { not: { terms: ['游戏'] } }] }, '游戏里的枪', []],
    ['not elsewhere', { all: [{ terms: ['枪'] }, { not: { terms: ['游戏'] } }] }, '卖枪', ['枪']],
    ['detectors', { detector: 'mobile' }, '打13800138000', ['13800138000']],
    ['detectors by flag', { detector: 'mobile', flags: { business: false } }, '酒店前台13800138000', []],
    ['several different data', { detector: 'mobile', atLeast: 2 }, '13800138000 13800138000', []],
    [
      'a list of data',
      { detector: 'mobile', atLeast: 2 },
      '13800138000,13900139000',
      ['13800138000,13900139000'],
    ],
    [
      'failed checks on request',
      { detector: 'resident-id', valid: false },
      '110101199001011234',
      ['110101199001011234'],
    ],
  ])('%s', (_, match, text, expected) => {
    expect(matchesOf(match, text)).toEqual(expected);
  });

  it('a hit of several parts names each', () => {
    const [hit] = hitsOf(sale, '收銀行卡一套300元');
    expect(hit?.parts).toEqual([
      { start: 1, end: 4 },
      { start: 6, end: 10 },
    ]);
    expect(hit?.transforms).toEqual(['traditional']);
  });

  it('excluded texts raise no hit', () => {
    const exclude: MatchNode = { terms: ['反诈', '谨防'] };
    expect(matchesOf({ terms: ['刷单'] }, '谨-防刷单', { exclude })).toEqual([]);
    expect(matchesOf({ terms: ['刷单'] }, '招刷单', { exclude })).toEqual(['刷单']);
  });
});

describe('conditions', () => {
  const rules = compiled(
    packOf([
      { match: { terms: ['甲'] } },
      { match: { terms: ['甲'] }, when: { act: ['quote'] } },
      { match: { terms: ['甲'] }, when: { conversationType: ['direct'], messageKind: ['file', 'text'] } },
    ]),
  );
  const rulesFor = (context: Partial<typeof GROUP_POST>): string[] =>
    judge(rules, '甲', { ...GROUP_POST, ...context }).map((hit) => hit.rule);

  it('quoting is not saying, unless the rule asks for quotations', () => {
    expect(rulesFor({})).toEqual(['r0']);
    expect(rulesFor({ act: 'quote' })).toEqual(['r1']);
    expect(rulesFor({ act: 'forward' })).toEqual(['r0']);
  });

  it('conversation and kind must both be named', () => {
    expect(rulesFor({ conversationType: 'direct' })).toEqual(['r0', 'r2']);
    expect(rulesFor({ conversationType: 'direct', messageKind: 'image' })).toEqual(['r0']);
  });
});

describe('a hit', () => {
  it('says everything the contract asks', () => {
    const match: MatchNode = { terms: ['刷单返利'] };
    expect(hitsOf(match, '来刷單返利', { severity: 5, status: 'proposal' })).toEqual([
      {
        pack: 'test',
        rule: 'r0',
        ruleVersion: '1.0.0',
        category: 'fraud',
        tier: 'illegal',
        severity: 5,
        status: 'proposal',
        score: 0.42,
        start: 1,
        end: 5,
        match: '刷單返利',
        normalized: '刷单返利',
        transforms: ['traditional'],
        parts: [{ start: 1, end: 5 }],
      },
    ]);
  });

  it('a proposal never scores above a hit, whatever else is found', () => {
    const rules = compiled(
      packOf([
        { match: { terms: ['甲'] }, category: 'marketing-spam', severity: 1 },
        ...[1, 2, 3].map(() => ({ match: { terms: ['甲'] }, severity: 5, status: 'proposal' as const })),
      ]),
    );
    const scores = judge(rules, '甲', GROUP_POST).map((hit) => hit.score);
    expect(scores).toEqual([0.88, 0.48, 0.48, 0.48]);
  });

  it('keeps the order of the rules, then of the text', () => {
    const rules = compiled(packOf([{ match: { terms: ['乙'] } }, { match: { terms: ['甲'] } }]));
    const order = judge(rules, '甲乙甲', GROUP_POST).map((hit) => `${hit.rule}@${hit.start}`);
    expect(order).toEqual(['r0@1', 'r1@0', 'r1@2']);
  });
});

describe('what the classifier holds for clean', () => {
  const { classifier } = openResources(fileURLToPath(new URL('../../resources', import.meta.url)));
  const clean = '小雨的水杯落在教室里了，老师先帮忙收着，明天早上再来拿';
  const said = (
    origin: PackOrigin,
    status: 'hit' | 'proposal',
    text: string,
    category: CategoryId = 'gambling',
  ) => {
    const parsed = parsePack(packOf([{ category, status, match: { terms: ['水杯', 'kettle'] } }]), origin);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const result = compileRuleSet([parsed.loaded], classifier);
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    return judge(result.compiled, text, GROUP_POST).map((hit) => hit.status);
  };

  it.each<[string, PackOrigin, 'hit' | 'proposal', string, CategoryId, string[]]>([
    ['a hit of a shipped rule is a proposal', 'shipped', 'hit', clean, 'gambling', ['proposal']],
    ['a proposal of a shipped rule is left out', 'shipped', 'proposal', clean, 'gambling', []],
    ['an own rule makes its hit', 'organisation', 'hit', clean, 'gambling', ['hit']],
    ['an own rule makes its proposal', 'organisation', 'proposal', clean, 'gambling', ['proposal']],
    ['a category that it does not know stays', 'shipped', 'proposal', clean, 'off-topic', ['proposal']],
    [
      'of a text without Chinese a hit stays',
      'shipped',
      'hit',
      'please bring the kettle back to the office tomorrow',
      'gambling',
      ['hit'],
    ],
    ['of a text too short to judge a hit stays', 'shipped', 'hit', '水杯', 'gambling', ['hit']],
    [
      'of a text too short to judge a proposal stays',
      'shipped',
      'proposal',
      '水杯',
      'gambling',
      ['proposal'],
    ],
  ])('%s', (_, origin, status, text, category, expected) => {
    expect(said(origin, status, text, category)).toEqual(expected);
  });
});

describe('for any text', () => {
  const rules = compiled(
    packOf([
      { match: { terms: ['赌博', '微信', 'abc', '株', '💊', 't.me', 'é', '单'], allow: ['刷单返'] } },
      { match: { regex: '[a-z]+.|[一二三]' } },
      { match: { terms: ['12'], transforms: ['numerals', 'symbols'] } },
      { match: { any: [{ detector: 'link' }, { detector: 'contact' }, { detector: 'address' }] } },
      { match: { all: [{ terms: ['赌', '博'] }, { detector: 'mobile' }], within: 20 } },
    ]),
  );

  it('spans lie inside it, on code point boundaries, and give the match', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const hit of judge(rules, text, GROUP_POST)) {
          for (const { start, end } of [hit, ...hit.parts]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            for (const place of [start, end]) {
              const before = place > 0 ? (text.codePointAt(place - 1) as number) : 0;
              expect(before > 0xffff && place < text.length).toBe(false);
            }
          }
          expect(hit.match).toBe(text.slice(hit.start, hit.end));
          expect(hit.score).toBeGreaterThan(0);
          expect(hit.score).toBeLessThan(1);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('the hits do not depend on the batch', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 12 }), (texts) => {
        const items = texts.map((text, index) => ({
          id: String(index),
          text,
          act: 'own-post' as const,
          conversationType: 'group' as const,
          kind: 'text' as const,
        }));
        const alone = texts.flatMap((text, index) =>
          judge(rules, text, GROUP_POST).map((hit) => ({ index, hit })),
        );
        expect(judgeBatch(rules, items).hits).toEqual(alone);
      }),
    );
  });

  it('a text said again gives the same again, in its own context', () => {
    const said = fc.record({
      text: fc.oneof(anyText, fc.constantFrom('好的', '刷单', '甲乙', '')),
      act: fc.constantFrom('own-post' as const, 'quote' as const, 'forward' as const),
      conversationType: fc.constantFrom('group' as const, 'direct' as const),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), (list) => {
        const items = [...list, ...list].map((one) => ({ ...one, id: '', kind: 'text' as const }));
        const alone = items.flatMap(({ text, act, conversationType }, index) =>
          judge(rules, text, { act, conversationType, messageKind: 'text' }).map((hit) => ({ index, hit })),
        );
        expect(judgeBatch(rules, items).hits).toEqual(alone);
      }),
    );
  });
});

describe('a planted term', () => {
  const term = '刷单返利加vx';
  const forms: Readonly<Record<string, readonly string[]>> = {
    单: ['單', '\u55ae'],
    v: ['V', 'Ｖ', 'ⓥ', '𝐯', 'ν'],
    x: ['X', 'ｘ', '🅧', 'х'],
  };
  const rules = compiled(packOf([{ match: { terms: [term] } }]));
  const noise = fc.array(fc.constantFrom('\u200b', '\u00ad', '\ufe0f', '*', '-', ' ', '.', '🔥', '，'), {
    maxLength: 3,
  });
  const surroundings = fc.array(fc.constantFrom(...'今天天气abc12，。 😀'), { maxLength: 12 });

  it('is found at its exact place however it is stretched and disguised', () => {
    fc.assert(
      fc.property(
        surroundings,
        surroundings,
        fc.array(noise, { minLength: term.length - 1, maxLength: term.length - 1 }),
        fc.array(fc.nat(5), { minLength: term.length, maxLength: term.length }),
        (before, after, gaps, choices) => {
          const planted = Array.from(term)
            .map((char, index) => {
              const shown = [char, ...(forms[char] ?? [])];
              return shown[(choices[index] as number) % shown.length] + (gaps[index]?.join('') ?? '');
            })
            .join('');
          const lead = before.join('');
          const hits = judge(rules, lead + planted + after.join(''), GROUP_POST);
          expect(hits.map(({ start, match }) => ({ start, match }))).toEqual([
            { start: lead.length, match: planted },
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
