/** Traits of exporters' files that the fixtures do not have, found in the exporters' own sources. */
import { describe, expect, test } from 'vitest';
import { importBytes } from './helpers.ts';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('Telegram Desktop', () => {
  const of = (...messages: unknown[]) =>
    importBytes('result.json', json({ name: 'Team', type: 'private_group', id: 5, messages }));

  test('a message that the exporter could not show is one, without time and sender', async () => {
    const run = await of(
      { id: 1, type: 'unsupported' },
      { id: 2, type: 'message', date: '2024-01-05T10:00:00', from: 'Ann', from_id: 'user1', text: 'hi' },
    );
    expect(run.messages.map(({ platformId, kind, flags }) => [platformId, kind, flags])).toEqual([
      ['1', 'other', ['time-unparsed', 'sender-unknown']],
      ['2', 'text', []],
    ]);
  });

  test.each([
    ['(File not included. Change data exporting settings to download.)'],
    ['(File unavailable, please try again later)'],
  ])('%s is no path', async (file) => {
    const run = await of({
      id: 1,
      type: 'message',
      date: '2024-01-05T10:00:00',
      from: 'Ann',
      from_id: 'user1',
      file,
      file_name: 'plan.pdf',
      text: '',
    });
    expect(run.messages[0]).toMatchObject({
      kind: 'file',
      attachments: [{ name: 'plan.pdf', reference: null }],
    });
  });

  test('the edit of 1970 of old exports is none; an answer to another chat points at no message of this one', async () => {
    const run = await of(
      {
        id: 1,
        type: 'message',
        date: '2018-10-01T10:00:00',
        edited: '1970-01-01T03:00:00',
        from: 'Ann',
        from_id: 1,
        text: 'hi',
      },
      {
        id: 2,
        type: 'message',
        date: '2018-10-01T10:01:00',
        from: 'Ann',
        from_id: 1,
        reply_to_message_id: 1,
        reply_to_peer_id: 'channel9',
        text: 'ho',
      },
    );
    expect(run.messages.map(({ editedAtText, refersTo }) => [editedAtText, refersTo])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(run.messages[1]?.extra).toMatchObject({ reply_to_message_id: 1, reply_to_peer_id: 'channel9' });
  });
});

describe('LINE', () => {
  test('for computers: media words without brackets, and messages taken back behind a name', async () => {
    const run = await importBytes(
      'LINE.txt',
      Buffer.from(
        '2025.12.30 火曜日\n23:43 natsumi スタンプ\n23:47 taichi わ！\n見ます!\n23:48 natsumi 写真\n23:49 taichi メッセージの送信を取り消しました\n',
      ),
    );
    expect(run.messages.map(({ senderKey, kind }) => [senderKey, kind])).toEqual([
      ['name:natsumi', 'sticker'],
      ['name:taichi', 'text'],
      ['name:natsumi', 'image'],
      ['name:taichi', 'recall'],
    ]);
  });

  test('on phones a word without brackets is a word', async () => {
    const run = await importBytes(
      'LINE.txt',
      Buffer.from(
        '[LINE] Aとのトーク履歴\n保存日時：2025/12/30 23:50\n\n2025/12/30(火)\n23:43\tA\t写真\n23:44\tB\t[写真]\n',
      ),
    );
    expect(run.messages.map(({ kind }) => kind)).toEqual(['text', 'image']);
  });
});

describe('ChatLab as WeFlow writes it while it reads', () => {
  test('the header stands in two lines', async () => {
    const lines = [
      { _type: 'chatlab', version: '1.0', generator: 'WeFlow' },
      { _type: 'meta', name: '项目群', platform: 'wechat' },
      {
        _type: 'message',
        sender: 'wxid_a',
        accountName: '甲',
        timestamp: 1767578400,
        type: 0,
        content: '好',
      },
    ];
    const bytes = Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    const run = await importBytes('项目群.jsonl', bytes);
    expect(run.facts.formatVersion).toBe('1.0');
    expect([...run.conversations.values()]).toMatchObject([{ key: 'name:项目群', name: '项目群' }]);
    expect(run.ranges.filter(({ kind }) => kind === 'skipped')).toEqual([]);
    expect(run.messages).toMatchObject([{ senderKey: 'wxid_a', text: '好' }]);
  });
});

describe('chatlog', () => {
  test('the table of its command: the own side, and kinds of media that have no words', async () => {
    const run = await importBytes(
      'export.csv',
      Buffer.from(
        [
          'Time,Talker,TalkerName,Sender,SenderName,IsSelf,Type,TypeDesc,Content',
          '2026-01-05 10:00:00,48@chatroom,项目群,wxid_a,甲,false,1,文本消息,大家好',
          '2026-01-05 10:01:00,48@chatroom,项目群,wxid_me,我,true,1,文本消息,"第一行\n第二行"',
          '2026-01-05 10:02:00,48@chatroom,项目群,系统消息,,false,10000,系统消息,甲撤回了一条消息',
          '2026-01-05 10:03:00,48@chatroom,项目群,wxid_a,甲,false,3,图片消息,',
          '2026-01-05 10:04:00,48@chatroom,项目群,wxid_a,甲,false,49,合并转发,',
          '',
        ].join('\n'),
      ),
    );
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['wxid_a', 'text', '大家好'],
      ['wxid_me', 'text', '第一行\n第二行'],
      [null, 'recall', '甲撤回了一条消息'],
      ['wxid_a', 'image', ''],
      ['wxid_a', 'forward', ''],
    ]);
    expect(run.accounts.get('wxid_me')?.fields).toEqual({ self: 'true' });
    expect(run.accounts.get('wxid_a')?.fields).toBeUndefined();
  });
});

