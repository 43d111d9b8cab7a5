/**
 * SIGKILL at random moments of an import and of a detection run: the workspace opens, checks clean,
 * holds no half source outside `partial`, and goes on to the same end as an undisturbed one.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect, type Terminal, terminal, wechatCsv } from './support.ts';

const ROWS = 30_000;
const KILLS = 10;
/** Seed of the moments; change it to try others. */
const SEED = 20261121;

let shell: Terminal;
let file: string;

/** Park and Miller's generator: the same moments in every run. */
function moments(seed: number): () => number {
  let state = seed % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

beforeAll(() => {
  shell = terminal();
  file = shell.at('chats.csv');
  writeFileSync(file, wechatCsv(ROWS));
});
afterAll(() => shell.remove());

interface Checked {
  ok: boolean;
  failures: unknown[];
}

async function killAt(milliseconds: number, ...args: string[]): Promise<number | null> {
  const child = shell.start(...args);
  const ended = collect(child);
  await Promise.race([wait(milliseconds), ended]);
  child.kill('SIGKILL');
  return (await ended).code;
}

async function undisturbed(...args: string[]): Promise<number> {
  const before = performance.now();
  const { code, stderr } = await shell.run(...args);
  expect(code, stderr).toBe(0);
  return performance.now() - before;
}

test('an import goes on after every kill and ends as an undisturbed one', async () => {
  const whole = await undisturbed(
    'import',
    file,
    '--workspace',
    shell.at('whole'),
    '--zone',
    'Asia/Shanghai',
  );
  const random = moments(SEED);
  const args = ['import', file, '--workspace', shell.at('killed'), '--zone', 'Asia/Shanghai'];
  await shell.json('init', '--workspace', shell.at('killed'));
  let cutOff = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const code = await killAt(random() * whole, ...args);
    if (code === null) cutOff++;
    const checked = await shell.json<Checked>('check', '--workspace', shell.at('killed'));
    expect(checked.failures).toEqual([]);
  }
  expect(cutOff).toBeGreaterThan(0);
  type Sources = { sources: { state: string; messages: number; digest: string; already: boolean }[] };
  const { sources } = await shell.json<Sources>(...args);
  const [source] = sources;
  const undisturbedRun = await shell.json<Sources>('import', file, '--workspace', shell.at('whole'));
  expect(source?.state).toBe('complete');
  expect(source?.messages).toBe(ROWS);
  expect(source?.digest).toBe(undisturbedRun.sources[0]?.digest);
  expect((await shell.json<Checked>('check', '--workspace', shell.at('killed'))).failures).toEqual([]);
}, 300_000);

test('detection starts again after every kill and finds the same hits', async () => {
  type Hits = { subject: unknown; rule: string; spans: unknown }[];
  const facts = (hits: Hits) => hits.map(({ rule, spans }) => JSON.stringify([rule, spans])).sort();
  const workspace = ['--workspace', shell.at('killed')];
  const whole = await undisturbed('detect', '--workspace', shell.at('whole'));
  const random = moments(SEED + 1);
  for (let kill = 0; kill < KILLS; kill++) {
    await killAt(random() * whole, 'detect', ...workspace);
    const checked = await shell.json<Checked>('check', ...workspace);
    expect(checked.failures).toEqual([]);
  }
  await shell.json('detect', ...workspace);
  const killed = await shell.json<Hits>('hits', ...workspace);
  const undisturbedHits = await shell.json<Hits>('hits', '--workspace', shell.at('whole'));
  expect(facts(killed)).toEqual(facts(undisturbedHits));
  expect((await shell.json<Checked>('check', ...workspace)).ok).toBe(true);
}, 300_000);
