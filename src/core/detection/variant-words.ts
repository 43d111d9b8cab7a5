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
const SIGNS: ReadonlySet<number> = new Set(Array.from('0123456789@$!|€¥', (char) => char.charCodeAt(0)));
/** Of signs that stand for letters, those that are marks where a word begins or ends. */
const LEADING: ReadonlySet<number> = new Set(Array.from('!|@', (char) => char.charCodeAt(0)));
const TRAILING: ReadonlySet<number> = new Set(Array.from('!|', (char) => char.charCodeAt(0)));
const MIN_LETTERS = 3;
const MAX_TOKEN = 200;
const table = characterTable(transformMask(DEFAULT_TRANSFORMS));

const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;

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

/** The letter or sign that each unit of a text is in a word; 0: it parts words. */
const parts = Uint16Array.from(table.basic, (target, unit) => {
  const code = target > 0x20 && target < 0x7f ? target : unit;
  return isLetter(code) || SIGNS.has(code) ? code : 0;
});

function partAt(text: string, at: number): number {
  return parts[text.charCodeAt(at)] as number;
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

/** Called for each word: which, its span in the text, the transforms needed. */
type WordSink = (index: number, start: number, end: number, mask: number) => void;

interface FoundWord {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly mask: number;
}
/** Runs of so many units are remembered, and so many of them. */
const MAX_KNOWN = 32;
const MOST_KNOWN = 4096;

export class VariantWords {
  /** The words found in runs as they are written. */
  private readonly known = new Map<string, FoundWord[]>();
  private readonly byKey = new Map<string, { readonly word: string; readonly index: number }[]>();

  get size(): number {
    return this.byKey.size;
  }

  /** `word` in small letters; words of fewer than three letters are left out. */
  add(word: string, index: number): void {
    this.known.clear();
    if (word.replace(/[^a-z]/g, '').length < MIN_LETTERS) return;
    const key = keyOf(word);
    const list = this.byKey.get(key);
    if (list === undefined) this.byKey.set(key, [{ word, index }]);
    else list.push({ word, index });
  }

  /**
   * Calls `found` for every word of the text that is written in another way. Only runs are looked up that have
   * a letter twice, or one beside what may stand for a letter.
   */
  scan(text: string, found: WordSink): void {
    let from = 0;
    let before = 0;
    let isSuspect = false;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? partAt(text, at) : 0;
      if (code === 0) {
        if (isSuspect) this.look(text, from, at, found);
        from = at + 1;
        isSuspect = false;
      } else if (before !== 0) {
        isSuspect ||= isLetter(code) ? code === before || !isLetter(before) : isLetter(before);
      }
      before = code;
    }
  }

  /** Looks up the run of letters and signs between `from` and `to`; chats say the same ones again and again. */
  private look(text: string, from: number, to: number, found: WordSink): void {
    const run = text.slice(from, to);
    let words = this.known.get(run);
    if (words === undefined) {
      words = [];
      if (run.length <= MAX_KNOWN) {
        if (this.known.size === MOST_KNOWN) this.known.clear();
        this.known.set(run, words);
      }
      const list = words;
      this.find(run, (index, start, end, mask) => list.push({ index, start, end, mask }));
    }
    for (const { index, start, end, mask } of words) found(index, from + start, from + end, mask);
  }

  private find(text: string, found: WordSink): void {
    let start = 0;
    let end = text.length;
    while (start < end && LEADING.has(partAt(text, start))) start += 1;
    while (end > start && TRAILING.has(partAt(text, end - 1))) end -= 1;
    if (end - start < MIN_LETTERS || end - start > MAX_TOKEN) return;
    let written = '';
    for (let at = start; at < end; at++) written += String.fromCharCode(partAt(text, at));
    if (!/[a-z]/.test(written)) return;
    for (const { word, index } of this.byKey.get(keyOf(written)) ?? []) {
      if (word === written) continue;
      const mask = needed(word, written);
      if (mask > 0) found(index, start, end, mask);
    }
  }
}
