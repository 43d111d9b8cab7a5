import { describe, expect, test } from 'vitest';
import { qqEvent, qqSender } from '../../src/core/importers/chat/qq/qq-common.ts';
import { qqExporterJsonl } from '../../src/core/importers/chat/qq/qq-exporter-jsonl.ts';
import { qqExporterText } from '../../src/core/importers/chat/qq/qq-exporter-text.ts';
import { qqMht } from '../../src/core/importers/chat/qq/qq-mht.ts';
import { qqNativeText } from '../../src/core/importers/chat/qq/qq-native-text.ts';
import type { ImportEvent } from '../../src/core/importers/importer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, previews, type Run, runImporter, sniffed, tally } from './helpers.ts';

const rows = (run: Run) =>
  run.messages.map(({ senderKey, wallTime, kind, text }) => [
    senderKey,
    wallTime === null ? null : new Date(wallTime).toISOString().slice(0, 19),
    kind,
    text,
  ]);

const native = (text: string, name = '全部消息记录.txt') =>
  runImporter(qqNativeText, name, Buffer.from(text));

describe('message manager, text', () => {
  test('half days of twelve hours', async () => {
    const run = await importBytes('qq_native_12h.txt', fixture('qq_native_12h.txt'));
    expect(rows(run)).toEqual([
      ['10001', '2026-01-05T20:43:38', 'text', '1'],
      ['10002', '2026-01-05T20:46:18', 'text', ''],
      [null, '2026-01-05T20:49:12', 'system', 'Carol加入本群。'],
    ]);
    expect(run.messages[2]?.extra).toEqual({ event: { act: 'join', actor: 'Carol', targets: [] } });
    expect(run.facts.needsZone).toBe(true);
  });

  test.each([
    ['訊息記錄（此訊息記錄為文字格式，不支援重新匯入）', '訊息分組', '訊息對象', '我的群組'],
    ['Message history (text, not for import)', 'Message group', 'Message object', 'My Groups'],
  ])('several chats under a head in the language of the menu: %s', async (title, group, object, folder) => {
    const rule = '='.repeat(64);
    const chat = (name: string, ...lines: string[]) =>
      [rule, `${group}:${folder}`, rule, `${object}:${name}`, rule, '', ...lines, ''].join('\r\n');
    const text = [
      title,
      '',
      chat('One', '2015-01-01 12:00:00 【管理員】张三(12345)', '你好', ''),
      chat('Two', '2015-01-02 12:00:00 Li(22345)', rule, `${object} is what?`, ''),
    ].join('\r\n');
    expect(sniffed('all.txt', Buffer.from(text))).toBe(qqNativeText);
    const run = await native(text, 'all.txt');
    const [first, second] = run.messages;
    expect(run.messages).toHaveLength(2);
    expect(first).toMatchObject({ conversationKey: 'name:One', senderKey: '12345', text: '你好' });
    expect(second).toMatchObject({ conversationKey: 'name:Two', text: `${rule}\n${object} is what?` });
    expect(run.memberships.find(({ accountKey }) => accountKey === '12345')?.role).toBe('admin');
  });

  test('a group: titles, mail addresses, a message taken back', async () => {
    const run = await importBytes('qq_native_group.txt', fixture('qq_native_group.txt'));
    expect(run.messages).toHaveLength(10);
    expect(run.conversations.get('name:测试项目群')).toMatchObject({
      type: 'group',
      fields: { folder: '我的群聊' },
    });
    expect(run.messages[3]).toMatchObject({
      senderKey: '10001',
      senderName: '陈一',
      text: '第一行\n第二行，含逗号,和"引号"',
      extra: { title: '管理员' },
    });
    expect(run.messages[1]?.senderKey).toBe('bravo@example.com');
    expect(run.messages[7]).toMatchObject({ kind: 'recall', senderKey: 'bravo@example.com' });
    expect(run.memberships[0]).toMatchObject({ accountKey: '10001', role: 'admin', displayName: '陈一' });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('several chats in one file are listed, and chosen', async () => {
    const bytes = fixture('qq_native_all.txt');
    const list = await previews(qqNativeText, 'qq_native_all.txt', bytes);
    expect(list.map(({ key, type, messages }) => [key, type, messages])).toEqual([
      ['name:小陈', 'direct', 3],
      ['name:读书会', 'group', 6],
      ['name:出行', 'group', 2],
    ]);
    const run = await importBytes('x.txt', bytes, { conversations: new Set(['name:出行']) });
    expect(run.messages.map(({ ordinal }) => ordinal)).toEqual([9, 10]);
    expect(run.ranges.some(({ code }) => code === 'conversation-not-selected')).toBe(true);
  });

  test('names with signs, names without number, anonymous writers, who came and went', async () => {
    const run = await importBytes('qq_native_all.txt', fixture('qq_native_all.txt'));
    expect(run.messages.map(({ senderKey, senderName }) => [senderKey, senderName])).toEqual([
      ['name:小陈', '小陈'],
      ['name:我自己', '我自己'],
      ['name:小陈', '小陈'],
      ['30001', '周<五>'],
      ['30002', null],
      [null, null],
      ['30007', '钱七'],
      [null, null],
      ['name:匿名用户', '匿名用户'],
      ['name:甲', '甲'],
      ['name:乙', '乙'],
    ]);
    expect(run.messages[1]?.text).toBe('在。\n\n明天说');
    expect(run.messages[5]?.extra).toEqual({ event: { act: 'invite', actor: '赵六', targets: ['钱七'] } });
    expect(run.memberships.find(({ to }) => to !== null)).toMatchObject({
      accountKey: '30007',
      to: '2026-01-02 9:03:00',
    });
  });

  test('a rule and a head that somebody pasted stay words of that message', async () => {
    const run = await importBytes('qq_native_all.txt', fixture('qq_native_all.txt'));
    expect(run.messages[6]?.text).toContain('====\n这条线是我自己打的');
    expect(run.messages[9]?.text).toBe('周六几点走\n2025-01-01 10:00:00 乙\n这是我转述的，不是乙说的');
  });

  test('a file without empty lines is read by its heads', async () => {
    const run = await native('2026-01-05 10:00:00 甲(10001)\n一\n2026-01-05 09:00:00 乙(10002)\n二\n');
    expect(run.messages.map(({ text }) => text)).toEqual(['一', '二']);
  });

  test('a time that does not exist is kept as written', async () => {
    const run = await native('2026-02-30 10:00:00 甲(10001)\n一\n\n2026-02-28 25:00:00 乙(10002)\n二\n');
    expect(run.messages.map(({ flags, sentAtText }) => [flags, sentAtText])).toEqual([
      [['time-unparsed'], '2026-02-30 10:00:00'],
      [['time-unparsed'], '2026-02-28 25:00:00'],
    ]);
  });

  test.each([
    ['【管理员】陈一(10001)', { title: '管理员', name: '陈一', id: '10001' }],
    ['(10001)', { title: null, name: '', id: '10001' }],
    ['a(b)(10001)', { title: null, name: 'a(b)', id: '10001' }],
    ['林二<x@y.example>', { title: null, name: '林二', id: 'x@y.example' }],
    ['【公告】', { title: null, name: '【公告】', id: null }],
    ['小陈', { title: null, name: '小陈', id: null }],
  ])('sender %s', (shown, expected) => {
    expect(qqSender(shown)).toEqual(expected);
  });

  test.each([
    ['"赵六"撤回了一条消息', 'recall', '赵六', []],
    ['张三邀请李四加入了群聊。', 'invite', '张三', ['李四']],
    ['Carol加入本群。', 'join', 'Carol', []],
    ['钱七已退出本群。', 'leave', '钱七', []],
    ['张三将李四移出群聊', 'remove', '张三', ['李四']],
    ['王五被管理员 张三 禁言10分钟', 'mute', '管理员 张三', ['王五']],
  ])('notice %s', (text, act, actor, targets) => {
    expect(qqEvent(text)).toEqual({ act, actor, targets });
  });
});

test('copied messages: the name first, month before day by the dates', async () => {
  const run = await importBytes('qq_copied.txt', fixture('qq_copied.txt'));
  expect(rows(run)).toEqual([
    ['name:陈一', '2026-01-13T09:05:01', 'text', '早上好'],
    ['10002', '2026-01-13T12:00:00', 'text', '第一行\n第二行'],
    ['name:Carol·测试', '2026-01-14T00:30:00', 'image', '[图片]'],
  ]);
  expect(run.facts.assumptions).toEqual({ dateOrder: 'MDY', dateOrderBasis: 'dates' });
});

describe('message manager, web page', () => {
  const page = fixture('qq_group.mht');

  test('a day that damage made unreadable: what follows is not of the day before', async () => {
    const text = page.toString('utf8').replace('日期: 2026-01-06', '日期: 20?6-01-06');
    const [last, before] = (await importBytes('qq_group.mht', Buffer.from(text))).messages.toReversed();
    expect(last).toMatchObject({ wallTime: null, flags: ['time-unparsed'] });
    expect(before?.wallTime).toBe(Date.UTC(2026, 0, 5, 10, 7, 40));
  });

  test('the words of another menu language', async () => {
    const words = [
      ['消息记录（此消息记录为Mht格式，不支持重新导入）', 'Message history (MHT, not for import)'],
      ['消息分组:我的群聊', 'Message group:My Groups'],
      ['消息对象:', 'Message object:'],
      ['日期: ', 'Date: '],
    ] as const;
    let text = page.toString('utf8');
    for (const [chinese, english] of words) text = text.replaceAll(chinese, english);
    const plain = await importBytes('qq_group.mht', page);
    const run = await importBytes('qq_group.mht', Buffer.from(text));
    expect(rows(run)).toEqual(rows(plain));
    expect([...run.conversations.values()]).toEqual(
      [...plain.conversations.values()].map((chat) => ({ ...chat, fields: { folder: 'My Groups' } })),
    );
    expect(tally(run.ranges).skips).toEqual(tally(plain.ranges).skips);
  });
  const expected = [
    ['10001', '2026-01-05T10:00:00', 'text', '大家早上好，今天下午三点开会。'],
    ['bravo@example.com', '2026-01-05T10:01:05', 'text', '收到 & 谢谢\n第二行'],
    ['10005', '2026-01-05T10:02:10', 'image', '[图片]'],
    ['bravo@example.com', '2026-01-05T10:07:40', 'recall', '"林二"撤回了一条消息'],
    ['10001', '2026-01-06T13:00:30', 'text', '看图[图片]'],
  ];

  test('rows, days, pictures', async () => {
    const run = await importBytes('qq_group.mht', page);
    expect(rows(run)).toEqual(expected);
    expect(run.messages[2]?.attachments).toMatchObject([
      { kind: 'image', reference: '{3D48C238-CD47-4D17-9C8F-3593C6D4738B}.dat' },
    ]);
    expect(run.conversations.get('name:测试项目群')).toMatchObject({ type: 'group' });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  const text = page.toString('utf8');
  const html = text.slice(text.indexOf('<html'), text.indexOf('</html>') + 7);

  test('the page as base64', async () => {
    const lines = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n');
    const run = await importBytes(
      'x.mht',
      Buffer.from(text.replace('7bit', 'base64').replace(html, () => lines)),
    );
    expect(rows(run)).toEqual(expected);
  });

  test('the page as quoted-printable', async () => {
    const escaped = [...Buffer.from(html)]
      .map((byte) =>
        byte > 126 || byte === 61
          ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
          : String.fromCharCode(byte),
      )
      .join('')
      .replace(/(?:=[0-9A-F]{2}|[^=\r\n]){60}/g, '$&=\r\n');
    const run = await importBytes(
      'x.mht',
      Buffer.from(text.replace('7bit', 'quoted-printable').replace(html, () => escaped)),
    );
    expect(rows(run)).toEqual(expected);
  });

  test('a row whose beginning is lost is named', async () => {
    const row = text.indexOf('<tr><td><div style=color:#42B475');
    const run = await importBytes(
      'x.mht',
      Buffer.from(`${text.slice(0, row)}r><td><div s${text.slice(row + 20)}`),
    );
    expect(rows(run)).toEqual(expected.filter((_, i) => i !== 2));
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1 });
  });

  test('the page alone, as tools unpack it', async () => {
    const run = await runImporter(qqMht, 'x.html', Buffer.from(html));
    expect(rows(run)).toEqual(expected);
  });

  test('a damaged row loses itself only', async () => {
    const run = await importBytes(
      'x.mht',
      Buffer.from(text.replace('float:left;margin-right:6px;>我自己', 'x>').replace('>10:02:10<', '>1:2<')),
    );
    expect(rows(run)).toEqual(expected.filter((_, i) => i !== 2));
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1 });
  });
});

