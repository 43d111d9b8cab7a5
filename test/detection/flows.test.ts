import { describe, expect, it } from 'vitest';
import { judgeConversation } from '../../src/core/detection/judge-conversation.ts';
import { scanStream } from '../../src/core/detection/scan-stream.ts';
import type { ExampleMessage, MatchNode } from '../../src/core/rules/rule-pack.ts';
import { compiled, GROUP_POST, packOf } from './rules-fixture.ts';

type Said = readonly [sender: string, text: string, at?: number, conversation?: string];

/** Messages that make each hit of a rule with this match, as places in the conversation. */
function flowsOf(match: MatchNode, said: readonly Said[], rest: object = {}): (readonly number[])[] {
  const messages = said.map(
    ([sender, text, at, conversation = '1']): ExampleMessage => ({ sender, text, at, conversation }),
  );
  return judgeConversation(compiled(packOf([{ match, ...rest }])), messages, GROUP_POST).map(
    (hit) => hit.messages,
  );
}

const sale: MatchNode = {
  sequence: [{ terms: ['四件套'] }, { regex: '[0-9]+元' }, { detector: 'contact' }],
  minutes: 10,
};

describe('a sequence', () => {
  it.each<[string, MatchNode, Said[], number[][]]>([
    [
      'over several messages of one sender',
      sale,
      [
        ['a', '有四件套'],
        ['b', '天气好'],
        ['a', '一套500元'],
        ['a', '加微信 abc12345'],
      ],
      [[0, 2, 3]],
    ],
    ['in one message', sale, [['a', '四件套500元加微信 abc12345']], [[0]]],
    [
      'not of two senders',
      sale,
      [
        ['a', '有四件套'],
        ['b', '一套500元'],
        ['a', '加微信 abc12345'],
      ],
      [],
    ],
    [
      'of any senders where the rule says so',
      { ...sale, sender: 'any' },
      [
        ['a', '有四件套'],
        ['b', '一套500元'],
        ['a', '加微信 abc12345'],
      ],
      [[0, 1, 2]],
    ],
    [
      'not after the window',
      sale,
      [
        ['a', '有四件套', 0],
        ['a', '一套500元', 5],
        ['a', '加微信 abc12345', 10.5],
      ],
      [],
    ],
    [
      'not in two conversations',
      sale,
      [
        ['a', '有四件套'],
        ['a', '一套500元', 1, '2'],
        ['a', '加微信 abc12345', 2, '1'],
      ],
      [],
    ],
    [
      'within so many messages of the sender',
      { sequence: [{ terms: ['甲'] }, { terms: ['乙'] }], messages: 2 },
      [
        ['a', '甲'],
        ['b', '丙'],
        ['b', '丙'],
        ['a', '乙'],
        ['a', '甲'],
        ['a', '丙'],
        ['a', '乙'],
      ],
      [[0, 3]],
    ],
    [
      'in order only',
      { sequence: [{ terms: ['甲'] }, { terms: ['乙'] }], minutes: 60, ordered: true },
      [
        ['a', '乙'],
        ['a', '甲'],
        ['a', '乙'],
      ],
      [[1, 2]],
    ],
    [
      'once for each group of parts',
      { sequence: [{ terms: ['甲'] }, { terms: ['乙'] }], minutes: 60 },
      [
        ['a', '甲'],
        ['a', '乙'],
        ['a', '乙'],
        ['a', '甲'],
      ],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('%s', (_, match, said, expected) => {
    expect(flowsOf(match, said)).toEqual(expected);
  });
});

describe('a repetition', () => {
  const flood: MatchNode = { repeat: 'any', atLeast: 4, minutes: 1 };
  const many = (sender: string, from: number, count: number): Said[] =>
    Array.from({ length: count }, (_, index) => [sender, `第${index}条`, from + index * 0.1]);
  it.each<[string, MatchNode, Said[], number[][]]>([
    ['a flood', flood, many('a', 0, 5), [[0, 1, 2, 3]]],
    ['one hit in a window', flood, many('a', 0, 9), [[0, 1, 2, 3]]],
    ['not of two senders', flood, [...many('a', 0, 3), ...many('b', 0.5, 3)], []],
    [
      'one offer in three groups',
      { repeat: { terms: ['兼职'] }, conversations: 3, minutes: 60 },
      [
        ['a', '招兼职', 0, '1'],
        ['a', '招兼职', 1, '2'],
        ['b', '招兼职', 2, '3'],
        ['a', '招兼职了', 3, '3'],
      ],
      [[0, 1, 3]],
    ],
    [
      'a text from three accounts, whatever its numbers and decoration',
      { repeat: 'any', of: 'text', senders: 3, minutes: 60 },
      [
        ['a', '🔥日结佣金三百，名额有限，联系客服 10086🔥'],
        ['b', '今天开会改到下午三点，请大家准时参加'],
        ['b', '日结佣金三百，名额有限，联系客服 20099'],
        ['c', '日結佣金三百  名额有限  联系客服'],
      ],
      [[0, 2, 3]],
    ],
    [
      'but not one account three times',
      { repeat: 'any', of: 'text', senders: 3, minutes: 60 },
      [
        ['a', '日结佣金三百，名额有限，联系客服'],
        ['a', '日结佣金三百，名额有限，联系客服'],
        ['a', '日结佣金三百，名额有限，联系客服'],
      ],
      [],
    ],
    [
      'in one conversation by anybody',
      { repeat: { terms: ['举报'] }, of: 'conversation', senders: 2, minutes: 60 },
      [
        ['a', '我要举报', 0, '1'],
        ['b', '我要举报', 1, '2'],
        ['b', '我也举报', 2, '1'],
      ],
      [[0, 2]],
    ],
  ])('%s', (_, match, said, expected) => {
    expect(flowsOf(match, said)).toEqual(expected);
  });
});

describe('an exchange', () => {
  const quarrel: MatchNode = { exchange: { terms: ['滚', '傻'] }, atLeast: 4, turns: 3, minutes: 10 };
  const run: MatchNode = { exchange: 'any', exclusive: true, atLeast: 4, minutes: 60 };
  it.each<[string, MatchNode, Said[], number[][]]>([
    [
      'a quarrel of two, whatever others say',
      quarrel,
      [
        ['a', '你傻吗'],
        ['b', '滚'],
        ['c', '别吵了'],
        ['a', '你才滚'],
        ['b', '傻'],
      ],
      [[0, 1, 3, 4]],
    ],
    [
      'not one who insults alone',
      quarrel,
      [
        ['a', '傻'],
        ['a', '滚'],
        ['a', '滚'],
        ['a', '滚'],
      ],
      [],
    ],
    [
      'a private run of two',
      run,
      [
        ['a', '一'],
        ['b', '二'],
        ['a', '三'],
        ['b', '四'],
      ],
      [[0, 1, 2, 3]],
    ],
    [
      'not where a third speaks',
      run,
      [
        ['a', '一'],
        ['b', '二'],
        ['c', '三'],
        ['a', '四'],
        ['b', '五'],
      ],
      [],
    ],
    [
      'but from where the third takes part',
      run,
      [
        ['a', '一'],
        ['b', '二'],
        ['c', '三'],
        ['b', '四'],
        ['c', '五'],
      ],
      [[1, 2, 3, 4]],
    ],
  ])('%s', (_, match, said, expected) => {
    expect(flowsOf(match, said)).toEqual(expected);
  });
});

describe('what is ignored', () => {
  it.each<[string, string, number]>([
    ['words in quotation marks', '他说“出售枪支”是不对的', 0],
    ['lines that repeat others', '> 出售枪支\n收到', 0],
    ['but not the same words beside', '“你好”出售枪支', 1],
    ['a warning', '警方提醒：出售枪支将被严惩', 0],
    ['an offer', '出售枪支', 1],
  ])('%s', (_, text, hits) => {
    const match: MatchNode = { terms: ['出售枪支'] };
    expect(flowsOf(match, [['a', text]], { ignore: ['quoted', 'notice'] })).toHaveLength(hits);
  });
});

describe('in a scan', () => {
  const lines = (records: readonly object[]) =>
    async function* () {
      yield new TextEncoder().encode(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    };
  const rules = compiled(packOf([{ match: sale }]));
  const scan = async (records: readonly object[]) => {
    const report = { unapplied: [] as string[], apart: 0 };
    let out = '';
    for await (const block of scanStream(rules, lines(records)(), undefined, report)) {
      out += new TextDecoder().decode(block);
    }
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { hits: { match: string }[] });
    return { report, matches: answers.map(({ hits }) => hits.map(({ match }) => match)) };
  };
  const said = ['有四件套', '一套500元', '加微信 abc12345'];

  it('a sequence is a hit of the line that completes it', async () => {
    const records = said.map((text, id) => ({ id, text, conversation: 'g', sender: 'a', sentAt: 1e12 + id }));
    const { matches, report } = await scan(records);
    expect(matches).toEqual([[], [], ['加微信 abc12345']]);
    expect(report).toEqual({ unapplied: [], apart: 0 });
  });

  it('a rule that cannot apply is reported', async () => {
    const { matches, report } = await scan(said.map((text, id) => ({ id, text })));
    expect(matches).toEqual([[], [], []]);
    expect(report.unapplied).toEqual(['test/r0']);
  });
});
