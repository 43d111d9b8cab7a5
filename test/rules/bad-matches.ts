/** Matches that cannot be right, with their places below the rule and what is said. */
const TITLE = { zh: '测', en: 'T' };

/** A pack with a good rule before the one given, each on a line of its own: the second and the third. */
export function packText(rule: object, rest: object = {}): string {
  const good = { id: 'good', category: 'fraud', title: TITLE, match: { terms: ['甲'] } };
  const whole = { id: 'bad', version: '1', title: TITLE, rules: [] as object[], ...rest };
  const head = JSON.stringify(whole).replace('"rules":[]', '"rules":[\n@good,\n@rule\n]');
  const tested = JSON.stringify({ id: 'r', category: 'fraud', title: TITLE, ...rule });
  return head.replace('@good', () => JSON.stringify(good)).replace('@rule', () => tested);
}
export const withMatch = (match: unknown): string => packText({ match });
export const terms = { terms: ['乙'] };

/** What is wrong, where (below the rule, or from the root), and what is said. */
export type Row = readonly [name: string, text: string, pointer: string, detail: string | RegExp];

export const BAD_MATCHES: Row[] = [
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
    /^is not one of width, case, /,
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
    /^is not one of resident-id, /,
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
  ['a pattern that does not close', withMatch({ regex: '(乙' }), '/match/regex', /^is no RE2 pattern: /],
  ['a look-ahead', withMatch({ regex: '乙(?=丙)' }), '/match/regex', /^is no RE2 pattern: /],
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
