/** A destruction in pieces: the host answers in between, and what stops after the order is gone on with. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { get } from '../../src/core/storage/database.ts';
import { type TestBench, testBench } from '../builders/bench.ts';

const [FIRST, SECOND] = SAMPLE_OFFICERS;
const MESSAGES = 6000;
/** Held by a second source too. */
const SHARED = 100;

let made: TestBench;
let approverId: string;

const line = (record: object) => `${JSON.stringify(record)}\n`;

function chat(name: string, from: number, to: number): string {
  const file = join(made.root, name);
  const lines = [line({ record: 'header', format: 'docket-chat', version: 1, platform: 'wechat' })];
  for (let i = from; i < to; i++) {
    lines.push(
      line({
        record: 'message',
        conversation: `g${i % 3}@chatroom`,
        sender: `wx_${i % 7}`,
        senderName: `说话人${i % 7}`,
        sentAtText: new Date(1_700_000_000_000 + i * 1000).toISOString(),
        text: i % 1000 === 50 ? '' : `第 ${i} 句只在这里说的话，见 http://only${i % 50}.test/`,
        attachments: i % 10 === 0 ? [{ kind: 'image', name: `${i}.jpg`, reference: `img/${i}.jpg` }] : [],
      }),
    );
  }
  writeFileSync(file, lines.join(''));
  return file;
}

async function imported(name: string, from: number, to: number): Promise<string> {
  const { sources } = await made.call('sources.import', {
    jobId: name,
    files: [{ path: chat(name, from, to), conversations: 'all' }],
  });
  return sources[0]?.id ?? '';
}

const destroy = (id: string, jobId: string) =>
  made.call('retention.destroy', {
    jobId,
    kind: 'source',
    id,
    reason: '留存期满',
    early: true,
    approverId,
    approverPassphrase: SECOND.passphrase,
  });

const emptied = () =>
  get<{ n: number }>(
    made.bench.session.workspace.store.db,
    "SELECT count(*) AS n FROM messages WHERE text = '' AND sent_at IS NULL",
  )?.n ?? 0;

async function expectClean(note: string | null) {
  const { failures, checks } = await made.call('workspace.check', { jobId: `check-${Math.random()}` });
  expect(failures).toEqual([]);
  expect(made.reported).toEqual([]);
  const said = checks.map(({ detail }) => detail).join('\n');
  if (note === null) expect(said).not.toContain('has not ended');
  else expect(said).toContain(note);
}

/** Begins a destruction and does something once some of its messages are emptied; answers how it ended. */
async function interrupted(id: string, meanwhile: () => unknown): Promise<unknown> {
  const ending = destroy(id, 'destroy').then(
    () => null,
    (error: unknown) => error,
  );
  while (emptied() === 0) await new Promise((resolve) => setImmediate(resolve));
  await meanwhile();
  return ending;
}

beforeEach(async () => {
  made = testBench();
  await made.call('workspace.create', {
    profile: 'platform',
    officerName: FIRST.name,
    passphrase: FIRST.passphrase,
  });
  approverId = (await made.call('officers.create', SECOND)).id;
}, 60_000);
afterEach(() => made.remove());

