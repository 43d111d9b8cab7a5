// A second guard beside Biome's: reads every import under src. Biome can be silenced by a comment.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const MAX_LINES = 400;

/** Tables of data and generated code: what they are is one thing, however long. */
const EXEMPT = /-data\.ts$|\.generated\.ts$|^renderer\/locales\//;

interface SourceFile {
  path: string;
  lines: number;
  text: string;
  /** Packages by name, files by their path under src. */
  imports: string[];
}

const files: SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((native) => {
    const path = native.replaceAll('\\', '/');
    const text = readFileSync(join(SRC, path), 'utf8');
    const found = [...text.matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)];
    return {
      path,
      text,
      lines: text.split('\n').length,
      imports: found.map((match) => target(path, match[1] ?? '')),
    };
  });

function target(importer: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(importer), specifier) : specifier;
}

/** Which imports a layer may have, over and above its own files. */
const LAYERS: { of: RegExp; forbids: RegExp; except?: RegExp }[] = [
  { of: /^core\//, forbids: /^(main|preload|renderer|cli)\/|^electron(\/|$)/ },
  { of: /^core\/(?!storage\/)/, forbids: /^better-sqlite3$/ },
  { of: /^core\/domain\//, forbids: /./, except: /^(zod$|core\/domain\/)/ },
  { of: /^contract\//, forbids: /./, except: /^(zod$|contract\/|core\/domain\/)/ },
  {
    of: /^renderer\//,
    forbids: /^(main|preload|cli|core)\/|^electron(\/|$)|^better-sqlite3$|^node:/,
    except: /^core\/domain\//,
  },
  { of: /^(main|preload)\//, forbids: /^(renderer|cli)\/|^better-sqlite3$/ },
  { of: /^cli\//, forbids: /^(main|preload|renderer)\/|^electron(\/|$)|^better-sqlite3$/ },
  // Offline is a promise about the whole program, not only its window.
  { of: /./, forbids: /^node:(http2?|https|net|tls|dgram|dns)(\/|$)/ },
];

test('core reads code points where no compiler reads them wrong (core/domain/code-point.ts)', () => {
  const direct = files.filter(({ path, text }) => path.startsWith('core/') && text.includes('.codePointAt('));
  expect(direct.map(({ path }) => path)).toEqual([]);
});

test('there are sources to guard', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((file) => file.imports)).toContain('zod');
});

describe('imports', () => {
  test.for(LAYERS)('$of does not import $forbids', ({ of, forbids, except }) => {
    const wrong = files
      .filter((file) => of.test(file.path))
      .flatMap((file) => file.imports.map((name) => ({ file: file.path, name })))
      .filter(({ name }) => forbids.test(name) && !except?.test(name))
      .map(({ file, name }) => `${file} imports ${name}`);
    expect(wrong).toEqual([]);
  });
});

/** The scripts of the viewer are plain files of a browser; verify.py is one file for whoever receives it (ADR 16). */
test(`no script of the viewer is longer than ${MAX_LINES} lines`, () => {
  const folder = join(SRC, '../resources/evidence/viewer');
  const long = readdirSync(folder)
    .map((name) => ({ name, lines: readFileSync(join(folder, name), 'utf8').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES);
  expect(long.map(({ name, lines }) => `${name}: ${lines}`)).toEqual([]);
});

test(`no file is longer than ${MAX_LINES} lines`, () => {
  const long = files.filter((file) => file.lines > MAX_LINES && !EXEMPT.test(file.path));
  expect(long.map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
});
