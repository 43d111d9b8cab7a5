/** Hits on published items and on pictures' codes go to another workstation and come back, and are merged there. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestBench, testBench } from '../builders/bench.ts';

const TITLE = { zh: '测试', en: 'Test' };
const PACK = {
  id: 'subjects',
  version: '1.0.0',
  title: TITLE,
  rules: [
    { id: 'item', category: 'fraud', title: TITLE, match: { terms: ['兼职刷单'] } },
    { id: 'code', category: 'fraud', title: TITLE, match: { terms: ['example.com/pay'] } },
  ],
};
const KEY = 'told by telephone';
const LIST = [
  '内容ID,内容类型,发布账号,账号ID,发布时间,标题,正文',
  'p|1,文章,好物推荐,gh_3,2026-10-01 08:00,兼职刷单日结,正文不违规',
  'p2,简介,读书笔记,gh_4,2026-10-02 08:00,,专做兼职刷单',
  '',
].join('\n');

let a: TestBench;
let b: TestBench;
let caseId: string;
let files = 0;

async function workstation(officerName: string): Promise<TestBench> {
  const bench = testBench();
  await bench.call('workspace.create', { profile: 'platform', officerName, passphrase: 'first passphrase' });
  return bench;
}

async function imported(bench: TestBench, name: string, text: string): Promise<string> {
  const path = join(bench.root, name);
  writeFileSync(path, text);
  const { sources } = await bench.call('sources.import', {
    jobId: `import-${files++}`,
    files: [{ path, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
  return sources[0]?.id ?? '';
}

async function detect(bench: TestBench) {
  const pack = join(bench.root, 'pack.json');
  writeFileSync(pack, JSON.stringify(PACK));
  return bench.call('detection.start', { jobId: `detect-${files++}`, packFiles: [pack] });
}

async function hitsOf(bench: TestBench) {
  const { rows } = await bench.call('hits.list', { filter: {}, limit: 500 });
  return rows.filter(({ rule }) => rule === 'item' || rule === 'code');
}

const told = (hits: Awaited<ReturnType<typeof hitsOf>>) =>
  hits
    .map(({ subject, text, spans, act, disposition }) =>
      JSON.stringify([subject.type, text, spans, act, disposition?.verdict]),
    )
    .sort();

async function carry(from: TestBench, to: TestBench, what: { caseId?: string; hitIds?: string[] }) {
  const file = join(from.root, `transfer-${files++}.docket`);
  const sent = { ...what, file, passphrase: KEY, recipient: '对方', purpose: '移交办理' };
  expect((await from.call('transfers.send', sent)).counts.leftOut).toEqual({});
  const { peer } = await to.call('transfers.look', { file, passphrase: KEY });
  return to.call('transfers.receive', {
    jobId: `receive-${files}`,
    file,
    passphrase: KEY,
    trust: peer.fingerprint,
  });
}

async function expectClean() {
  for (const bench of [a, b]) {
    const { failures } = await bench.call('workspace.check', { jobId: `check-${files++}` });
    expect(failures).toEqual([]);
    expect(bench.reported).toEqual([]);
  }
}

beforeAll(async () => {
  a = await workstation('甲');
  b = await workstation('乙');
  const line = (record: object) => `${JSON.stringify(record)}\n`;
  const chat = [
    line({ record: 'header', format: 'docket-chat', version: 1, platform: 'wechat' }),
    ...Array.from({ length: 8 }, (_, i) =>
      line({
        record: 'message',
        conversation: 'g1',
        sender: `w${i % 2}`,
        senderName: `说话人${i % 2}`,
        sentAtText: new Date(1_700_000_000_000 + i * 1000).toISOString(),
        text: `消息 ${i}`,
        attachments: i === 3 ? [{ kind: 'image', name: 'qr.png', reference: 'img/qr.png' }] : [],
      }),
    ),
  ].join('');
  const sourceId = await imported(a, 'chat.ndjson', chat);
  const folder = join(a.root, 'media');
  mkdirSync(join(folder, 'img'), { recursive: true });
  const picture = readFileSync(new URL('../fixtures/media/qr-two.png', import.meta.url));
  writeFileSync(join(folder, 'img', 'qr.png'), picture);
  await a.call('media.match', { jobId: 'media', sourceId, folder });
  await imported(a, '发布内容.csv', LIST);
  await detect(a);
  const hitIds = (await hitsOf(a)).map(({ id }) => id);
  expect(hitIds).toHaveLength(3);
  await a.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  caseId = (await a.call('cases.open', { hitIds })).summary.id;
}, 60_000);

afterAll(() => {
  a.remove();
  b.remove();
});

test('they go along with a case, with what they are about, their source and their verdicts', async () => {
  const { counts } = await carry(a, b, { caseId });
  expect(counts).toMatchObject({ hits: 3, conflicts: 0, leftOut: {} });
  expect(told((await b.call('cases.get', { caseId })).hits)).toEqual(told(await hitsOf(a)));
  expect(told(await hitsOf(b))).toEqual(told(await hitsOf(a)));
  for (const { subject, source, sender } of await hitsOf(b)) {
    if (subject.type === 'published-item') expect(source.file).toContain('发布内容.csv');
    else expect(sender).toBe('说话人1');
  }
  await expectClean();
});

test('a detection there finds the code that came again, and nothing twice', async () => {
  await detect(b);
  expect(await hitsOf(b)).toHaveLength(3);
  await expectClean();
});

test('the case comes back without a change', async () => {
  const { counts } = await carry(b, a, { caseId });
  expect(counts).toMatchObject({ messages: 1, hits: 3, added: 0, conflicts: 0, leftOut: {} });
  expect(await hitsOf(a)).toHaveLength(3);
  await expectClean();
});

test('the list that comes there later is met by what was judged of it', async () => {
  await imported(b, '发布内容.csv', LIST);
  const { counts } = await carry(a, b, { caseId });
  expect(counts).toMatchObject({ hits: 3, added: expect.any(Number), conflicts: 0, leftOut: {} });
  expect(await hitsOf(b)).toHaveLength(3);
  await expectClean();
});

test.each([
  ['published-item', '专做兼职刷单'],
  ['attachment', 'https://example.com/pay?id=42'],
])('two verdicts on one of type %s wait for a choice', async (type, text) => {
  const of = async (bench: TestBench) =>
    (await hitsOf(bench)).find((hit) => hit.subject.type === type && hit.text === text);
  const [x, y] = [testBench(), testBench()];
  for (const bench of [x, y]) {
    await bench.call('workspace.create', {
      profile: 'platform',
      officerName: type,
      passphrase: 'p assphrase',
    });
  }
  const share = async (from: TestBench, to: TestBench) =>
    carry(from, to, { hitIds: [(await of(from))?.id ?? ''] });
  // From where the case was opened, to two workstations that judge it apart.
  await share(a, x);
  await share(a, y);
  await x.call('hits.dispose', {
    hitIds: [(await of(x))?.id ?? ''],
    verdict: 'dismissed',
    reason: 'quotation',
  });
  await y.call('hits.dispose', {
    hitIds: [(await of(y))?.id ?? ''],
    verdict: 'dismissed',
    reason: 'rule-too-broad',
  });
  const back = await share(x, y);
  expect(back.counts).toMatchObject({ hits: 1, conflicts: 1, leftOut: {} });
  const [conflict] = await y.call('transfers.conflicts', {});
  expect(conflict).toMatchObject({ kind: 'disposition', about: text });
  await y.call('transfers.resolve', { conflictId: conflict?.id ?? '', choice: 'theirs', reason: '核对' });
  expect((await of(y))?.disposition).toMatchObject({ verdict: 'dismissed', note: '核对' });
  for (const bench of [x, y]) {
    const { failures } = await bench.call('workspace.check', { jobId: 'check' });
    expect(failures).toEqual([]);
    bench.remove();
  }
});
