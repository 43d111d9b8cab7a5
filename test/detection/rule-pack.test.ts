import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../src/core/rules/compile-rules.ts';
import { loadRules } from '../../src/core/rules/load-rules.ts';
import {
  type MatchNode,
  type PackOrigin,
  parsePack,
  parsePackText,
  type Rule,
} from '../../src/core/rules/rule-pack.ts';
import { packOf } from './rules-fixture.ts';

/** Everything said against a pack, as `path: detail`. */
function refusals(pack: unknown, origin: PackOrigin = 'organisation'): string[] {
  const parsed = parsePack(pack, origin);
  const result = parsed.ok ? loadRules([parsed.loaded]) : parsed;
  return result.ok ? [] : result.errors.map(({ path, detail }) => `${path}: ${detail}`);
}

const withRule = (rule: object): object => packOf([{ match: { terms: ['甲'] } }, rule as never]);
const withMatch = (match: object): object => withRule({ match });

describe('a pack at its least', () => {
  it('is accepted with id, version, title and rules of id, category, severity, title and match', () => {
    const pack = {
      id: 'p',
      version: '1',
      title: { zh: '包', en: 'Pack' },
      rules: [
        {
          id: 'r',
          category: 'fraud',
          severity: 4,
          title: { zh: '规则', en: 'Rule' },
          match: { terms: ['甲'] },
        },
      ],
    };
    expect(refusals(pack)).toEqual([]);
  });
});

