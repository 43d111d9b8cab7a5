/** Every way a pack can be wrong: the rule, the place as JSON pointer, line and column, and what is said. */
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/core/rules/fault.ts';
import { loadRules } from '../../src/core/rules/load-rules.ts';
import { inWords, type PackError, withLines } from '../../src/core/rules/pack-error.ts';
import { parsePackText } from '../../src/core/rules/rule-pack.ts';

/** Everything said against the text of a pack. */
function errorsIn(text: string, origin: 'shipped' | 'organisation' = 'organisation'): readonly PackError[] {
  const parsed = parsePackText(text, origin);
  if (!parsed.ok) return parsed.errors;
  const result = loadRules([parsed.loaded]);
  return result.ok ? [] : withLines(result.errors, text);
}

const TITLE = { zh: '测', en: 'T' };
/** A pack with a good rule before the one given, on one line each. */
function packText(rule: object, rest: object = {}): string {
  const good = { id: 'good', category: 'fraud', title: TITLE, match: { terms: ['甲'] } };
  const whole = { id: 'bad', version: '1', title: TITLE, rules: [] as object[], ...rest };
  const head = JSON.stringify(whole).replace('"rules":[]', '"rules":[\n@good,\n@rule\n]');
  const tested = JSON.stringify({ id: 'r', category: 'fraud', title: TITLE, ...rule });
  return head.replace('@good', () => JSON.stringify(good)).replace('@rule', () => tested);
}
const withMatch = (match: unknown): string => packText({ match });
const terms = { terms: ['乙'] };

/** What is wrong, where (below the rule, or from the root), and what is said. */
type Row = readonly [name: string, text: string, pointer: string, detail: string];

