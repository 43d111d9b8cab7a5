/** Rules on the command line: checked with places, drafted, backtested, published; samples, clusters, meters. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { terminal, wechatCsv } from './support.ts';

const { at, json, run, remove } = terminal();
const file = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const TITLE = { zh: '自有', en: 'Own' };
const pack = (match: object, version = '1'): string =>
  `{"id":"own","version":"${version}","title":${JSON.stringify(TITLE)},"rules":[\n${JSON.stringify({
    id: 'r',
    category: 'scandal-hype',
    title: TITLE,
    match,
  })}]}`;

beforeAll(async () => {
  await json('import', file('chat.csv', wechatCsv(200)), '--zone', 'Asia/Shanghai');
}, 60_000);
afterAll(remove);

test('a bad pack ends with 1 and says where it is bad', async () => {
  const bad = file('bad.json', pack({ terms: [] }));
  const words = await run('rules', 'check', bad);
  expect(words.code).toBe(1);
  expect(words.stdout).toMatch(/pack own, rule r, line 2, column \d+, \/rules\/0\/match\/terms: is empty/);
  const { code, stdout } = await run('rules', 'check', bad, '--json');
  const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: { key: string; line: number }[] };
  expect([code, ok, problems.map(({ key, line }) => [key, line])]).toEqual([1, false, [['empty', 2]]]);
});

test('the schema is printed without a workspace', async () => {
  expect(await json('rules', 'schema')).toMatchObject({ title: 'Docket rule pack' });
});

test('a draft is backtested and published; its hits are explained, counted and grouped', async () => {
  const good = file('good.json', pack({ regex: '第[0-9]*5条' }));
  expect(await json('rules', 'draft', good)).toMatchObject({ pack: 'own', problems: [] });
  expect((await run('rules', 'publish', '--pack', 'own')).stderr).toContain('backtest-required');
  const tested = await json<{ added: number; messages: number }>('rules', 'backtest', '--pack', 'own');
  expect(tested).toMatchObject({ added: 20, messages: 200 });
  expect(await json('rules', 'publish', '--pack', 'own')).toMatchObject({ id: 'own', enabled: true });
  await json('detect');
  const counts = await json<{ hits: number; category: string }[]>(
    'meter',
    '--by',
    'category',
    '--category',
    'scandal-hype',
  );
  expect(counts.map(({ hits, category }) => [category, hits])).toEqual([['scandal-hype', 20]]);
  const clusters = await json<{ hits: number; hitIds: string[] }[]>('clusters', '--category', 'scandal-hype');
  expect(clusters[0]?.hits).toBe(20);
  const why = await json('explain', '--hit', clusters[0]?.hitIds[0] ?? '');
  expect(why).toMatchObject({ rule: { pack: 'own', id: 'r' }, words: [{ text: '第5条' }] });
}, 120_000);

test('a sample is drawn, judged and taken back', async () => {
  const sample = await json<{ id: string; size: number }>('sample', 'draw', '--size', '2', '--seed', 's');
  const judged = ['sample', 'judge', '--sample', sample.id, '--position', '0'];
  expect(await json(...judged, '--verdict', 'clean')).toMatchObject({ labelled: 1, missRate: { n: 1 } });
  expect(await json(...judged, '--take-back')).toMatchObject({ labelled: 0, missRate: { n: 0 } });
  expect((await run(...judged)).code).toBe(2);
}, 60_000);
