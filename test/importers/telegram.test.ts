import { describe, expect, test } from 'vitest';
import { telegramJson } from '../../src/core/importers/chat/telegram/telegram-json.ts';
import { fixture, importBytes, previews, runImporter, tally } from './helpers.ts';

const read = (value: unknown, name = 'result.json', options = {}) =>
  importBytes(name, Buffer.from(JSON.stringify(value, null, 1)), options);

describe('a single chat', () => {
  test('the real sample without ids, names or dates', async () => {
    const name = 'telegram_single_chat-miner.json';
    const run = await importBytes(name, fixture(name));
    expect(
      run.messages.map(({ senderKey, instant, text, platformId }) => [senderKey, instant, text, platformId]),
    ).toEqual([
      ['name:Author 1', 1544006350000, 'Minimal Message', null],
      ['name:Author 2', 1544006964000, 'Link:https://telegram.org/', null],
    ]);
    expect(run.facts.needsZone).toBe(false);
    expect(tally(run.ranges)).toEqual({ parsed: 411, skipped: 0, ignored: 33, skips: {} });
  });

  test('the old layout: numbers for ids, local times, a date that does not exist, nobody as sender', async () => {
    const run = await importBytes('telegram_old_layout.json', fixture('telegram_old_layout.json'));
    expect(run.facts.needsZone).toBe(true);
    expect(
      run.messages.map(({ senderKey, wallTime, kind, text, flags }) => [
        senderKey,
        wallTime,
        kind,
        text,
        flags,
      ]),
    ).toEqual([
      ['user4242', Date.UTC(2018, 2, 1, 8), 'text', 'morning', []],
      [null, Date.UTC(2018, 2, 1, 8, 1), 'system', 'Ann pinned a message', []],
      ['name:Bo', null, 'text', 'the date does not exist', ['time-unparsed']],
      ['name:Bo', Date.UTC(2018, 2, 1, 8, 3), 'sticker', '', []],
      [
        null,
        Date.UTC(2018, 2, 1, 8, 4),
        'text',
        'nobody \ufffd says this',
        ['lone-surrogate-replaced', 'sender-unknown'],
      ],
    ]);
    expect(run.messages[1]?.refersTo).toBe('1');
    expect(run.messages[3]).toMatchObject({
      extra: { sticker_emoji: '😀' },
      attachments: [{ kind: 'sticker', reference: 'stickers/s.webp' }],
    });
    expect(run.conversations.get('9000000001')).toMatchObject({ name: 'Old group', type: 'group' });
  });

  test('a Z makes an instant', async () => {
    const run = await read({
      name: 'x',
      type: 'private_group',
      id: 1,
      messages: [
        { id: 1, type: 'message', date: '2017-01-01T06:20:09.248Z', from: 'A', from_id: 19, text: 'x' },
      ],
    });
    expect(run.messages).toMatchObject([{ instant: Date.UTC(2017, 0, 1, 6, 20, 9, 248), wallTime: null }]);
  });

  test('name and id may stand behind the messages', async () => {
    const run = await read({
      messages: [{ id: 1, type: 'message', date_unixtime: '1', from: 'A', text: 'x' }],
      name: 'Late',
      type: 'personal_chat',
      id: 77,
    });
    expect([...run.conversations.values()]).toEqual([
      { key: '77', platformId: '77', name: 'Late', type: 'direct' },
    ]);
  });

  test('a chat without messages is still a chat', async () => {
    const run = await read({ name: 'Empty', type: 'private_group', id: 5, messages: [] });
    expect([...run.conversations.keys()]).toEqual(['5']);
  });
});