const MATCH: Row[] = [
  [
    'no kind',
    withMatch({ allow: ['乙'] }),
    '/match',
    'expected exactly one of terms, detector, regex, classifier, all, any, not, sequence, repeat, exchange, got none',
  ],
  [
    'two kinds',
    withMatch({ ...terms, regex: '乙' }),
    '/match',
    'expected exactly one of terms, detector, regex, classifier, all, any, not, sequence, repeat, exchange, got terms and regex',
  ],
  [
    'a key of another kind',
    withMatch({ ...terms, within: 3 }),
    '/match/within',
    'does not belong beside "terms"',
  ],
  ['an unknown key', withMatch({ ...terms, alow: [] }), '/match/alow', 'is no key of this place'],
  ['no match', packText({}), '/match', 'is missing'],
  ['a match that is a text', withMatch('乙'), '/match', 'is not an object'],
  ['terms that are a text', withMatch({ terms: '乙' }), '/match/terms', 'is not a list'],
  ['a term that is a number', withMatch({ terms: [1] }), '/match/terms/0', 'is not a text'],
  ['no terms', withMatch({ terms: [] }), '/match/terms', 'is empty'],
  ['an empty term', withMatch({ terms: ['乙', ''] }), '/match/terms/1', 'is empty'],
  [
    'an invisible term',
    withMatch({ terms: ['\u200b'] }),
    '/match/terms/0',
    '"\u200b" has no visible character',
  ],
  [
    'an endless term',
    withMatch({ terms: ['乙'.repeat(101)] }),
    '/match/terms/0',
    'is longer than 100 characters: use a shorter part of it',
  ],
  [
    'a term that is allowed',
    withMatch({ terms: ['乙'], allow: ['乙'] }),
    '/match/terms/0',
    '"乙" stands in "allow" too, so it never counts',
  ],
  [
    'half a character',
    withMatch({ terms: ['乙\ud83d'] }),
    '/match/terms/0',
    'has half a character (a lone surrogate)',
  ],
  [
    'an unknown transform',
    withMatch({ ...terms, transforms: ['pinjin'] }),
    '/match/transforms/0',
    expect.stringMatching(/^is not one of width, case, /) as never,
  ],
  [
    'an unknown boundary',
    withMatch({ ...terms, boundary: 'line' }),
    '/match/boundary',
    'is not one of word, none',
  ],
  [
    'an unknown detector',
    withMatch({ detector: 'phone' }),
    '/match/detector',
    expect.stringMatching(/^is not one of resident-id, /) as never,
  ],
  [
    'an unknown flag',
    withMatch({ detector: 'mobile', flags: { shop: true } }),
    '/match/flags/shop',
    'is no key of this place',
  ],
  [
    'a flag that is a text',
    withMatch({ detector: 'mobile', flags: { self: 'no' } }),
    '/match/flags/self',
    'is neither true nor false',
  ],
  [
    'a flag that no finding has',
    withMatch({ detector: 'mobile', flags: { document: true } }),
    '/match/flags/document',
    'no finding of "mobile" is "document", so none would count',
  ],
  [
    'a flag that every finding has',
    withMatch({ detector: 'social-credit-code', flags: { business: false } }),
    '/match/flags/business',
    'every finding of "social-credit-code" is "business", so none would count',
  ],
  [
    'failing checks of a detector without one',
    withMatch({ detector: 'email', valid: false }),
    '/match/valid',
    '"email" has no check that could fail, so no finding would count',
  ],
  [
    'too many values',
    withMatch({ detector: 'mobile', atLeast: 1001 }),
    '/match/atLeast',
    'is more than 1000',
  ],
  [
    'half a value',
    withMatch({ detector: 'mobile', atLeast: 1.5 }),
    '/match/atLeast',
    'is not a whole number',
  ],
  [
    'a pattern that does not close',
    withMatch({ regex: '(乙' }),
    '/match/regex',
    expect.stringMatching(/^is no RE2 pattern: /) as never,
  ],
  [
    'a look-ahead',
    withMatch({ regex: '乙(?=丙)' }),
    '/match/regex',
    expect.stringMatching(/^is no RE2 pattern: /) as never,
  ],
  ['a pattern of nothing', withMatch({ regex: '乙*' }), '/match/regex', 'matches the empty text'],
  [
    'a pattern with a compound sign',
    withMatch({ regex: '5㎏' }),
    '/match/regex',
    '"㎏" is read as "kg" in texts: write that',
  ],
  [
    'a pattern without case',
    withMatch({ regex: 'A', transforms: ['case'] }),
    '/match/transforms/0',
    '"case" is not for patterns: write (?i) in the pattern',
  ],
  [
    'a pattern by sound',
    withMatch({ regex: '乙', transforms: ['pinyin'] }),
    '/match/transforms/0',
    '"pinyin" is not for patterns: use terms',
  ],
  [
    'a classifier without a score',
    withMatch({ classifier: 'fraud' }),
    '/match/score',
    'is needed beside "classifier"',
  ],
  ['a score of nothing', withMatch({ classifier: 'fraud', score: 0 }), '/match/score', 'is not above 0'],
  ['a score over 1', withMatch({ classifier: 'fraud', score: 2 }), '/match/score', 'is more than 1'],
  [
    'a classifier that is not there',
    withMatch({ classifier: 'fraud', score: 0.9 }),
    '/match/classifier',
    'there is no classifier for fraud',
  ],
  [
    'only a negation',
    withMatch({ not: terms }),
    '/match',
    '"not" stands only inside "all", beside a part that marks something',
  ],
  [
    'all of negations',
    withMatch({ all: [{ not: terms }] }),
    '/match/all',
    'needs a part other than "not", which marks something',
  ],
  [
    'a negation in any',
    withMatch({ any: [{ not: terms }] }),
    '/match/any/0',
    '"not" stands only inside "all", beside a part that marks something',
  ],
  [
    'a negation of itself',
    withMatch({ all: [terms, { not: terms }] }),
    '/match/all',
    'excludes every text that the rule looks for',
  ],
  [
    'a window too narrow',
    withMatch({ all: [{ terms: ['乙丙丁'] }, terms], within: 2 }),
    '/match/within',
    'no part of 3 characters lies inside 2',
  ],
  ['a window of nothing', withMatch({ all: [terms, terms], within: 0 }), '/match/within', 'is less than 1'],
  [
    'deep inside',
    withMatch({ all: [{ any: [terms, { terms: ['\u00ad'] }] }] }),
    '/match/all/0/any/1/terms/0',
    '"\u00ad" has no visible character',
  ],
];

