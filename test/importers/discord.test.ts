import { describe, expect, test } from 'vitest';
import { discordFileName, discordType } from '../../src/core/importers/chat/discord/discord-common.ts';
import { DiscordDates } from '../../src/core/importers/chat/discord/discord-dates.ts';
import { fixture, importBytes, tally } from './helpers.ts';

const ANNA = '900000000000000001';
const BO = '900000000000000002';

describe('JSON', () => {
  const file = 'Guild - sales - deals [900000000000000100].json';

  test('messages, replies, forwards, cards, stickers, calls and kinds of later days', async () => {
    const run = await importBytes(file, fixture(`discord/${file}`));
    expect(
      run.messages.map(({ senderKey, kind, text, refersTo }) => [senderKey, kind, text, refersTo]),
    ).toEqual([
      [null, 'system', 'Joined the server.', null],
      [ANNA, 'text', '现货，加微信 abc_1\n第二行', null],
      [BO, 'text', '多少钱', '1100000000000000002'],
      [ANNA, 'file', '', null],
      ['900000000000000003', 'text', '', null],
      [ANNA, 'forward', '', null],
      [ANNA, 'sticker', '', null],
      [ANNA, 'call', 'Started a call that lasted 3 minutes.', null],
      [ANNA, 'other', 'a kind of later days', null],
      [ANNA, 'text', 'the date does not exist', null],
    ]);
    expect(run.messages[0]).toMatchObject({ senderName: 'bo', instant: Date.UTC(2024, 2, 1, 1, 0, 0, 123) });
    expect(run.messages[1]).toMatchObject({ editedAtText: '2024-03-01T09:05:00+08:00' });
    expect(run.messages[3]?.attachments).toMatchObject([{ kind: 'file', name: '报价.xlsx', size: 18181 }]);
    expect(run.messages[4]?.carried).toEqual([
      {
        act: 'quote',
        sender: 'Shop',
        text: 'Price\n99 元\nhttps://shop.example.com\nstock\n3\ntoday',
        sentAtText: null,
      },
    ]);
    expect(run.messages[5]).toMatchObject({
      forwarded: true,
      carried: [{ act: 'forward', text: '转来的话', sentAtText: '2024-02-01T00:00:00+00:00' }],
      attachments: [{ kind: 'image', name: 'p.png' }],
    });
    expect(run.messages[8]?.extra).toEqual({ type: '77' });
    expect(run.messages[9]?.flags).toEqual(['time-unparsed']);
    expect([...run.conversations.values()]).toMatchObject([
      {
        key: '900000000000000100',
        name: 'deals',
        type: 'group',
        fields: { guild: 'Guild', category: 'sales' },
      },
    ]);
    expect(run.accounts.get(ANNA)).toMatchObject({ name: '安娜', fields: { username: 'anna' } });
    expect(run.accounts.get('900000000000000003')?.fields).toMatchObject({ bot: 'true' });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('the layout of 2019: no roles, stickers, references; numbers for kinds; no channel id', async () => {
    const old = {
      guild: { id: '0', name: 'Direct Messages' },
      channel: { type: 'DirectTextChat', name: 'bo' },
      messages: [
        {
          id: '1',
          type: '0',
          timestamp: '2019-05-01T00:00:00+00:00',
          isPinned: false,
          content: 'x',
          author: { id: '1', name: 'bo', discriminator: '0001' },
          attachments: [],
          embeds: [],
          reactions: [],
        },
      ],
      messageCount: 1,
    };
    const run = await importBytes('DM - bo [part 2].json', Buffer.from(JSON.stringify(old)));
    expect([...run.conversations.values()]).toMatchObject([{ key: 'name:bo', type: 'direct' }]);
    expect(run.accounts.get('1')).toMatchObject({ name: 'bo', fields: { username: 'bo#0001' } });
  });
});

describe('CSV', () => {
  test('the columns of today; addresses with commas; the channel from the name', async () => {
    const file = 'Guild - sales - deals [900000000000000100].csv';
    const run = await importBytes(file, fixture(`discord/${file}`));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      [null, 'system', 'Joined the server.'],
      [ANNA, 'text', '现货，加微信 "abc_1"\r\n第二行'],
      [ANNA, 'file', ''],
    ]);
    expect(run.messages[2]).toMatchObject({
      extra: { reactions: '👍 (2),ok (1)' },
      attachments: [{ name: 'a,b.xlsx' }, { name: 'p.png', kind: 'image' }],
    });
    expect([...run.conversations.keys()]).toEqual(['900000000000000100']);
    expect(run.facts.needsZone).toBe(false);
  });

  test('older dates: the order of day and month is inferred from the file', async () => {
    const run = await importBytes('old layout.csv', fixture('discord/old layout.csv'));
    expect(run.facts).toMatchObject({
      needsZone: true,
      assumptions: { dateOrder: 'MDY', dateOrderBasis: 'dates' },
    });
    expect(run.messages.map(({ wallTime }) => wallTime)).toEqual([
      Date.UTC(2021, 0, 2, 19, 33),
      Date.UTC(2021, 0, 13, 0, 5),
      Date.UTC(2021, 0, 17, 19, 33),
      null,
    ]);
  });
});

describe('text', () => {
  test('blocks, notices, a head inside a paragraph, the footer', async () => {
    const file = 'Guild - deals [900000000000000100].txt';
    const run = await importBytes(file, fixture(`discord/${file}`));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      [null, 'system', 'Joined the server.'],
      ['name:anna', 'text', '现货，加微信 abc_1\n[3/1/2024 8:00 AM] quoted is no head\n\n一段之后'],
      ['name:anna', 'file', ''],
      ['name:pricebot', 'text', ''],
      ['name:bo', 'forward', ''],
      ['name:bo', 'sticker', ''],
    ]);
    expect(run.messages[3]).toMatchObject({
      carried: [{ act: 'quote', text: 'Shop\nhttps://shop.example.com\n99 元' }],
      extra: { reactions: '👍 (2) ok' },
    });
    expect(run.conversations.get('900000000000000100')).toMatchObject({ name: 'Guild / sales / deals' });
    expect(run.facts.assumptions).toEqual({ dateOrder: 'MDY', dateOrderBasis: 'dates' });
    expect(tally(run.ranges).skipped).toBe(0);
  });
});

test.each([
  ['Guild - cat - chan [123456789012345678] [part 2].json', '123456789012345678', 'Guild - cat - chan'],
  ['Guild - chan [123456789012345678] (after 2024-01-01).csv', '123456789012345678', 'Guild - chan'],
  ['chan.txt', null, 'chan'],
])('the name %s', (file, id, name) => {
  expect(discordFileName(file)).toEqual({ id, name });
});

test.each([
  ['DirectTextChat', 'direct'],
  ['1', 'direct'],
  ['DirectGroupTextChat', 'group'],
  ['GuildTextChat', 'group'],
  ['GuildNews', 'channel'],
  ['GuildNewsThread', 'group'],
  ['', 'unknown'],
])('the channel type %s', (type, expected) => {
  expect(discordType(type)).toBe(expected);
});

test('a date order that the officer gives wins', () => {
  const dates = new DiscordDates();
  dates.note('1/2/2021 7:33 PM');
  dates.decide('DMY');
  expect(dates.read('1/2/2021 7:33 PM').wallTime).toBe(Date.UTC(2021, 1, 1, 19, 33));
});
