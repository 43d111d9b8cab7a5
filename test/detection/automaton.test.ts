import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { TermAutomaton } from '../../src/core/detection/automaton.ts';
import { MatchBuffer } from '../../src/core/detection/match-buffer.ts';
import { type AutomatonOptions, SPACES, termUnits } from '../../src/core/detection/term-units.ts';
import { characterTable, KIND } from '../../src/core/normalization/character-table.ts';
import { MAX_DROPPED } from '../../src/core/normalization/normalize-text.ts';
import { DEFAULT_TRANSFORMS, transformMask } from '../../src/core/normalization/transforms.ts';
import { anyText, notableText, words } from './arbitraries.ts';

/** Thousands of cases on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const MASK = transformMask(DEFAULT_TRANSFORMS);

function search(terms: readonly string[], text: string, options: AutomatonOptions): string[] {
  const automaton = new TermAutomaton(terms, options);
  const buffer = new MatchBuffer();
  automaton.scan(text, 0, text.length, buffer);
  const found: string[] = [];
  for (let at = 0; at < buffer.length; at += 3) {
    const [start, end, node] = buffer.data.subarray(at, at + 3) as unknown as [number, number, number];
    const { order, endFrom, endTo } = automaton.trie;
    for (let place = endFrom[node] as number; place < (endTo[node] as number); place++) {
      found.push(`${start}-${end} ${terms[order[place] as number]}`);
    }
  }
  return found.sort();
}

/** The same, slowly and plainly: read all units, then try every term at every unit. */
function reference(terms: readonly string[], text: string, options: AutomatonOptions): string[] {
  const table = characterTable(options.mask);
  const alphabet = new Set(terms.flatMap((term) => termUnits(term, options)));
  const units: { code: number; start: number; end: number; gap: number }[] = [];
  let gap = 0;
  for (let start = 0; start < text.length; ) {
    const code = text.codePointAt(start) as number;
    const end = start + (code > 0xffff ? 2 : 1);
    const target = table.target(code);
    for (const part of target >= 0 ? [target] : (table.expansions[~target] as readonly number[])) {
      const kind = table.kind(part);
      if (kind === KIND.invisible) continue;
      const dropped = options.symbols === 'drop' ? kind !== KIND.letter : SPACES.has(part);
      if (dropped) gap += kind === KIND.barrier ? MAX_DROPPED + 1 : 1;
      else {
        units.push({ code: alphabet.has(part) ? part : -1, start, end, gap });
        gap = 0;
      }
    }
    start = end;
  }
  const found: string[] = [];
  for (const term of terms) {
    const wanted = termUnits(term, options);
    for (let from = 0; from + wanted.length <= units.length; from++) {
      const holds = wanted.every((code, index) => {
        const unit = units[from + index];
        return unit?.code === code && (index === 0 || unit.gap <= MAX_DROPPED);
      });
      const last = units[from + wanted.length - 1];
      if (holds && last !== undefined) found.push(`${units[from]?.start}-${last.end} ${term}`);
    }
  }
  return found.sort();
}

describe('the automaton', () => {
  it('finds every overlapping occurrence with its original span', () => {
    const terms = ['中国', '国人', '中国人', '我是中国人', '是'];
    expect(search(terms, '我是中國人', { mask: MASK, symbols: 'drop' })).toEqual(
      ['0-5 我是中国人', '1-2 是', '2-4 中国', '2-5 中国人', '3-5 国人'].sort(),
    );
  });

  it('counts what must be counted and collects marks, above the basic plane too', () => {
    const options = {
      mask: MASK,
      symbols: 'drop' as const,
      featureOf: (code: number) => (code === 0x1f427 ? 1 << 17 : code === 0x31 ? 1 << 29 : 0),
    };
    const automaton = new TermAutomaton(['ab'], options);
    for (const text of ['1🐧１', '1🐧１𝐕']) {
      automaton.scan(text, 0, text.length, new MatchBuffer());
      expect([automaton.features, automaton.counted]).toEqual([1 << 17, 2]);
    }
  });

  it.each(['drop', 'keep'] as const)('agrees with a plain search, symbols: %s', (symbols) => {
    const options = { mask: MASK, symbols };
    fc.assert(
      fc.property(
        words,
        fc.oneof(
          notableText,
          anyText,
          words.map((list) => list.join('*')),
        ),
        (list, text) => {
          const terms = list.filter((term) => termUnits(term, options).length > 0);
          expect(search(terms, text, options)).toEqual(reference(terms, text, options));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads a part of a text as if it were the whole', () => {
    const automaton = new TermAutomaton(['赌博'], { mask: MASK, symbols: 'drop' });
    const buffer = new MatchBuffer();
    automaton.scan('赌博赌博赌', 1, 4, buffer);
    expect([...buffer.data.subarray(0, buffer.length)].slice(0, 2)).toEqual([2, 4]);
    expect(buffer.length).toBe(3);
  });
});
