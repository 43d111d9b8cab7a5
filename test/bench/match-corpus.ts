/**
 * Messages and words to measure matching with. `DOCKET_BENCH_DATA` names a folder with
 * `bench/build_bench.py` (writes any number of real chat messages) and `lexicons/`; without it the
 * sample's messages are repeated and words are cut out of them and of the shipped packs, which
 * shows ratios but no comparable figures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LEXICON = 'lexicons/houbb-sensitive-word/dict_v20240407.txt';

export interface MatchCorpus {
  readonly texts: readonly string[];
  /** UTF-8 bytes of all texts. */
  readonly bytes: number;
  readonly words: readonly string[];
  /** Real data: the figures can be compared with others'. */
  readonly real: boolean;
}

const CELL = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g;

const read = (path: string): string => readFileSync(path, 'utf8');
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function realTexts(folder: string, count: number): string[] {
  const scratch = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  try {
    const file = join(scratch, 'corpus.jsonl');
    execFileSync('python3', [join(folder, 'bench/build_bench.py'), String(count), file], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return lines(read(file)).flatMap((line) => {
      const { content } = JSON.parse(line) as { content?: string };
      return content === undefined ? [] : [content];
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Strings of a JSON value, however deep. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** What people say in the sample's work group. */
function sampleTexts(): string[] {
  const rows = csvRows(read(join(ROOT, 'resources/sample/wechat-workgroup_utf8.csv')));
  const column = (rows[0] ?? []).indexOf('StrContent');
  const texts = rows.slice(1).map((row) => row[column] ?? '');
  // Pictures, files and notices are XML in this format.
  return texts.filter((text) => text.trim() !== '' && !text.startsWith('<'));
}

/** Rows of cells; quoted cells may hold commas, quotes and line ends. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, '').matchAll(CELL)) {
    if (rows.length === 0) rows.push([]);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',' && end !== '') rows.push([]);
  }
  return rows;
}

function sampleCorpus(count: number): Omit<MatchCorpus, 'bytes'> {
  const sample = sampleTexts();
  const texts = Array.from({ length: count }, (_, index) => sample[index % sample.length] as string);
  const packs = join(ROOT, 'resources/rule-packs');
  const files = readdirSync(packs).filter((name) => name.endsWith('.json'));
  const words = new Set(
    files
      .flatMap((name) => strings(JSON.parse(read(join(packs, name)))))
      .filter((word) => word.length >= 2 && word.length <= 12),
  );
  const chars = Array.from(new Set(sample.join(''))).filter((char) => /\p{Script=Han}/u.test(char));
  for (let seed = 1; words.size < 65_000; seed++) {
    const pick = (step: number): string => chars[Math.imul(seed, step) % chars.length] ?? '';
    words.add(pick(7919) + pick(104_729) + pick(1299) + (seed % 3 === 0 ? pick(31) : ''));
  }
  return { texts, words: [...words], real: false };
}

export function matchCorpus(count: number): MatchCorpus {
  const folder = process.env.DOCKET_BENCH_DATA;
  const real = folder !== undefined && existsSync(join(folder, 'bench/build_bench.py'));
  const corpus = real
    ? { texts: realTexts(folder, count), words: [...new Set(lines(read(join(folder, LEXICON))))], real }
    : sampleCorpus(count);
  return { ...corpus, bytes: corpus.texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
}
