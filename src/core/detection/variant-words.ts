/**
 * Words of Latin letters under repeats and leetspeak (fuuuck, sh1t): each run of letters, digits and
 * the signs that stand for letters is looked up as a whole, so that no word is found inside another.
 */
import { characterTable } from '../normalization/character-table.ts';
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, transformMask } from '../normalization/transforms.ts';

/** What stands for which letters. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'gb',
  '7': 't',
  '8': 'b',
  '9': 'gq',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'il',
  '€': 'e',
  '¥': 'y',
};
/** Letters that one sign stands for share a key. */
const KEY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(STANDS_FOR).map(([sign, letters]) => [sign, letters[0] as string])),
  l: 'i',
  g: 'b',
  q: 'b',
  '6': 'b',
  '9': 'b',
};
const TOKEN = /[a-z0-9@$!|€¥]+/g;
/** A letter twice, or one beside what may stand for a letter. */
const SUSPECT = /([a-z])\1|[a-z][0-9@$!|€¥]|[0-9@$!|€¥][a-z]/;
const MIN_LETTERS = 3;
const MAX_TOKEN = 200;
const table = characterTable(transformMask(DEFAULT_TRANSFORMS));

/** Runs of one letter as pairs of letter and length. */
function runs(text: string): { char: string; length: number }[] {
  const found: { char: string; length: number }[] = [];
  for (const char of text) {
    const last = found.at(-1);
    if (last?.char === char) last.length += 1;
    else found.push({ char, length: 1 });
  }
  return found;
}

/** The same for every way to write a word; leetspeak first, so that 1l is one letter. */
function keyOf(text: string): string {
  return runs(Array.from(text, (char) => KEY[char] ?? char).join(''))
    .map(({ char }) => char)
    .join('');
}

/** Each unit of the text as the letter that the default transforms make of it. */
function plain(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const target = table.basic[text.charCodeAt(at)] as number;
    out += target > 0x20 && target < 0x7f ? String.fromCharCode(target) : text[at];
  }
  return out;
}

/**
 * The transforms by which `written` is `word`; -1: it is not. Every run of the word is met by a run at
 * least as long, in which signs may stand for its letter.
 */
function needed(word: string, written: string): number {
  let mask = 0;
  let signs = 0;
  let at = 0;
  for (const { char, length } of runs(word)) {
    let met = 0;
    for (; at < written.length; at++) {
      const one = written[at] as string;
      if (one !== char) {
        if (STANDS_FOR[one]?.includes(char) !== true) break;
        signs += 1;
      }
      met += 1;
    }
    if (met < length) return -1;
    if (met > length) mask |= TRANSFORM_BIT.repeats;
  }
  if (at < written.length || signs * 2 > word.length) return -1;
  return signs > 0 ? mask | TRANSFORM_BIT.leet : mask;
}

export class VariantWords {
  private readonly byKey = new Map<string, { readonly word: string; readonly index: number }[]>();

  get size(): number {
    return this.byKey.size;
  }

  /** `word` in small letters; words of fewer than three letters are left out. */
  add(word: string, index: number): void {
    if (word.replace(/[^a-z]/g, '').length < MIN_LETTERS) return;
    const key = keyOf(word);
    const list = this.byKey.get(key);
    if (list === undefined) this.byKey.set(key, [{ word, index }]);
    else list.push({ word, index });
  }

  /** Calls `found` for every word of the text that is written in another way. */
  scan(text: string, found: (index: number, start: number, end: number, mask: number) => void): void {
    const letters = plain(text);
    if (!SUSPECT.test(letters)) return;
    for (const match of letters.matchAll(TOKEN)) {
      const trimmed = match[0].replace(/^[!|@]+|[!|]+$/g, '');
      if (trimmed.length < MIN_LETTERS || trimmed.length > MAX_TOKEN || !/[a-z]/.test(trimmed)) continue;
      const start = match.index + match[0].indexOf(trimmed);
      for (const { word, index } of this.byKey.get(keyOf(trimmed)) ?? []) {
        if (word === trimmed) continue;
        const mask = needed(word, trimmed);
        if (mask > 0) found(index, start, start + trimmed.length, mask);
      }
    }
  }
}
