/**
 * All words that packs look for, each once however many rules name it, and the views in which
 * they are looked for.
 */
import { makingParts, TermAutomaton } from '../detection/automaton.ts';
import { commonPairs, splitPairs } from '../detection/common-pairs.ts';
import { FEATURE, featureOf } from '../detection/features.ts';
import { initialsOf } from '../detection/term-initials.ts';
import { TermProfile } from '../detection/term-trace.ts';
import { type AutomatonOptions, MAX_TERM_UNITS, termUnits } from '../detection/term-units.ts';
import { unitClasses } from '../detection/unit-classes.ts';
import { makingMatcher, type VariantMatcher } from '../detection/variant-matcher.ts';
import {
  DEFAULT_TRANSFORMS,
  TRANSFORM_BIT,
  transformMask,
  VARIANT_MASK,
} from '../normalization/transforms.ts';
import { variantTables } from '../normalization/variant-tables.ts';
import { type Fault, fault } from './fault.ts';

/** A word in a view. */
export interface CompiledWord {
  /** Place among all words of all views. */
  readonly id: number;
  readonly text: string;
  readonly profile: TermProfile;
  /** Rules that an occurrence may make hold. */
  readonly wakes: readonly number[];
}

/** One way of reading a text, with the words looked for in it. */
export interface CompiledView {
  readonly automaton: TermAutomaton;
  /** In the order of the automaton's terms. */
  readonly words: readonly CompiledWord[];
  /** The view is read only where the text has one of these marks; 0: always. */
  readonly trigger: number;
}

/** The words that any rule wants in other ways of writing, in the order of the matcher's terms. */
export interface CompiledVariants {
  readonly matcher: VariantMatcher;
  readonly words: readonly CompiledWord[];
}

interface WordDraft extends CompiledWord {
  readonly wakes: number[];
  /** Transforms of words under which any rule wants it. */
  variants: number;
}

interface ViewDraft {
  readonly options: AutomatonOptions;
  readonly words: WordDraft[];
}

export const DEFAULT_MASK = transformMask(DEFAULT_TRANSFORMS);

/** Whether a word, or what a pattern needs, can be looked for at all. */
export function isVisible(word: string): boolean {
  return termUnits(word, { mask: DEFAULT_MASK, symbols: 'drop' }).length > 0;
}

export class Vocabulary {
  private readonly drafts = new Map<string, ViewDraft>();
  private readonly known = new Map<string, WordDraft>();
  private readonly all: WordDraft[] = [];

  constructor() {
    // The first view is read for every text, with words or without.
    this.draft(DEFAULT_MASK, 'drop');
  }

  /**
   * The id of a word in the view it needs, or why it can never occur. `asked`: the transforms of the
   * node that names it, of which `numerals` and those of words count.
   */
  add(text: string, asked: number): { readonly id: number } | { readonly refused: Fault } {
    const numerals = (asked & TRANSFORM_BIT.numerals) !== 0;
    const key = `${numerals} ${text}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      known.variants |= asked & VARIANT_MASK;
      return known;
    }
    const mask = DEFAULT_MASK | (numerals ? TRANSFORM_BIT.numerals : 0);
    const kept = termUnits(text, { mask, symbols: 'keep' });
    if (kept.length === 0) return { refused: fault('invisible', { term: text }) };
    if (kept.length > MAX_TERM_UNITS) {
      return { refused: fault('term-too-long', { most: MAX_TERM_UNITS }) };
    }
    const letters = termUnits(text, { mask, symbols: 'drop' });
    const draft = this.draft(mask, kept.length === letters.length ? 'drop' : 'keep');
    const profile = new TermProfile(text, kept, draft.options);
    const word = { id: this.all.length, text, profile, wakes: [], variants: asked & VARIANT_MASK };
    this.all.push(word);
    this.known.set(key, word);
    draft.words.push(word);
    return word;
  }

  /** How often a word may be met, relatively: each further character makes it ten times rarer. */
  often(word: number): number {
    return 10 ** (1 - (this.all[word]?.profile.units.length ?? 1));
  }

  wake(word: number, rule: number): void {
    this.all[word]?.wakes.push(rule);
  }

  /** The views, in steps for a thread that has other work. */
  *makingViews(): Generator<void, CompiledView[]> {
    const drafts = [...this.drafts.values()];
    const literals = this.literals(drafts);
    const marks = (code: number): number => featureOf(code) | (literals.has(code) ? FEATURE.literal : 0);
    const views: CompiledView[] = [];
    for (const [index, { options, words }] of drafts.entries()) {
      const written = words.concat(index === 0 ? this.initials(options) : []);
      const texts = written.map(({ text }) => text);
      const read = index === 0 ? { ...options, featureOf: marks } : options;
      const automaton = new TermAutomaton(texts, read, yield* makingParts(texts, read));
      views.push({ automaton, words: written, trigger: options.symbols === 'keep' ? FEATURE.literal : 0 });
      yield;
    }
    return views;
  }

  /** The words that any rule wants in other ways of writing; undefined where none does. In steps. */
  *makingVariants(): Generator<void, CompiledVariants | undefined> {
    const words = this.all.filter(({ variants }) => variants !== 0);
    if (words.length === 0) return undefined;
    for (const table of [variantTables, unitClasses, commonPairs, splitPairs]) {
      table();
      yield;
    }
    return {
      matcher: yield* makingMatcher(words.map(({ text, variants }) => ({ text, mask: variants }))),
      words,
    };
  }

  /** Words written with the first letters of their syllables, where a rule asks for that. */
  private initials(options: AutomatonOptions): WordDraft[] {
    return this.all
      .filter(({ variants }) => (variants & TRANSFORM_BIT.initials) !== 0)
      .flatMap((word) =>
        initialsOf(word.text).map((text) => ({
          ...word,
          text,
          profile: new TermProfile(text, termUnits(text, options), options, TRANSFORM_BIT.initials),
        })),
      );
  }

  /** Symbols that stand in words: without one of them in a text, the views that keep symbols rest. */
  private literals(drafts: readonly ViewDraft[]): Set<number> {
    const literals = new Set<number>();
    for (const { options, words } of drafts) {
      if (options.symbols === 'drop') continue;
      for (const { text } of words) {
        const letters = new Set(termUnits(text, { ...options, symbols: 'drop' }));
        for (const code of termUnits(text, options)) if (!letters.has(code)) literals.add(code);
      }
    }
    return literals;
  }

  private draft(mask: number, symbols: 'drop' | 'keep'): ViewDraft {
    const key = `${mask} ${symbols}`;
    let draft = this.drafts.get(key);
    if (draft === undefined) {
      draft = { options: { mask, symbols }, words: [] };
      this.drafts.set(key, draft);
    }
    return draft;
  }
}
