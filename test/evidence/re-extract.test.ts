/** Extracting sources again: every format of the sample gives the same messages, and a changed row is named. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../src/core/storage/database.ts';
import { sampleBench, type TestBench } from '../builders/bench.ts';

let made: TestBench;
beforeAll(async () => {
  made = await sampleBench();
}, 120_000);
afterAll(() => made.remove());

const extract = (sourceId: string) =>
  made.call('evidence.reExtract', { jobId: `again-${sourceId}`, sourceId });

it('gives the same messages at the same places, whatever the format', async () => {
  const sources = await made.call('sources.list', {});
  expect(sources.length).toBeGreaterThan(3);
  for (const { id, file, messages, sha256, state } of sources) {
    if (state !== 'complete') continue;
    const outcome = await extract(id);
    expect(outcome, file).toMatchObject({
      same: true,
      sameBytes: true,
      sha256,
      messages,
      different: 0,
      recovered: 0,
    });
  }
});

it('names a message that is kept otherwise, and enters the outcome into the log', async () => {
  const source = (await made.call('sources.list', {})).find(({ messages }) => messages > 10);
  const { db } = made.bench.session.workspace.store;
  run(
    db,
    'UPDATE message_occurrences SET line = line + 1 WHERE ordinal = 3 AND source_id = (SELECT id FROM sources WHERE uid = ?)',
    source?.id ?? '',
  );
  expect(await extract(source?.id ?? '')).toMatchObject({
    same: false,
    different: 1,
    differences: [{ ordinal: 3, reason: 'another-place' }],
  });
});
