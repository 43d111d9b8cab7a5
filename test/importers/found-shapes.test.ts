/** Shapes of files found in public parsers' tests, in exporters' source and in tutorials; people and words are made up. */
import { describe, expect, test } from 'vitest';
import { fixture, importBytes, sniffed, tally } from './helpers.ts';

const shown = async (name: string, text: string) => {
  const run = await importBytes(name, Buffer.from(text));
  expect(tally(run.ranges).skips).toEqual({});
  return run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text]);
};

describe('WhatsApp', () => {
  const kindOf = async (words: string) =>
    (await importBytes('_chat.txt', Buffer.from(`[03.01.24, 18:05:07] Anna: ${words}\n`))).messages[0]?.kind;

  test.each([
    ['Silenced voice call, Focus mode', 'call'],
    ['Missed call, 2 min • 3 joined', 'call'],
    ['Group call, 2 invited', 'call'],
    ['Verpasster Videoanruf, Tippe, um zurückzurufen', 'call'],
    ['Ligação de voz perdida', 'call'],
    ['SONDAGE :\nQuand ?\nOPTION : lundi (1 vote)', 'vote'],
    ['ANKET:\nNe zaman?\nSEÇENEK: Pazartesi (1 oy)', 'vote'],
    ['ОПРОС:\nКогда?\nВАРИАНТ: Понедельник (1 голос)', 'vote'],
    ['voice call later?', 'text'],
    ['group calls are cheap', 'text'],
  ])('%s is %s', async (words, kind) => {
    expect(await kindOf(words)).toBe(kind);
  });

  test.each(['Bu mesaj düzenlendi', 'Сообщение изменено', 'ההודעה נערכה', 'Dit bericht is bewerkt'])(
    'edited: %s',
    async (note) => {
      const text = `[03.01.24, 18:05:07] Anna: x <${note}>\n`;
      expect((await importBytes('_chat.txt', Buffer.from(text))).messages[0]?.extra).toEqual({
        edited: true,
      });
    },
  );

  test.each([
    ['Анна создал(-а) группу «Сделки»', 'create', []],
    ['Анна добавил(-а) Луис', 'invite', ['name:Луис']],
    ['Иван покинул(-а) группу', 'leave', ['name:Иван']],
    ['Ayşe, "Grup" grubunu oluşturdu', 'create', []],
    ['Ali ayrıldı', 'leave', ['name:Ali']],
    ['Léa est parti(e)', 'leave', ['name:Léa']],
    ['Jan heeft Piet toegevoegd', 'invite', ['name:Piet']],
    ['Anna Müller hat dich hinzugefügt.', 'invite', []],
    ['Анна добавил(-а) вас', 'invite', []],
  ])('%s', async (notice, act, members) => {
    const text = `12.03.2024, 09:14 - ${notice}\n12.03.2024, 09:16 - Anna: x\n12.03.2024, 09:17 - Ben: y\n`;
    const run = await importBytes('chat.txt', Buffer.from(text));
    expect(run.messages[0]?.extra).toMatchObject({ event: { act } });
    expect(run.memberships.map(({ accountKey }) => accountKey)).toEqual(members);
  });

  test.each([
    ['Chat WhatsApp dengan Budi.txt', 'Budi'],
    ['Ayşe ile WhatsApp Sohbeti.txt', 'Ayşe'],
    ["צ'אט WhatsApp עם דנה.txt", 'דנה'],
    ['Czat WhatsApp z Anną.txt', 'Anną'],
  ])('%s is the chat with %s', async (file, name) => {
    const run = await importBytes(file, Buffer.from('12.03.2024, 09:16 - A: x\n12.03.2024, 09:17 - B: y\n'));
    expect([...run.conversations.values()][0]?.name).toBe(name);
  });
});

