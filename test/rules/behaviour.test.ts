/** The shipped rules of behaviour at their boundaries: one message fewer or a minute more, and nothing is found. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeConversation } from '../../src/core/detection/judge-conversation.ts';
import { TextGroups } from '../../src/core/detection/text-groups.ts';
import { sketchOf } from '../../src/core/detection/text-sketch.ts';
import { compileRuleSet } from '../../src/core/rules/compile-rules.ts';
import { type ExampleMessage, parsePackText } from '../../src/core/rules/rule-pack.ts';

const FILE = new URL('../../resources/rule-packs/behaviour.json', import.meta.url);

function behaviour() {
  const parsed = parsePackText(readFileSync(FILE, 'utf8'), 'shipped');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const result = compileRuleSet([parsed.loaded]);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.compiled;
}
const compiled = behaviour();

/** The messages of each hit of a rule, as places. */
function found(rule: string, messages: readonly Partial<ExampleMessage>[]): (readonly number[])[] {
  const said = messages.map((one) => ({ text: '', sender: 'a', conversation: '1', ...one }));
  const context = { act: 'own-post', conversationType: 'group', messageKind: 'text' } as const;
  return judgeConversation(compiled, said, context)
    .filter(({ hit }) => hit.rule === rule)
    .map((hit) => hit.messages);
}
const upTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
const times = <T>(count: number, make: (place: number) => T): T[] => upTo(count).map(make);

/** A row: what is said, and the messages of the hit; null where there is none. */
type Row = readonly [
  name: string,
  messages: readonly Partial<ExampleMessage>[],
  hit: readonly number[] | null,
];

const quarrel = (senders: string, gap: number): Partial<ExampleMessage>[] =>
  [...senders].map((sender, place) => ({
    sender,
    text: place % 2 ? '你才有病吧' : '你有病吧',
    at: place * gap,
  }));
const talk = (count: number, gap: number, third = -1): Partial<ExampleMessage>[] =>
  times(count, (place) => ({
    sender: place === third ? 'c' : place % 2 ? 'b' : 'a',
    text: `第${place}句`,
    at: place * gap,
  }));
const flood = (count: number, last: number): Partial<ExampleMessage>[] =>
  times(count, (place) => ({ text: `第${place}条`, at: (place * last) / (count - 1) }));
const ADVERT = '日结佣金三百，名额有限，加微信 abc12345 联系客服';
const advert = (senders: string, gap: number, text = ADVERT): Partial<ExampleMessage>[] =>
  [...senders].map((sender, place) => ({ sender, text, at: place * gap }));
const offers = (groups: string, gap: number): Partial<ExampleMessage>[] =>
  [...groups].map((conversation, place) => ({ conversation, text: ADVERT, at: place * gap }));
const invites = (count: number, gap: number): Partial<ExampleMessage>[] =>
  times(count, (place) => ({
    kind: 'system' as const,
    sender: 's',
    text: `小王邀请客户${place}加入了群聊`,
    at: place * gap,
  }));
const names = (count: number): string => times(count, (place) => `客户${place}`).join('、');
const offer = (gap: number, between: number): Partial<ExampleMessage>[] => [
  { text: '有实名微信号', at: 0 },
  ...times(between, (place) => ({ text: `闲话${place}`, at: gap })),
  { text: '80元一个', at: gap },
  { text: '要的加微信 abc12345', at: 2 * gap },
];

