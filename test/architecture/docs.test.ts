// The documents: their links lead somewhere, and they leave out no command and no error code.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { ErrorCode } from '../../src/contract/errors.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path))
    .sort(),
];

/** Targets of links and pictures, without those in fenced code. */
function targets(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

/** The fragment that GitHub gives a heading. */
const fragmentOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function leadsNowhere(document: string, target: string): boolean {
  const [path = '', fragment] = target.split('#');
  const file =
    path === '' ? join(ROOT, document) : resolve(ROOT, dirname(document), decodeURIComponent(path));
  if (!existsSync(file)) return true;
  if (fragment === undefined) return false;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)];
  return !headings.some((match) => fragmentOf(match[1] ?? '') === fragment);
}

describe('links', () => {
  test.for(DOCUMENTS)('of %s lead somewhere', (document) => {
    const local = targets(read(document)).filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => leadsNowhere(document, target))).toEqual([]);
  });

  test('are there to be followed', () => {
    expect(targets(read('README.md')).length).toBeGreaterThan(5);
  });
});

describe('source files that documents name', () => {
  const sources = ['src', 'scripts', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `/${folder}/${path}`,
    ),
  );
  const isThere = (name: string) => {
    const ending = new RegExp(`/${name.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*')}$`);
    return sources.some((path) => ending.test(path));
  };

  test.for(DOCUMENTS)('by %s are there', (document) => {
    const named = [...read(document).matchAll(/`([\w.-]+\/[\w./*-]+\.tsx?)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });
});

test.for(COMMANDS)('docs/command-line.md has $name with its options', ({ name, options }) => {
  const text = read('docs/command-line.md');
  expect(text).toMatch(new RegExp(`^### .*\`${name}\\b`, 'm'));
  expect(Object.keys(options).filter((option) => !text.includes(`--${option}`))).toEqual([]);
});

test.for(['en', 'zh-CN'])('every error code has words in %s', (language) => {
  const known = JSON.stringify(JSON.parse(read(`src/renderer/locales/${language}/errors.json`)));
  expect(ErrorCode.options.filter((code) => !known.includes(`"${code}"`))).toEqual([]);
});
