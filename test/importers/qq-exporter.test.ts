/** QQ Chat Exporter's pages, chunks and texts as its versions write them. */
import { describe, expect, test } from 'vitest';
import { qqExporterHtml } from '../../src/core/importers/chat/qq/qq-exporter-html.ts';
import { qqExporterJson } from '../../src/core/importers/chat/qq/qq-exporter-json.ts';
import { qqExporterText } from '../../src/core/importers/chat/qq/qq-exporter-text.ts';
import type { ImportedMessage } from '../../src/core/importers/importer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const said = ({ senderKey, kind, text }: ImportedMessage): unknown => [senderKey, kind, text];

const MESSAGES = [
  ['10001001', 'text', '第一行\n第二行 <b> &  空格'],
  ['10001002', 'quote', '收到/微笑'],
  ['10001003', 'image', '[图片:a.png]'],
  ['u_none', 'file', '[文件:报价.xlsx]'],
  ['10001001', 'forward', ''],
  ['10001002', 'recall', '"林二"撤回了一条消息'],
  ['10001002', 'voice', '[语音:3秒]'],
  ['10001002', 'link', '活动\n点击参加\nhttps://example.com/j'],
];

describe('pages', () => {
  test('numbers from portraits, replies, forwards, files, notices; markup in scripts is none', async () => {
    const file = 'qce_page.html';
    expect(sniffed(file, fixture(file))).toBe(qqExporterHtml);
    const run = await importBytes(file, fixture(file));
    expect(run.messages.map(said)).toEqual(MESSAGES);
    expect(run.messages[0]).toMatchObject({
      platformId: '7001',
      wallTime: Date.UTC(2026, 0, 5, 10),
      extra: { title: '群主' },
    });
    expect(run.messages[1]).toMatchObject({
      refersTo: '7001',
      carried: [{ act: 'quote', sender: '陈一', text: '第一行' }],
    });
    expect(run.messages[3]?.attachments).toMatchObject([
      { kind: 'file', reference: './resources/files/报价.xlsx' },
    ]);
    expect(run.messages[4]?.carried).toMatchObject([
      { act: 'forward', text: '群聊的聊天记录\n丙: 外面的话\n丁: 又一句' },
    ]);
    expect(run.accounts.get('10001003')?.fields).toMatchObject({ self: 'true' });
    expect(run.conversations.get('name:测试项目群')?.type).toBe('group');
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('a chunk holds the same with instants, and is called as its manifest says', async () => {
    const bytes = fixture('qce_c000001.js');
    const manifest = Buffer.from(
      JSON.stringify({ format: 'qce-modern-html-chunked', chat: { name: '测试项目群', type: 'group' } }),
    );
    const source = {
      ...memorySource('c000001.js', bytes),
      path: '导出/data/chunks/c000001.js',
      companion: async (path: string) => (path === '../manifest.json' ? manifest : null),
    };
    const messages: ImportedMessage[] = [];
    for await (const event of qqExporterHtml.read(source, {
      zone: 'UTC',
      conversations: 'all',
      head: readHead(source),
    })) {
      if (event.type === 'messages') messages.push(...event.messages);
    }
    expect(messages.map(said)).toEqual(MESSAGES);
    expect(messages[0]).toMatchObject({ instant: 1_767_578_400_000, conversationKey: 'name:测试项目群' });
  });

  test('earlier pages without blocks', async () => {
    const page = fixture('qce_page.html')
      .toString('utf8')
      .replace(/<div class="message-block" data-date="2026-01-05">|<style>[\s\S]*?<\/script>/g, '<div>')
      .replace(/<!-- QCE[^>]*-->/, '');
    const run = await runImporter(qqExporterHtml, 'old.html', Buffer.from(page));
    expect(run.messages.map(said)).toEqual(MESSAGES.filter(([, kind]) => kind !== 'recall'));
  });
});

describe('texts', () => {
  test('a large chat: heads count from 1, anything else is words', async () => {
    const file = 'qce_large.txt';
    expect(sniffed(file, fixture(file))).toBe(qqExporterText);
    const run = await importBytes(file, fixture(file));
    expect(run.messages.map(said)).toEqual([
      ['name:陈一', 'text', '大家早上好\n\n第三行'],
      ['name:林二', 'text', '收到\n[image: a.png]'],
      ['name:Carol 测试', 'text', '[#9] 2026/1/5 10:02:00 不是头'],
      ['name:陈一', 'text', '[无文本内容]'],
    ]);
    expect(tally(run.ranges).skipped).toBe(0);
  });

  test('system messages: under a name, without one, and with their words alone', async () => {
    const text = `[QQChatExporter V5 / https://github.com/shuakami/qq-chat-exporter]\n\n聊天名称: 群\n聊天类型: 群聊\n\n\n陈一:\n时间: 2026-01-05 10:00:00\n内容: 早\n\n\n:\n时间: 2026-01-05 10:01:00\n内容: "林二"撤回了一条消息\n\n\n系统消息:\n时间: 2026-01-05 10:02:00\n内容: 林二加入本群\n\n\n10001002:\n时间: 2026-01-05 10:03:00\n内容: [系统消息]\n`;
    const run = await runImporter(qqExporterText, 'a.txt', Buffer.from(text));
    expect(run.messages.map(said)).toEqual([
      ['name:陈一', 'text', '早'],
      ['name:林二', 'recall', '"林二"撤回了一条消息'],
      [null, 'system', '林二加入本群'],
      [null, 'system', '[系统消息]'],
    ]);
    expect(tally(run.ranges).skipped).toBe(0);
  });
});

test('JSON of its streaming mode, whose name is written with spaces', async () => {
  const message = {
    id: '1',
    seq: '1',
    timestamp: 1_767_578_400_000,
    time: '2026-01-05 10:00:00',
    sender: { uid: 'u_a', uin: '10001001', name: '陈一' },
    type: 'text',
    content: {
      text: '早',
      html: '早',
      elements: [{ type: 'text', data: { text: '早' } }],
      resources: [],
      mentions: [],
    },
    recalled: false,
    system: false,
  };
  const bytes = Buffer.from(
    JSON.stringify(
      {
        metadata: { name: 'QQ Chat Exporter', version: '4.9.0', generator: 'streaming-json-exporter' },
        chatInfo: { name: '群', type: 'group', avatar: null, participantCount: null },
        statistics: { totalMessages: 1 },
        messages: [message],
      },
      null,
      2,
    ),
  );
  expect(sniffed('x.json', bytes)).toBe(qqExporterJson);
  const run = await importBytes('x.json', bytes);
  expect(run.messages.map(said)).toEqual([['10001001', 'text', '早']]);
  expect(run.facts.formatVersion).toBe('4.9.0');
  const empty = Buffer.from(
    bytes.toString('utf8').replace(/"messages": \[[\s\S]*\]/, '"messages": [\n\n  ]'),
  );
  expect(sniffed('x.json', empty)).toBe(qqExporterJson);
});
