/**
 * What each transform brings and costs, on the shipped packs: `node scripts/with-node.mjs
 * scripts/measure-transforms.ts`. Prints one Markdown row for each transform:
 *
 *   recall    of words of the packs written in that way inside a plain sentence: how many are found
 *             with the transform, and how many without it
 *   cost      hits and proposals that need the transform, for 10,000 benign messages
 *
 * DOCKET_BENCH_DATA names the folder with benign/, labelled/ and bench/; without it the cost is
 * measured on the sample's messages alone. The disguises are made at random from a fixed seed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openResources } from '../src/core/app/resources.ts';
import { judge, type TextContext, type TextHit } from '../src/core/detection/judge.ts';
import { TRANSFORMS, type TransformName } from '../src/core/normalization/transforms.ts';
import { type CompiledRules, compileRuleSet } from '../src/core/rules/compile-rules.ts';
import { loadRules } from '../src/core/rules/load-rules.ts';
import { parsePack } from '../src/core/rules/rule-pack.ts';
import {
  between,
  emoji,
  every,
  GREEK,
  homophone,
  initials,
  LEET,
  latin,
  one,
  pick,
  pinyin,
  shape,
  split,
  toTraditional,
} from './word-disguises.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONTEXT: TextContext = { act: 'own-post', conversationType: 'group', messageKind: 'text' };
const WORDS = 1500;
const CARRIERS = ['X', '大家好，X，谢谢', '今天又看到X了', '有人要X吗？', '我觉得X不行', '你们X的都出来'];

const packFiles = readdirSync(join(ROOT, 'resources/rule-packs')).filter((name) => name.endsWith('.json'));
const packTexts = packFiles.map((name) => readFileSync(join(ROOT, 'resources/rule-packs', name), 'utf8'));

/** Words that rules look for, not those that excuse. */
function wordsOf(node: unknown, into: Set<string>): void {
  if (Array.isArray(node)) for (const one of node) wordsOf(one, into);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'exclude' || key === 'not' || key === 'allow' || key === 'examples') continue;
      if (key === 'terms') for (const term of value as string[]) into.add(term);
      else wordsOf(value, into);
    }
  }
}

interface Trial {
  readonly what: string;
  readonly transform: TransformName;
  readonly disguise: (word: string) => string | undefined;
  readonly latin?: boolean;
}
const TRIALS: readonly Trial[] = [
  { what: 'width', transform: 'width', disguise: latin(0xff21 - 0x41), latin: true },
  { what: 'case', transform: 'case', disguise: (word) => word.toUpperCase(), latin: true },
  { what: 'traditional', transform: 'traditional', disguise: toTraditional },
  { what: 'enclosed', transform: 'enclosed', disguise: latin(0x24b6 - 0x41), latin: true },
  { what: 'look-alikes', transform: 'look-alikes', disguise: one((char) => GREEK[char]), latin: true },
  {
    what: 'zero-width',
    transform: 'zero-width',
    disguise: between(['\u200b', '\u200d', '\ufe0f', '\u0336']),
  },
  { what: 'symbols', transform: 'symbols', disguise: between(['*', ' ', '.', '-', '😀', '、', '+']) },
  { what: 'repeats, one character', transform: 'repeats', disguise: one((char) => char.repeat(3)) },
  { what: 'shapes, one character', transform: 'shapes', disguise: one(shape) },
  { what: 'homophones, one character', transform: 'homophones', disguise: one(homophone) },
  { what: 'homophones, all', transform: 'homophones', disguise: every(homophone) },
  { what: 'pinyin, one character', transform: 'pinyin', disguise: one(pinyin) },
  { what: 'pinyin, all', transform: 'pinyin', disguise: every(pinyin) },
  { what: 'emoji, one character', transform: 'emoji', disguise: one(emoji) },
  { what: 'split, one character', transform: 'split', disguise: one(split) },
  { what: 'leet', transform: 'leet', disguise: one((char) => LEET[char]), latin: true },
  {
    what: 'initials (asked for)',
    transform: 'initials',
    disguise: initials,
  },
];

/** One rule for each word, all in one pack. */
function rulesFor(words: readonly string[], transforms: readonly TransformName[] | undefined): CompiledRules {
  const rules = words.map((word, index) => ({
    id: `w${index}`,
    category: 'fraud',
    title: { zh: word, en: word },
    match: { terms: [word], ...(transforms === undefined ? {} : { transforms }) },
  }));
  const parsed = parsePack(
    { id: 'trial', version: '1', title: { zh: '试', en: 'trial' }, rules },
    'organisation',
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors.slice(0, 3)));
  const result = compileRuleSet([parsed.loaded]);
  if (!result.ok) throw new Error(JSON.stringify(result.errors.slice(0, 3)));
  return result.compiled;
}

