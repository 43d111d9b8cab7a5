import { describe, expect, test } from 'vitest';
import { headerTime, readHeader } from '../../src/core/importers/chat/whatsapp/whatsapp-header.ts';
import { nameFromFile } from '../../src/core/importers/chat/whatsapp/whatsapp-survey.ts';
import { whatsAppText } from '../../src/core/importers/chat/whatsapp/whatsapp-text.ts';
import { fixture, runImporter, tally } from './helpers.ts';

const read = (lines: readonly string[], name = 'WhatsApp Chat with Trade Hub.txt', options = {}) =>
  runImporter(whatsAppText, name, Buffer.from(`${lines.join('\n')}\n`), options);

describe('the fixtures', () => {
  test('iOS, Chinese', async () => {
    const run = await runImporter(
      whatsAppText,
      'whatsapp_ios_zh_chat.txt',
      fixture('whatsapp_ios_zh_chat.txt'),
    );
    expect(run.messages.map(({ senderKey, wallTime, kind }) => [senderKey, wallTime, kind])).toEqual([
      [null, Date.UTC(2022, 6, 21, 5, 11, 12), 'system'],
      ['name:Alice', Date.UTC(2022, 6, 21, 17, 11, 12), 'text'],
      ['name:Bob', Date.UTC(2022, 6, 21, 17, 12), 'image'],
    ]);
    expect(run.messages[2]?.attachments).toMatchObject([
      { kind: 'image', reference: '00000012-PHOTO-2022-07-21-17-12-00.jpg' },
    ]);
    expect(run.conversations.get('name:Alice')).toMatchObject({ name: 'Alice', type: 'direct' });
    expect(run.facts).toEqual({
      type: 'source',
      formatVersion: 'ios',
      needsZone: true,
      assumptions: { dateOrder: 'YMD', dateOrderBasis: 'dates' },
    });
  });

  test('Android, Chinese', async () => {
    const name = '与Alice的 WhatsApp 聊天.txt';
    const run = await runImporter(whatsAppText, name, fixture(name));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      [null, 'system', '消息和通话已进行端到端加密。只有此聊天中的成员可以查看、收听或分享。'],
      ['name:Alice', 'text', '早上好'],
      ['name:张三', 'other', '<省略影音内容>'],
      ['name:Alice', 'text', '第一行\n第二行'],
      ['name:Alice', 'recall', '这条消息已删除'],
    ]);
    expect(tally(run.ranges)).toEqual({ parsed: 290, skipped: 0, ignored: 0, skips: {} });
  });
});

describe('headers of every locale', () => {
  const cases: readonly (readonly [string, 'DMY' | 'MDY' | 'YMD', string, string])[] = [
    ['1/1/21, 12:00 - Ann: x', 'DMY', '2021-01-01T12:00:00', 'Ann: x'],
    ['31/12/2019, 23:59 - Ann: x', 'DMY', '2019-12-31T23:59:00', 'Ann: x'],
    ['2019/01/01, 11:25 - Ann: x', 'YMD', '2019-01-01T11:25:00', 'Ann: x'],
    ['06.08.2016, 13:18 - Ann: x', 'DMY', '2016-08-06T13:18:00', 'Ann: x'],
    ['01/02/2019, 11:25 a. m. - Ann: x', 'DMY', '2019-02-01T11:25:00', 'Ann: x'],
    ['01/02/2019, 11:25\u00a0p.\u00a0m. - Ann: x', 'DMY', '2019-02-01T23:25:00', 'Ann: x'],
    ['1/2/19, 12:25\u202fAM - Ann: x', 'MDY', '2019-01-02T00:25:00', 'Ann: x'],
    ['1/2/19, 12:25\u2009pm - Ann: x', 'MDY', '2019-01-02T12:25:00', 'Ann: x'],
    ['13.06.18 21.25.15: Ann: x', 'DMY', '2018-06-13T21:25:15', 'Ann: x'],
    ['13.6.2018 klo 21.25.15 - Ann: x', 'DMY', '2018-06-13T21:25:15', 'Ann: x'],
    ['13. 6. 2018. 21:25:15 - Ann: x', 'DMY', '2018-06-13T21:25:15', 'Ann: x'],
    ['[2018/06/13, 21:25:15] Ann: x', 'YMD', '2018-06-13T21:25:15', 'Ann: x'],
    ['[15-01-20 02:22:56] Ann: x', 'DMY', '2020-01-15T02:22:56', 'Ann: x'],
    ['[2022/7/21 下午5:11:12] Ann: x', 'YMD', '2022-07-21T17:11:12', 'Ann: x'],
    ['[2022/7/21 凌晨12:11:12] Ann: x', 'YMD', '2022-07-21T00:11:12', 'Ann: x'],
    ['[2022/7/21 中午12:11:12] Ann: x', 'YMD', '2022-07-21T12:11:12', 'Ann: x'],
    ['\u200e[2022/07/21 午後5:11:12] Ann: x', 'YMD', '2022-07-21T17:11:12', 'Ann: x'],
    ['2018. 6. 13. 오후 9:25 - Ann: x', 'YMD', '2018-06-13T21:25:00', 'Ann: x'],
    ['2018年6月13日 下午9:25 - Ann: x', 'YMD', '2018-06-13T21:25:00', 'Ann: x'],
    ['13/6/2561 21:25 - Ann: x', 'DMY', '2018-06-13T21:25:00', 'Ann: x'],
    ['١٣‏/٦‏/٢٠١٨، ٩:٢٥ م - Ann: x', 'DMY', '2018-06-13T21:25:00', 'Ann: x'],
    ['[2019-04-16 02:09:10 PM] - Ann: x', 'YMD', '2019-04-16T14:09:10', 'Ann: x'],
    ['19-04-16, 14:09 - Ann: x', 'YMD', '2019-04-16T14:09:00', 'Ann: x'],
    ['[13.06.18, 21:25:15] Ann: x', 'DMY', '2018-06-13T21:25:15', 'Ann: x'],
  ];
  test.each(cases)('%s', (line, order, iso, rest) => {
    const header = readHeader(line);
    expect(header).not.toBeNull();
    if (header === null) return;
    expect(new Date(headerTime(header, order) as number).toISOString()).toBe(`${iso}.000Z`);
    expect(line.slice(header.restAt)).toBe(rest);
  });

  test.each([
    '12:00 we meet',
    '1. buy milk 2. buy eggs',
    '3/4 cup of sugar, then stir',
    '[photo] look at 10:30',
    '2024-01-05 09:15:00 张三',
    '+86 138 0000 0000: hello',
    '',
  ])('no header: %s', (line) => {
    expect(readHeader(line)).toBeNull();
  });
});