describe('QQ Chat Exporter', () => {
  test('version 5', async () => {
    const run = await importBytes('qce_v5_group.json', fixture('qce_v5_group.json'));
    expect(run.messages).toHaveLength(10);
    expect(run.messages[0]).toMatchObject({
      senderKey: '10001',
      instant: 1767578400000,
      platformId: '7000000000000000001',
    });
    expect(run.messages[2]?.attachments).toEqual([
      { kind: 'image', name: 'a.png', reference: 'resources/images/a.png', size: 10240, md5: null },
    ]);
    expect(run.messages[6]).toMatchObject({
      kind: 'quote',
      refersTo: '7000000000000000006',
      text: '好的，已经删了',
      carried: [{ act: 'quote', sender: '我自己', text: '请不要在群里发广告。' }],
    });
    expect(run.messages[7]).toMatchObject({ kind: 'recall', senderKey: '10002' });
    expect(run.accounts.get('10005')).toMatchObject({ name: '我自己' });
    expect(run.facts.needsZone).toBe(false);
  });

  test('version 4: quotes and forwards are carried, a uid without number is its account', async () => {
    const run = await importBytes('qce_v4_private.json', fixture('qce_v4_private.json'));
    expect(run.conversations.get('20002')).toMatchObject({ name: '李四', type: 'direct' });
    expect(run.messages.map(({ senderKey, kind }) => [senderKey, kind])).toEqual([
      ['20002', 'text'],
      ['10005', 'quote'],
      ['20002', 'recall'],
      ['20002', 'forward'],
    ]);
    expect(run.messages[1]).toMatchObject({
      refersTo: '71',
      text: '收到',
      attachments: [{ kind: 'file', name: '报告.pdf', size: 2048, md5: '0cc175b9c0f1b6a831c399e269772661' }],
    });
    const [forwarded] = run.messages[3]?.carried ?? [];
    expect(run.messages[3]?.text).not.toContain('违规内容');
    expect(forwarded?.items?.[0]).toMatchObject({ sender: '王五', text: '违规内容' });
    expect(forwarded?.items?.[1]?.items?.[0]).toMatchObject({ sender: '孙', text: '最里面' });
  });

  test('a chunk by itself, and with the manifest beside it', async () => {
    const bytes = fixture('qce_c000001.jsonl');
    const alone = await importBytes('c000001.jsonl', bytes);
    expect([...alone.conversations.keys()]).toEqual(['name:c000001']);
    expect(alone.messages).toHaveLength(5);
    const source = {
      ...memorySource('c000001.jsonl', bytes),
      path: '项目群_chunked_jsonl/chunks/c000001.jsonl',
      companion: async (path: string) => (path === '../manifest.json' ? fixture('qce_manifest.json') : null),
    };
    const events: ImportEvent[] = [];
    const head = readHead(source);
    for await (const event of qqExporterJsonl.read(source, { zone: 'UTC', head, conversations: 'all' }))
      events.push(event);
    const conversations = events.flatMap((event) =>
      event.type === 'conversations' ? event.conversations : [],
    );
    expect(conversations).toMatchObject([{ key: 'name:测试项目群', type: 'group' }]);
    const nameless = { ...source, companion: async () => null };
    for await (const event of qqExporterJsonl.read(nameless, { zone: 'UTC', head, conversations: 'all' })) {
      if (event.type === 'conversations')
        expect(event.conversations[0]?.key).toBe('name:项目群_chunked_jsonl');
    }
  });

  test('the manifest gives the chat and no messages', async () => {
    const run = await importBytes('manifest.json', fixture('qce_manifest.json'));
    expect(run.messages).toHaveLength(0);
    expect([...run.conversations.keys()]).toEqual(['name:测试项目群']);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('text', async () => {
    const run = await importBytes('qce_v5_group.txt', fixture('qce_v5_group.txt'));
    expect(run.messages).toHaveLength(10);
    expect(run.conversations.get('name:测试项目群')).toMatchObject({ type: 'group' });
    expect(run.messages[2]).toMatchObject({ kind: 'image', attachments: [{ kind: 'image', name: 'a.png' }] });
    expect(run.messages[3]?.text).toBe('第一行\n第二行，含逗号,和"引号"');
    expect(run.messages[6]).toMatchObject({
      text: '好的，已经删了',
      carried: [{ act: 'quote', sender: '我自己', text: '请不要在群里发广告。', sentAtText: '01-05 10:05' }],
    });
    expect(run.messages[7]).toMatchObject({ kind: 'recall', senderKey: 'name:林二' });
    expect(run.facts).toMatchObject({ formatVersion: '5', needsZone: true });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('text: titles, numbers, types, and words that look like fields', async () => {
    const run = await runImporter(
      qqExporterText,
      'x.txt',
      Buffer.from(
        '聊天名称: 群\n聊天类型: 群聊\n\n\n[1]\n[群主] 甲: 乙:\n时间: 2026-01-05 10:00:00\n类型: text\n内容: 资源: 3 个文件\n时间: 不是时间\n\n丙:\n没有时间\n\n\n[2]\n丁:\n时间: 2026-01-05 10:01:00\n内容: 好\n提及: 甲, 乙\n',
      ),
    );
    expect(run.messages.map(({ senderName, text, extra }) => [senderName, text, extra])).toEqual([
      ['甲: 乙', '资源: 3 个文件\n时间: 不是时间\n\n丙:\n没有时间', { title: '群主', type: 'text' }],
      ['丁', '好', { mentions: '甲, 乙' }],
    ]);
  });
});

test.each([
  ['qq_native_12h.txt', 'qq-native-text'],
  ['qq_native_group.txt', 'qq-native-text'],
  ['qq_native_all.txt', 'qq-native-text'],
  ['qq_copied.txt', 'qq-copied-text'],
  ['qq_group.mht', 'qq-native-mht'],
  ['qce_v5_group.json', 'qq-exporter-json'],
  ['qce_v4_private.json', 'qq-exporter-json'],
  ['qce_manifest.json', 'qq-exporter-manifest'],
  ['qce_c000001.jsonl', 'qq-exporter-jsonl'],
  ['qce_v5_group.txt', 'qq-exporter-text'],
])('%s is known by its content', (name, id) => {
  expect(sniffed(`export${name.slice(name.lastIndexOf('.'))}`, fixture(name)).id).toBe(id);
});
