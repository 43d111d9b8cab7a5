import { describe, expect, test } from 'vitest';
import { dayOf, isBrokenDate, lineDate, lineTime } from '../../src/core/importers/chat/line/line-dates.ts';
import { lineEvent, lineTitle } from '../../src/core/importers/chat/line/line-notices.ts';
import { lineText } from '../../src/core/importers/chat/line/line-text.ts';
import { encodeAs, fixture, importBytes, type Run, runImporter, sniffed, tally } from './helpers.ts';

const rows = (run: Run) =>
  run.messages.map(({ senderKey, wallTime, kind, text }) => [
    senderKey,
    wallTime === null ? null : new Date(wallTime).toISOString().slice(0, 16),
    kind,
    text,
  ]);

const read = (text: string, name = '[LINE]X.txt', options = {}) =>
  runImporter(lineText, name, Buffer.from(text), options);

test('English, a group', async () => {
  const run = await importBytes('line_en_group.txt', fixture('line_en_group.txt'));
  expect(rows(run)).toEqual([
    ['name:Alice', '2024-01-02T15:04', 'text', 'hello line'],
    ['name:Bob', '2024-01-02T15:05', 'sticker', '[Sticker]'],
    [null, '2024-01-02T15:06', 'system', 'Alice joined the group'],
  ]);
  expect(run.messages[0]?.sentAtText).toBe('2024.01.02 Tuesday 03:04PM');
  expect(run.messages[2]?.extra).toEqual({ event: { act: 'join', actor: 'Alice', targets: [] } });
  expect(run.memberships).toMatchObject([{ accountKey: 'name:Alice', from: '2024.01.02 Tuesday' }]);
  expect(run.conversations.get('name:Project Team')).toMatchObject({ type: 'group' });
  expect(tally(run.ranges).skipped).toBe(0);
});

test('traditional Chinese, a direct chat: half days, quoted lines, a message taken back', async () => {
  const run = await importBytes('line_zh-TW_private.txt', fixture('line_zh-TW_private.txt'));
  expect(rows(run)).toEqual([
    ['name:王小明', '2024-01-05T09:15', 'text', '早安'],
    ['name:我', '2024-01-05T09:16', 'text', '早~'],
    ['name:王小明', '2024-01-05T13:02', 'text', '第一行\n第二行'],
    ['name:王小明', '2024-01-05T13:02', 'sticker', '[貼圖]'],
    ['name:王小明', '2024-01-05T13:05', 'recall', '王小明已收回訊息'],
    ['name:我', '2024-01-06T00:30', 'text', '晚安'],
  ]);
  expect(run.conversations.get('name:王小明')).toMatchObject({ type: 'direct' });
});

test('Japanese: eras, quotes inside quotes, a quote that nobody closes, lines without a name', async () => {
  const text = fixture('line_quoted.txt').toString('utf8');
  for (const bytes of [Buffer.from(text), encodeAs(text.replaceAll('\n', '\r\n'), 'utf-16le-bom')]) {
    const run = await importBytes('x.txt', bytes);
    expect(rows(run)).toEqual([
      ['name:王小明', '2025-02-08T09:00', 'text', '一行目\n09:01\t花子\tこれは引用の中\n「中の "引用" も」'],
      ['name:花子', '2025-02-08T09:02', 'text', '"閉じない引用'],
      ['name:王小明', '2025-02-08T09:03', 'text', '普通'],
      ['name:花子', '2025-02-09T00:05', 'call', '☎ 通話時間 0:30'],
      ['name:花子', '2025-02-09T10:00', 'recall', '花子がメッセージの送信を取り消しました'],
      [null, '2025-02-09T10:01', 'system', '王小明が太郎を招待しました。'],
    ]);
  }
});

describe('spaces instead of tabs', () => {
  test('a name of several words is known by what follows it', async () => {
    const run = await importBytes('line_windows_names.txt', fixture('line_windows_names.txt'));
    expect(run.messages.map(({ senderName, text }) => [senderName, text])).toEqual([
      ['John Smith', 'Hello there'],
      ['Mary Ann Lee', 'Hi John, how are you'],
      ['John Smith', '[Photo]'],
      ['Mary Ann Lee', '[Sticker]'],
      ['Bob', 'ok'],
      [null, 'Bob joined the group'],
      ['John Smith', 'good\nmorning'],
    ]);
    expect(run.facts.assumptions).toEqual({
      dateOrder: 'MDY',
      dateOrderBasis: 'dates',
      names: 'Mary Ann Lee, John Smith, Bob',
    });
  });

  test('a name of several words is known by how often it begins a line', async () => {
    const words = ['yes', 'no', 'why not', 'see you', 'later then', 'fine', 'I think so', 'who knows'];
    const lines = words.flatMap((word, i) => [
      `10:0${i} Anna Berg ${word}`,
      `10:0${i} Anna Holm ${word}`,
      `10:0${i} Bo ${word}`,
    ]);
    const run = await read(`2024.01.02 Tuesday\n${lines.join('\n')}\n`);
    expect([...run.accounts.keys()]).toEqual(['name:Anna Berg', 'name:Anna Holm', 'name:Bo']);
  });

  test('one word otherwise', async () => {
    const run = await importBytes('line_windows_en.txt', fixture('line_windows_en.txt'));
    expect(rows(run)).toEqual([
      ['name:Bob', '2017-09-03T16:23', 'text', 'Today I found something:\nApparently there is a parser now!'],
      ['name:Alice', '2017-09-03T16:25', 'text', 'Whaaat'],
      ['name:Alice', '2018-04-16T12:00', 'text', 'hello'],
    ]);
  });
});