describe('the order of day and month', () => {
  const dates = (...values: string[]): string[] => values.map((value) => `${value}, 10:00 - Ann: x`);
  test.each([
    ['a day above 12 decides', dates('1/2/21', '13/2/21'), 'DMY', 'dates'],
    ['a day above 12 in the second place', dates('1/2/21', '1/13/21'), 'MDY', 'dates'],
    ['the year first', dates('2021/1/2', '2021/1/3'), 'YMD', 'dates'],
    ['time that runs forward', dates('1/2/21', '2/2/21', '1/3/21'), 'DMY', 'sequence'],
    ['time that runs forward, the other way', dates('1/2/21', '1/3/21', '2/1/21'), 'MDY', 'sequence'],
    ['nothing decides, dots', dates('1.2.21'), 'DMY', 'usual'],
    ['nothing decides, zeros before', dates('01/02/2021'), 'DMY', 'usual'],
    [
      'one impossible date does not turn the file',
      [...dates('1/2/21', '2/14/21', '2/15/21'), '31/2/21, 10:00 - Ann: x'],
      'MDY',
      'dates',
    ],
  ])('%s', async (_name, lines, order, basis) => {
    const run = await read(lines);
    expect(run.facts.assumptions).toEqual({ dateOrder: order, dateOrderBasis: basis });
  });

  test('short dates without zeros in an English file are American', async () => {
    const run = await read([
      '1/2/21, 10:00 - Messages and calls are end-to-end encrypted.',
      '1/2/21, 10:01 - Ann: x',
    ]);
    expect(run.facts.assumptions).toMatchObject({ dateOrder: 'MDY', dateOrderBasis: 'usual' });
  });

  test('the officer may say it', async () => {
    const run = await read(['1/2/21, 10:00 - Ann: x'], undefined, { mapping: { dateOrder: 'MDY' } });
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2021, 0, 2, 10));
  });

  test('a date that no order allows: the message is kept and flagged', async () => {
    const run = await read(['13/1/21, 10:00 - Ann: a', '30/2/21, 10:01 - Ann: b', '13/1/21, 25:61 - Ann: c']);
    expect(run.messages.map(({ text, wallTime, flags }) => [text, wallTime, flags])).toEqual([
      ['a', Date.UTC(2021, 0, 13, 10), []],
      ['b', null, ['time-unparsed']],
      ['c', null, ['time-unparsed']],
    ]);
  });
});

