/** Pinyin syllables that a run of Latin letters spells. */
import { syllableBeginnings } from '../detection/variant-pinyin.ts';
import { variantTables } from '../normalization/variant-tables.ts';

const MAX_SYLLABLE = 6;

/** The longest syllables first (`xian` is xian, not xi an); undefined where the run spells none. */
export function syllablesOf(letters: string): readonly string[] | undefined {
  const { syllables, spelling } = variantTables();
  const beginnings = syllableBeginnings(letters, syllables);
  if (beginnings === undefined) return undefined;
  const found: string[] = [];
  for (let at = 0; at < letters.length; ) {
    let size = Math.min(MAX_SYLLABLE, letters.length - at);
    while (size > 0 && !(beginnings[at + size] === 1 && syllables.has(letters.slice(at, at + size))))
      size -= 1;
    if (size === 0) return undefined;
    found.push(spelling[syllables.get(letters.slice(at, at + size)) as number] as string);
    at += size;
  }
  return found;
}