function recall(
  trial: Trial,
  words: readonly string[],
): { n: number; sure: number; on: number; off: number } {
  const standing = TRANSFORMS.filter((name) => name !== 'numerals' && name !== 'initials');
  const withIt = rulesFor(words, [...new Set([...standing, trial.transform])]);
  const without = rulesFor(
    words,
    standing.filter((name) => name !== trial.transform),
  );
  const counts = { n: 0, sure: 0, on: 0, off: 0 };
  for (const [index, word] of words.entries()) {
    const disguised = trial.disguise(word);
    if (disguised === undefined || disguised === word) continue;
    const text = pick(CARRIERS).replace('X', disguised);
    const hitsOf = (rules: CompiledRules): readonly TextHit[] =>
      judge(rules, text, CONTEXT).filter(({ rule }) => rule === `w${index}`);
    const hits = hitsOf(withIt);
    counts.n += 1;
    if (hits.some(({ status }) => status === 'hit')) counts.sure += 1;
    if (hits.length > 0) counts.on += 1;
    if (hitsOf(without).length > 0) counts.off += 1;
  }
  return counts;
}

const lines = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Benign messages: everyday talk, service talk, comments that are no offence, the sample. */
function benign(): string[] {
  const texts: string[] = [];
  const folder = process.env.DOCKET_BENCH_DATA;
  if (folder !== undefined && existsSync(join(folder, 'benign'))) {
    for (const file of ['KdConv/kdconv_utterances.jsonl', 'CrossWOZ/crosswoz_test_utterances.jsonl']) {
      for (const line of lines(join(folder, 'benign', file)))
        texts.push((JSON.parse(line) as { text: string }).text);
    }
    const pool = gunzipSync(readFileSync(join(folder, 'bench/pool.jsonl.gz'))).toString('utf8');
    for (const line of pool.split('\n')) {
      if (line === '') continue;
      const { s, c, t } = JSON.parse(line) as { s: string; c: string; t: string };
      if (s === 'COLD' && c === 'benign') texts.push(t);
    }
  }
  for (const line of lines(join(ROOT, 'resources/sample/wecom-archive.jsonl'))) {
    const { content } = JSON.parse(line) as { content?: unknown };
    if (typeof content === 'string') texts.push(content);
  }
  return [...new Set(texts)];
}

function costs(texts: readonly string[]): ReadonlyMap<string, { hit: number; proposal: number }> {
  const { shippedPacks, classifier } = openResources(join(ROOT, 'resources'));
  const result = loadRules(shippedPacks, classifier);
  if (!result.ok) throw new Error(JSON.stringify(result.errors.slice(0, 3)));
  const counts = new Map<string, { hit: number; proposal: number }>();
  for (const text of texts) {
    for (const hit of judge(result.compiled, text, CONTEXT)) {
      for (const name of ['all', ...hit.transforms]) {
        const count = counts.get(name) ?? { hit: 0, proposal: 0 };
        count[hit.status] += 1;
        counts.set(name, count);
      }
      if (process.argv.includes('--show') && hit.transforms.length > 0) {
        console.log(
          `${hit.status} ${hit.rule} ${hit.transforms.join('+')}: ${hit.match} (${hit.normalized})`,
        );
      }
    }
  }
  return counts;
}

const all = new Set<string>();
for (const text of packTexts) wordsOf(JSON.parse(text), all);
const han = [...all].filter((word) => /^[\u4e00-\u9fff]{2,6}$/.test(word));
const letters = [...all].filter((word) => /^[a-z]{3,}$/i.test(word));
const sampled = Array.from({ length: Math.min(WORDS, han.length) }, () => pick(han));
const words = [...new Set(sampled)];
const texts = benign();
const cost = costs(texts);
const perTenThousand = (count: number): string => ((count / texts.length) * 10_000).toFixed(1);

console.log(
  `${words.length} words of ${han.length}, ${letters.length} of Latin letters; ${texts.length} benign messages\n`,
);
console.log(
  '| way of writing | n | as `hit` | found | without the transform | hits / 10,000 | proposals / 10,000 |',
);
console.log('|---|--:|--:|--:|--:|--:|--:|');
for (const trial of TRIALS) {
  const { n, sure, on, off } = recall(trial, trial.latin ? letters : words);
  const percent = (count: number): string => (n === 0 ? '' : `${((count / n) * 100).toFixed(1)}%`);
  const { hit = 0, proposal = 0 } = cost.get(trial.transform) ?? {};
  console.log(
    `| ${trial.what} | ${n} | ${percent(sure)} | ${percent(on)} | ${percent(off)} | ${perTenThousand(hit)} | ${perTenThousand(proposal)} |`,
  );
}
const total = cost.get('all') ?? { hit: 0, proposal: 0 };
console.log(
  `| all hits of all packs | | | | | ${perTenThousand(total.hit)} | ${perTenThousand(total.proposal)} |`,
);
