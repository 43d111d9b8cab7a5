/** Hits on the names of accounts and groups go to another workstation and come back; two verdicts wait for a choice. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { all } from '../../src/core/storage/database.ts';
import { type TestBench, testBench } from '../builders/bench.ts';

const TITLE = { zh: '测试', en: 'Test' };
const PACK = {
  id: 'names',
  version: '1.0.0',
  title: TITLE,
  rules: [{ id: 'name', category: 'fraud', title: TITLE, match: { terms: ['兼职刷单'] } }],
};
const KEY = 'told by telephone';

let a: TestBench;
let b: TestBench;
let caseId: string;
let files = 0;

function chat(bench: TestBench, name: string, people: readonly (readonly [string, string])[]): string {
  const file = join(bench.root, name);
  const content = {
    chatlab: { version: '0.0.1', exportedAt: 1_700_000_000, generator: 'test' },
    meta: { name: '兼职刷单交流群', platform: 'wechat', type: 'group', groupId: 'g1' },
    members: people.map(([platformId, accountName]) => ({ platformId, accountName })),
    messages: people.map(([sender, accountName], i) => ({
      sender,
      accountName,
      timestamp: 1_699_970_400 + i * 60,
      type: 0,
      content: i === 0 ? '我这里有兼职刷单' : `今天下雨 ${i}`,
    })),
  };
  writeFileSync(file, JSON.stringify(content));
  return file;
}

async function workstation(officerName: string): Promise<TestBench> {
  const bench = testBench();
  await bench.call('workspace.create', {
    profile: 'employer',
    officerName,
    passphrase: 'correct horse battery',
  });
  return bench;
}

async function detect(bench: TestBench) {
  const pack = join(bench.root, 'pack.json');
  writeFileSync(pack, JSON.stringify(PACK));
  await bench.call('detection.start', { jobId: `detect-${files++}`, packFiles: [pack] });
}

const hitsOf = async (bench: TestBench, type: string) =>
  (await bench.call('hits.list', { filter: { rule: 'name' }, limit: 50 })).rows.filter(
    ({ subject }) => subject.type === type,
  );

async function carry(from: TestBench, to: TestBench, what: { caseId?: string; hitIds?: string[] }) {
  const file = join(from.root, `transfer-${files++}.docket`);
  await from.call('transfers.send', {
    ...what,
    file,
    passphrase: KEY,
    recipient: '对方',
    purpose: '移交办理',
  });
  const { peer } = await to.call('transfers.look', { file, passphrase: KEY });
  return to.call('transfers.receive', {
    jobId: `receive-${files}`,
    file,
    passphrase: KEY,
    trust: peer.fingerprint,
  });
}

async function expectClean(bench: TestBench) {
  const { failures } = await bench.call('workspace.check', { jobId: `check-${files++}` });
  expect(failures).toEqual([]);
  expect(bench.reported).toEqual([]);
}

beforeAll(async () => {
  a = await workstation('甲');
  b = await workstation('乙');
  const file = chat(a, 'chat.json', [
    ['u1', '兼职刷单小王'],
    ['u2', '李四'],
  ]);
  await a.call('sources.import', {
    jobId: 'import',
    files: [{ path: file, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
  await detect(a);
  const hitIds = (await hitsOf(a, 'message')).map(({ id }) => id);
  hitIds.push(...(await hitsOf(a, 'account-field')).map(({ id }) => id));
  hitIds.push(...(await hitsOf(a, 'group-field')).map(({ id }) => id));
  expect(hitIds).toHaveLength(3);
  await a.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  caseId = (await a.call('cases.open', { hitIds })).summary.id;
}, 60_000);

afterAll(() => {
  a.remove();
  b.remove();
});

test('hits on names go along with a case, with what they are about and their verdicts', async () => {
  const { counts } = await carry(a, b, { caseId });
  expect(counts).toMatchObject({ hits: 3, conflicts: 0, leftOut: {} });
  const there = (await a.call('cases.get', { caseId })).hits;
  const here = (await b.call('cases.get', { caseId })).hits;
  const told = (hits: typeof here) =>
    hits.map(({ subject, text, spans, disposition }) => [subject.type, text, spans, disposition?.verdict]);
  expect(told(here)).toEqual(told(there));
  expect(told(here)).toContainEqual([
    'account-field',
    '兼职刷单小王',
    [{ start: 0, end: 4, text: '兼职刷单' }],
    'confirmed',
  ]);
  expect(here.find(({ subject }) => subject.type === 'account-field')?.sender).toBe('兼职刷单小王');
  await expectClean(b);
});

test('a detection there finds the hits that came again, and none twice', async () => {
  await detect(b);
  expect(await hitsOf(b, 'account-field')).toHaveLength(1);
  expect(await hitsOf(b, 'group-field')).toHaveLength(1);
  await expectClean(b);
});

test('the case comes back without a change, names and all', async () => {
  const { counts } = await carry(b, a, { caseId });
  expect(counts).toMatchObject({ hits: 3, conflicts: 0, leftOut: {} });
  expect(await hitsOf(a, 'account-field')).toHaveLength(1);
  const subjects = all(a.bench.session.workspace.store.db, 'SELECT uid FROM hit_subjects');
  expect(subjects).toHaveLength(2);
  await expectClean(a);
});

test('two verdicts on a name wait for a choice, which says what it is about', async () => {
  const file = chat(a, 'later.json', [['u3', '专职兼职刷单']]);
  await a.call('sources.import', {
    jobId: 'later',
    files: [{ path: file, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
  await detect(a);
  const own = (await hitsOf(a, 'account-field')).find(({ text }) => text === '专职兼职刷单');
  const { counts } = await carry(a, b, { hitIds: [own?.id ?? ''] });
  expect(counts).toMatchObject({ messages: 0, hits: 1, added: 1, leftOut: {} });
  const theirs = (await hitsOf(b, 'account-field')).find(({ text }) => text === '专职兼职刷单');
  await a.call('hits.dispose', { hitIds: [own?.id ?? ''], verdict: 'confirmed' });
  await b.call('hits.dispose', { hitIds: [theirs?.id ?? ''], verdict: 'dismissed', reason: 'quotation' });
  const back = await carry(b, a, { hitIds: [theirs?.id ?? ''] });
  expect(back.counts.conflicts).toBe(1);
  const [conflict] = await a.call('transfers.conflicts', {});
  expect(conflict).toMatchObject({ kind: 'disposition', about: '专职兼职刷单' });
  expect(conflict?.fields).toContainEqual({ name: 'verdict', ours: 'confirmed', theirs: 'dismissed' });
  await a.call('transfers.resolve', {
    conflictId: conflict?.id ?? '',
    choice: 'theirs',
    reason: '对方核对了本人',
  });
  const settled = (await hitsOf(a, 'account-field')).find(({ text }) => text === '专职兼职刷单');
  expect(settled?.disposition).toMatchObject({ verdict: 'dismissed', note: '对方核对了本人' });
  await expectClean(a);
  await expectClean(b);
});