describe('a wrong pack names the place', () => {
  it.each<[string, object, string]>([
    ['no rules', { ...packOf([]), rules: [] }, 'rules: '],
    [
      'an unknown key',
      { ...withRule({ match: { terms: ['甲'] } }), rulez: [] },
      'rulez: is no key of this place',
    ],
    [
      'an unknown category',
      withRule({ match: { terms: ['甲'] }, category: 'gambing' }),
      'rules[1].category: ',
    ],
    ['a severity of 6', withRule({ match: { terms: ['甲'] }, severity: 6 }), 'rules[1].severity: '],
    ['a rule id twice', withRule({ id: 'r0', match: { terms: ['甲'] } }), 'rules[1].id: "r0" stands twice'],
    [
      'a misspelt condition',
      withRule({ match: { terms: ['甲'] }, when: { acts: ['quote'] } }),
      'rules[1].when.acts: is no key of this place',
    ],
    [
      'a mark of two kinds',
      withMatch({ terms: ['甲'], regex: '乙' }),
      'rules[1].match: expected exactly one of',
    ],
    ['a mark of no kind', withMatch({ allow: ['甲'] }), 'rules[1].match: expected exactly one of'],
    [
      'a key of another kind',
      withMatch({ terms: ['甲'], within: 3 }),
      'rules[1].match.within: does not belong',
    ],
    ['an empty term', withMatch({ terms: ['甲', ''] }), 'rules[1].match.terms[1]: '],
    ['an invisible term', withMatch({ terms: ['\u200b '] }), 'rules[1].match.terms[0]: '],
    ['half a character', withMatch({ terms: ['甲\ud83d'] }), 'rules[1].match.terms[0]: has half a character'],
    [
      'an endless term',
      withMatch({ terms: ['甲'.repeat(101)] }),
      'rules[1].match.terms[0]: is longer than 100',
    ],
    ['an invisible allowed word', withMatch({ terms: ['甲'], allow: [' '] }), 'rules[1].match.allow[0]: '],
    [
      'an unknown transform',
      withMatch({ terms: ['甲'], transforms: ['guess'] }),
      'rules[1].match.transforms[0]: ',
    ],
    ['an unknown detector', withMatch({ detector: 'phone' }), 'rules[1].match.detector: '],
    ['an unknown flag', withMatch({ detector: 'mobile', flags: { shop: true } }), 'rules[1].match.flags'],
    ['a pattern that is no RE2', withMatch({ regex: '(?=a)' }), 'rules[1].match.regex: '],
    [
      'a pattern that matches nothing',
      withMatch({ regex: 'a*' }),
      'rules[1].match.regex: matches the empty text',
    ],
    [
      'a pattern on folded case',
      withMatch({ regex: 'A', transforms: ['case'] }),
      'rules[1].match.transforms[0]: ',
    ],
    [
      'a pattern with a compound sign',
      withMatch({ regex: '5㎏' }),
      'rules[1].match.regex: "㎏" is read as "kg"',
    ],
    ['only a negation', withMatch({ not: { terms: ['甲'] } }), 'rules[1].match: "not" stands only inside'],
    [
      'all of negations',
      withMatch({ all: [{ not: { terms: ['甲'] } }] }),
      'rules[1].match.all: needs a part',
    ],
    ['a negation in any', withMatch({ any: [{ not: { terms: ['甲'] } }] }), 'rules[1].match.any[0]: '],
    [
      'deep inside',
      withMatch({ all: [{ any: [{ terms: ['甲'] }, { terms: ['\u00ad'] }] }] }),
      'rules[1].match.all[0].any[1].terms[0]: ',
    ],
    [
      'in the exclusion',
      withRule({ match: { terms: ['甲'] }, exclude: { regex: '[' } }),
      'rules[1].exclude.regex: ',
    ],
    [
      'a failing example',
      withRule({ match: { terms: ['乙'] }, examples: { hit: ['乙', '丙'] } }),
      'rules[1].examples.hit[1]: rule r1 does not hit "丙"',
    ],
    [
      'an example that is not clean',
      withRule({ match: { terms: ['乙'] }, examples: { clean: ['甲乙'] } }),
      'rules[1].examples.clean[0]: rule r1 hits "甲乙" at "乙"',
    ],
    [
      'a political rule that claims hits',
      withRule({ match: { terms: ['甲'] }, category: 'political-content' }),
      'rules[1].status: must be "proposal"',
    ],
  ])('%s', (_, pack, expected) => {
    const said = refusals(pack);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(expected);
  });

  it('says everything at once', () => {
    const pack = packOf([{ match: { terms: [' '] } }, { match: { regex: '(' } }]);
    expect(refusals(pack).map((line) => line.split(':')[0])).toEqual([
      'rules[0].match.terms[0]',
      'rules[1].match.regex',
    ]);
  });

  it('names bad JSON', () => {
    const parsed = parsePackText('{"id": ', 'organisation');
    expect(parsed.ok ? [] : parsed.errors.map(({ code }) => code)).toEqual(['pack-invalid']);
  });

  it.each([null, 3, 'x', [], {}])('never throws: %j', (json) => {
    expect(refusals(json).length).toBeGreaterThan(0);
  });

  it('refuses a tree without end before walking it', () => {
    let match: object = { terms: ['甲'] };
    for (let level = 0; level < 20_000; level++) match = { any: [match] };
    expect(refusals(packOf([{ match }]))).toEqual([': has more than 64 levels inside one another']);
  });

  it('never throws on any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => refusals(json).length > 0));
  });
});

describe('categories that only the organisation loads', () => {
  const pack = packOf([{ match: { terms: ['甲'] }, category: 'historical-nihilism', status: 'proposal' }]);
  it('are refused in a shipped pack and accepted in its own', () => {
    expect(refusals(pack, 'shipped')).toEqual([
      'rules[0].category: historical-nihilism belongs only in packs that the organisation loads',
    ]);
    expect(refusals(pack, 'organisation')).toEqual([]);
  });
});

