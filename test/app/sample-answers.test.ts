/** What the shipped packs make of the sample, against the answers that were written before them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hit } from '../../src/core/domain/hit.ts';
import { RESOURCES, sampleBench, type TestBench } from '../builders/bench.ts';

interface Planted {
  id: string;
  file: string;
  line: number;
  category?: string;
  expected?: 'hit' | 'proposal';
}

const answers = JSON.parse(readFileSync(join(RESOURCES, 'sample', 'expected.json'), 'utf8')) as {
  violations: Planted[];
  traps: Planted[];
};

let made: TestBench;
let hits: Hit[] = [];

beforeAll(async () => {
  made = await sampleBench();
  let cursor: string | null = null;
  do {
    const page: { rows: Hit[]; next: string | null } = await made.call('hits.list', {
      filter: {},
      cursor,
      limit: 500,
    });
    hits = hits.concat(page.rows);
    cursor = page.next;
  } while (cursor !== null);
}, 60_000);
afterAll(() => made.remove());

const on = ({ file, line }: Planted) =>
  hits.filter((hit) => hit.source.file === file && hit.source.locator.line === line);

test('no trap raises a hit', () => {
  const raised = answers.traps.flatMap((trap) =>
    on(trap)
      .filter(({ status }) => status === 'hit')
      .map((hit) => `${trap.id} ${hit.rule}`),
  );
  expect(raised).toEqual([]);
});

test('at least nine of ten planted violations are found in their category', () => {
  const missed = answers.violations.filter(
    (planted) => !on(planted).some(({ category }) => category === planted.category),
  );
  expect(missed.map(({ id }) => id).length).toBeLessThanOrEqual(answers.violations.length / 10);
});
