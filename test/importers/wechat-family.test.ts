/** WeChat's exporters: each constructed fixture against what was read from it by hand, and damage. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wechatEvent } from '../../src/core/importers/chat/wechat/wechat-common.ts';
import { parseScriptLiteral } from '../../src/core/importers/script-literal.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs, fixture, importBytes, type Run, runImporter, sniffed, tally } from './helpers.ts';

interface Golden {
  readonly importer: string;
  readonly needsZone: boolean;
  readonly assumptions: Readonly<Record<string, string>>;
  readonly conversations: readonly unknown[];
  readonly memberships: readonly unknown[];
  readonly messages: readonly unknown[];
  readonly skips: Readonly<Record<string, number>>;
}

const GOLDEN = JSON.parse(
  readFileSync(new URL('../fixtures/exports/wechat-family.golden.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Golden>>;

/** What the golden file keeps of a run. */
function goldenOf(importer: string, run: Run): Golden {
  return {
    importer,
    needsZone: run.facts.needsZone,
    assumptions: run.facts.assumptions,
    conversations: [...run.conversations.values()].map(({ key, name, type }) => [key, name, type]),
    memberships: run.memberships.map(({ accountKey, displayName, from, to }) => [
      accountKey,
      displayName,
      from,
      to,
    ]),
    messages: run.messages.map((message) => ({
      sender: message.senderKey,
      name: message.senderName,
      at: message.instant ?? message.wallTime,
      kind: message.kind,
      text: message.text,
      ...(message.carried.length > 0 ? { carried: message.carried } : {}),
      ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
      ...(message.refersTo === null ? {} : { refersTo: message.refersTo }),
      ...(message.flags.length > 0 ? { flags: message.flags } : {}),
    })),
    skips: tally(run.ranges).skips,
  };
}

describe('the fixtures', () => {
  for (const [name, golden] of Object.entries(GOLDEN)) {
    test(name, async () => {
      const bytes = fixture(name);
      const importer = sniffed(name, bytes);
      expect(
        JSON.parse(JSON.stringify(goldenOf(importer.id, await runImporter(importer, name, bytes)))),
      ).toEqual(golden);
    });
  }

  test('each is claimed by its own importer before all others', () => {
    for (const [name, { importer }] of Object.entries(GOLDEN)) {
      const [first, second] = rankImporters(readHead(memorySource(name, fixture(name))));
      expect([name, first?.importer.id]).toEqual([name, importer]);
      expect(second?.confidence ?? 0).toBeLessThan(first?.confidence ?? 0);
    }
  });

  test.each([
    'wecom_archive_all_types.jsonl',
    'whatsapp_ios_zh_chat.txt',
    'telegram_account.json',
    'chatlab_group.json',
    'chatlab_private.jsonl',
    'wecom_directory.csv',
    'wechatmsg_contacts.csv',
  ])('%s is claimed by none of them', (name) => {
    expect(Object.values(GOLDEN).map(({ importer }) => importer)).not.toContain(
      sniffed(name, fixture(name)).id,
    );
  });
});

const read = (text: string, name: string, options = {}) => importBytes(name, Buffer.from(text), options);
const rows = (run: Run): unknown[] =>
  run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text]);

describe('text', () => {
  test("WeChatMsg: a line that looks like a head inside somebody's words is their words", async () => {
    const run = await read(
      '2026-01-05 10:00:00 甲\n看：\n2026-01-05 09:00:00 乙\n我转账\n\n2026-01-05 10:00:01 乙\n没有\n\n',
      '群.txt',
    );
    expect(rows(run)).toEqual([
      ['name:甲', 'text', '看：\n2026-01-05 09:00:00 乙\n我转账'],
      ['name:乙', 'text', '没有'],
    ]);
  });

  test('WeChatMsg: a damaged head is named, and its words go to nobody', async () => {
    const run = await read(
      '2026-01-05 10:00:00 甲\n一\n\n2026-01-0# 10:00:01 乙\n二\n\n2026-01-05 10:00:02 丙\n三\n\n',
      '群.txt',
    );
    expect(rows(run)).toEqual([
      ['name:甲', 'text', '一'],
      ['name:丙', 'text', '三'],
    ]);
    expect(tally(run.ranges).skips).toEqual({ 'bad-row': 1, 'unattached-text': 1 });
  });

  test('a quote that WeChat wrote into a text is carried, not said', async () => {
    const text = '「乙：加微信领福利」\n- - - - - - - - - - - - - - -\n别发广告';
    const run = await read(
      `2026-01-05 10:00:00 甲\n${text}\n\n2026-01-05 10:00:01 甲\n「不：是」引用\n\n`,
      '群.txt',
    );
    expect(rows(run)).toEqual([
      ['name:甲', 'quote', '别发广告'],
      ['name:甲', 'text', '「不：是」引用'],
    ]);
    expect(run.messages[0]?.carried).toEqual([
      { act: 'quote', sender: '乙', text: '加微信领福利', sentAtText: null },
    ]);
  });

  test('chatlog: what the times leave out comes from the file name or the mapping, or is unknown', async () => {
    const text = '甲(wxid_a) 01-05 10:00:00\n一\n\n乙(wxid_b) 01-05 10:00:01\n二\n\n';
    const at = Date.UTC(2026, 0, 5, 10);
    const named = await read(text, 'x_2026-01-01_2026-02-01.txt');
    expect(named.messages[0]?.wallTime).toBe(at);
    expect(named.facts.assumptions).toEqual({ date: '2026', dateBasis: 'file-name' });
    expect((await read(text, 'x.txt', { mapping: { year: '2026' } })).messages[0]?.wallTime).toBe(at);
    const unknown = await read(text, 'x_2025-12-01_2026-02-01.txt');
    expect(unknown.messages[0]).toMatchObject({
      wallTime: null,
      sentAtText: '01-05 10:00:00',
      flags: ['time-unparsed'],
    });
    const clock = '甲(wxid_a) 10:00:00\n一\n\n我(我) 10:00:01\n二\n\n';
    expect((await read(clock, 'x.txt', { mapping: { date: '2026-01-05' } })).messages[0]?.wallTime).toBe(at);
  });
});

