/**
 * Matching against every way to look for many words that is at hand: Docket without and with the
 * other ways of writing, packages from npm, one regular expression, grep and ripgrep (with their
 * start and the building of their automata, as they are used). One corpus, one lexicon, one run.
 * Only Docket normalises. Each figure is the best of several runs; slow ones run on a part. Docket and the peer that
 * the budget names take turns.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AhoCorasick } from '@monyone/aho-corasick/fast';
import { TermAutomaton } from '../../src/core/detection/automaton.ts';
import { MatchBuffer } from '../../src/core/detection/match-buffer.ts';
import { BLOCK } from '../../src/core/detection/reading-block.ts';
import { type AutomatonOptions, MAX_TERM_UNITS, termUnits } from '../../src/core/detection/term-units.ts';
import { VariantMatcher } from '../../src/core/detection/variant-matcher.ts';
import { DEFAULT_TRANSFORMS, transformMask, VARIANT_MASK } from '../../src/core/normalization/transforms.ts';
import { matchCorpus } from './match-corpus.ts';

const require = createRequire(import.meta.url);
interface FastScan {
  search(text: string): readonly unknown[];
}
interface MintFilter {
  filter(text: string, options: { replace: boolean }): { words: readonly string[] };
}
const FastScanner = require('fastscan') as new (words: readonly string[]) => FastScan;
const Mint = require('mint-filter').default as new (words: readonly string[]) => MintFilter;

const MESSAGES = 300_000;
const SLOW_MESSAGES = 30_000;
const RUNS = 4;
const OPTIONS: AutomatonOptions = { mask: transformMask(DEFAULT_TRANSFORMS), symbols: 'drop' };

const { texts, words } = matchCorpus(MESSAGES);
const usable = words.filter((word) => {
  const units = termUnits(word, OPTIONS).length;
  return units > 0 && units <= MAX_TERM_UNITS;
});
const megabytes = (some: readonly string[]): number =>
  some.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

/** MB/s of the best of so many runs. */
function speed(some: readonly string[], runs: number, work: (texts: readonly string[]) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work(some);
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return megabytes(some) / best;
}

/**
 * MB/s of several kinds of work that take turns, block by block; of each block the best of RUNS. Other work on the
 * machine only ever adds time, and slows none of them more than the others.
 */
function inTurns(works: readonly ((block: readonly string[]) => void)[]): number[] {
  const best = works.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) {
    for (let from = 0; from < texts.length; from += BLOCK) {
      const block = texts.slice(from, from + BLOCK);
      for (const [index, work] of works.entries()) {
        const start = performance.now();
        work(block);
        const seconds = (performance.now() - start) / 1000;
        const list = best[index] as number[];
        list[from / BLOCK] = Math.min(list[from / BLOCK] ?? seconds, seconds);
      }
    }
  }
  return best.map((list) => megabytes(texts) / list.reduce((sum, seconds) => sum + seconds, 0));
}

function report(what: string, figure: number, peer: number, least?: number): void {
  const ratio = figure / peer;
  const budget =
    least === undefined ? {} : { budget: `>= ${least}x @monyone/aho-corasick/fast`, ok: ratio >= least };
  console.log(JSON.stringify({ what, figure, unit: 'MB/s', ratio, ...budget }));
}

const slow = texts.slice(0, SLOW_MESSAGES);
const scratch = mkdtempSync(join(tmpdir(), 'docket-bench-'));
try {
  const textFile = join(scratch, 'texts');
  writeFileSync(textFile, texts.map((text) => text.replaceAll('\n', ' ')).join('\n'));
  for (const count of [1000, 10_000, 60_000]) {
    const terms = Array.from(
      { length: count },
      (_, index) => usable[Math.floor((index * usable.length) / count)] as string,
    );
    const named = (what: string): string => `${what}, ${count} terms`;
    const monyone = new AhoCorasick([...terms]);
    const automaton = new TermAutomaton(terms, OPTIONS);
    const variants = new VariantMatcher(terms.map((text) => ({ text, mask: VARIANT_MASK })));
    const buffer = new MatchBuffer();
    const plain = (text: string): void => {
      buffer.length = 0;
      automaton.scan(text, 0, text.length, buffer);
    };
    let found = 0;
    const note = (): void => {
      found += 1;
    };
    const [peer, own, all] = inTurns([
      (block) => {
        for (const text of block) monyone.matchInText(text);
      },
      (block) => {
        for (const text of block) plain(text);
      },
      // As texts are judged (reading-block.ts): a block in each way after the other.
      (block) => {
        for (const text of block) plain(text);
        variants.scanAll(block, note);
      },
    ]) as [number, number, number];
    found /= RUNS;
    console.error(`${count} terms: ${found} occurrences in other ways of writing`);
    report(named('Docket, normalising'), own, peer);
    report(named('Docket, all ways of writing'), all, peer, count > 1000 ? 2 : undefined);
    report(named('@monyone/aho-corasick/fast'), peer, peer);
    const fastscan = new FastScanner([...terms]);
    const fastscanSpeed = speed(slow, 2, (some) => {
      for (const text of some) fastscan.search(text);
    });
    report(named('fastscan'), fastscanSpeed, peer);
    const mint = new Mint([...terms]);
    const mintSpeed = speed(slow, 2, (some) => {
      for (const text of some) mint.filter(text, { replace: false });
    });
    report(named('mint-filter'), mintSpeed, peer);
    const pattern = new RegExp(
      terms.map((term) => term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
      'g',
    );
    const few = slow.slice(0, count > 10_000 ? 3000 : SLOW_MESSAGES);
    report(
      named('RegExp alternation'),
      speed(few, 1, (some) => {
        for (const text of some) text.match(pattern);
      }),
      peer,
    );
    const wordFile = join(scratch, 'words');
    writeFileSync(wordFile, terms.join('\n'));
    for (const tool of ['grep', 'rg']) {
      if (spawnSync(tool, ['--version']).status !== 0) continue;
      const figure = speed(texts, 2, () => {
        execFileSync(tool, ['-F', '-c', '-f', wordFile, textFile], {
          // To /dev/null, grep would stop at its first match.
          stdio: ['ignore', 'pipe', 'inherit'],
        });
      });
      report(named(`${tool} -F -f`), figure, peer);
    }
  }
} finally {
  rmSync(scratch, { recursive: true });
}
