/** Rules and packs that cannot be right, with their places and what is said. */
import { BAD_FLOWS } from './bad-flows.ts';
import { BAD_MATCHES, packText, type Row, terms, withMatch } from './bad-matches.ts';

const RULE: Row[] = [
  ['no category', packText({ match: terms, category: undefined }), '/category', 'is missing'],
  [
    'an unknown category',
    packText({ match: terms, category: 'gambing' }),
    '/category',
    /^is not one of gambling, /,
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

export const IN_PACKS: Row[] = [
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
  ['an unknown part', withMatch({ use: 'p' }), '/rules/1/match/use', 'there is no part "p"'],
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

const below = (rows: readonly Row[]): Row[] =>
  rows.map(([name, text, pointer, detail]) => [name, text, `/rules/1${pointer}`, detail]);

export const IN_RULES: readonly Row[] = below([...BAD_MATCHES, ...BAD_FLOWS, ...RULE]);

export const BAD_PACKS = [...IN_RULES, ...IN_PACKS].map(([name, text]) => ({ name, text }));
