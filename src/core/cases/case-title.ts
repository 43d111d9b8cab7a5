import { type CategoryId, categoryOf } from '../domain/category.ts';

/** So many categories and names are written out; the rest is counted. */
const SHOWN = 2;

/**
 * A first title, `赌博、诈骗 · 张伟`, in Chinese because it goes into Chinese files; the officer may
 * write another. Categories and names in the order given, each once.
 */
export function caseTitle(categories: readonly CategoryId[], names: readonly string[]): string {
  const parts = [
    some(
      unique(categories).map((id) => categoryOf(id).zh),
      '类',
    ),
    some(unique(names), '人'),
  ];
  return parts.filter((part) => part !== '').join(' · ') || '案卷';
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

function some(words: readonly string[], counter: string): string {
  const shown = words.slice(0, SHOWN).join('、');
  return words.length > SHOWN ? `${shown}等${words.length}${counter}` : shown;
}
