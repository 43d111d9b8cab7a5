/** Taking a transfer in is one transaction in pieces: the host answers in between, and a crash leaves nothing of it. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Jobs } from '../../src/core/app/jobs.ts';
import { atOnce } from '../../src/core/app/pace.ts';
import { canonicalJson } from '../../src/core/audit/digest.ts';
import { isPutOff } from '../../src/core/storage/database.ts';
import { versionDigest } from '../../src/core/transfer/merge.ts';
import { type TestBench, testBench } from '../builders/bench.ts';

const PASSPHRASE = 'told by telephone';
const OFFICER = 'first passphrase';
const MESSAGES = 4000;

let a: TestBench;
let file: string;
let caseId: string;
let jobs = 0;

const line = (record: object) => `${JSON.stringify(record)}\n`;
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function workstation(officerName: string): Promise<TestBench> {
  const bench = testBench();
  await bench.call('workspace.create', { profile: 'platform', officerName, passphrase: OFFICER });
  return bench;
}

/** Begins to take the file in; `ended` answers null or the error. */
async function receiving(bench: TestBench, jobId: string) {
  const { peer } = await bench.call('transfers.look', { file, passphrase: PASSPHRASE });
  const ended = bench
    .call('transfers.receive', { jobId, file, passphrase: PASSPHRASE, trust: peer.fingerprint })
    .then(
      () => null,
      (error: unknown) => error,
    );
  return { ended };
}

const insideOf = (bench: TestBench) => isPutOff(bench.bench.session.workspace.store.db);

/** What of the transfer can be seen. */
async function visible(bench: TestBench) {
  const { rows } = await bench.call('cases.list', { limit: 10 });
  const transfers = await bench.call('transfers.list', {});
  const officers = await bench.call('officers.list', {});
  return { cases: rows.length, transfers: transfers.length, officers: officers.length };
}
const NOTHING = { cases: 0, transfers: 0, officers: 1 };
const ALL = { cases: 1, transfers: 1, officers: 2 };

async function expectClean(bench: TestBench) {
  const { failures } = await bench.call('workspace.check', { jobId: `check-${jobs++}` });
  expect(failures).toEqual([]);
  expect(bench.reported).toEqual([]);
}

beforeAll(async () => {
  a = await workstation('A');
  const chat = join(a.root, 'chat.ndjson');
  const lines = [line({ record: 'header', format: 'docket-chat', version: 1, platform: 'wechat' })];
  for (let i = 0; i < MESSAGES; i++) {
    lines.push(
      line({
        record: 'message',
        conversation: 'g1',
        sender: `w${i % 3}`,
        sentAtText: new Date(1_700_000_000_000 + i * 1000).toISOString(),
        text: `消息 ${i}`,
      }),
    );
  }
  writeFileSync(chat, lines.join(''));
  await a.call('sources.import', { jobId: 'chat', files: [{ path: chat, conversations: 'all' }] });
  const { rows } = await a.call('messages.search', { filter: { text: '消息 5' }, limit: 1 });
  const accountId = rows[0]?.senderId ?? '';
  caseId = (await a.call('cases.open', { hitIds: [], accountId })).summary.id;
  await a.call('evidence.addPeriod', { caseId, messageId: rows[0]?.id ?? '' });
  file = join(a.root, 'case.docket');
  await a.call('transfers.send', { caseId, file, passphrase: PASSPHRASE, recipient: 'X', purpose: 'P' });
}, 120_000);
afterAll(() => a.remove());