const ROWS: Record<string, readonly Row[]> = {
  quarrel: [
    ['six insults by turns', quarrel('ababab', 1), upTo(6)],
    ['five', quarrel('ababa', 1), null],
    [
      'six with three changes of speaker',
      quarrel('aaabba', 1).with(5, { sender: 'b', text: '你有病吧', at: 5 }),
      null,
    ],
    ['six with four changes', quarrel('aababb', 1).with(3, { sender: 'a', text: '你有病吧', at: 3 }), null],
    ['six in ten minutes', quarrel('ababab', 2), upTo(6)],
    ['six in more', quarrel('ababab', 2.01), null],
    ['one who insults alone', quarrel('aaaaaa', 1), null],
  ],
  'two-person-run': [
    ['thirty messages of two', talk(30, 1), upTo(30)],
    ['twenty-nine', talk(29, 1), null],
    ['thirty with a third voice in the middle', talk(30, 1, 15), null],
    ['thirty in more than half an hour', talk(30, 1.1), null],
  ],
  flood: [
    ['fifteen messages in a minute', flood(15, 1), upTo(15)],
    ['fourteen', flood(14, 1), null],
    ['fifteen in a little more', flood(15, 1.01), null],
    [
      'fifteen of two senders',
      flood(15, 1).map((one, place) => ({ ...one, sender: place % 2 ? 'b' : 'a' })),
      null,
    ],
    [
      'fifteen in two groups',
      flood(15, 1).map((one, place) => ({ ...one, conversation: String(place % 2) })),
      null,
    ],
  ],
  'same-text-many-accounts': [
    ['one advert from three accounts', advert('abc', 60), upTo(3)],
    ['from two, twice', advert('abab', 60), null],
    ['within a day', advert('abc', 720), upTo(3)],
    ['within more than a day', advert('abc', 720.5), null],
    ['everyday words of three', advert('abc', 1, '今天下午三点在二楼会议室开会，请准时'), null],
  ],
  'same-offer-many-groups': [
    ['one offer in three groups', offers('123', 30), upTo(3)],
    ['in two, twice', offers('1212', 10), null],
    ['in three in more than an hour', offers('123', 30.5), null],
  ],
  'mass-invite': [
    ['five invitations in ten minutes', invites(5, 2.5), upTo(5)],
    ['four', invites(4, 1), null],
    ['five in more', invites(5, 2.6), null],
    ['five that a person types', invites(5, 1).map((one) => ({ ...one, kind: 'text' as const })), null],
  ],
  'many-in-one-invite': [
    ['ten at once', [{ kind: 'system', text: `小王邀请${names(10)}加入了群聊` }], [0]],
    ['nine', [{ kind: 'system', text: `小王邀请${names(9)}加入了群聊` }], null],
  ],
  'goods-price-contact': [
    ['goods, price and contact in a quarter of an hour', offer(7.5, 0), [0, 1, 2]],
    ['in more', offer(7.6, 0), null],
    ['with five messages between', offer(1, 5), [0, 6, 7]],
    ['with six between', offer(1, 6), null],
    ['of two senders', offer(1, 0).map((one, place) => ({ ...one, sender: place === 1 ? 'b' : 'a' })), null],
  ],
};

describe.each(Object.entries(ROWS))('%s', (rule, rows) => {
  it.each(rows)('%s', (_, messages, hit) => {
    expect(found(rule, messages)).toEqual(hit === null ? [] : [hit]);
  });
});

it('every rule of behaviour has its boundaries here', () => {
  expect(Object.keys(ROWS)).toEqual(compiled.packs.flatMap(({ pack }) => pack.rules.map(({ id }) => id)));
});

describe('near-duplicates', () => {
  const groupsOf = (texts: readonly string[]): number => {
    const groups = new TextGroups();
    return new Set(
      texts.map((text, at) => groups.groupOf(sketchOf(text) as Uint32Array, at, Number.NEGATIVE_INFINITY)),
    ).size;
  };
  it.each<[string, string[], number]>([
    [
      'numbers and decoration',
      [`🔥${ADVERT}🔥`, ADVERT.replace('三百', '三百 '), ADVERT.replace('12345', '99')],
      1,
    ],
    ['a word changed in many', [ADVERT, ADVERT.replace('客服', '小妹')], 1],
    ['another text', [ADVERT, '本周六团建去植物园，早上八点在公司门口集合上车'], 2],
  ])('%s', (_, texts, groups) => {
    expect(groupsOf(texts)).toBe(groups);
  });

  it('eight letters are compared, seven are not', () => {
    expect(sketchOf('一二三四五六七八')).toBeDefined();
    expect(sketchOf('一二三四五六七')).toBeUndefined();
    expect(sketchOf('一二三四五六七12345678')).toBeUndefined();
  });
});
