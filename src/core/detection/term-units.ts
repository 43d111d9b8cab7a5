/** What a term is made of in a view: the units that the automaton looks for. */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';

/** Longest term after normalising, in code points. */
export const MAX_TERM_UNITS = 100;

export interface AutomatonOptions {
  /** Transforms of this view (`transformMask`). */
  readonly mask: number;
  /**
   * `drop`: symbols between letters are dropped. `keep`: only spaces are; the symbols that stand
   * in terms are letters, and all others separate words.
   */
  readonly symbols: 'drop' | 'keep';
  /** Marks of a normalised code point to collect over a text: bits of FEATURE_BITS. */
  readonly featureOf?: (code: number) => number;
}

/** Spaces of all kinds; the compatibility forms were mapped to U+0020 by then. */
export const SPACES = new Set([0x09, 0x20, 0xa0, 0x3000]);

/** What `term` is made of under a view, as code points; empty where nothing is left. */
export function termUnits(term: string, options: AutomatonOptions): number[] {
  const table = characterTable(options.mask);
  const units: number[] = [];
  for (const char of term) {
    const target = table.target(codePointAt(char, 0));
    for (const part of target >= 0 ? [target] : (table.expansions[~target] as readonly number[])) {
      const kind = table.kind(part);
      if (kind === KIND.invisible || SPACES.has(part)) continue;
      if (kind === KIND.letter || options.symbols === 'keep') units.push(part);
    }
  }
  return units;
}
