/**
 * Toxic words in other writing, inside real sentences: of COLD's development split, offensive comments that
 * have a word of the abuse rules, and inoffensive ones with a common word of theirs. One word of each is written in one
 * way; counted is what all shipped packs and the classifier find then.
 */
import { judge } from '../src/core/detection/judge.ts';
import { variantTables } from '../src/core/normalization/variant-tables.ts';
import type { CompiledRules } from '../src/core/rules/compile-rules.ts';
import { cold } from './train-data.ts';
import {
  between,
  emoji,
  every,
  homophone,
  initials,
  one,
  pick,
  pinyin,
  shape,
  split,
  swapped,
  toTraditional,
} from './word-disguises.ts';

const CONTEXT = { act: 'own-post', conversationType: 'group', messageKind: 'text' } as const;
const WAYS: readonly [string, (word: string) => string | undefined][] = [
  ['as it is', (word) => word],
  ['looks alike, one character', one(shape)],
  ['in parts, one character', one(split)],
  ['traditional', toTraditional],
  ['initials', initials],
  ['syllables in letters', every(pinyin)],
  ['homophone, one character', one(homophone)],
  ['homophones, all', every(homophone)],
  ['wrong order', swapped],
  ['emoji, one character', one(emoji)],
  ['invisible characters', between(['\u200b', '\u2060', '\ufe0f'])],
  ['symbols between', between(['*', '.', ' ', '-', '/'])],
  ['repeated, one character', one((char) => char.repeat(3))],
];
const ABUSE: ReadonlySet<string> = new Set(['abuse', 'harassment']);

interface Place {
  readonly text: string;
  readonly word: string;
}

/** Words of the abuse rules as they stand in offensive comments. */
function toxic(compiled: CompiledRules, data: string): Place[] {
  return cold(data, 'dev').flatMap(({ text, labels }) => {
    if (labels.length === 0) return [];
    const hit = judge(compiled, text, CONTEXT).find(
      ({ rule, match }) => rule.startsWith('work.abuse') && /^[\u4e00-\u9fff]{2,6}$/.test(match),
    );
    return hit === undefined ? [] : [{ text, word: hit.match }];
  });
}

/** Common words of inoffensive comments. */
function innocent(data: string): Place[] {
  const { words } = variantTables();
  return cold(data, 'dev').flatMap(({ text, labels }) => {
    if (labels.length > 0) return [];
    const found: string[] = [];
    for (let at = 0; at < text.length; at++) {
      for (const size of [2, 3, 4]) {
        const word = text.slice(at, at + size);
        if (word.length === size && words.has(word)) found.push(word);
      }
    }
    return found.length === 0 ? [] : [{ text, word: pick(found) }];
  });
}

/** Prints one row for each way of writing. */
export function evaluatePerturbed(compiled: CompiledRules, data: string): void {
  const [bad, good] = [toxic(compiled, data), innocent(data)];
  console.log(
    `\n**Words in other writing inside comments** (COLD dev): ${bad.length} offensive ones with a word of the abuse rules, ${good.length} inoffensive ones.\n`,
  );
  console.log(
    '| way of writing | n | found as `hit` | found in any tab | inoffensive n | hits / 10,000 | any / 10,000 |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|');
  for (const [name, disguise] of WAYS) {
    const judged = [bad, good].map((places) =>
      places.flatMap(({ text, word }) => {
        const other = disguise(word);
        if (other === undefined || (other === word && name !== 'as it is')) return [];
        const hits = judge(
          compiled,
          text.replace(word, () => other),
          CONTEXT,
        );
        return [hits.filter(({ category }) => ABUSE.has(category))];
      }),
    );
    const row = judged.flatMap((hits, index) => {
      const sure = hits.filter((own) => own.some(({ status }) => status === 'hit')).length / hits.length;
      const any = hits.filter((own) => own.length > 0).length / hits.length;
      const show = (share: number): string =>
        index === 0 ? `${(share * 100).toFixed(1)}%` : (share * 10_000).toFixed(0);
      return [hits.length, show(sure), show(any)];
    });
    console.log(`| ${[name, ...row].join(' | ')} |`);
  }
}