describe('tables', () => {
  test('PyWxDump: users.json beside the file names its people', async () => {
    const name = 'pywxdump_48123456789@chatroom_0_5000.csv';
    const bytes = fixture(name);
    const users = { wxid_alpha0000001: { nickname: '陈一', remark: '老陈', account: 'alias_a' } };
    const source = {
      ...memorySource(name, bytes),
      companion: (path: string) =>
        Promise.resolve(path === 'users.json' ? Buffer.from(JSON.stringify(users)) : null),
    };
    const accounts: unknown[] = [];
    const options = { zone: 'UTC', head: readHead(source), conversations: 'all' as const };
    for await (const event of sniffed(name, bytes).read(source, options)) {
      if (event.type === 'accounts') accounts.push(...event.accounts);
    }
    expect(accounts[0]).toEqual({
      key: 'wxid_alpha0000001',
      platformId: 'wxid_alpha0000001',
      name: '陈一',
      fields: { alias: 'alias_a', remark: '老陈' },
    });
  });

  test("chatlog's newer CSV has message ids", async () => {
    const run = await read(
      'MessageID,Time,SenderName,Sender,TalkerName,Talker,Content\n77,2026-01-05 10:00:00,甲,wxid_a,乙,wxid_b,你好\n',
      'x.csv',
    );
    expect(run.messages[0]).toMatchObject({ platformId: '77', conversationKey: 'wxid_b', text: '你好' });
  });

  test('conversations that are not chosen are booked by their bytes', async () => {
    const name = 'chatlog_two_chats.json';
    const run = await importBytes(name, fixture(name), { conversations: new Set(['wxid_bravo0000002']) });
    expect(run.messages.map(({ ordinal, text }) => [ordinal, text])).toEqual([[7, '单聊一句']]);
    expect(run.ranges.find(({ code }) => code === 'conversation-not-selected')?.count).toBe(7);
  });
});

test('literals of scripts are read, not run', () => {
  expect(parseScriptLiteral(`{ a:'x\\'\\n\\u4e2d', "b": [1, -2.5e1, true,], c: {d: null}, }`)).toEqual({
    a: "x'\n中",
    b: [1, -25, true],
    c: { d: null },
  });
  for (const bad of ['{a:alert(1)}', "{a:'x}", '{a:1} b', '{a 1}', '['.repeat(500)])
    expect(parseScriptLiteral(bad)).toBeUndefined();
});

test.each([
  ['"甲"邀请"乙、丙"加入了群聊', 'invite', '甲', ['乙', '丙']],
  ['"乙"通过扫描"甲"分享的二维码加入群聊', 'join', '乙', []],
  ['你将"乙"移出了群聊', 'remove', '你', ['乙']],
  ['"甲" 撤回了一条消息', 'recall', '甲', []],
  ['"甲"修改群名为“新名”', 'rename', '甲', []],
])('notice %s', (text, act, actor, targets) => {
  expect(wechatEvent(text)).toMatchObject({ act, actor, targets });
});

/** Formats whose records stand apart: what is sound around a damaged record is kept. */
const RECORDS: Readonly<
  Record<string, { name: string; head: string; record: (i: number) => string; tail: string }>