describe('identity', () => {
  const sha = (text: string): string => {
    const parsed = parsePackText(text, 'organisation');
    return parsed.ok ? parsed.loaded.sha256 : '';
  };
  const pack = packOf([{ match: { terms: ['甲'] } }]);
  it('does not depend on spaces or the order of keys, but on every value', () => {
    const plain = JSON.stringify(pack);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(pack).reverse()), null, 2);
    expect(sha(plain)).toMatch(/^[0-9a-f]{64}$/);
    expect(sha(turned)).toBe(sha(plain));
    expect(sha(plain.replace('甲', '乙'))).not.toBe(sha(plain));
    expect(sha(`\ufeff${plain}`)).toBe(sha(plain));
  });

  it('a pack is not given twice', () => {
    const parsed = parsePack(pack, 'organisation');
    if (!parsed.ok) throw new Error('the pack is good');
    const result = compileRuleSet([parsed.loaded, parsed.loaded]);
    expect(result.ok ? [] : result.errors.map(({ path }) => path)).toEqual(['id']);
  });
});

describe('examples', () => {
  it('run in a context in which the rule applies', () => {
    const match: MatchNode = { terms: ['乙'] };
    const when: Rule['when'] = { act: ['quote'], conversationType: ['direct'], messageKind: ['file'] };
    expect(refusals(packOf([{ match, when, examples: { hit: ['乙'], clean: [] } }]))).toEqual([]);
  });
});

describe('what could never hit is refused at its place', () => {
  const flow = (match: object): object => withMatch(match);
  it.each<[string, object, string]>([
    [
      'an exclusion of everything looked for',
      withRule({ match: { terms: ['甲'] }, exclude: { any: [{ terms: ['甲', '乙'] }] } }),
      '/rules/1/exclude',
    ],
    [
      'a negation of a part',
      withMatch({ all: [{ terms: ['甲'] }, { not: { terms: ['甲'] } }] }),
      '/rules/1/match/all',
    ],
    [
      'a term that is allowed',
      withMatch({ terms: ['甲', '乙丙'], allow: ['乙丙'] }),
      '/rules/1/match/terms/1',
    ],
    [
      'a window narrower than a part',
      withMatch({ all: [{ terms: ['甲乙丙'] }, { terms: ['丁'] }], within: 2 }),
      '/rules/1/match/within',
    ],
    [
      'a flag that no finding has',
      withMatch({ detector: 'mobile', flags: { document: true } }),
      '/rules/1/match/flags/document',
    ],
    [
      'a score without a classifier',
      withMatch({ classifier: 'fraud', score: 0.8 }),
      '/rules/1/match/classifier',
    ],
    [
      'a sequence without a window',
      flow({ sequence: [{ terms: ['甲'] }, { terms: ['乙'] }] }),
      '/rules/1/match',
    ],
    ['one sender that is several', flow({ repeat: 'any', senders: 3, minutes: 5 }), '/rules/1/match/senders'],
    ['a repetition of one', flow({ repeat: 'any', atLeast: 1, minutes: 5 }), '/rules/1/match/atLeast'],
    [
      'more changes of speaker than messages',
      flow({ exchange: 'any', atLeast: 3, turns: 3, minutes: 5 }),
      '/rules/1/match/turns',
    ],
    [
      'a flow inside a text',
      withMatch({ any: [{ repeat: 'any', atLeast: 3, minutes: 5 }] }),
      '/rules/1/match/any/0',
    ],
    [
      'a time of day without length',
      withRule({ match: { terms: ['甲'] }, when: { time: { between: ['08:00', '08:00'] } } }),
      '/rules/1/when/time/between',
    ],
    [
      'no number of members',
      withRule({ match: { terms: ['甲'] }, when: { conversation: { minMembers: 9, maxMembers: 3 } } }),
      '/rules/1/when/conversation/maxMembers',
    ],
    [
      'an example of several messages that does not hit',
      withRule({
        match: { sequence: [{ terms: ['甲'] }, { terms: ['乙'] }], minutes: 5 },
        examples: { hit: [[{ text: '甲' }, { text: '乙', at: 9 }]] },
      }),
      '/rules/1/examples/hit/0',
    ],
  ])('%s', (_, pack, pointer) => {
    const parsed = parsePack(pack, 'organisation');
    const result = parsed.ok ? loadRules([parsed.loaded]) : parsed;
    expect(result.ok ? [] : result.errors.map((error) => error.pointer)).toEqual([pointer]);
  });
});
