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
  beginAgain,
  between,
  EIGHT_WAYS,
  emoji,
  every,
  homophone,
  initials,
  isWord,
  one,
  pick,
  pinyin,
  shape,
  split,
  swapped,
  toTraditional,
  wordsOf,
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

/** Words of a comment that are disguised below, and how many comments there are to each one that is measured. */
const HARDEST = 2;
const ONE_OF = 5;

/** A comment in parts, and the places of the words without which the classifier would hold it for abuse the least. */
function hardestOf(compiled: CompiledRules, text: string): { parts: string[]; places: number[] } {
  const { classifier } = compiled;
  const abuse = classifier?.categories.indexOf('abuse') ?? -1;
  const logit = (other: string): number => classifier?.score(other)?.[abuse] ?? 0;
  const parts = wordsOf(text);
  const places = parts
    .flatMap((part, at) =>
      isWord(part) ? [{ at, left: logit(parts.filter((_, place) => place !== at).join('')) }] : [],
    )
    .sort((a, b) => a.left - b.left);
  return { parts, places: places.slice(0, HARDEST).map(({ at }) => at) };
}

/** Prints what is found where the two words that say most stand in each of the eight ways. */
function evaluateHardest(compiled: CompiledRules, data: string): void {
  const comments = cold(data, 'dev').filter((_, index) => index % ONE_OF === 0);
  const sides = [true, false].map((isBad) =>
    comments.filter(({ labels }) => labels.length > 0 === isBad).map(({ text }) => hardestOf(compiled, text)),
  );
  console.log(
    `\n**The two words that say most, in eight ways** (COLD dev, one comment in ${ONE_OF}): the words without which the classifier would give the comment the least; of inoffensive comments too.\n`,
  );
  console.log(
    '| way of writing | n | found as `hit` | found in any tab | inoffensive n | `hit` | in any tab |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|');
  for (const [name, disguise] of [['as it is', (word: string) => word] as const, ...EIGHT_WAYS]) {
    const row = sides.flatMap((side) => {
      const judged = side.flatMap(({ parts, places }) => {
        const other = parts.map((part, at) => (places.includes(at) ? (disguise(part) ?? part) : part));
        if (name !== 'as it is' && other.every((part, at) => part === parts[at])) return [];
        return [judge(compiled, other.join(''), CONTEXT).filter(({ category }) => ABUSE.has(category))];
      });
      const share = (counts: (own: (typeof judged)[number]) => boolean): string =>
        `${((judged.filter(counts).length / judged.length) * 100).toFixed(1)}%`;
      return [
        judged.length,
        share((own) => own.some(({ status }) => status === 'hit')),
        share((own) => own.length > 0),
      ];
    });
    console.log(`| ${[name, ...row].join(' | ')} |`);
  }
}

/** Prints one row for each way of writing. */
export function evaluatePerturbed(compiled: CompiledRules, data: string): void {
  beginAgain();
  evaluateHardest(compiled, data);
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
