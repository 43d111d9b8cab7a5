import { expect, test } from 'vitest';
import { echoTraceHtml } from '../../src/core/importers/chat/wechat/wechat-echotrace-html.ts';
import { weflowHtml } from '../../src/core/importers/chat/wechat/wechat-weflow-html.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const FILE = 'weflow_page.html';

test('names, quotes, media, links, ids and instants from the page’s script', async () => {
  expect(sniffed(FILE, fixture(FILE))).toBe(weflowHtml);
  const run = await importBytes(FILE, fixture(FILE));
  expect(
    run.messages.map(({ senderName, kind, text, instant }) => [senderName, kind, text, instant]),
  ).toEqual([
    ['陈一', 'text', '第一行\n第二行 <b> [微笑]', 1_767_578_400_000],
    ['我自己', 'quote', '收到', 1_767_578_460_000],
    ['林二', 'image', '', 1_767_578_520_000],
    ['林二', 'link', '会议纪要\nhttps://example.com/a', 1_767_578_580_000],
    ['陈一', 'voice', '[语音消息]', 1_767_578_640_000],
  ]);
  expect(run.messages[1]).toMatchObject({
    platformId: '9002',
    refersTo: '9001',
    carried: [{ act: 'quote', sender: '陈一', text: '第一行' }],
  });
  expect(run.messages[2]?.attachments).toMatchObject([{ kind: 'image', reference: 'media/images/图.jpg' }]);
  expect(run.accounts.get('name:我自己')?.fields).toEqual({ self: 'true' });
  expect(run.conversations.get('name:测试项目群')?.type).toBe('group');
  expect(tally(run.ranges).skipped).toBe(0);
});

test('a direct chat shows no names: the title is the other side', async () => {
  const page = fixture(FILE)
    .toString('utf8')
    .replace(/<div class=\\"sender-name\\">[^<]*<\/div>/g, '')
    .replace('<span>群聊</span>', '<span>私聊</span>')
    .replaceAll('测试项目群', '陈一');
  const run = await runImporter(weflowHtml, '陈一.html', Buffer.from(page));
  expect(run.messages.map(({ senderKey }) => senderKey)).toEqual([
    'name:陈一',
    'name:我自己',
    'name:陈一',
    'name:陈一',
    'name:陈一',
  ]);
  expect(run.conversations.get('name:陈一')?.type).toBe('direct');
});

test('notices stand under the chat’s id', async () => {
  const page = fixture(FILE)
    .toString('utf8')
    .replace(
      /<div class=\\"sender-name\\">林二<\/div><div class=\\"message-content\\"><img[^>]*>/,
      '<div class=\\"sender-name\\">1234@chatroom</div><div class=\\"message-content\\"><div class=\\"message-text\\">“陈一”撤回了一条消息</div>',
    );
  const run = await runImporter(weflowHtml, FILE, Buffer.from(page));
  expect(run.messages[2]).toMatchObject({ kind: 'recall', senderKey: null, text: '“陈一”撤回了一条消息' });
});

test('EchoTrace’s page', async () => {
  const file = 'echotrace_page.html';
  expect(sniffed(file, fixture(file))).toBe(echoTraceHtml);
  const run = await importBytes(file, fixture(file));
  expect(
    run.messages.map(({ senderName, kind, text, wallTime }) => [senderName, kind, text, wallTime]),
  ).toEqual([
    ['陈一', 'text', '大家早上好\n第二行 <b>', Date.UTC(2026, 0, 5, 10)],
    ['我自己', 'image', '[图片]', Date.UTC(2026, 0, 5, 10, 1)],
    ['林二', 'text', '收到', Date.UTC(2026, 0, 6, 9)],
  ]);
  expect(tally(run.ranges).skipped).toBe(0);
});