test('a message before any day has no time', async () => {
  const run = await read('[LINE] Chat history with A\n15:04\tA\thi\n');
  expect(run.messages).toMatchObject([{ sentAtText: '15:04', flags: ['time-unparsed'] }]);
});

test('day before month where the dates show it, or where it is given', async () => {
  const text = (date: string): string => `${date}\n10:00\tA\tx\n`;
  expect((await read(text('Fri, 30/1/2026'))).messages[0]?.wallTime).toBe(Date.UTC(2026, 0, 30, 10));
  expect((await read(text('Sun, 2/1/2026'))).messages[0]?.wallTime).toBe(Date.UTC(2026, 1, 1, 10));
  expect(
    (await read(text('Sun, 2/1/2026'), 'x.txt', { mapping: { dateOrder: 'DMY' } })).messages[0]?.wallTime,
  ).toBe(Date.UTC(2026, 0, 2, 10));
});

test.each([
  ['2024/01/05（五）', '2024-01-05'],
  ['2023/12/01(週五)', '2023-12-01'],
  ['2018/04/16(Mon)', '2018-04-16'],
  ['2018/04/16(月)', '2018-04-16'],
  ['2024/1/2週二', '2024-01-02'],
  ['2024.01.02 Tuesday', '2024-01-02'],
  ['Fri, 1/30/2026', '2026-01-30'],
  ['R7/02/09(日)', '2025-02-09'],
  ['令和元年5月1日', '2019-05-01'],
  ['2024年1月5日(金)', '2024-01-05'],
  ['2567/01/05(ศ.)', '2024-01-05'],
])('date line %s', (line, iso) => {
  const date = lineDate(line);
  expect(date === null ? null : new Date(dayOf(date, 'MDY') as number).toISOString().slice(0, 10)).toBe(iso);
});

test.each([
  '2024/01/05 is the day',
  '3/4',
  '10:00\tA\tx',
  '2024/01/05（五）see you then at nine o clock',
  '',
])('no date line: %s', (line) => {
  expect(lineDate(line)).toBeNull();
});

test.each([
  ['上午09:15\tA', 9],
  ['午後03:40\tA', 15],
  ['03:04PM\tA', 15],
  ['12:10 AM A', 0],
  ['23:59\tA', 23],
  ['오후 1:05\tA', 13],
])('time %s', (line, hour) => {
  expect(lineTime(line)?.clock?.hour).toBe(hour);
});

test.each([
  ['[LINE] Chat history with Ann', 'Ann', 'direct'],
  ['[LINE] Chat history in Team', 'Team', 'group'],
  ['[LINE] 與王小明的聊天記錄', '王小明', 'direct'],
  ['[LINE] 与小明的聊天记录', '小明', 'direct'],
  ['[LINE] 家族的聊天', '家族', 'group'],
  ['[LINE] 花子とのトーク履歴', '花子', 'direct'],
  ['[LINE] 部室のトーク履歴', '部室', 'group'],
  ['[LINE] ประวัติการสนทนากับ สมชาย', 'สมชาย', 'direct'],
])('title %s', (line, name, type) => {
  expect(lineTitle(line)).toEqual({ name, type });
});

test.each([
  ['Ann invited Bob to the group', 'invite', 'Ann', ['Bob']],
  ['花子が太郎を招待しました。', 'invite', '花子', ['太郎']],
  ['小明邀請小華加入', 'invite', '小明', ['小華']],
  ['小明已退出群組', 'leave', '小明', []],
  ['Ann unsent a message.', 'recall', 'Ann', []],
])('notice %s', (text, act, actor, targets) => {
  expect(lineEvent(text)).toEqual({ act, actor, targets });
});

test.each([
  'line_en_group.txt',
  'line_ja_group.txt',
  'line_zh-TW_private.txt',
  'line_windows_en.txt',
  'line_windows_names.txt',
  'line_quoted.txt',
])('%s is known by its content', (name) => {
  expect(sniffed('export.txt', fixture(name)).id).toBe('line-native-text');
});

test.each([
  ['[LINE] Chat history with Ann\nSaved on: 2026/01/10 12:00\n\n', '\t', '2026/01/05 Mon', '20?6/01/07 Wed'],
  ['', ' ', '2026.01.05 Monday', '2026.0\ufffd.07 Wednesday'],
])(
  'a day that damage made unreadable: what follows is not of the day before',
  async (head, by, day, broken) => {
    const next = day.replace('05', '08');
    const text = [
      `${head}${day}`,
      `10:00${by}Ann${by}hello`,
      `10:01${by}Bob${by}hi`,
      '',
      broken,
      `09:00${by}Ann${by}later`,
      '',
      next,
      `09:00${by}Ann${by}after`,
      '',
    ].join('\n');
    const run = await runImporter(lineText, '[LINE]X.txt', Buffer.from(text));
    expect(run.messages.map((message) => [message.text, message.sentAtText, message.flags])).toEqual([
      ['hello', `${day} 10:00`, []],
      ['hi', `${day} 10:01`, []],
      ['later', `${broken} 09:00`, ['time-unparsed']],
      ['after', `${next} 09:00`, []],
    ]);
  },
);

test.each(['2026/01/8-9', 'Total: 2026', '3/4, 5/6?', '20:30?'])('words, no broken day: %s', (text) => {
  expect(isBrokenDate(text, '2026/01/05 Mon')).toBe(false);
});
