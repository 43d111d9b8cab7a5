/** Exporters whose source shows their layout: Wetrace for WeChat, Teams Chat Exporter; everything is made up. */
import { describe, expect, test } from 'vitest';
import { fixture, importBytes, sniffed, tally } from './helpers.ts';

const run = async (name: string) => {
  const result = await importBytes(name, fixture(name));
  expect(tally(result.ranges).skips).toEqual({});
  return result;
};

describe('Wetrace', () => {
  test('its page: ids and instants, quotes, files, places, records of notes', async () => {
    expect(sniffed('data.js', fixture('wetrace_data.js')).id).toBe('wechat-wetrace-script');
    const { messages, conversations, accounts } = await run('wetrace_data.js');
    expect([...conversations.values()]).toMatchObject([
      { key: '48123456789@chatroom', name: '项目群', type: 'group' },
    ]);
    expect(accounts.get('wxid_b')).toMatchObject({ name: '李四', fields: { self: 'true' } });
    expect(messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['wxid_a', 'text', '现货充足 [1]'],
      ['wxid_b', 'quote', '多少钱'],
      ['wxid_a', 'image', ''],
      ['wxid_a', 'location', '人民广场\n上海'],
      [null, 'recall', '"张三"撤回了一条消息'],
      ['wxid_c', 'document', '笔记\n报价'],
    ]);
    expect(messages[0]?.instant).toBe(Date.UTC(2024, 2, 4, 1, 25, 1));
    expect(messages[1]?.carried).toMatchObject([{ act: 'quote', sender: '张三', text: '现货充足' }]);
    expect(messages[2]?.attachments).toMatchObject([
      { reference: 'media/images/0123456789abcdef0123456789abcdef.jpg' },
    ]);
    expect(messages[5]?.carried).toMatchObject([{ act: 'forward', text: '记一笔' }]);
  });

  test.each(['chat_export_项目群_48123456789@chatroom.txt', 'wetrace_项目群.csv'])('%s', async (name) => {
    const { messages, conversations } = await run(name);
    expect([...conversations.values()]).toMatchObject([
      { key: '48123456789@chatroom', name: '项目群', type: 'group' },
    ]);
    expect(messages.at(0)).toMatchObject({ senderName: '张三', wallTime: Date.UTC(2024, 2, 4, 9, 25, 1) });
    expect(messages.at(1)).toMatchObject({
      senderName: '李四',
      kind: 'quote',
      text: '多少钱',
      carried: [{ act: 'quote', sender: '张三', text: '现货充足' }],
    });
    expect(messages.at(-1)).toMatchObject({ kind: 'recall', senderKey: null });
  });

  test('a line of somebody’s words that looks like a head is words', async () => {
    const { messages } = await run('chat_export_项目群_48123456789@chatroom.txt');
    expect(messages[0]?.text).toBe('现货充足\n[不是头] 2024-03-04 09:25:01');
  });
});

test('Teams Chat Exporter: answers, forwarded and deleted messages, calls, notices', async () => {
  const { messages, conversations, accounts } = await run('teams_web_exporter.json');
  expect([...conversations.values()]).toMatchObject([{ key: '19:abc@thread.v2', name: 'Sales' }]);
  expect([...accounts.keys()]).toEqual(['name:Ann Li', 'name:Bo']);
  expect(messages.map(({ senderName, kind, text, refersTo }) => [senderName, kind, text, refersTo])).toEqual([
    ['Ann Li', 'file', 'offer attached', null],
    ['Bo', 'quote', 'too much', '1715842456893'],
    ['Bo', 'forward', '', null],
    ['Ann Li', 'recall', '', null],
    [null, 'system', 'Ann Li added Dee', null],
    ['Ann Li', 'call', 'Call ended', null],
  ]);
  expect(messages[0]?.extra).toMatchObject({ edited: true });
  expect(messages[2]?.carried).toEqual([
    { act: 'forward', sender: 'Cy', text: 'call me', sentAtText: '2024-05-15T06:00:00Z' },
  ]);
  expect(messages[0]?.instant).toBe(Date.UTC(2024, 4, 16, 6, 54, 16, 893));
});

describe('signal-export', () => {
  test('data.json: quotes, files, calls, deleted messages, nobody', async () => {
    const { messages, facts, accounts } = await run('signal_export_data.json');
    expect(facts.needsZone).toBe(true);
    expect(messages.map(({ senderName, kind, text }) => [senderName, kind, text])).toEqual([
      ['Jane', 'text', 'offer at https://a.example'],
      ['Me', 'quote', 'how much?'],
      ['Jane', 'image', ''],
      ['Jane', 'call', 'Incoming voice call (accepted, 3m 2s)'],
      ['Jane', 'recall', ''],
      [null, 'text', 'who?'],
    ]);
    expect(messages[0]).toMatchObject({
      wallTime: Date.UTC(2024, 0, 5, 10),
      extra: { reactions: [['Me', '👍']] },
    });
    expect(messages[1]?.carried).toMatchObject([{ act: 'quote', text: 'offer at https://a.example' }]);
    expect(messages[5]).toMatchObject({
      flags: ['sender-unknown'],
      attachments: [{ kind: 'sticker', name: '🙂' }],
    });
    expect(accounts.get('name:Me')?.fields).toEqual({ self: 'true' });
  });

  test('its Markdown: deleted messages, calls, nobody', async () => {
    const text =
      '[2024-01-05 10:00:00] Jane: (This message was deleted)\n[2024-01-05 10:01:00] Me: Missed video call  \n[2024-01-05 10:02:00] No-Sender: hi  \n';
    const { messages } = await importBytes('chat.md', Buffer.from(text));
    expect(messages.map(({ senderName, kind }) => [senderName, kind])).toEqual([
      ['Jane', 'recall'],
      ['Me', 'call'],
      [null, 'text'],
    ]);
  });
});
