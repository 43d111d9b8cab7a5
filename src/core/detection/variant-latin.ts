/**
 * Whether the Latin letters in a part of a text may be more than letters: pinyin, or a word in leetspeak. Most
 * are neither (OK, APP, names), and their part need not be read for them. The answer may be yes where reading it
 * says no (variant-stream.ts), never the other way round.
 */
import { variantTables } from '../normalization/variant-tables.ts';
import { COMPLEX, INVISIBLE, LATIN, unitClasses } from './unit-classes.ts';
import { isOtherWord, syllableBeginnings } from './variant-pinyin.ts';
import { DOUBLED, LEET_SIGNS, MIN_APART } from './variant-stream.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const SEVERAL_UNITS = COMPLEX;
const NOTHING = INVISIBLE;
const LETTERS = LATIN;
const FEWEST_APART = MIN_APART;

/** What was found out of runs of letters: chats say the same ones again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 4096;
/** The same for runs of so many letters, by five bits a letter: 1 they may be read, 2 they may not. */
const SHORT = 4;
const knownShort = new Uint8Array(1 << (5 * SHORT));
/** 1 for what may stand for a letter. */
const signs = new Uint8Array(0x10000);
for (const sign of LEET_SIGNS) signs[sign.charCodeAt(0)] = 1;

function mayBeRead(letters: string): boolean {
  if (letters === 'v' || DOUBLED.test(letters)) return true;
  if (isOtherWord(letters)) return letters.length > 1;
  return syllableBeginnings(letters, variantTables().syllables) !== undefined;
}

/** `mayBeRead` for the run of letters between `from` and `to`. */
function isReadable(text: string, from: number, to: number, classes: Int32Array): boolean {
  let short = 0;
  for (let at = from; at < to; at++) short = (short << 5) | ((classes[text.charCodeAt(at)] as number) & 31);
  if (to - from <= SHORT) {
    const answer = knownShort[short] as number;
    if (answer !== 0) return answer === 1;
  }
  let letters = '';
  for (let at = from; at < to; at++) {
    letters += String.fromCharCode((classes[text.charCodeAt(at)] as number) & 0xffff);
  }
  let answer = known.get(letters);
  if (answer !== undefined) return answer;
  answer = mayBeRead(letters);
  if (to - from <= SHORT) knownShort[short] = answer ? 1 : 2;
  else {
    if (known.size === MOST_KNOWN) known.clear();
    known.set(letters, answer);
  }
  return answer;
}

export function hasReadableLatin(text: string, from: number, to: number): boolean {
  const classes = unitClasses();
  let alone = 0;
  for (let at = from; at < to; ) {
    const entry = classes[text.charCodeAt(at)] as number;
    if (entry === SEVERAL_UNITS || entry === NOTHING) return true;
    if (entry < 0 || (entry & LETTERS) === 0) {
      at += 1;
      continue;
    }
    let end = at + 1;
    for (; end < to; end++) {
      const next = classes[text.charCodeAt(end)] as number;
      if (next < 0 || (next & LETTERS) === 0) break;
    }
    if (at > 0 && signs[text.charCodeAt(at - 1)] === 1) return true;
    if (end < text.length && signs[text.charCodeAt(end)] === 1) return true;
    if (end === at + 1) alone += 1;
    if (alone === FEWEST_APART || isReadable(text, at, end, classes)) return true;
    at = end;
  }
  return false;
}
