/** Detection over a whole workspace: rules over several messages, other subjects than messages. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBench, testBench } from '../builders/bench.ts';

const TITLE = { zh: '测试', en: 'Test' };
const PACK = {
  id: 'flows',
  version: '1.0.0',
  title: TITLE,
  rules: [
    {
      id: 'sale',
      category: 'illicit-services',
      title: TITLE,
      match: {
        sequence: [{ terms: ['四件套'] }, { regex: '[0-9]+元' }, { detector: 'contact' }],
        minutes: 10,
      },
    },
    {
      id: 'flood',
      category: 'marketing-spam',
      title: TITLE,
      match: { repeat: 'any', atLeast: 5, minutes: 1 },
    },
    {
      id: 'name',
      category: 'fraud',
      title: TITLE,
      match: { terms: ['兼职刷单'] },
      when: { act: ['display'] },
    },
    { id: 'item', category: 'fraud', title: TITLE, match: { terms: ['兼职刷单'] } },
    {
      id: 'night',
      category: 'abuse',
      title: TITLE,
      match: { terms: ['滚蛋'] },
      when: { time: { between: ['22:00', '06:00'] } },
    },
  ],
};

let made: TestBench;

beforeAll(async () => {
  made = testBench();
  await made.call('workspace.create', {
    profile: 'employer',
    officerName: '甲',
    passphrase: 'correct horse battery',
  });
  const chat = {
    chatlab: { version: '0.0.1', exportedAt: 1_700_000_000, generator: 'test' },
    meta: { name: '交流群', platform: 'wechat', type: 'group', groupId: 'g1' },
    members: [
      { platformId: 'u1', accountName: '兼职刷单小王' },
      { platformId: 'u2', accountName: '李四' },
    ],
    messages: [
      ['u1', 0, '有四件套'],
      ['u2', 20, '今天下雨'],
      ['u1', 40, '一套500元'],
      ['u1', 60, '加微信 abc12345'],
      ...Array.from({ length: 6 }, (_, index): [string, number, string] => [
        'u2',
        7200 + index,
        `刷屏${index}`,
      ]),
      ['u2', 10_000, '滚蛋'],
      ['u2', 50_000, '滚蛋'],
    ].map(([sender, at, content]) => ({
      sender,
      accountName: sender === 'u1' ? '兼职刷单小王' : '李四',
      timestamp: 1_699_970_400 + Number(at),
      type: 0,
      content,
    })),
  };
  const file = join(made.root, 'chat.json');
  writeFileSync(file, JSON.stringify(chat));
  await made.call('sources.import', {
    jobId: 'import',
    files: [{ path: file, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
  const items = join(made.root, '发布内容.csv');
  writeFileSync(
    items,
    [
      '内容ID,内容类型,发布账号,账号ID,发布时间,标题,正文',
      'p1,文章,好物推荐,gh_3,2026-10-01 08:00,兼职刷单日结,正文不违规',
      'p2,简介,读书笔记,gh_4,2026-10-02 08:00,,专做兼职刷单',
      '',
    ].join('\n'),
  );
  await made.call('sources.import', {
    jobId: 'items',
    files: [{ path: items, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
  const pack = join(made.root, 'pack.json');
  writeFileSync(pack, JSON.stringify(PACK));
  await made.call('detection.start', { jobId: 'detect', packFiles: [pack] });
}, 60_000);

afterAll(() => made.remove());

const hitsOf = async (rule: string) => (await made.call('hits.list', { filter: { rule }, limit: 50 })).rows;

test('a sequence over several messages is a hit of the message that completes it', async () => {
  const hits = await hitsOf('sale');
  expect(hits.map(({ text, sender }) => [sender, text])).toEqual([['兼职刷单小王', '加微信 abc12345']]);
});

test('a flood is one hit', async () => {
  expect((await hitsOf('flood')).map(({ text }) => text)).toEqual(['刷屏4']);
});

test('a name is a subject of its own, shown by its account', async () => {
  const hits = (await hitsOf('name')).filter(({ subject }) => subject.type === 'account-field');
  expect(hits.map(({ subject, act, text, spans }) => [subject.type, act, text, spans[0]?.text])).toEqual([
    ['account-field', 'display', '兼职刷单小王', '兼职刷单'],
  ]);
  expect(hits[0]?.source.file).toContain('chat.json');
});

test('published items are subjects: what is posted, and what a profile shows', async () => {
  const hits = await hitsOf('item');
  expect(hits.map(({ subject, act, text }) => [subject.type, act, text]).sort()).toEqual([
    ['account-field', 'display', '兼职刷单小王'],
    ['published-item', 'display', '专做兼职刷单'],
    ['published-item', 'own-post', '兼职刷单日结'],
  ]);
});

test('a condition on the time of day is asked in the zone of the source', async () => {
  // 1699970400 is 2023-11-14 22:00 in Shanghai; the first 滚蛋 is at 00:46, the second at 11:53.
  expect(await hitsOf('night')).toHaveLength(1);
});

test('a second run finds the same hits again', async () => {
  const run = await made.call('detection.start', {
    jobId: 'again',
    packFiles: [join(made.root, 'pack.json')],
  });
  expect([run.hits, run.added]).toEqual([8, 0]);
  expect(made.reported).toEqual([]);
});
