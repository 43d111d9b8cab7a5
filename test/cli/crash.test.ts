/**
 * SIGKILL at random moments of an import and of a detection run: the workspace opens, checks clean,
 * holds no half source outside `partial`, and goes on to the same end as an undisturbed one.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killAt, killImports, moments, undisturbed } from './kill-imports.ts';
import { type Terminal, terminal, wechatCsv } from './support.ts';

/** Rows of an import that takes its indexes down and parses in a thread (9 MB). */
const LARGE = 75_000;
const ROWS = 20_000;
const KILLS = 10;
/** Seed of the moments; change it to try others. */
const SEED = 20261121;

let shell: Terminal;

beforeAll(() => {
  shell = terminal();
});
afterAll(() => shell.remove());

interface Checked {
  ok: boolean;
  failures: unknown[];
}

test('an import goes on after every kill and ends as an undisturbed one', async () => {
  const file = shell.at('chats.csv');
  writeFileSync(file, wechatCsv(LARGE));
  const result = await killImports(shell, {
    file,
    messages: LARGE,
    kills: KILLS,
    perWorkspace: KILLS / 2,
    seed: SEED,
    checkEvery: 1,
  });
  expect(result.workspaces).toBeGreaterThan(1);
}, 600_000);

test('detection starts again after every kill and finds the same hits', async () => {
  type Hits = { subject: unknown; rule: string; spans: unknown }[];
  const facts = (hits: Hits) => hits.map(({ rule, spans }) => JSON.stringify([rule, spans])).sort();
  const file = shell.at('few.csv');
  writeFileSync(file, wechatCsv(ROWS));
  const workspace = ['--workspace', shell.at('few-killed')];
  const other = ['--workspace', shell.at('few-whole')];
  await undisturbed(shell, 'import', file, ...workspace);
  await undisturbed(shell, 'import', file, ...other);
  const whole = await undisturbed(shell, 'detect', ...other);
  const random = moments(SEED + 1);
  for (let kill = 0; kill < KILLS; kill++) {
    await killAt(shell, random() * whole, 'detect', ...workspace);
    const checked = await shell.json<Checked>('check', ...workspace);
    expect(checked.failures).toEqual([]);
  }
  await shell.json('detect', ...workspace);
  const killed = await shell.json<Hits>('hits', ...workspace);
  const undisturbedHits = await shell.json<Hits>('hits', ...other);
  expect(facts(killed)).toEqual(facts(undisturbedHits));
  expect((await shell.json<Checked>('check', ...workspace)).ok).toBe(true);
}, 600_000);
