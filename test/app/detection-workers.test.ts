/** A run with worker threads, which read the stored messages themselves, finds what a run in the host's thread finds. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testBench } from '../builders/bench.ts';
import { wechatCsv } from '../cli/support.ts';

const ENTRY = fileURLToPath(new URL('../../src/core/detection/detection-worker.ts', import.meta.url));
/** More than a run judges without workers, and no multiple of what is judged at a time. */
const ROWS = 9_100;

async function runWith(entry: string | null) {
  const made = testBench({ workers: { entry, threads: 2 } });
  try {
    const file = join(made.root, 'chats.csv');
    writeFileSync(file, wechatCsv(ROWS));
    await made.call('workspace.create', { profile: 'employer', officerName: 'A', passphrase: 'long enough' });
    await made.call('sources.import', { jobId: 'i', files: [{ path: file }] });
    const first = await made.call('detection.start', { jobId: 'd' });
    const second = await made.call('detection.start', { jobId: 'e' });
    const { total } = await made.call('hits.list', { filter: {}, limit: 1 });
    const { rows } = await made.call('hits.list', {
      filter: {},
      sort: { by: 'sentAt', descending: false },
      limit: 500,
    });
    const check = await made.call('workspace.check', { jobId: 'c' });
    const told = rows.map(({ rule, category, status, score, spans }) => ({
      rule,
      category,
      status,
      score,
      spans,
    }));
    return { first, second, total, told, check };
  } finally {
    made.remove();
  }
}

test('workers find what the host finds, and a second run adds nothing', { timeout: 120_000 }, async () => {
  const beside = await runWith(ENTRY);
  const alone = await runWith(null);
  expect(beside.first).toMatchObject({ state: 'complete', messages: ROWS, added: beside.first.hits });
  expect(beside.second).toMatchObject({
    state: 'complete',
    messages: ROWS,
    hits: beside.first.hits,
    added: 0,
  });
  expect(beside.first.hits).toBeGreaterThan(ROWS / 20);
  expect(beside.first.byCategory).toEqual(alone.first.byCategory);
  expect(beside.total).toBe(alone.total);
  expect(beside.told).toEqual(alone.told);
  expect(beside.check.ok).toBe(true);
});

test('a run beside workers that is cancelled keeps whole stretches, and the next one finds the rest', {
  timeout: 120_000,
}, async () => {
  const made = testBench({ workers: { entry: ENTRY, threads: 2 } });
  try {
    const rows = 60_000;
    const file = join(made.root, 'chats.csv');
    writeFileSync(file, wechatCsv(rows));
    await made.call('workspace.create', { profile: 'employer', officerName: 'A', passphrase: 'long enough' });
    await made.call('sources.import', { jobId: 'i', files: [{ path: file }] });
    const running = made.call('detection.start', { jobId: 'd' });
    while (
      !made.events.some((event) => event.type === 'job.progress' && event.jobId === 'd' && event.done > 0)
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await made.call('jobs.cancel', { jobId: 'd' });
    const cancelled = await running;
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.messages).toBeLessThan(rows);
    expect(cancelled.messages % 4000).toBe(0);
    const next = await made.call('detection.start', { jobId: 'e' });
    expect(next).toMatchObject({ state: 'complete', messages: rows, added: next.hits - cancelled.hits });
    expect(made.reported).toEqual([]);
  } finally {
    made.remove();
  }
});