const FLOWS: Row[] = [
  ['a sequence of one', withMatch({ sequence: [terms], minutes: 5 }), '/match/sequence', 'has fewer than 2'],
  [
    'a sequence of nine',
    withMatch({ sequence: Array(9).fill(terms), minutes: 5 }),
    '/match/sequence',
    'has more than 8',
  ],
  [
    'a sequence without a window',
    withMatch({ sequence: [terms, terms] }),
    '/match',
    'needs a window: "messages" or "minutes"',
  ],
  [
    'a window of one message',
    withMatch({ sequence: [terms, terms], messages: 1 }),
    '/match/messages',
    'is less than 2',
  ],
  [
    'a window of no time',
    withMatch({ sequence: [terms, terms], minutes: 0 }),
    '/match/minutes',
    'is not above 0',
  ],
  [
    'a mistake in a step',
    withMatch({ sequence: [terms, { terms: [] }], minutes: 5 }),
    '/match/sequence/1/terms',
    'is empty',
  ],
  [
    'a flow inside a text',
    withMatch({ any: [{ repeat: 'any', atLeast: 3, minutes: 5 }] }),
    '/match/any/0',
    '"repeat" stands only at the root of "match", for it looks at several messages',
  ],
  [
    'a flow as an exclusion',
    packText({ match: terms, exclude: { repeat: 'any', atLeast: 3, minutes: 5 } }),
    '/exclude',
    '"repeat" stands only at the root of "match", for it looks at several messages',
  ],
  [
    'a repetition without a window',
    withMatch({ repeat: terms, atLeast: 3 }),
    '/match/minutes',
    'needs "minutes"',
  ],
  [
    'a repetition without a number',
    withMatch({ repeat: terms, minutes: 5 }),
    '/match',
    'needs one of "atLeast", "senders", "conversations"',
  ],
  [
    'a repetition of one',
    withMatch({ repeat: 'any', atLeast: 1, minutes: 5 }),
    '/match/atLeast',
    'once is no repetition: 2 or more',
  ],
  [
    'a repetition of more than is remembered',
    withMatch({ repeat: 'any', atLeast: 1001, minutes: 5 }),
    '/match/atLeast',
    'is more than 1000',
  ],
  [
    'one sender that is several',
    withMatch({ repeat: 'any', senders: 3, minutes: 5 }),
    '/match/senders',
    'one sender is never several',
  ],
  [
    'one conversation that is several',
    withMatch({ repeat: 'any', of: 'conversation', conversations: 3, minutes: 5 }),
    '/match/conversations',
    'one conversation is never several',
  ],
  [
    'a mistake inside a repetition',
    withMatch({ repeat: { terms: ['乙'], allow: ['\u200b'] }, atLeast: 3, minutes: 5 }),
    '/match/repeat/allow/0',
    '"\u200b" has no visible character',
  ],
  [
    'an unknown key inside a repetition',
    withMatch({ repeat: { terms: ['乙'], alow: [] }, atLeast: 3, minutes: 5 }),
    '/match/repeat/alow',
    'is no key of this place',
  ],
  [
    'a repetition of another word',
    withMatch({ repeat: 'all', atLeast: 3, minutes: 5 }),
    '/match/repeat',
    'has a form that is not known here',
  ],
  [
    'an exchange without a window',
    withMatch({ exchange: 'any', turns: 3 }),
    '/match/minutes',
    'needs "minutes"',
  ],
  [
    'an exchange without a number',
    withMatch({ exchange: 'any', minutes: 3 }),
    '/match',
    'needs one of "atLeast", "turns"',
  ],
  [
    'an exchange of one',
    withMatch({ exchange: 'any', atLeast: 1, minutes: 3 }),
    '/match/atLeast',
    'an exchange has at least 2 messages',
  ],
  [
    'more turns than messages',
    withMatch({ exchange: 'any', atLeast: 3, turns: 3, minutes: 5 }),
    '/match/turns',
    '3 messages have at most 2 changes of speaker',
  ],
  [
    'more turns than are remembered',
    withMatch({ exchange: 'any', turns: 1000, minutes: 5 }),
    '/match/turns',
    '1000 messages have at most 999 changes of speaker',
  ],
  [
    'a flow of quotations',
    packText({ match: { repeat: 'any', atLeast: 3, minutes: 5 }, when: { act: ['quote'] } }),
    '/when/act',
    'a rule over several messages sees only own posts and forwards',
  ],
];

