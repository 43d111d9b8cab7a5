/** Two exports of one chat: what both have, what one has, and what differs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Precision } from '../../src/core/domain/time-shape.ts';
import { reconcile } from '../../src/core/reconciliation/reconcile.ts';
import { comparable, type Said, similarity } from '../../src/core/reconciliation/said.ts';

const START = Date.UTC(2026, 2, 1, 1, 0, 17);
const MINUTE = 60_000;

function say(at: number, sender: string | null, text: string, more: Partial<Said> = {}): Said {
  return {
    at,
    precision: 'second',
    sender,
    platformId: null,
    kind: 'text',
    text,
    refersTo: null,
    edited: false,
    ...more,
  };
}

const TEXTS = [
  '早上好，今天的会几点',
  '十点，三楼会议室',
  '收到',
  '合同我发你邮箱了',
  '好的，收到',
  '价格能不能再低一点',
  '最低就是这个数',
  '那我再问问领导',
  '收到',
  '明天给你答复',
];

/** A chat of two people, one message a few minutes after the other. */
const chat = (): Said[] =>
  TEXTS.map((text, i) => say(START + i * 3 * MINUTE + i * 1000, i % 2 === 0 ? 'anna' : 'ben', text));

const found = (a: Said[], b: Said[]) =>
  reconcile(a, b)
    .rows.filter(({ kind }) => kind !== 'matched')
    .map(({ kind, differences, a: i, b: j }) => [
      kind,
      differences.join(),
      i === null ? null : a[i]?.text,
      j === null ? null : b[j]?.text,
    ]);

test('a recalled, an edited and a missing message are exactly those three differences', () => {
  const a = chat();
  const b = chat().flatMap((said, i) => {
    if (i === 3) return [{ ...said, kind: 'recall' as const, text: '此消息已删除' }];
    if (i === 5) return [{ ...said, text: '价格能不能再低两点', edited: true }];
    return i === 7 ? [] : [said];
  });
  expect(found(a, b)).toEqual([
    ['differs', 'recall', TEXTS[3], '此消息已删除'],
    ['differs', 'edit', TEXTS[5], '价格能不能再低两点'],
    ['only-a', '', TEXTS[7], null],
  ]);
  expect(reconcile(a, b).rows.filter(({ kind }) => kind === 'matched')).toHaveLength(7);
});

describe('the same three differences are found', () => {
  const edits = (said: Said, i: number): Said[] => {
    if (i === 3) return [{ ...said, kind: 'recall', text: '对方撤回了一条消息', sender: null }];
    if (i === 5) return [{ ...said, text: '价格能不能再低两点' }];
    return i === 7 ? [] : [said];
  };
  const kinds = (a: Said[], b: Said[]) => found(a, b).map(([kind, differences]) => `${kind} ${differences}`);
  const expected = ['differs recall', 'differs edit', 'only-a '];

  test.each<[string, number]>([
    ['no skew', 0],
    ['a clock 37 seconds ahead', 37_000],
    ['a clock 4 minutes behind', -4 * MINUTE],
    ['a zone of 8 hours', 8 * 60 * MINUTE],
  ])('with %s', (_, skew) => {
    const a = chat();
    const b = chat()
      .flatMap(edits)
      .map((said) => ({ ...said, at: (said.at ?? 0) + skew }));
    expect(kinds(a, b)).toEqual(expected);
    const { offset } = reconcile(a, b);
    expect(offset.milliseconds).toBe(skew);
    expect(offset.zoneLike).toBe(Math.abs(skew) === 8 * 60 * MINUTE);
  });

  test('when each phone calls people by other names', () => {
    const b = chat()
      .flatMap(edits)
      .map((said) => ({ ...said, sender: said.sender && `contact ${said.sender}` }));
    expect(kinds(chat(), b)).toEqual(expected);
  });

  test('when one export is exact to the minute only', () => {
    const b = chat()
      .flatMap(edits)
      .map((said) => ({
        ...said,
        at: Math.floor((said.at ?? 0) / MINUTE) * MINUTE,
        precision: 'minute' as Precision,
      }));
    expect(kinds(chat(), b)).toEqual(expected);
  });

  test('with the sides exchanged', () => {
    expect(kinds(chat().flatMap(edits), chat())).toEqual(['differs recall', 'differs edit', 'only-b ']);
  });
});

