/**
 * Whether the Latin letters in a part of a text may be more than letters: pinyin, or a word in leetspeak. Most
 * are neither (OK, APP, names), and their part need not be read for them. The answer may be yes where reading it
 * says no (variant-stream.ts), never the other way round.
 */
import { variantTables } from '../normalization/variant-tables.ts';
import { COMPLEX, INVISIBLE, LATIN, unitClasses } from './unit-classes.ts';
import { isOtherWord, syllableBeginnings } from './variant-pinyin.ts';
import { DOUBLED, LEET_SIGNS, MIN_APART } from './variant-stream.ts';

/** What was found out of runs as they are written: chats say the same ones again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 4096;

function mayBeRead(run: string): boolean {
  const classes = unitClasses();
  let letters = '';
  for (let at = 0; at < run.length; at++) {
    letters += String.fromCharCode((classes[run.charCodeAt(at)] as number) & 0xffff);
  }
  if (letters === 'v' || DOUBLED.test(letters)) return true;
  if (isOtherWord(letters)) return letters.length > 1;
  return syllableBeginnings(letters, variantTables().syllables) !== undefined;
}

export function hasReadableLatin(text: string, from: number, to: number): boolean {
  const classes = unitClasses();
  let alone = 0;
  for (let at = from; at < to; ) {
    const entry = classes[text.charCodeAt(at)] as number;
    if (entry === COMPLEX || entry === INVISIBLE) return true;
    if (entry < 0 || (entry & LATIN) === 0) {
      at += 1;
      continue;
    }
    let end = at + 1;
    for (; end < to; end++) {
      const next = classes[text.charCodeAt(end)] as number;
      if (next < 0 || (next & LATIN) === 0) break;
    }
    if (LEET_SIGNS.includes(text[at - 1] ?? '\n') || LEET_SIGNS.includes(text[end] ?? '\n')) return true;
    if (end === at + 1) alone += 1;
    if (alone === MIN_APART) return true;
    const run = text.slice(at, end);
    let answer = known.get(run);
    if (answer === undefined) {
      answer = mayBeRead(run);
      if (known.size === MOST_KNOWN) known.clear();
      known.set(run, answer);
    }
    if (answer) return true;
    at = end;
  }
  return false;
}
