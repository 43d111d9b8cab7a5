/**
 * Everything that can be wrong with a rule pack, each under a key that the window puts into its own words
 * (locales, `faults`) and with English words for the command line. `{name}` stands for a value.
 */
export const FAULTS = {
  'json-value': 'is no JSON: {found} where a value is expected',
  'json-string': 'is no JSON: {found} begins a text that does not end, or has a wrong escape',
  'json-key': 'is no JSON: {found} where a key in quotes is expected',
  'json-colon': 'is no JSON: {found} where ":" is expected',
  'json-comma': 'is no JSON: {found} where "," or "{close}" is expected',
  'json-end': 'is no JSON: {found} after its end',
  'key-twice': '"{key}" stands twice in one object; only the last would count',
  'too-deep': 'has more than {most} levels inside one another',
  'half-character': 'has half a character (a lone surrogate)',
  missing: 'is missing',
  'not-a-text': 'is not a text',
  'not-a-number': 'is not a number',
  'not-a-whole-number': 'is not a whole number',
  'not-a-list': 'is not a list',
  'not-an-object': 'is not an object',
  'not-true-or-false': 'is neither true nor false',
  'wrong-form': 'has a form that is not known here',
  'unknown-key': 'is no key of this place',
  'not-one-of': 'is not one of {choices}',
  empty: 'is empty',
  'too-few': 'has fewer than {least}',
  'too-many': 'has more than {most}',
  'too-small': 'is less than {least}',
  'too-large': 'is more than {most}',
  'not-above': 'is not above {least}',
  'bad-id': 'is no id: expected visible characters without spaces',
  'bad-time': 'is no time of day such as 22:30',
  'id-twice': '"{id}" stands twice',
  'pack-twice': 'pack "{id}" is given twice',
  'only-proposal': 'must be "proposal": only a human decides in category {category}',
  'organisation-only': '{category} belongs only in packs that the organisation loads',
  'sure-alone': 'has no use: only a rule of status "proposal" becomes sure',
  'parts-no-object': 'is not an object of match nodes',
  'part-unused': 'is used nowhere',
  'no-part': 'there is no part "{name}"',
  'part-circle': 'is a part that uses itself: {names}',
  'use-beside': 'nothing stands beside "use"',
  'too-many-nodes': 'more than {most} nodes once the parts are put in',
  'no-kind': 'expected exactly one of {kinds}, got none',
  'two-kinds': 'expected exactly one of {kinds}, got {got}',
  misplaced: 'does not belong beside "{kind}"',
  'score-missing': 'is needed beside "classifier"',
  'no-classifier': 'there is no classifier for {category}',
  'flow-misplaced': '"{kind}" stands only at the root of "match", for it looks at several messages',
  'flow-act': 'a rule over several messages sees only own posts and forwards',
  'no-window': 'needs a window: "messages" or "minutes"',
  'no-minutes': 'needs "minutes"',
  'no-count': 'needs one of {counts}',
  'repeat-once': 'once is no repetition: 2 or more',
  'exchange-once': 'an exchange has at least 2 messages',
  'too-many-turns': '{messages} messages have at most {most} changes of speaker',
  'one-sender': 'one sender is never several',
  'one-conversation': 'one conversation is never several',
  'no-such-size': 'is less than "minMembers": no conversation has so many members',
  'empty-time': 'no time lies between a time and itself',
  'not-misplaced': '"not" stands only inside "all", beside a part that marks something',
  'only-nots': 'needs a part other than "not", which marks something',
  invisible: '"{term}" has no visible character',
  'term-too-long': 'is longer than {most} characters: use a shorter part of it',
  'allowed-term': '"{term}" stands in "allow" too, so it never counts',
  'too-narrow': 'no part of {least} characters lies inside {within}',
  contradiction: 'excludes every text that the rule looks for',
  'flag-always': 'every finding of "{detector}" is "{flag}", so none would count',
  'flag-never': 'no finding of "{detector}" is "{flag}", so none would count',
  'always-valid': '"{detector}" has no check that could fail, so no finding would count',
  'pattern-case': '"case" is not for patterns: write (?i) in the pattern',
  'pattern-transform': '"{name}" is not for patterns: use terms',
  'bad-pattern': 'is no RE2 pattern: {reason}',
  'pattern-empty': 'matches the empty text',
  'pattern-compound': '"{char}" is read as "{plain}" in texts: write that',
  'example-missed': 'rule {rule} does not hit "{text}"',
  'example-hit': 'rule {rule} hits "{text}" at "{mark}"',
} as const;

export type FaultKey = keyof typeof FAULTS;
export type FaultValues = Readonly<Record<string, string | number>>;

export interface Fault {
  readonly key: FaultKey;
  readonly values: FaultValues;
  /** In English. */
  readonly detail: string;
}

export function fault(key: FaultKey, values: FaultValues = {}): Fault {
  const detail = FAULTS[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { key, values, detail };
}

/** A fault thrown where only the caller knows the place. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(key: FaultKey, values: FaultValues = {}) {
    const one = fault(key, values);
    super(one.detail);
    this.fault = one;
  }
}

/** A fault at a place, as a path of keys. */
export interface PlacedFault {
  readonly path: readonly PropertyKey[];
  readonly fault: Fault;
}
