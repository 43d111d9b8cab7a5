/** The workspace trains its own classifier: on reviews only, for a purpose, with a second officer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { reviewedHits } from '../../src/core/storage/detection/trainings.ts';
import { sampleBench, type TestBench } from '../builders/bench.ts';

let made: TestBench;
let secondId: string;
const failing = (code: string) => ({ failure: { code } });

beforeAll(async () => {
  const sample = await sampleBench();
  made = sample;
  secondId = sample.second.id;
}, 60_000);

afterAll(() => {
  expect(made.reported).toEqual([]);
  made.remove();
});

const train = (purpose: string, jobId = 'train') => made.call('classifier.train', { jobId, purpose });
const approve = (trainingId: string, extra: object = {}) =>
  made.call('classifier.approve', {
    trainingId,
    officerId: secondId,
    passphrase: SAMPLE_OFFICERS[1].passphrase,
    approved: true,
    note: '',
    ...extra,
  });

describe('training on reviews', () => {
  test('needs reviews, and a purpose', async () => {
    expect(await made.call('classifier.status', {})).toMatchObject({
      version: '1',
      reviewed: { confirmed: 0, dismissed: 0 },
      trainings: [],
    });
    await expect(train('减少误报')).rejects.toMatchObject(failing('conflict'));
    const { rows } = await made.call('hits.list', { filter: {}, limit: 500 });
    const confirmed = rows.filter(({ status }) => status === 'hit').map(({ id }) => id);
    const dismissed = rows.filter(({ status }) => status === 'proposal').map(({ id }) => id);
    await made.call('hits.dispose', { hitIds: confirmed, verdict: 'confirmed' });
    await made.call('hits.dispose', { hitIds: dismissed, verdict: 'dismissed', reason: 'not-a-violation' });
    await expect(train(' ')).rejects.toMatchObject(failing('reason-required'));
  });

  test('gives figures before and after, and judges nothing until a second officer approves', async () => {
    const training = await train('减少误报');
    expect(training).toMatchObject({ state: 'waiting', base: '1', purpose: '减少误报', decidedBy: null });
    expect(training.figures.length).toBeGreaterThan(0);
    for (const { confirmed, dismissed, before, after } of training.figures) {
      expect(Math.max(before.confirmed, after.confirmed)).toBeLessThanOrEqual(confirmed);
      expect(Math.max(before.dismissed, after.dismissed)).toBeLessThanOrEqual(dismissed);
    }
    expect((await made.call('classifier.status', {})).version).toBe('1');
    await expect(train('再训练', 'again')).rejects.toMatchObject(failing('conflict'));
    await expect(approve(training.id, { officerId: training.officerId })).rejects.toMatchObject(
      failing('second-officer-required'),
    );
    await expect(approve(training.id, { passphrase: '不是这个' })).rejects.toMatchObject(
      failing('wrong-key'),
    );
    await expect(approve(training.id, { approved: false })).rejects.toMatchObject(failing('reason-required'));
    expect(await approve(training.id)).toMatchObject({ state: 'in-force', decidedBy: expect.any(String) });
    expect((await made.call('classifier.status', {})).version).toBe(training.id);
    await expect(approve(training.id)).rejects.toMatchObject(failing('conflict'));
  });

  test('is what the next run judges with, and can be taken back', async () => {
    const { version } = await made.call('classifier.status', {});
    await made.call('detection.start', { jobId: 'own-model' });
    const { rows } = await made.call('hits.list', { filter: {}, limit: 500 });
    expect(rows.length).toBeGreaterThan(0);
    const restored = await made.call('classifier.restore', {});
    expect(restored).toMatchObject({ version: '1', trainings: [{ id: version, state: 'replaced' }] });
    await expect(made.call('classifier.restore', {})).rejects.toMatchObject(failing('conflict'));
  });

  test('a refused training never judges', async () => {
    const training = await train('试训', 'third');
    expect(await approve(training.id, { approved: false, note: '样本太少' })).toMatchObject({
      state: 'refused',
      note: '样本太少',
    });
    expect((await made.call('classifier.status', {})).version).toBe('1');
    expect(await made.call('workspace.check', { jobId: 'check' })).toMatchObject({ ok: true });
  });

  test('what a refused decision or a secret is about never trains', () => {
    const { db } = made.bench.session.workspace.store;
    const categories = new Set(reviewedHits(db, 10_000).map(({ category }) => category));
    expect(categories.size).toBeGreaterThan(0);
    expect(categories).not.toContain('state-secrets');
  });
});