describe('WeChat', () => {
  test('WeFlow without numbers of types, as its first versions wrote it', async () => {
    const message = {
      localId: 1,
      createTime: 1735813230,
      type: '文本消息',
      content: '你好',
      isSend: 0,
      senderUsername: 'wxid_a',
      senderDisplayName: '甲',
    };
    const notice = {
      ...message,
      type: '系统消息',
      content: '乙加入群聊',
      isSend: null,
      senderUsername: 'system',
    };
    const document = {
      weflow: { version: '1.0.0' },
      session: { wxid: '1@chatroom', displayName: '群', type: '群聊' },
      messages: [message, notice],
    };
    expect(sniffed('a.json', Buffer.from(JSON.stringify(document))).id).toBe('wechat-weflow-json');
    expect(await shown('a.json', JSON.stringify(document))).toEqual([
      ['wxid_a', 'text', '你好'],
      [null, 'system', '乙加入群聊'],
    ]);
  });

  test('an answer of WeFlow’s HTTP interface: the chat by its id, files by their path', async () => {
    const answer = {
      success: true,
      talker: '1@chatroom',
      count: 1,
      hasMore: false,
      messages: [
        {
          localId: 2,
          serverId: '456',
          localType: 3,
          createTime: 1738713660,
          isSend: 0,
          senderUsername: 'wxid_a',
          content: '[图片]',
          parsedContent: '[图片]',
          mediaType: 'image',
          mediaFileName: 'a.jpg',
          mediaLocalPath: '/tmp/images/a.jpg',
        },
      ],
    };
    const run = await importBytes('messages.json', Buffer.from(JSON.stringify(answer)));
    expect(run.messages[0]).toMatchObject({
      conversationKey: '1@chatroom',
      platformId: '456',
      kind: 'image',
      attachments: [{ reference: '/tmp/images/a.jpg' }],
    });
    expect(run.conversations.get('1@chatroom')?.type).toBe('group');
  });

  test('WeChatMsg’s first table of all chats: nine names above ten columns, and nobody named', async () => {
    const text =
      'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime\n' +
      '12245,3,1,0,1,1528935478,,第一条,2018-06-14 08:17:58,1234567890987654\n' +
      '12246,4,1,0,0,1572875478,,第二条,2019-11-04 21:51:18,123987654987654\n';
    const run = await importBytes('messages.csv', Buffer.from(text));
    expect(run.messages.map(({ platformId, senderKey, text }) => [platformId, senderKey, text])).toEqual([
      ['1234567890987654', 'name:我', '第一条'],
      ['123987654987654', null, '第二条'],
    ]);
    expect(run.conversations.size).toBe(2);
    expect(tally(run.ranges).skips).toEqual({});
  });

  const columns =
    'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';
  const row = '1,3,1,0,0,1.704413E+09,,"你好, 世界",2024/1/5 8:03,老张,张三,wxid_a';

  test.each([
    ['commas', `${columns}\r\n${row}\r\n`],
    ['a line that names the separator', `sep=,\r\n${columns}\r\n${row}\r\n`],
    [
      'semicolons',
      `${columns.replaceAll(',', ';')}\r\n${row.replaceAll('"', '').replaceAll(/,(?! )/g, ';')}\r\n`,
    ],
    [
      'tabs',
      `${columns.replaceAll(',', '\t')}\r\n${row.replaceAll('"', '').replaceAll(/,(?! )/g, '\t')}\r\n`,
    ],
    ['empty columns behind', `${columns},,\r\n${row},,\r\n`],
  ])('saved again by Excel, with %s: the time as it is shown', async (_, text) => {
    const run = await importBytes('张三.csv', Buffer.from(text));
    expect(run.messages[0]).toMatchObject({
      senderKey: 'wxid_a',
      text: '你好, 世界',
      wallTime: Date.UTC(2024, 0, 5, 8, 3),
      instant: null,
    });
  });
});