test('a recall that is a record of its own belongs to the message that it takes back', () => {
  const b = chat().map((said, i) => ({ ...said, platformId: `m${i}` }));
  const a = [
    ...b,
    say(START + 40 * MINUTE, 'ben', '', { kind: 'recall', refersTo: 'm3', platformId: 'm3_recall' }),
  ];
  expect(found(a, b)).toEqual([['differs', 'recall', TEXTS[3], TEXTS[3]]]);
});

test('equal ids are one message, however the text was edited', () => {
  const a = chat().map((said, i) => ({ ...said, platformId: `m${i}` }));
  const b = a.map((said, i) => (i === 1 ? { ...said, text: 'completely other words' } : said));
  expect(found(a, b)).toEqual([['differs', 'edit', TEXTS[1], 'completely other words']]);
});

test('one message at another time is a difference of the clock', () => {
  const b = chat().map((said, i) => (i === 3 ? { ...said, at: (said.at ?? 0) + 90 * MINUTE } : said));
  expect(found(chat(), b)).toEqual([['differs', 'clock', TEXTS[3], TEXTS[3]]]);
});

test('messages that the other export does not reach are marked so', () => {
  const rows = reconcile(chat(), chat().slice(2, 8)).rows.filter(({ kind }) => kind === 'only-a');
  expect(rows.map(({ a, outside }) => [a, outside])).toEqual([
    [0, true],
    [1, true],
    [8, true],
    [9, true],
  ]);
});

test('two missing messages of one minute are not taken for an edit', () => {
  const a = chat();
  const b = chat().map((said, i) => (i === 5 ? { ...said, text: '周末一起吃饭吗' } : said));
  expect(found(a, b)).toEqual([
    ['only-a', '', TEXTS[5], null],
    ['only-b', '', null, '周末一起吃饭吗'],
  ]);
});

test.each<[string, Said[], Said[]]>([
  ['nothing on both sides', [], []],
  ['nothing on one side', chat(), []],
])('%s', (_, a, b) => {
  expect(reconcile(a, b).rows).toHaveLength(a.length + b.length);
});

const someSaid = fc.record({
  at: fc.option(fc.integer({ min: START, max: START + 3_600_000 }), { nil: null }),
  precision: fc.constantFrom<Precision>('second', 'minute', 'millisecond'),
  sender: fc.option(fc.constantFrom('anna', 'ben'), { nil: null }),
  platformId: fc.option(fc.constantFrom('1', '2', '3', '4'), { nil: null }),
  kind: fc.constantFrom<Said['kind']>('text', 'image', 'recall', 'system'),
  text: fc.constantFrom('', '收到', '好的', 'a longer text', 'a longer texts'),
  refersTo: fc.option(fc.constantFrom<'1' | '2' | '3' | '4'>('1', '2', '4'), { nil: null }),
  edited: fc.boolean(),
});

test('every message is in exactly one row, except recalls that belong to a message of their own side', () => {
  fc.assert(
    fc.property(fc.array(someSaid, { maxLength: 40 }), fc.array(someSaid, { maxLength: 40 }), (a, b) => {
      const { rows } = reconcile(a, b);
      for (const [side, said] of [
        ['a', a],
        ['b', b],
      ] as const) {
        const places = rows.flatMap((row) => (row[side] === null ? [] : [row[side]]));
        expect(new Set(places).size).toBe(places.length);
        const ids = new Set(said.filter(({ kind }) => kind !== 'recall').map(({ platformId }) => platformId));
        const own = said.filter(
          ({ kind, refersTo }) => kind === 'recall' && refersTo !== null && ids.has(refersTo),
        );
        expect(places.length + own.length).toBe(said.length);
      }
      for (const row of rows) {
        expect(row.kind === 'only-a').toBe(row.b === null);
        expect(row.kind === 'only-b').toBe(row.a === null);
        expect(row.kind === 'differs').toBe(row.differences.length > 0);
      }
    }),
  );
});

test('a side compared with itself has no differences', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 40 }), (texts) => {
      const side = texts.map((text, i) => say(START + i * 900, i % 3 === 0 ? 'anna' : 'ben', text));
      expect(reconcile(side, side).rows.every(({ kind }) => kind === 'matched')).toBe(true);
    }),
  );
});

test('texts are compared without marks that no reader sees', () => {
  expect(comparable(say(0, 'a', '\u200e你好\u202f !\r\n'))).toBe('你好 !');
  expect(similarity('价格能不能再低一点', '价格能不能再低两点')).toBeGreaterThan(0.6);
  expect(similarity('价格能不能再低一点', '周末一起吃饭吗')).toBeLessThan(0.2);
});
