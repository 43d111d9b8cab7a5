/** Rules over several messages that cannot be right. */
import { packText, type Row, terms, withMatch } from './bad-matches.ts';

export const BAD_FLOWS: Row[] = [
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