describe('taking a transfer in', () => {
  test('the host answers from before it, what writes waits for its end', async () => {
    const b = await workstation('B');
    const { ended } = await receiving(b, 'receive');
    let pieces = 0;
    let officer: Promise<unknown> | null = null;
    const jobsInside: unknown[] = [];
    for (let done = false; !done; await turn()) {
      done = await Promise.race([ended.then(() => true), turn().then(() => false)]);
      if (!insideOf(b)) continue;
      pieces++;
      expect(await visible(b)).toEqual(NOTHING);
      officer ??= b.call('officers.create', { name: 'C', role: 'officer', passphrase: 'third passphrase' });
      if (jobsInside.length === 0)
        jobsInside.push(await b.call('workspace.check', { jobId: 'beside' }).catch((error) => error));
    }
    expect(await ended).toBeNull();
    expect(pieces).toBeGreaterThan(2);
    expect(jobsInside).toMatchObject([{ failure: { code: 'conflict' } }]);
    await officer;
    expect(await visible(b)).toEqual({ ...ALL, officers: 3 });
    expect((await b.call('cases.get', { caseId })).exhibits).toHaveLength(1);
    await expectClean(b);
    b.remove();
  }, 120_000);

  test.each([1, 2, 3])(
    'cancelled in piece %i nothing of it is there, and it can be taken in again',
    async (piece) => {
      const b = await workstation('B');
      const { ended } = await receiving(b, 'receive');
      for (let inside = 0; inside < piece; await turn()) if (insideOf(b)) inside++;
      await b.call('jobs.cancel', { jobId: 'receive' });
      expect(await ended).toMatchObject({ failure: { code: 'cancelled' } });
      expect(insideOf(b)).toBe(false);
      expect(await visible(b)).toEqual(NOTHING);
      await expectClean(b);
      expect(await (await receiving(b, 'again')).ended).toBeNull();
      expect(await visible(b)).toEqual(ALL);
      await expectClean(b);
      b.remove();
    },
    120_000,
  );

  test('what a crash leaves between two pieces opens without a trace of it; after the end all is there', async () => {
    const b = await workstation('B');
    const { ended } = await receiving(b, 'receive');
    const crashed: string[] = [];
    // The files as they lie on the disk then, log and all, as a process that is killed leaves them.
    const leave = () => {
      const root = mkdtempSync(join(tmpdir(), 'docket-bench-'));
      cpSync(join(b.root, 'workspace'), join(root, 'workspace'), { recursive: true });
      crashed.push(root);
    };
    for (let inside = 0, done = false; !done; await turn()) {
      done = await Promise.race([ended.then(() => true), turn().then(() => false)]);
      if (insideOf(b) && [1, 2, 4].includes(++inside)) leave();
    }
    expect(await ended).toBeNull();
    expect(crashed.length).toBeGreaterThan(1);
    leave();
    b.remove();
    for (const [i, root] of crashed.entries()) {
      const opened = testBench({ root });
      const { officers } = await opened.call('workspace.status', {});
      const own = officers.find(({ name }) => name === 'B');
      await opened.call('workspace.unlock', { officerId: own?.id ?? '', passphrase: OFFICER });
      const last = i === crashed.length - 1;
      expect(await visible(opened)).toEqual(last ? ALL : NOTHING);
      if (!last) expect(await (await receiving(opened, 'again')).ended).toBeNull();
      expect(await visible(opened)).toEqual(ALL);
      await expectClean(opened);
      opened.remove();
    }
  }, 120_000);
});

describe('work beside which no job runs', () => {
  const made = () => new Jobs(Date.now, () => undefined);

  test('waits for jobs that run, and lets none begin', async () => {
    const all = made();
    const order: string[] = [];
    let end = () => {};
    const first = all.run('first', async () => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      order.push('first');
    });
    const alone = all.run('own', (job) => all.alone(job.id, async () => void order.push('alone')));
    await turn();
    expect(order).toEqual([]);
    await expect(all.run('third', async () => undefined)).rejects.toMatchObject({ code: 'conflict' });
    await expect(all.alone('fourth', async () => undefined)).rejects.toMatchObject({ code: 'conflict' });
    end();
    await Promise.all([first, alone]);
    expect(order).toEqual(['first', 'alone']);
    await expect(all.run('third', async () => 'runs')).resolves.toBe('runs');
  });

  test('is cancelled while it waits', async () => {
    const all = made();
    let end = () => {};
    const first = all.run('first', () => new Promise<void>((resolve) => (end = resolve)));
    const alone = all.run('own', (job) => all.alone(job.id, async () => undefined));
    await turn();
    all.cancel('own');
    await expect(alone).rejects.toMatchObject({ code: 'cancelled' });
    end();
    await first;
  });
});

test('the digest of a version is that of its canonical JSON', () => {
  const parts = fc.array(fc.record({ message: fc.uuid(), subject: fc.boolean() }), { maxLength: 2100 });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.option(parts), (row, given) => {
      const text = canonicalJson(given === null ? row : { row, parts: given });
      expect(atOnce(versionDigest(row, given))).toBe(createHash('sha256').update(text).digest('hex'));
    }),
    { numRuns: 30 },
  );
});