describe('senders and notices', () => {
  test('lines without a sender are notices', async () => {
    const run = await read([
      '13/1/21, 10:00 - Ann created group "Deals: cheap & good"',
      '13/1/21, 10:01 - Ann changed the subject from "A: b" to "C: d"',
      "13/1/21, 10:02 - Bob joined using this group's invite link",
      '13/1/21, 10:03 - 张三更改了群组名称为“甲: 乙”',
      '13/1/21, 10:04 - Ann: not: a notice',
    ]);
    expect(run.messages.map(({ kind, senderKey }) => [kind, senderKey])).toEqual([
      ['system', null],
      ['system', null],
      ['system', null],
      ['system', null],
      ['text', 'name:Ann'],
    ]);
    expect(run.messages[4]?.text).toBe('not: a notice');
  });

  test('empty messages, with and without a space behind the colon', async () => {
    const run = await read(['13/1/21, 10:00 - Ann:', '13/1/21, 10:01 - Ann: ', '13/1/21, 10:02 - Ann: x']);
    expect(run.messages.map(({ senderKey, text }) => [senderKey, text])).toEqual([
      ['name:Ann', ''],
      ['name:Ann', ''],
      ['name:Ann', 'x'],
    ]);
  });

  test('numbers are ids; direction marks and odd spaces do not make other people', async () => {
    const run = await read([
      '13/1/21, 10:00 - \u202a+86 138-0000 0000\u202c: a',
      '13/1/21, 10:01 - +86 138-0000\u00a00000: b',
      '13/1/21, 10:02 - \u200eAnn\u00a0Lee: c',
    ]);
    expect([...run.accounts.values()]).toEqual([
      {
        key: '+8613800000000',
        platformId: '+8613800000000',
        name: '+86 138-0000 0000',
        fields: { phone: '+86 138-0000 0000' },
      },
      { key: 'name:Ann Lee', platformId: null, name: 'Ann Lee' },
    ]);
  });

  test('a name with a colon is one where a notice shows it, and only then', async () => {
    const shown = await read([
      '13/1/21, 10:00 - Team: Ops: hello',
      '13/1/21, 10:01 - Team: Ops left',
      '13/1/21, 10:02 - Bob: Price: 5',
    ]);
    expect(shown.messages.map(({ senderKey, text }) => [senderKey, text])).toEqual([
      ['name:Team: Ops', 'hello'],
      [null, 'Team: Ops left'],
      ['name:Bob', 'Price: 5'],
    ]);
    expect(shown.facts.assumptions.namesWithColon).toBe('Team: Ops');
    const orders = await read(
      Array.from({ length: 30 }, (_, i) => `13/1/21, 10:${10 + i} - Bob: Order: ${i}`),
    );
    expect([...orders.accounts.keys()]).toEqual(['name:Bob']);
  });

  test("an iOS group's own lines are notices", async () => {
    const run = await read(
      [
        '[13/1/21, 10:00:00] Deals: \u200eMessages and calls are end-to-end encrypted.',
        '[13/1/21, 10:00:01] Deals: \u200eAnn created this group',
        '[13/1/21, 10:00:02] Ann: \u200eAnn added Bob',
        '[13/1/21, 10:00:03] Ann: \u200eimage omitted',
        '[13/1/21, 10:00:04] Bob: I added sugar',
      ],
      '_chat.txt',
    );
    expect(run.messages.map(({ kind, senderKey }) => [kind, senderKey])).toEqual([
      ['system', null],
      ['system', null],
      ['system', null],
      ['image', 'name:Ann'],
      ['text', 'name:Bob'],
    ]);
    expect([...run.conversations.values()]).toMatchObject([
      { key: 'name:Deals', name: 'Deals', type: 'group' },
    ]);
  });
});

