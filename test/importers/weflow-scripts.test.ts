/** WeFlow's Markdown and SQL, CipherTalk's SQL and JSON. */
import { describe, expect, test } from 'vitest';
import { echoTraceJson } from '../../src/core/importers/chat/wechat/wechat-weflow-json.ts';
import { weflowMarkdown } from '../../src/core/importers/chat/wechat/wechat-weflow-markdown.ts';
import { cipherTalkSql, weflowSql } from '../../src/core/importers/chat/wechat/wechat-weflow-sql.ts';
import { sqlValues } from '../../src/core/importers/sql-rows.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const said = (run: Awaited<ReturnType<typeof importBytes>>) =>
  run.messages.map(({ senderKey, kind, text }) => [senderKey, kind, text]);

describe('values of a row', () => {
  test.each([
    ["'a', NULL, 12, TRUE, -1.5", ['a', null, '12', 'TRUE', '-1.5']],
    ["'it''s', ''", ["it's", '']],
    ["'a\nb','c, d'", ['a\nb', 'c, d']],
    ["'a' 'b'", null],
    ["'a', ", null],
    ["'a''", null],
    ['a', null],
    ['', null],
  ])('%j', (text, values) => {
    expect(sqlValues(text)).toEqual(values);
  });
});

describe('SQL', () => {
  const WEFLOW = 'weflow_项目群.sql';
  const CIPHERTALK = 'ciphertalk_项目群.sql';

  test('WeFlow: a statement a message; a statement that somebody wrote is words', async () => {
    expect(sniffed(WEFLOW, fixture(WEFLOW))).toBe(weflowSql);
    const run = await importBytes(WEFLOW, fixture(WEFLOW));
    expect(said(run)).toEqual([
      [
        'wxid_chen',
        'text',
        "第一行，it's\nINSERT INTO weflow_messages (session_id, local_id) VALUES ('x', '1');\n第三行",
      ],
      ['wxid_me', 'quote', '收到'],
      ['wxid_lin', 'image', '[图片]'],
      [null, 'system', '"林二"邀请"周三"加入了群聊'],
    ]);
    expect(run.messages[0]).toMatchObject({ platformId: '9001', instant: 1_767_578_400_000 });
    expect(run.messages[1]?.carried).toMatchObject([{ sender: '陈一', text: '第一行' }]);
    expect(run.messages[2]?.attachments).toMatchObject([{ kind: 'image', reference: 'images/图 1.jpg' }]);
    expect(run.accounts.get('wxid_me')?.fields).toEqual({ self: 'true' });
    expect(run.conversations.get('48123456789@chatroom')?.type).toBe('group');
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('CipherTalk: rows of a statement, a row and a comment that somebody wrote are words', async () => {
    expect(sniffed(CIPHERTALK, fixture(CIPHERTALK))).toBe(cipherTalkSql);
    const run = await importBytes(CIPHERTALK, fixture(CIPHERTALK));
    expect(said(run)).toEqual([
      ['wxid_chen', 'text', "第一行\n('没有这一行', 2),\n-- 也不是注释"],
      ['wxid_me', 'file', '[文件] 报价.xlsx'],
      ['wxid_lin', 'text', '收到'],
      [null, 'recall', '"陈一"撤回了一条消息'],
    ]);
    expect(run.messages[2]).toMatchObject({ refersTo: '9001', sentAtText: '2026-01-05 10:02:00' });
    expect(run.conversations.get('48123456789@chatroom')).toMatchObject({
      name: '测试项目群',
      type: 'group',
    });
    expect(run.memberships).toMatchObject([{ accountKey: 'wxid_chen', displayName: '项目-陈' }]);
    expect(tally(run.ranges)).toMatchObject({ skipped: 0 });
  });

  test.each([
    ['a lost quote', "'第一行", '第一行'],
    ['a quote too many', "'第一行", "'第'一行"],
    ['a lost parenthesis', 'NULL, NULL),', 'NULL, NULL,'],
    ['a lost value', "1767578460, '2026-01-05 10:01:00', ", ''],
    ['a lost beginning', "('48123456789@chatroom', 3", "'48123456789@chatroom', 3"],
  ])('%s costs its own row', async (_, from, to) => {
    const bytes = Buffer.from(fixture(CIPHERTALK).toString('utf8').replace(from, to));
    const run = await runImporter(cipherTalkSql, CIPHERTALK, bytes);
    expect(run.messages).toHaveLength(3);
    expect(Object.keys(tally(run.ranges).skips)).toEqual(['bad-row']);
  });

  test('a script that ends inside a row', async () => {
    const bytes = fixture(WEFLOW);
    const run = await runImporter(weflowSql, WEFLOW, bytes.subarray(0, bytes.indexOf('图 1.jpg')));
    expect(run.messages).toHaveLength(2);
    expect(tally(run.ranges).skips).toEqual({ truncated: 1 });
  });
});

describe('Markdown', () => {
  const FILE = 'weflow_项目群.md';

  test('words as they were written; quotes, files and links are the exporter’s own only', async () => {
    expect(sniffed(FILE, fixture(FILE))).toBe(weflowMarkdown);
    const run = await importBytes(FILE, fixture(FILE));
    expect(said(run)).toEqual([
      [
        'name:陈一_工程',
        'text',
        '第一行 *重点* https://a.example/x_y\n\n## 2026-01-05 10:00:30 林二\n\n> 不是引用',
      ],
      ['name:我', 'quote', '收到'],
      ['name:林二', 'image', ''],
      ['name:林二', 'file', '[文件] 报价.xlsx'],
      ['name:陈一_工程', 'link', '会议纪要\nhttps://example.com/a?b=1'],
      [null, 'system', '"林二"邀请"周三"加入了群聊'],
    ]);
    expect(run.messages[0]?.wallTime).toBe(Date.UTC(2026, 0, 5, 10));
    expect(run.messages[1]?.carried).toMatchObject([{ sender: '陈一', text: '第一行\n第二行' }]);
    expect(run.messages[2]?.attachments).toMatchObject([{ reference: 'images/图(1).jpg' }]);
    expect(run.conversations.get('48123456789@chatroom')).toMatchObject({
      name: '测试项目群 #1',
      type: 'group',
    });
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('a direct chat: the other side is the chat’s id; dates without backslashes', async () => {
    const text =
      '# 林二\n\n- 会话ID: `wxid_lin`\n- 会话类型: 私聊\n- 消息数量: 2\n- 导出时间: 2026-01-06 10:00:00\n- 导出工具: WeFlow\n\n---\n\n' +
      '## 2026-01-05 10:00:00 林二\n\n[语音文件](voices/1.wav)\n\n## 2026-01-05 10:01:00 我\n\n好\n\n';
    const run = await importBytes('林二.md', Buffer.from(text));
    expect(said(run)).toEqual([
      ['wxid_lin', 'voice', ''],
      ['name:我', 'text', '好'],
    ]);
    expect(run.accounts.get('name:我')?.fields).toEqual({ self: 'true' });
    expect(run.conversations.get('wxid_lin')?.type).toBe('direct');
  });

  test('a damaged head is named, and a head at the end is cut off', async () => {
    const bytes = fixture(FILE)
      .toString('utf8')
      .replace('## 2026\\-01\\-05 10:02', '#x 2026\\-01\\-05 10:02');
    const run = await runImporter(weflowMarkdown, FILE, Buffer.from(bytes));
    expect(tally(run.ranges).skips).toMatchObject({ 'bad-row': 1 });
    const end = bytes.indexOf('收到');
    const cut = await runImporter(weflowMarkdown, FILE, Buffer.from(bytes.slice(0, end - 28)));
    expect(tally(cut.ranges).skips).toEqual({ truncated: 1 });
  });
});

test('CipherTalk’s JSON is read as EchoTrace’s; what it repeats is not kept twice', async () => {
  const file = 'ciphertalk_detailed.json';
  expect(sniffed(file, fixture(file))).toBe(echoTraceJson);
  const run = await importBytes(file, fixture(file));
  expect(said(run)).toEqual([
    ['wxid_chen', 'text', '大家早上好'],
    ['wxid_me', 'image', '[图片]'],
  ]);
  expect(run.messages[0]?.extra).toEqual({ localId: 1, chatLabType: 0 });
  expect(run.memberships).toMatchObject([{ accountKey: 'wxid_chen', displayName: '项目-陈' }]);
});
