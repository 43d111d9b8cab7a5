// `npm ci` refuses a lockfile that lacks a package which another one names, even one for a platform that
// nobody here has: a registry that holds only some platforms' files of a new release makes such a lockfile.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const packages = json('package-lock.json').packages as Record<string, Locked>;

/** Where Node would find `name` from the package at `place`; undefined where the lockfile has it nowhere. */
function resolved(place: string, name: string): string | undefined {
  for (let at = place; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (at === '') return undefined;
  }
}

test('the lockfile holds every package that one of its packages names', () => {
  const missing = Object.entries(packages).flatMap(([place, locked]) =>
    Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })
      .filter((name) => resolved(place, name) === undefined)
      .map((name) => `${name}, which ${place} names`),
  );
  expect(missing).toEqual([]);
});

test('the lockfile and package.json ask for the same packages', () => {
  const { dependencies, devDependencies } = json('package.json') as Locked;
  expect({ ...packages['']?.dependencies, ...packages['']?.devDependencies }).toEqual({
    ...dependencies,
    ...devDependencies,
  });
});

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = json('package.json') as Locked;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});