describe('text', () => {
  test('continuation lines, blank ones among them, and what only looks like a header', async () => {
    const run = await read([
      '13/1/21, 10:00 - Ann: first',
      '',
      '1/2 cup of milk',
      '[09:15, 1/5/2024] Bob: pasted from the web',
      '13/1/21, 10:01 - Bob: next\u2028still the same line',
      '',
    ]);
    expect(run.messages.map(({ text }) => text)).toEqual([
      'first\n\n1/2 cup of milk\n[09:15, 1/5/2024] Bob: pasted from the web',
      'next\u2028still the same line',
    ]);
    expect(run.ranges.at(-1)?.code).toBe('blank');
  });

  const media: readonly (readonly [string, string, string | null])[] = [
    ['<Media omitted>', 'other', null],
    ['<省略影音内容>', 'other', null],
    ['\u200eimage omitted', 'image', null],
    ['圖片已略去', 'image', null],
    ['\u200evideo omitted', 'video', null],
    ['sticker omitted', 'sticker', null],
    ['audio omitted', 'voice', null],
    ['\u200e<attached: 00000012-AUDIO-2022-07-21.opus>', 'voice', '00000012-AUDIO-2022-07-21.opus'],
    ['< attached: X.pdf >', 'file', 'X.pdf'],
    ['<附件：报价.xlsx>', 'file', '报价.xlsx'],
    ['IMG-20210101-WA0001.jpg (file attached)', 'image', 'IMG-20210101-WA0001.jpg'],
    ['IMG-20210101-WA0001.jpg (Datei angehängt)\nmit Text', 'image', 'IMG-20210101-WA0001.jpg'],
    ['Bob.vcf (file attached)', 'contact', 'Bob.vcf'],
    ['STK-20210101-WA0001.webp (file attached)', 'sticker', 'STK-20210101-WA0001.webp'],
    ['This message was deleted', 'recall', null],
    ['此訊息已刪除', 'recall', null],
    ['你已刪除此訊息', 'recall', null],
    ['Missed voice call', 'call', null],
    ['location: https://maps.google.com/?q=1,2', 'location', null],
    ['\u200ePOLL:\nLunch?\n\u200eOPTION: Yes (1 vote)', 'vote', null],
    ['I omitted the image', 'text', null],
    ['<3', 'text', null],
    ['was this message was deleted?', 'text', null],
  ];
  test.each(media)('%s', async (text, kind, file) => {
    const run = await read([`13/1/21, 10:00 - Ann: ${text}`]);
    expect(run.messages).toMatchObject([{ kind, text }]);
    expect(run.messages[0]?.attachments.map(({ reference }) => reference)).toEqual(
      file === null ? [] : [file],
    );
  });

  test('an edited message says so', async () => {
    const run = await read(['13/1/21, 10:00 - Ann: x \u200e<This message was edited>']);
    expect(run.messages).toMatchObject([
      { text: 'x \u200e<This message was edited>', extra: { edited: true } },
    ]);
  });
});

describe("the chat's name", () => {
  test.each([
    ['WhatsApp Chat with Trade Hub.txt', 'Trade Hub', true],
    ['WhatsApp Chat with Trade Hub(1).txt', 'Trade Hub', true],
    ['WhatsApp Chat - Trade Hub.txt', 'Trade Hub', true],
    ['WhatsApp Chat mit Anna.txt', 'Anna', true],
    ['与Alice的 WhatsApp 聊天.txt', 'Alice', true],
    ['與Alice的WhatsApp對話.txt', 'Alice', true],
    ['Chat de WhatsApp con Ana.txt', 'Ana', true],
    ['Conversa do WhatsApp com Ana.txt', 'Ana', true],
    ['_chat.txt', null, false],
    ['lorem.txt', 'lorem', false],
  ])('%s', (file, name, certain) => {
    expect(nameFromFile(file)).toEqual({ name, certain });
  });

  test('two unnamed files of different people are different chats', async () => {
    const one = await read(['13/1/21, 10:00 - Ann: x', '13/1/21, 10:00 - Bob: x'], '_chat.txt');
    const two = await read(['13/1/21, 10:00 - Ann: x', '13/1/21, 10:00 - Eve: x'], '_chat.txt');
    expect([...one.conversations.keys(), ...two.conversations.keys()]).toEqual([
      'name:Ann, Bob',
      'name:Ann, Eve',
    ]);
  });
});

describe('damage', () => {
  test('text before the first header is named', async () => {
    const run = await read(['lost words', '', '13/1/21, 10:00 - Ann: x']);
    expect(run.messages.length).toBe(1);
    expect(tally(run.ranges).skips).toEqual({ 'unattached-text': 1 });
  });

  test('a damaged header is named, not put into the mouth of the person above', async () => {
    const lines = [
      '13/1/21, 10:00 - Ann: a',
      '13/1/21, 10:01 - Bob: b',
      '13/1#21, 10x02 - Bob: c',
      '13/1/21, 10',
      '13/1/21, 10:03 - An',
      '14/1/21, 10:04 - Ann: d',
    ];
    const run = await read(lines);
    expect(run.messages.map(({ text }) => text)).toEqual(['a', 'b', 'd']);
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 3 });
  });

  test('a file that is no chat is all named', async () => {
    const run = await runImporter(whatsAppText, 'x.txt', Buffer.from('a\nb\n'));
    expect(run.messages).toEqual([]);
    expect(tally(run.ranges).skips).toEqual({ 'unattached-text': 2 });
  });

  test('a line beyond the limit is skipped and reading goes on behind it', async () => {
    const long = 'x'.repeat(17 << 20);
    const run = await read(['13/1/21, 10:00 - Ann: a', long, '13/1/21, 10:01 - Ann: b']);
    expect(run.messages.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(tally(run.ranges).skips).toEqual({ 'line-too-long': 1 });
  });
});
