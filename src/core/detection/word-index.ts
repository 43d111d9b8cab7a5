/**
 * What an occurrence of a word says, in flat arrays: the leaves of match trees that have it, and the rules
 * that it may make hold. An entry is a word of a view, or one that is looked for in other ways of writing.
 */
import type { CompiledRules } from '../rules/compile-rules.ts';
import type { CompiledWord } from '../rules/vocabulary.ts';

/** Lists of numbers, those of `i` between `from[i]` and `from[i + 1]`. */
interface Lists {
  readonly from: Int32Array;
  readonly items: Int32Array;
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
  const from = new Int32Array(lists.length + 1);
  for (const [index, list] of lists.entries()) from[index + 1] = (from[index] as number) + list.length;
  return { from, items: Int32Array.from(lists.flat()) };
}

export class WordIndex {
  /** The word of each entry. */
  readonly entries: readonly CompiledWord[];
  /** First entry of each view; an entry is that and its place in the view. */
  readonly bases: readonly number[];
  /** First entry of the words in other ways of writing. */
  readonly variantBase: number;
  /** Of each entry. */
  readonly leaves: Lists;
  readonly wakes: Lists;

  constructor(compiled: CompiledRules) {
    const entries: CompiledWord[] = [];
    this.bases = compiled.views.map(({ words }) => {
      const base = entries.length;
      for (const word of words) entries.push(word);
      return base;
    });
    this.variantBase = entries.length;
    for (const word of compiled.variants?.words ?? []) entries.push(word);
    const leavesOf = new Map<number, number[]>();
    for (const [leaf, words] of compiled.leaves.entries()) {
      for (const word of words) {
        const list = leavesOf.get(word);
        if (list === undefined) leavesOf.set(word, [leaf]);
        else list.push(leaf);
      }
    }
    this.entries = entries;
    this.leaves = listsOf(entries.map(({ id }) => leavesOf.get(id) ?? []));
    this.wakes = listsOf(entries.map(({ wakes }) => [...new Set(wakes)]));
  }
}