> = {
  'WeChatMsg page': {
    name: 'x.html',
    head: '<!DOCTYPE html><html><title>群</title><script>const chatMessages = [\n',
    record: (i) =>
      `{ type:1, text: '内容 m${i}x',is_send:0,avatar_path:'./a.png',timestamp:${1767578400 + i},is_chatroom:1,displayname:'甲${i % 3}'},`,
    tail: '\n];</script></html>',
  },
  'PyWxDump page': {
    name: 'data.js',
    head: "const local_msg_count = 40\nconst local_mywxid = '我' \nconst local_msg_list = [",
    record: (i) =>
      `${JSON.stringify({ id: i, MsgSvrID: `${i}`, type_name: '文本', is_sender: 0, talker: `wxid_${i % 5}`, room_name: 'wxid_1', msg: `内容 m${i}x`, src: '', extra: {}, CreateTime: '2026-01-05 10:00:00' })}, `,
    tail: '] \n',
  },
  'WechatExporter page': {
    name: 'x.html',
    head: '<!doctype html><html><title>群 - 微信聊天记录</title><body>',
    record: (i) =>
      `<div class="msg chat left" msgid="${i}" msgtype="1"><div class="nt-box"><span class="dspname left" wxId="wxid_${i % 5}">甲</span> 2026-01-05 10:00:00</div><div class="content-box"><span class="msg-text"><pre>内容 m${i}x</pre></span></div></div>\n`,
    tail: '</body></html>',
  },
  'WeChatMsg text': {
    name: '群.txt',
    head: '',
    record: (i) => `2026-01-05 10:00:00 甲${i % 3}\n内容 m${i}x\n\n`,
    tail: '',
  },
  'chatlog CSV': {
    name: 'x.csv',
    head: 'Time,SenderName,Sender,TalkerName,Talker,Content\n',
    record: (i) => `2026-01-05 10:00:00,甲,wxid_${i % 5},群,1@chatroom,内容 m${i}x\n`,
    tail: '',
  },
};

const marks = (run: Run): number[] =>
  run.messages.flatMap(({ text }) => [...text.matchAll(/m(\d+)x/g)].map((match) => Number(match[1])));

describe.each(Object.entries(RECORDS))('damage: %s', (_name, format) => {
  const all = Array.from({ length: 40 }, (_, i) => format.record(i));
  const whole = (records: readonly (string | Buffer)[]): Buffer =>
    Buffer.concat([format.head, ...records, format.tail].map((part) => Buffer.from(part as string)));

  test('in one record leaves the others, behind the next', async () => {
    const importer = sniffed(format.name, whole(all));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(38),
        fc.nat(120),
        fc.oneof(
          fc.constantFrom('"', "'", '{', '}', ']', '<', '\n', '\\'),
          fc.uint8Array({ minLength: 1, maxLength: 9 }),
        ),
        fc.boolean(),
        async (which, at, damage, cut) => {
          const record = Buffer.from(all[which] as string);
          const place = at % record.length;
          const rest = record.subarray(cut ? Math.min(record.length, place + 7) : place);
          const records: (string | Buffer)[] = [...all];
          records[which] = Buffer.concat([record.subarray(0, place), Buffer.from(damage as string), rest]);
          const found = new Set(marks(await runImporter(importer, format.name, whole(records))));
          for (let i = 0; i < 40; i++) if (i < which || i > which + 1) expect(found).toContain(i);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(['utf-16le', 'gb18030', 'utf-8-bom'] as const)('whole, in %s', async (shape) => {
    const bytes = encodeAs(whole(all).toString('utf8'), shape);
    expect(marks(await importBytes(format.name, bytes))).toEqual(all.map((_, i) => i));
  });
});

test('chatlog lists: names with commas do not cost the row', async () => {
  const contacts = await read(
    'UserName,Alias,Remark,NickName\nwxid_a,alias_a,老陈,陈一\nwxid_b,,林, 二,客服\n1@chatroom,,,群名\n,,,x\n',
    'contacts.csv',
  );
  expect([...contacts.accounts.values()].map(({ key, name, fields }) => [key, name, fields])).toEqual([
    ['wxid_a', '陈一', { alias: 'alias_a', remark: '老陈' }],
    ['wxid_b', '林,二,客服', { names: '林,二,客服' }],
  ]);
  expect(contacts.conversations.get('1@chatroom')).toMatchObject({ name: '群名', type: 'group' });
  expect(tally(contacts.ranges).skips).toEqual({ 'bad-row': 1 });
  const rooms = await read(
    'Name,Remark,NickName,Owner,UserCount\n1@chatroom,,甲,乙群,wxid_a,12\n',
    'rooms.csv',
  );
  expect(rooms.conversations.get('1@chatroom')).toMatchObject({
    name: '甲,乙群',
    fields: { memberCount: '12' },
  });
  expect(rooms.memberships).toMatchObject([{ accountKey: 'wxid_a', role: 'owner' }]);
});
