/** Commitments of imported sources are fixed beside the work, as they would be when first needed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { breathe } from '../../src/core/app/jobs.ts';
import { all } from '../../src/core/storage/database.ts';
import { unfixedSources } from '../../src/core/storage/messages/commitments.ts';
import { sampleBench, type TestBench } from '../builders/bench.ts';

let made: TestBench;
beforeEach(async () => {
  made = await sampleBench();
  Object.assign(made.bench.options, { fixesBeside: true });
}, 120_000);
afterEach(() => made.remove());

const store = () => made.bench.session.workspace.store;
const roots = () =>
  all<{ source_id: number; root: string }>(store().db, 'SELECT source_id, root FROM source_roots');

async function expectClean() {
  expect((await made.call('workspace.check', { jobId: 'check' })).failures).toEqual([]);
  expect(made.reported).toEqual([]);
}

test('every complete source with messages is fixed by an event, and the workspace checks clean', async () => {
  await made.call('workspace.check', { jobId: 'upkeep-first' });
  const waiting = unfixedSources(store().db);
  expect(waiting.length).toBeGreaterThan(1);
  await made.bench.fixWaiting();
  expect(unfixedSources(store().db)).toEqual([]);
  const { rows } = await made.call('audit.list', { type: 'source.committed', limit: 100 });
  expect(rows.map(({ event }) => event.subject.id).sort()).toEqual([...waiting].sort());
  expect(made.events).toContainEqual(
    expect.objectContaining({ type: 'job.progress', jobId: 'upkeep', step: 'fixing-commitments' }),
  );
  await expectClean();
  // Again: nothing is left to be done.
  const before = roots();
  await made.bench.fixWaiting();
  expect(roots()).toEqual(before);
});

test('it gives way to a job that begins, and goes on later', async () => {
  const fixing = made.bench.fixWaiting();
  let release = () => {};
  const job = made.bench.jobs.run('other', () => new Promise<void>((resolve) => (release = resolve)));
  await fixing;
  expect(unfixedSources(store().db).length).toBeGreaterThan(0);
  await made.bench.fixWaiting();
  expect(roots().length).toBeLessThanOrEqual(1);
  release();
  await job;
  await breathe();
  await made.bench.fixWaiting();
  expect(unfixedSources(store().db)).toEqual([]);
  await expectClean();
});