describe('a whole account', () => {
  const name = 'telegram_account.json';

  test('chats, left chats and contacts', async () => {
    const run = await importBytes(name, fixture(name));
    expect([...run.conversations.values()].map(({ key, name: title, type }) => [key, title, type])).toEqual([
      ['900000002', 'Mei Lin', 'direct'],
      ['1500000001', '项目群', 'group'],
      ['1600000001', '旧频道', 'channel'],
    ]);
    expect(
      run.messages.map(({ conversationKey, kind, senderKey, text }) => [
        conversationKey,
        kind,
        senderKey,
        text,
      ]),
    ).toEqual([
      ['900000002', 'text', 'user900000001', '你好'],
      ['900000002', 'text', 'user900000002', '看这个 链接，谢谢'],
      ['1500000001', 'system', null, 'Wen created the group 项目群 Wen, Mei Lin, ?'],
      ['1500000001', 'text', 'user900000002', '转发的内容'],
      ['1500000001', 'image', 'user900000009', ''],
      ['1500000001', 'vote', 'user900000001', '团建去哪\n- 山\n- 海'],
      ['1500000001', 'file', 'user900000001', ''],
      ['1600000001', 'text', 'channel1600000001', '再见'],
    ]);
    expect(run.messages[1]).toMatchObject({
      refersTo: '11',
      editedAtText: '2024-01-05T09:20:00',
      extra: { links: [{ text: '链接', href: 'https://example.com/x' }] },
    });
    expect(run.messages[3]).toMatchObject({ forwarded: true, extra: { forwarded_from: '某频道' } });
    expect(run.messages[4]).toMatchObject({
      senderName: null,
      attachments: [{ kind: 'image', reference: 'photos/photo_1.jpg', size: 20480 }],
    });
    expect(run.messages[6]?.attachments).toMatchObject([{ kind: 'file', name: '报价.xlsx', size: 18181 }]);
    expect(run.accounts.get('user900000002')).toMatchObject({
      name: 'Mei Lin',
      fields: { phone: '00861390000000' },
    });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('its chats are listed and chosen', async () => {
    expect(await previews(telegramJson, name, fixture(name))).toEqual([
      {
        key: '900000002',
        name: 'Mei Lin',
        type: 'direct',
        messages: 2,
        firstAtText: '2024-01-05T09:15:00',
        lastAtText: '2024-01-05T09:16:00',
      },
      {
        key: '1500000001',
        name: '项目群',
        type: 'group',
        messages: 5,
        firstAtText: '2024-02-01T10:00:00',
        lastAtText: '2024-02-01T10:04:00',
      },
      {
        key: '1600000001',
        name: '旧频道',
        type: 'channel',
        messages: 1,
        firstAtText: '2023-12-31T23:59:59',
        lastAtText: '2023-12-31T23:59:59',
      },
    ]);
    const run = await runImporter(telegramJson, name, fixture(name), {
      conversations: new Set(['1600000001']),
    });
    expect(run.messages.map(({ ordinal, text }) => [ordinal, text])).toEqual([[7, '再见']]);
    expect([...run.conversations.keys()]).toEqual(['1600000001']);
    const left = run.ranges.filter(({ code }) => code === 'conversation-not-selected');
    expect(left.map(({ count }) => count)).toEqual([2, 5]);
  });
});

describe('damage', () => {
  test('a cut-off file says so, and keeps every whole message', async () => {
    const bytes = fixture('telegram_account.json');
    const cut = bytes.subarray(0, bytes.indexOf('再见'));
    const run = await importBytes('result.json', cut);
    expect(run.messages.length).toBe(7);
    expect(run.facts.assumptions).toEqual({ ending: 'cut-off' });
    expect(tally(run.ranges).skips).toEqual({ truncated: 1 });
  });

  test('elements that are no messages are named', async () => {
    const run = await read({
      name: 'x',
      type: 'private_group',
      id: 1,
      messages: [5, { id: 1 }, { id: 2, type: 'message', date: '2024-01-01T00:00:00', from: 'A', text: 'x' }],
    });
    expect(run.messages.length).toBe(1);
    expect(tally(run.ranges).skips).toEqual({ 'unknown-record': 2 });
  });
});

test('who joined, lists of tasks, invoices, sizes in digits', async () => {
  const service = { type: 'service', date: '2024-01-05T09:15:00', date_unixtime: '1704417300' };
  const message = { type: 'message', date: '2024-01-05T09:16:00', from: 'A', from_id: 'user1', text: '' };
  const run = await read({
    name: 'g',
    type: 'private_group',
    id: 1,
    messages: [
      { ...service, id: 1, action: 'join_group_by_link', actor: 'Bo', actor_id: 'user2', inviter: 'A' },
      { ...message, id: 2, todo_list: { title: '清单', answers: [{ text: '报价', id: 1 }] } },
      {
        ...message,
        id: 3,
        invoice_information: { title: '定金', description: '一半', amount: 100, currency: 'CNY' },
      },
      { ...message, id: 4, file: 'a.bin', file_name: 'a.bin', file_size: '12' },
      { ...message, id: 5, file: 'b.bin', file_name: 'b.bin', file_size: -1 },
    ],
  });
  expect(run.memberships).toMatchObject([{ accountKey: 'user2', from: '2024-01-05T09:15:00', to: null }]);
  expect(run.messages.map(({ kind, text }) => [kind, text]).slice(1)).toEqual([
    ['task', '清单\n- 报价'],
    ['transfer', '定金\n一半'],
    ['file', ''],
    ['file', ''],
  ]);
  expect(run.messages.slice(3).map(({ attachments }) => attachments[0]?.size)).toEqual([12, null]);
});
