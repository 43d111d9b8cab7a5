import { describe, expect, test } from 'vitest';
import { feishuBody } from '../../src/core/importers/chat/feishu/feishu-body.ts';
import { feishuJson } from '../../src/core/importers/chat/feishu/feishu-json.ts';
import { signalText } from '../../src/core/importers/chat/signal/signal-text.ts';
import { welinkText } from '../../src/core/importers/chat/welink/welink-text.ts';
import { encodeAs, fixture, importBytes, previews, runImporter, sniffed, tally } from './helpers.ts';

describe('Signal', () => {
  test('quotes, reactions, files', async () => {
    const run = await importBytes('Jane.txt', fixture('signal_jane.txt'));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['name:Jane Doe', 'text', 'Merry\nChristmas'],
      ['name:Me', 'quote', 'You too'],
      ['name:Jane Doe', 'image', '![IMG_1.jpg](./media/2019-12-24_IMG_1.jpg)'],
      ['name:Jane Doe', 'text', 'list: one, two'],
    ]);
    expect(run.messages[1]).toMatchObject({
      carried: [{ act: 'quote', text: 'Merry\nChristmas' }],
      extra: { reactions: 'Jane Doe: 🎄' },
      wallTime: Date.UTC(2019, 11, 24, 12, 24),
    });
    expect(run.messages[2]?.attachments).toMatchObject([
      { kind: 'image', reference: 'media/2019-12-24_IMG_1.jpg' },
    ]);
    expect(run.accounts.get('name:Me')?.fields).toEqual({ self: 'true' });
  });

  test('a line that names nobody is a notice', async () => {
    const run = await runImporter(
      signalText,
      'x.txt',
      Buffer.from('[2019-12-24, 12:23] Jane joined the group.\n'),
    );
    expect(run.messages).toMatchObject([{ kind: 'system', senderKey: null }]);
  });
});

test('WhatsApp files with dates of the same order are not taken for Signal', () => {
  expect(sniffed('x.txt', Buffer.from('[2019-04-16 02:09] Mary: a\n[2019-04-16 03:01] John: b\n')).id).toBe(
    'whatsapp-export-text',
  );
  expect(
    sniffed('x.txt', Buffer.from('[2019-04-16, 02:09:01] Mary: a\n[2019-04-16, 03:01:02] John: b\n')).id,
  ).toBe('whatsapp-export-text');
});

describe('WeLink', () => {
  test('names with numbers, several lines', async () => {
    const run = await importBytes('群聊.txt', fixture('welink.txt'));
    expect(run.messages.map(({ senderKey, senderName, text }) => [senderKey, senderName, text])).toEqual([
      ['z00123456', '张三', '第一行\n第二行'],
      ['l00123457', '李四', '单行消息'],
    ]);
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2026, 2, 31, 9, 15, 32));
  });

  test('other encodings and line ends', async () => {
    const text = fixture('welink.txt').toString('utf8').replaceAll('\n', '\r\n');
    const run = await importBytes('群聊.txt', encodeAs(text, 'gb18030'));
    expect(run.messages.map(({ text: words }) => words)).toEqual([
      '第一行\r\n第二行'.replace('\r', ''),
      '单行消息',
    ]);
  });

  test('a damaged head is named, not put into the mouth of the one above', async () => {
    const run = await runImporter(
      welinkText,
      'x.txt',
      Buffer.from(
        '甲(a1)\t2026-03-31 09:15:32\n一\n乙(b1)\t2026-0x-31 09:16\n二\n丙(c1)\t2026-03-31 09:17:00\n三\n',
      ),
    );
    expect(run.messages.map(({ text }) => text)).toEqual(['一', '三']);
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1, 'unattached-text': 1 });
  });
});

describe('Feishu', () => {
  test('a page of the interface', async () => {
    const run = await importBytes('messages.json', fixture('feishu_im_v1_messages.json'));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['ou_user1', 'text', '早上好'],
      ['ou_user2', 'text', '@李四 请看一下'],
      ['ou_user0', 'quote', '周报\n第一段链接 https://example.com \n@_user_1'],
      ['ou_user1', 'image', ''],
      ['ou_user2', 'recall', 'This message was recalled'],
      ['ou_user0', 'file', '报告.pdf'],
    ]);
    expect(run.messages[0]).toMatchObject({ instant: 1767578460000, platformId: 'om_0001' });
    expect(run.messages[2]?.refersTo).toBe('om_0001');
    expect(run.accounts.get('ou_user2')?.name).toBe('李四');
    expect(run.facts.needsZone).toBe(false);
  });

  test('received events, a line each', async () => {
    const bytes = fixture('feishu_events.jsonl');
    const run = await importBytes('events.jsonl', bytes);
    expect(run.messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', '@李四 @所有人 下班前交'],
      ['quote', '看这里 https://e.example'],
      ['link', '审批\n请**审批**\n同意\nhttps://e.example/ok'],
      ['system', '张三 invited 李四、王五 to this chat.'],
      ['text', '私聊'],
      ['location', '上海'],
    ]);
    expect(run.messages[3]?.extra).toMatchObject({
      event: { act: 'invite', actor: '张三', targets: ['李四', '王五'] },
    });
    const list = await previews(feishuJson, 'events.jsonl', bytes);
    expect(list.map(({ key, type, messages }) => [key, type, messages])).toEqual([
      ['oc_a', 'group', 5],
      ['oc_p', 'direct', 1],
    ]);
  });

  test('pages in a list; parts of a forwarded record are carried', async () => {
    const item = (id: string, more: object) => ({
      message_id: id,
      msg_type: 'text',
      create_time: '1767578460000',
      chat_id: 'oc_1',
      sender: { id: 'ou_1', id_type: 'open_id', sender_type: 'user' },
      body: { content: '{"text":"他人的话"}' },
      ...more,
    });
    const pages = [
      {
        code: 0,
        data: {
          items: [
            item('om_1', { msg_type: 'merge_forward', body: { content: 'Merged and Forwarded Message' } }),
          ],
        },
      },
      { code: 0, data: { items: [item('om_2', { upper_message_id: 'om_1' })] } },
    ];
    const run = await importBytes('pages.json', Buffer.from(JSON.stringify(pages)));
    expect(run.messages).toMatchObject([
      { kind: 'forward', senderKey: 'ou_1', forwarded: true },
      {
        kind: 'forward',
        senderKey: null,
        text: '',
        refersTo: 'om_1',
        carried: [{ act: 'forward', sender: 'ou_1', text: '他人的话' }],
      },
    ]);
  });

  test.each([
    ['hongbao', '{"text":"[红包]"}', 'red-packet', '[红包]'],
    [
      'todo',
      '{"task_id":"t","summary":{"title":"","content":[[{"tag":"text","text":"交表"}]]}}',
      'task',
      '交表',
    ],
    ['vote', '{"topic":"去哪","options":["东","西"]}', 'vote', '去哪\n东\n西'],
    ['new_type', '{"text":"x"}', 'other', 'x'],
    ['text', 'no json', 'text', 'no json'],
  ])('body of %s', (type, content, kind, text) => {
    expect(feishuBody(type, content)).toMatchObject({ kind, text });
  });
});

test.each([
  ['signal_jane.txt', 'signal-desktop-text'],
  ['welink.txt', 'welink-native-text'],
  ['feishu_im_v1_messages.json', 'feishu-im-json'],
  ['feishu_events.jsonl', 'feishu-im-json'],
])('%s is known by its content', (name, id) => {
  expect(sniffed(`export${name.slice(name.lastIndexOf('.'))}`, fixture(name)).id).toBe(id);
});
