// docs/coverage.md: every row is there, and what it names exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { api } from '../../src/contract/api.ts';
import { loadDutyRoutes } from '../../src/core/duties/duty-routes.ts';
import { loadMeters } from '../../src/core/meter/meter-data.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const text = read('docs/coverage.md');
const run = (kind: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${kind}-${from + i}`);

const ROWS = text
  .split('\n')
  .filter((line) => /^\| S\d-\d+ /.test(line))
  .map((line) => {
    const [, row, words, state, screens, methods, tests, note] = line.split('|').map((cell) => cell.trim());
    const names = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
    return {
      row: row ?? '',
      words,
      state: state ?? '',
      screens: names(screens),
      methods: names(methods),
      tests: [...(tests ?? '').matchAll(/`([^`]+)`: “([^”]+)”/g)].map(([, path = '', name = '']) => ({
        path,
        name,
      })),
      note: note ?? '',
    };
  });

/** Paths of the screens, without what follows `?`. */
const SCREENS = new Set(
  [
    'accounts',
    'campaigns',
    'cases',
    'dashboard',
    'duties',
    'house-rules',
    'law',
    'leads',
    'links',
    'measures',
    'review',
    'rules',
  ]
    .map((feature) => `src/renderer/features/${feature}/route.ts`)
    .filter((path) => existsSync(join(ROOT, path)))
    .flatMap((path) => [...read(path).matchAll(/path: '([^']+)'/g)].map((match) => match[1] ?? '')),
);

it('has every row of the sources once', () => {
  expect(ROWS.map(({ row }) => row)).toEqual([
    'S1-6',
    ...run('S1', 12, 16),
    ...run('S2', 1, 13),
    'S3-1',
    ...run('S3', 4, 7),
    ...run('S4', 5, 12),
  ]);
});

describe.each(ROWS)('$row', ({ state, screens, methods, tests, note }) => {
  it('says how far it is, and why', () => {
    expect(['done', 'partly', 'later']).toContain(state);
    expect(note).not.toBe('');
    if (state === 'later') expect([...screens, ...methods, ...tests]).toEqual([]);
    else for (const named of [screens, methods, tests]) expect(named.length).toBeGreaterThan(0);
  });

  it('names screens, methods and tests that exist', () => {
    expect(screens.filter((screen) => !SCREENS.has(screen.split('?')[0] ?? ''))).toEqual([]);
    expect(methods.filter((method) => !Object.hasOwn(api, method))).toEqual([]);
    const missing = tests.filter(
      ({ path, name }) => !existsSync(join(ROOT, path)) || !read(path).includes(name),
    );
    expect(missing).toEqual([]);
  });
});

it('names every duty route and every meter, and no other', () => {
  const routes = loadDutyRoutes(JSON.parse(read('resources/duty-routes/platform.json'))).routes;
  const meters = loadMeters(JSON.parse(read('resources/law/meters.json')));
  const section = (title: string) => text.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const named = (title: string) =>
    [...section(title).matchAll(/\| `([^`]+)` \|/g)].map((match) => match[1] ?? '').sort();
  expect(named('Who must be told')).toEqual(routes.map(({ id }) => id).sort());
  expect(named('Statutory counters')).toEqual(meters.map(({ id }) => id).sort());
});