describe('after the order', () => {
  test('what was stopped stays begun, checks clean, and is gone on with after the workspace was opened anew', async () => {
    const id = await imported('a.ndjson', 0, MESSAGES);
    const other = await imported('b.ndjson', MESSAGES - SHARED, MESSAGES);
    await made.call('links.update', { jobId: 'links' });
    const failure = await interrupted(id, () => made.call('jobs.cancel', { jobId: 'destroy' }));
    expect(failure).toMatchObject({ failure: { code: 'cancelled' } });
    const half = emptied();
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(MESSAGES - SHARED);
    await expectClean('the destruction of a.ndjson began and has not ended');
    const [listed] = (await made.call('retention.list', {})).filter((one) => one.id === id);
    expect(listed?.begun).toMatchObject({ officer: FIRST.name });
    expect(await made.call('retention.certificates', {})).toEqual([]);
    expect((await made.call('sources.list', {})).find((one) => one.id === id)?.state).toBe('excluded');
    await expect(destroy(other, 'other')).rejects.toMatchObject({
      failure: { code: 'conflict', subject: 'a.ndjson' },
    });
    // Another process, as after a crash.
    made.bench.release();
    const { id: officerId } = (await made.call('workspace.status', {})).officers[0] ?? { id: '' };
    await made.call('workspace.unlock', { officerId, passphrase: FIRST.passphrase });
    expect(emptied()).toBe(half);
    const { certificate } = await destroy(id, 'again');
    expect(certificate.counts).toMatchObject({
      messages: MESSAGES - SHARED,
      kept: SHARED,
      attachments: (MESSAGES - SHARED) / 10,
      files: 1,
    });
    expect(certificate.begun).toMatchObject({ officer: { name: FIRST.name }, approver: { id: approverId } });
    expect(certificate.begun?.at).toBeLessThanOrEqual(certificate.at);
    expect(emptied()).toBe(MESSAGES - SHARED);
    expect(existsSync(made.bench.session.workspace.blobs.pathOf(id))).toBe(false);
    expect((await made.call('retention.list', {})).map((one) => one.id)).not.toContain(id);
    const found = await made.call('messages.search', { filter: { text: '只在这里说的话' }, limit: 500 });
    expect(found.rows).toHaveLength(SHARED);
    await expectClean(null);
  }, 120_000);

  test('a hold placed meanwhile stops it, and lifting the hold lets it go on', async () => {
    const id = await imported('a.ndjson', 0, MESSAGES);
    const failure = await interrupted(id, () =>
      made.call('custody.setHold', { on: 'source', id, reason: '刚收到的诉状' }),
    );
    expect(failure).toMatchObject({ failure: { code: 'conflict', subject: 'source a.ndjson' } });
    expect(emptied()).toBeLessThan(MESSAGES);
    await expectClean('a.ndjson');
    await expect(destroy(id, 'again')).rejects.toMatchObject({ failure: { code: 'conflict' } });
    const [hold] = await made.call('custody.holds', { id });
    await made.call('custody.liftHold', { holdId: hold?.id ?? '', reason: '撤诉' });
    expect((await destroy(id, 'at-last')).certificate.counts.messages).toBe(MESSAGES);
    await expectClean(null);
  }, 120_000);

  test('others are answered meanwhile, and no other job begins', async () => {
    const id = await imported('a.ndjson', 0, MESSAGES);
    const failure = await interrupted(id, async () => {
      expect((await made.call('sources.list', {}))[0]?.state).toBe('excluded');
      await expect(imported('c.ndjson', 0, 10)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    });
    expect(failure).toBeNull();
    await expectClean(null);
  }, 120_000);
});

test('messages of a destroyed source come again with another file, pictures without words too', async () => {
  // Keeps the conversations.
  await imported('later.ndjson', 1000, 1010);
  await destroy(await imported('a.ndjson', 0, 300), 'destroy');
  const again = await imported('b.ndjson', 0, 200);
  const { db } = made.bench.session.workspace.store;
  const told = (what: string) =>
    get<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM message_occurrences o JOIN messages m ON m.id = o.message_id
       JOIN sources s ON s.id = o.source_id WHERE s.uid = ? AND ${what}`,
      again,
    )?.n;
  expect(told('1')).toBe(200);
  expect(told('m.sent_at IS NOT NULL')).toBe(200);
  expect(told("m.text = '' AND EXISTS (SELECT 1 FROM attachments a WHERE a.message_id = m.id)")).toBe(1);
  await expectClean(null);
});

test('cancelled before the order, nothing has changed', async () => {
  const id = await imported('a.ndjson', 0, 100);
  const ending = destroy(id, 'destroy').catch((error: unknown) => error);
  await made.call('jobs.cancel', { jobId: 'destroy' });
  const result = await ending;
  // It either was too late, or changed nothing.
  if (result instanceof Error) {
    expect(result).toMatchObject({ failure: { code: 'cancelled' } });
    expect(emptied()).toBe(0);
    expect((await made.call('retention.list', {}))[0]?.begun).toBeNull();
    expect((await made.call('sources.list', {}))[0]?.state).toBe('complete');
  }
  await expectClean(null);
});

test('while a thread writes the file anew, what writes waits and then is done', async () => {
  const worker = fileURLToPath(new URL('../../src/core/storage/upkeep-worker.ts', import.meta.url));
  const { root } = made;
  made.bench.close();
  made = testBench({ root, upkeepWorker: worker });
  const { id: officerId } = (await made.call('workspace.status', {})).officers[0] ?? { id: '' };
  await made.call('workspace.unlock', { officerId, passphrase: FIRST.passphrase });
  const id = await imported('a.ndjson', 0, MESSAGES);
  const other = await imported('b.ndjson', 0, 10);
  const ending = destroy(id, 'destroy');
  while (!made.events.some((event) => event.type === 'job.progress' && event.step === 'rewriting')) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const hold = await made.call('custody.setHold', { on: 'source', id: other, reason: '同时' });
  expect(hold.lifted).toBeNull();
  expect((await ending).certificate.counts.messages).toBe(MESSAGES - 10);
  await expectClean(null);
}, 120_000);