const RULE: Row[] = [
  ['no category', packText({ match: terms, category: undefined }), '/category', 'is missing'],
  [
    'an unknown category',
    packText({ match: terms, category: 'gambing' }),
    '/category',
    expect.stringMatching(/^is not one of gambling, /) as never,
  ],
  ['a severity of 6', packText({ match: terms, severity: 6 }), '/severity', 'is more than 5'],
  [
    'an unknown status',
    packText({ match: terms, status: 'maybe' }),
    '/status',
    'is not one of hit, proposal',
  ],
  ['a title in one language', packText({ match: terms, title: { zh: '测' } }), '/title/en', 'is missing'],
  [
    'an id with a space',
    packText({ match: terms, id: 'a b' }),
    '/id',
    'is no id: expected visible characters without spaces',
  ],
  ['an id twice', packText({ match: terms, id: 'good' }), '/id', '"good" stands twice'],
  [
    'a misspelt condition',
    packText({ match: terms, when: { acts: ['quote'] } }),
    '/when/acts',
    'is no key of this place',
  ],
  ['no act', packText({ match: terms, when: { act: [] } }), '/when/act', 'is empty'],
  [
    'a time of day without length',
    packText({ match: terms, when: { time: { between: ['08:00', '08:00'] } } }),
    '/when/time/between',
    'no time lies between a time and itself',
  ],
  [
    'a time that is none',
    packText({ match: terms, when: { time: { between: ['8:00', '09:00'] } } }),
    '/when/time/between/0',
    'is no time of day such as 22:30',
  ],
  [
    'a day that is none',
    packText({ match: terms, when: { time: { days: ['monday'] } } }),
    '/when/time/days/0',
    'is not one of mon, tue, wed, thu, fri, sat, sun',
  ],
  [
    'no number of members',
    packText({ match: terms, when: { conversation: { minMembers: 9, maxMembers: 3 } } }),
    '/when/conversation/maxMembers',
    'is less than "minMembers": no conversation has so many members',
  ],
  [
    'an unknown role',
    packText({ match: terms, when: { sender: { role: ['boss'] } } }),
    '/when/sender/role/0',
    'is not one of owner, admin, member',
  ],
  [
    'an exclusion of everything',
    packText({ match: terms, exclude: { terms: ['乙', '丙'] } }),
    '/exclude',
    'excludes every text that the rule looks for',
  ],
  [
    'something unknown to ignore',
    packText({ match: terms, ignore: ['jokes'] }),
    '/ignore/0',
    'is not one of quoted, notice',
  ],
  [
    'sure of what is a hit already',
    packText({ match: terms, sureFrom: 0.9 }),
    '/sureFrom',
    'has no use: only a rule of status "proposal" becomes sure',
  ],
  [
    'a political rule that claims hits',
    packText({ match: terms, category: 'political-content' }),
    '/status',
    'must be "proposal": only a human decides in category political-content',
  ],
  [
    'an example that does not hit',
    packText({ match: terms, examples: { hit: ['丙'] } }),
    '/examples/hit/0',
    'rule r does not hit "丙"',
  ],
  [
    'an example that is not clean',
    packText({ match: terms, examples: { clean: ['甲乙'] } }),
    '/examples/clean/0',
    'rule r hits "甲乙" at "乙"',
  ],
  [
    'an example of another form',
    packText({ match: terms, examples: { hit: [3] } }),
    '/examples/hit/0',
    'has a form that is not known here',
  ],
  [
    'a message of an example without text',
    packText({ match: terms, examples: { hit: [[{ sender: 'a' }]] } }),
    '/examples/hit/0/0/text',
    'is missing',
  ],
];

const below = (rows: readonly Row[]): Row[] =>
  rows.map(([name, text, pointer, detail]) => [name, text, `/rules/1${pointer}`, detail]);

const PACK: Row[] = [
  ['no rules', '{"id":"bad","version":"1","title":{"zh":"测","en":"T"},"rules":[]}', '/rules', 'is empty'],
  ['no version', '{"id":"bad","title":{"zh":"测","en":"T"},"rules":[]}', '/version', 'is missing'],
  [
    'an unknown key of the pack',
    packText({ match: terms }, { rulez: 1 }),
    '/rulez',
    'is no key of this place',
  ],
  [
    'an approval by somebody',
    packText({ match: terms }, { approval: 'boss' }),
    '/approval',
    'is not one of second-officer',
  ],
  [
    'parts that are a list',
    packText({ match: terms }, { parts: [] }),
    '/parts',
    'is not an object of match nodes',
  ],
  ['an unused part', packText({ match: terms }, { parts: { p: terms } }), '/parts/p', 'is used nowhere'],
  ['an unknown part', withMatch({ use: 'p' }), '/rules/1/match/use', 'no part "p" stands above'],
  [
    'something beside a use',
    packText({ match: { use: 'p', within: 3 } }, { parts: { p: terms } }),
    '/rules/1/match',
    'nothing stands beside "use"',
  ],
  [
    'a mistake in a part',
    packText({ match: { any: [{ use: 'p' }] } }, { parts: { p: { terms: ['\u00ad'] } } }),
    '/parts/p/terms/0',
    '"\u00ad" has no visible character',
  ],
];

/** The line on which the rule stands that is tested, and its column where nothing nearer is known. */
const RULE_LINE = 3;

describe('a bad rule is refused with its place', () => {
  it.each([...below(MATCH), ...below(FLOWS), ...below(RULE)])('%s', (_, text, pointer, detail) => {
    const errors = errorsIn(text);
    expect(errors.map((error) => [error.pack, error.rule, error.pointer, error.detail])).toEqual([
      ['bad', expect.stringMatching(/^(r|a b|good)$/), pointer, detail],
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
  it.each(PACK)('%s', (_, text, pointer, detail) => {
    expect(errorsIn(text).map((error) => [error.pointer, error.detail])).toContainEqual([pointer, detail]);
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
    const seen = [...below(MATCH), ...below(FLOWS), ...below(RULE), ...PACK].flatMap(([, text]) =>
      errorsIn(text),
    );
    for (const { key, values, detail } of seen) {
      expect(Object.keys(FAULTS)).toContain(key);
      for (const [, name] of FAULTS[key].matchAll(/\{(\w+)\}/g))
        expect(values).toHaveProperty(name as string);
      expect(detail).not.toMatch(/\{\w+\}/);
    }
  });
});