describe('QQ, copied', () => {
  test('notices between messages are QQ’s', async () => {
    const text =
      '【冒泡】甲 2/14/2020 9:16:13 PM\n一\n\n你和乙有12个共同好友，点击添加好友。\n\n' +
      '【冒泡】丙 2/14/2020 9:17:10 PM\n二\n\n甲撤回了一条消息\n\n丙 2/14/2020 9:17:31 PM\n三\n';
    const run = await importBytes('群.txt', Buffer.from(text));
    expect(run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text])).toEqual([
      ['name:甲', 'text', '一'],
      [null, 'system', '你和乙有12个共同好友，点击添加好友。'],
      ['name:丙', 'text', '二'],
      ['name:甲', 'recall', '甲撤回了一条消息'],
      ['name:丙', 'text', '三'],
    ]);
    expect(run.messages[1]?.flags).toEqual(['time-unparsed']);
  });

  test('on a phone: days as headings, times alone', async () => {
    const text = '\n— —  2020-2-21  — —\n\n甲  23:50:12 \n一\n\na b  23:50:40 \n二\n';
    const run = await importBytes('群.txt', Buffer.from(text));
    expect(run.messages.map(({ senderKey, wallTime }) => [senderKey, wallTime])).toEqual([
      ['name:甲', Date.UTC(2020, 1, 21, 23, 50, 12)],
      ['name:a b', Date.UTC(2020, 1, 21, 23, 50, 40)],
    ]);
  });

  test('times without any day are kept as written, and are no moments', async () => {
    const text = '【1】甲(958884) 3:13:28 AM\n一\n【2】乙<a@example.com> 3:14:30 AM\n二\n';
    const run = await importBytes('群.txt', Buffer.from(text));
    expect(run.messages.map(({ senderKey, sentAtText, flags }) => [senderKey, sentAtText, flags])).toEqual([
      ['958884', '3:13:28 AM', ['time-unparsed']],
      ['a@example.com', '3:14:30 AM', ['time-unparsed']],
    ]);
  });
});

describe('LINE', () => {
  test('a language that is not known: the other side’s name at the title’s end, the line of saving', async () => {
    const text =
      '[LINE] Historial de chat con Ana\nGuardado el: 15/01/2024 10:30\n\nlun, 15/01/2024\n10:30\tAna\tHola\n10:31\tLuis\tx\n';
    const run = await importBytes('a.txt', Buffer.from(text));
    expect(run.conversations.get('name:Ana')).toMatchObject({ name: 'Ana', type: 'direct' });
    expect(tally(run.ranges).skips).toEqual({});
  });

  test.each([
    ['Thu, 02/05/2024', 'DMY'],
    ['Thu, 05/02/2024', 'MDY'],
  ])('the weekday decides the order of day and month: %s', async (day, order) => {
    const text = `[LINE] Chat history with Ana\n\n${day}\n00:00\tAna\tx\n`;
    const run = await importBytes('a.txt', Buffer.from(text));
    expect(run.facts.assumptions).toMatchObject({ dateOrder: order, dateOrderBasis: 'dates' });
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2024, 4, 2));
  });

  test('a notice at the end of a file without a line end', async () => {
    const text = '[LINE] Chat history in 群\n\n2024/02/05(Mon)\n09:15\tA\tx\n09:16\t\tA left the group.';
    expect(await shown('a.txt', text)).toEqual([
      ['name:A', 'text', 'x'],
      [null, 'system', 'A left the group.'],
    ]);
  });
});

test('MemoTrace’s table with Chinese headers: 我 is the exporter, so that two people are no group', async () => {
  const text =
    '\ufeff消息ID,类型,发送人,时间,内容,备注,昵称,更多信息\n' +
    '1,文本,小红,2024-02-01 10:00:00,在吗,小红,小红,\n2,文本,我,2024-02-01 10:01:00,在,我,我,\n';
  const run = await importBytes('小红.csv', Buffer.from(text));
  expect(run.accounts.get('name:我')?.fields).toMatchObject({ self: 'true' });
  expect(run.conversations.get('name:小红')?.type).toBe('direct');
});

describe('empty lines before a file’s first, and heads that end early', () => {
  test.each([
    ['sigtop_jane.txt', 'signal-sigtop-text'],
    ['sigtop_short.txt', 'signal-sigtop-text'],
    ['wechatexporter_项目群.txt', 'wechat-wechatexporter-text'],
    ['lists/chatlog_contacts.csv', 'wechat-chatlog-lists'],
    ['lists/chatlog_chatrooms.csv', 'wechat-chatlog-lists'],
  ])('%s behind two empty lines gives the same', async (file, id) => {
    const bytes = Buffer.concat([Buffer.from('\n\n'), fixture(file)]);
    expect(sniffed('export.bin', bytes).id).toBe(id);
    const run = await importBytes(file, bytes);
    const usual = await importBytes(file, fixture(file));
    expect(run.messages.map(({ text }) => text)).toEqual(usual.messages.map(({ text }) => text));
    expect([...run.accounts.keys()]).toEqual([...usual.accounts.keys()]);
    expect([...run.conversations.keys()]).toEqual([...usual.conversations.keys()]);
    expect(tally(run.ranges).skipped).toBe(tally(usual.ranges).skipped);
  });

  test.each([
    ['slack/users.json', 0.7, 'slack-export-directory-json'],
    ['messenger_e2ee.json', 0.3, 'messenger-download-json'],
    ['ciphertalk_detailed.json', 0.3, 'wechat-echotrace-json'],
  ])('%s cut off at %f', (file, part, id) => {
    const bytes = fixture(file);
    expect(sniffed('export.bin', bytes.subarray(0, bytes.length * part)).id).toBe(id);
  });
});