describe('JSON without line breaks', () => {
  test('Slack: the messages before and after an edit stay inside the record of the edit', async () => {
    const message = (ts: string, text: string) => ({ type: 'message', user: 'U1AAAAAAA', text, ts });
    const run = await importBytes(
      '2023-11-14.json',
      json([
        message('1700000001.000200', 'one'),
        {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          ts: '1700000002.000200',
          message: message('1700000001.000200', 'new'),
          previous_message: message('1700000001.000200', 'one'),
        },
        message('1700000003.000200', 'three'),
      ]),
    );
    expect(run.messages.map(({ text, refersTo }) => [text, refersTo])).toEqual([
      ['one', null],
      ['new', '1700000001.000200'],
      ['three', null],
    ]);
  });

  test('Google Chat: a quoted message stays inside the one that quotes it', async () => {
    const creator = { name: 'Ann', email: 'ann@example.invalid', user_type: 'Human' };
    const message = (id: string, text: string) => ({
      creator,
      created_date: 'Monday, January 5, 2026 at 10:00:00 AM UTC',
      text,
      topic_id: id,
      message_id: id,
    });
    const quoted = { ...message('b', 'two'), quoted_message_metadata: message('a', 'one') };
    const run = await importBytes('messages.json', json({ messages: [message('a', 'one'), quoted] }));
    expect(run.messages.map(({ text, refersTo }) => [text, refersTo])).toEqual([
      ['one', null],
      ['two', 'a'],
    ]);
    expect(run.ranges.filter(({ kind }) => kind === 'skipped')).toEqual([]);
  });
});

describe('Messenger of early 2018', () => {
  test('times in seconds, a type for each message', async () => {
    const run = await importBytes(
      'message.json',
      json({
        participants: ['Zoe', 'Bob'],
        messages: [{ sender_name: 'Bob', timestamp: 1_500_000_000, content: 'old', type: 'Generic' }],
        title: 'Zoe',
        thread_type: 'Regular',
        thread_path: 'Zoe_1',
      }),
    );
    expect(run.messages).toMatchObject([{ senderKey: 'name:Bob', instant: 1_500_000_000_000, text: 'old' }]);
  });
});

describe('EchoTrace', () => {
  test('the other side of a direct chat is who the session names', async () => {
    const run = await importBytes(
      '甲_聊天记录.json',
      json({
        session: { username: 'wxid_a', displayName: '甲', type: '私聊', lastTimestamp: 1, messageCount: 2 },
        messages: [0, 1].map((isSend) => ({
          localId: isSend,
          createTime: 1767578400 + isSend,
          formattedTime: `2026-01-05 10:00:0${isSend}`,
          type: '文本消息',
          localType: 1,
          content: '好',
          isSend,
          senderUsername: isSend === 1 ? 'wxid_me' : 'wxid_a',
          source: null,
        })),
        exportTime: '2026-01-06T10:00:00.123456',
      }),
    );
    expect(run.accounts.get('wxid_a')?.name).toBe('甲');
    expect(run.accounts.get('wxid_me')).toMatchObject({ name: null, fields: { self: 'true' } });
  });
});

describe('PyWxDump', () => {
  test('in CSV a forwarded record stands as Python shows it', async () => {
    const src =
      "{'recordinfo': {'title': None, 'datalist': {'dataitem': [{'datadesc': \"it's\", 'sourcename': '甲', 'sourcetime': '2026-1-5 09:00'}]}}}";
    const run = await importBytes(
      '48@chatroom_0_5000.csv',
      Buffer.from(
        `id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\r\n1,9001,合并转发的聊天记录,0,wxid_a,48@chatroom,群聊的聊天记录,"${src.replaceAll('"', '""')}",2026-01-05 10:00:00\r\n`,
      ),
    );
    expect(run.messages).toMatchObject([
      {
        kind: 'forward',
        carried: [{ act: 'forward', sender: '甲', text: "it's", sentAtText: '2026-1-5 09:00' }],
      },
    ]);
  });
});
