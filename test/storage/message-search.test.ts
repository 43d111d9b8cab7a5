import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageFilter } from '../../src/core/domain/conversation.ts';
import { type TestBench, testBench } from '../builders/bench.ts';
import { wechatCsv } from '../cli/support.ts';

let made: TestBench;

beforeAll(async () => {
  made = testBench();
  await made.call('workspace.create', { profile: 'employer', officerName: 'One', passphrase: 'long enough' });
  writeFileSync(join(made.root, 'a.csv'), wechatCsv(200));
  await made.call('sources.import', { jobId: 'i', files: [{ path: join(made.root, 'a.csv') }] });
  await made.call('detection.start', { jobId: 'd' });
}, 60_000);
afterAll(() => made.remove());

async function everyPage(filter: MessageFilter, descending: boolean, limit: number) {
  const texts: string[] = [];
  const totals: (number | null)[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof one>> = await one(filter, descending, limit, cursor);
    texts.push(...page.rows.map(({ text }) => text));
    totals.push(page.total);
    cursor = page.next;
  } while (cursor !== null);
  return { texts, totals };
}

const one = (filter: MessageFilter, descending: boolean, limit: number, cursor: string | null) =>
  made.call('messages.search', { filter, sort: { by: 'sentAt', descending }, limit, cursor });

test.each<[string, MessageFilter, number]>([
  ['everything', {}, 200],
  ['a word of two characters', { text: '库存' }, 190],
  ['Latin letters in any case', { text: 'BanZheng' }, 10],
  ['a per cent sign stands for itself', { text: '%' }, 0],
  ['a word that nobody said', { text: '绝无此词' }, 0],
  ['a word and only messages with hits', { text: '办证', withHits: true }, 10],
])('%s: all pages in either order give each match once', async (_, filter, count) => {
  for (const limit of [7, 500]) {
    const up = await everyPage(filter, false, limit);
    const down = await everyPage(filter, true, limit);
    expect(up.texts).toHaveLength(count);
    expect(new Set(up.texts).size).toBe(count);
    expect(down.texts).toEqual([...up.texts].reverse());
    expect(up.totals[0]).toBe(count);
    expect(up.totals.slice(1).every((total) => total === null)).toBe(true);
  }
});

test('words behind a NUL are found, among messages and among hits', async () => {
  const other = testBench();
  await other.call('workspace.create', { profile: 'employer', officerName: 'O', passphrase: 'long enough' });
  const path = join(other.root, 'nul.csv');
  writeFileSync(path, wechatCsv(20).replaceAll('banzheng', '前面\0后面BanZheng'));
  const [source] = (await other.call('sources.import', { jobId: 'i', files: [{ path }] })).sources;
  expect(source?.messages).toBe(20);
  for (const text of ['后面', '后面banzh', 'anZhe']) {
    expect((await other.call('messages.search', { filter: { text } })).total).toBe(1);
  }
  expect((await other.call('messages.search', { filter: { text: '前面' } })).total).toBe(1);
  await other.call('detection.start', { jobId: 'd' });
  const hits = (await other.call('hits.list', { filter: { text: '前面' } })).total ?? 0;
  expect(hits).toBeGreaterThan(0);
  expect((await other.call('hits.list', { filter: { text: '后面banZ' } })).total).toBe(hits);
  other.remove();
});

test('a search made again after an import finds the new messages', async () => {
  const before = (await one({ text: '库存' }, true, 5, null)).total ?? 0;
  writeFileSync(join(made.root, 'b.csv'), wechatCsv(50).replaceAll('1767578', '1777578'));
  await made.call('sources.import', { jobId: 'i2', files: [{ path: join(made.root, 'b.csv') }] });
  expect((await one({ text: '库存' }, true, 5, null)).total).toBe(before + 47);
});