describe('WeCom records out of databases', () => {
  const record = {
    seq: '1',
    msgid: '1_external',
    action: 'send',
    from: 'zhang',
    roomid: '',
    msgtime: '1691386666454',
    voice: null,
    info: null,
  };

  test.each([
    ['the body as text', { msgtype: 'text', tolist: '["li"]', text: '{"content":"你好"}' }, '你好', 'text'],
    ['the words alone', { msgtype: 'text', tolist: 'li', text: '你好' }, '你好', 'text'],
    [
      'the words under content',
      { msgtype: 'text', tolist: 'li', text: null, content: '你好' },
      '你好',
      'text',
    ],
    ['words that look like JSON', { msgtype: 'text', tolist: 'li', content: '{"a":1}' }, '{"a":1}', 'text'],
    [
      'a file',
      { msgtype: 'file', tolist: 'li', file: '{"filename":"a.xls","filesize":"9"}' },
      'a.xls',
      'file',
    ],
  ])('%s', async (_, members, text, kind) => {
    const line = JSON.stringify({ ...record, ...members });
    const run = await importBytes('archive.jsonl', Buffer.from(`${line}\n`));
    expect(run.messages[0]).toMatchObject({
      text,
      kind,
      conversationKey: 'li|zhang',
      instant: 1_691_386_666_454,
    });
    expect(run.messages[0]?.extra).not.toHaveProperty('voice');
  });
});

test('CipherTalk: a damaged line that announces rows costs no row', async () => {
  const file = 'ciphertalk_项目群.sql';
  const text = fixture(file)
    .toString('utf8')
    .replace('INSERT INTO messages (session_wxid', 'INSERT INTO messag#s (session_wxid');
  const run = await importBytes(file, Buffer.from(text));
  expect(run.messages).toHaveLength(4);
  expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1 });
});

test('Slack: a huddle is of the one who began it', async () => {
  const message = {
    type: 'message',
    subtype: 'huddle_thread',
    user: 'USLACKBOT',
    ts: '1745387799.160249',
    text: '',
    room: { id: 'R1', created_by: 'U0000001', date_start: 1745387799, participant_history: ['U0000001'] },
  };
  const run = await importBytes('2025-04-23.json', Buffer.from(JSON.stringify([message])));
  expect(run.messages[0]).toMatchObject({ senderKey: 'U0000001', kind: 'call' });
});

test('names of files that macOS has taken apart are composed', async () => {
  const text = '12.03.2024, 09:16 - José: x\n12.03.2024, 09:17 - B: y\n';
  const run = await importBytes('WhatsApp Chat with José.txt'.normalize('NFD'), Buffer.from(text));
  expect(run.conversations.get('name:José')).toMatchObject({ name: 'José', type: 'direct' });
});

test('QQ Chat Exporter text: a message without a time is its sender’s, not the one’s before', async () => {
  const text =
    '[QQChatExporter V5 / https://github.com/shuakami/qq-chat-exporter]\n\n聊天名称: 甲\n聊天类型: 私聊\n\n\n' +
    '甲:\n时间: 2025-03-02 20:18:03\n内容: 一\n\n\n乙:\n时间: 0\n内容: 二\n\n\n甲:\n时间: 2025-03-02 20:19:00\n内容: 三\n\n';
  const run = await importBytes('甲.txt', Buffer.from(text));
  expect(run.messages.map(({ senderKey, text }) => [senderKey, text])).toEqual([
    ['name:甲', '一'],
    ['name:乙', '二'],
    ['name:甲', '三'],
  ]);
  expect(run.messages[1]).toMatchObject({ sentAtText: '0', flags: ['time-unparsed'] });
});
