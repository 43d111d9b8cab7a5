/**
 * A text as the variant matcher reads it: one element for each letter that is left when symbols are
 * dropped, with its place, and the elements that are odd where they stand: in no common word with
 * their neighbours, and rarely a word alone. Only there can a term be written in another way. Arrays
 * are used again for the next text.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND, MAX_EXPANSION } from '../normalization/character-table.ts';
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { type VariantTables, variantTables } from '../normalization/variant-tables.ts';
import { COMMON_SHIFT, commonPairs, hasPair, SPLIT_SHIFT, splitPairs } from './common-pairs.ts';
import {
  BARRIER,
  COMPLEX,
  FIRST_HAN,
  FIRST_LATIN,
  LAST_LATIN,
  LATIN,
  MAYBE_ODD_SHIFT,
  SOUNDS_SHIFT,
  SYMBOL,
  unitClasses,
  VARIANT_READING_MASK,
} from './unit-classes.ts';
import { isOtherWord, syllableBeginnings } from './variant-pinyin.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const END = BARRIER;
const SEVERAL_UNITS = COMPLEX;
const HAN = FIRST_HAN;
const LATIN_A = FIRST_LATIN;
const LATIN_Z = LAST_LATIN;
const LETTERS = LATIN;
const ODD_SHIFT = MAYBE_ODD_SHIFT;
const SEVERAL_SHIFT = SOUNDS_SHIFT;
const SIGN = SYMBOL;
const MOST_DROPPED = MAX_DROPPED;

/** What may be read in another way than as the letter it is. */
export const FLAG = {
  /** A character with several sounds. */
  sounds: 1,
  /** The first part of a character that was taken apart. */
  split: 2,
  /** A Latin letter at the beginning of a syllable, in a run that is made of syllables. */
  pinyin: 4,
  /** Emoji or sign with a reading; it may also be a dropped symbol. */
  emoji: 8,
} as const;
/** Flags that make an element odd. */
const ODD_FLAGS = FLAG.split | FLAG.pinyin | FLAG.emoji;

/** Stands for letters above the basic plane, which no term can be matched with. */
const OTHER = 0xffff;
const MAX_RUN = 255;
/** So many letters that stand one by one are one run. */
export const MIN_APART = 4;
const BARRIER_GAP = MOST_DROPPED + 1;
/** What `isOdd` knows, beside what the class says. */
const COMMON = 1 << 4;
const ODD = 1 << 5;
/** A letter that symbols part from the one before it, in a run of such letters. */
const APART = 1 << 6;
/** A syllable that may be a word of another language. */
const OTHER_WORD = 1 << 7;

export const DOUBLED = /(.)\1/;
export const LEET_SIGNS = '0123456789@$!|€¥';

export class VariantStream {
  readonly tables: VariantTables = variantTables();
  length = 0;
  /** Simplified letter, or the emoji's index in `signs`. */
  code = new Uint16Array(0);
  flag = new Uint8Array(0);
  /** Dropped symbols before it; more than MOST_DROPPED: it does not join what stands before. */
  gap = new Uint8Array(0);
  /** How often a character stands in a row. */
  run = new Uint8Array(0);
  start = new Int32Array(0);
  /** Whether Latin letters are doubled or stand beside what may stand for a letter. */
  isSuspect = false;
  /** Whether Latin letters may be pinyin, or V stands for a character. */
  hasSyllables = false;
  /** Code points of the emoji met. */
  readonly signs: number[] = [];

  private readonly character = characterTable(VARIANT_READING_MASK);
  private readonly classes = unitClasses();
  private readonly common = commonPairs();
  private readonly splits = splitPairs();
  private text = '';
  private pending = 0;
  private hasLatin = false;
  /** Of repeated characters: where the last begins, and where it ends. Read only where `run` > 1. */
  private lastStart = new Int32Array(0);
  private lastEnd = new Int32Array(0);
  private special = new Uint8Array(0);

  /** Reads `text` from `from` up to `to` in place of what was read before. */
  read(text: string, from: number, to: number): void {
    this.reserve((to - from) * MAX_EXPANSION);
    this.text = text;
    this.length = 0;
    this.pending = 0;
    this.hasLatin = false;
    this.isSuspect = false;
    this.hasSyllables = false;
    this.signs.length = 0;
    const { classes, code, flag, gap, run, start, special, lastStart, lastEnd } = this;
    let length = 0;
    let pending = 0;
    let seen = 0;
    for (let at = from; at < to; at++) {
      let entry = 0;
      // Calls in this loop would make V8 fetch the places of all arrays again for each element.
      for (; at < to; at++) {
        entry = classes[text.charCodeAt(at)] as number;
        if (entry >= 0) {
          const target = entry & 0xffff;
          if (length > 0 && pending === 0 && target === code[length - 1] && target >= HAN) {
            const times = run[length - 1] as number;
            run[length - 1] = times < MAX_RUN ? times + 1 : MAX_RUN;
            lastStart[length - 1] = at;
            lastEnd[length - 1] = at + 1;
            continue;
          }
          seen |= entry;
          code[length] = target;
          flag[length] = (entry >>> SEVERAL_SHIFT) & 1;
          special[length] = (entry >>> ODD_SHIFT) & 1;
          gap[length] = pending;
          run[length] = 1;
          start[length] = at;
          length = (length + 1) | 0;
          pending = 0;
        } else if (entry === SIGN) {
          if (pending < BARRIER_GAP) pending = (pending + 1) | 0;
        } else if (entry === END) {
          pending = BARRIER_GAP;
        } else if (entry === SEVERAL_UNITS) break;
      }
      if (at >= to) break;
      this.length = length;
      this.pending = pending;
      at += this.readComplex(text, at) - 1;
      length = this.length;
      pending = this.pending;
    }
    this.length = length;
    if ((seen & LETTERS) !== 0) this.hasLatin = true;
    if (this.hasLatin) this.markSyllables();
  }

  /** Where a term begins whose first unit is the element, standing `wanted` times in a row there. */
  begin(place: number, wanted: number): number {
    return (wanted > 1 || this.run[place] === 1 ? this.start[place] : this.lastStart[place]) as number;
  }

  /** Where a term ends whose last unit is the element, standing `wanted` times in a row there. */
  end(place: number, wanted: number): number {
    return wanted > 1 && this.run[place] !== 1 ? (this.lastEnd[place] as number) : this.firstEnd(place);
  }

  private firstEnd(place: number): number {
    const at = this.start[place] as number;
    return at + (codePointAt(this.text, at) > 0xffff ? 2 : 1);
  }

  /** The letters from `from` as one string, as many as belong together and at most so many. */
  letters(from: number, most: number): string {
    let letters = '';
    for (let place = from; place < this.length && letters.length < most; place++) {
      if (!this.isLatin(place) || (place > from && this.gap[place] !== 0 && !this.isApart(place))) break;
      letters += String.fromCharCode(this.code[place] as number);
    }
    return letters;
  }

  /** Whether a syllable may end just before `place`. */
  endsSyllable(place: number): boolean {
    if (place >= this.length || !this.isLatin(place)) return true;
    if (this.gap[place] !== 0 && !this.isApart(place)) return true;
    return ((this.flag[place] as number) & FLAG.pinyin) !== 0;
  }

  /** Whether the letter belongs to the one before it though symbols part them (s h a b i). */
  isApart(place: number): boolean {
    return ((this.special[place] as number) & APART) !== 0;
  }

  /** Whether symbols part letters of the syllable from `from` to before `to`. */
  areApart(from: number, to: number): boolean {
    for (let place = from + 1; place < to; place++) if (this.isApart(place)) return true;
    return false;
  }

  /** Whether a syllable begins here in a run that may be a word of another language (can, men). */
  isOtherWord(place: number): boolean {
    return ((this.special[place] as number) & OTHER_WORD) !== 0;
  }

  private isLatin(place: number): boolean {
    const code = this.code[place] as number;
    return code >= LATIN_A && code <= LATIN_Z && ((this.flag[place] as number) & FLAG.emoji) === 0;
  }

  private repeat(from: number, to: number): void {
    const place = this.length - 1;
    this.run[place] = Math.min(MAX_RUN, (this.run[place] as number) + 1);
    this.lastStart[place] = from;
    this.lastEnd[place] = to;
  }

  private push(target: number, from: number, to: number, flag: number): void {
    const place = this.length;
    const isEmoji = flag === FLAG.emoji;
    const repeated = place > 0 && this.pending === 0 && this.code[place - 1] === target;
    if (repeated && target >= HAN && target !== OTHER && !isEmoji) {
      this.repeat(from, to);
      return;
    }
    const entry = isEmoji || target === OTHER ? 0 : Math.max(0, this.classes[target] as number);
    if ((entry & LETTERS) !== 0) this.hasLatin = true;
    this.code[place] = target;
    this.flag[place] = flag | ((entry >>> SEVERAL_SHIFT) & 1);
    this.special[place] = (entry >>> ODD_SHIFT) & 1;
    this.gap[place] = this.pending;
    this.run[place] = 1;
    this.start[place] = from;
    this.pending = 0;
    this.length = place + 1;
  }

  /** An emoji, or a character that becomes several or leaves the basic plane; returns its units. */
  private readComplex(text: string, at: number): number {
    const whole = codePointAt(text, at);
    const size = whole > 0xffff ? 2 : 1;
    if (this.tables.emoji.has(whole)) {
      this.push(this.signs.push(whole) - 1, at, at + size, FLAG.emoji);
      return size;
    }
    const target = this.character.target(whole);
    const parts = target < 0 ? (this.character.expansions[~target] as readonly number[]) : [target];
    for (const part of parts) {
      const kind = this.character.kind(part);
      if (kind === KIND.invisible) continue;
      if (kind === KIND.letter) this.push(part > 0xffff ? OTHER : part, at, at + size, 0);
      else this.pending = kind === KIND.barrier ? BARRIER_GAP : Math.min(BARRIER_GAP, this.pending + 1);
    }
    return size;
  }

  private isCommonPair(first: number, second: number): boolean {
    return hasPair(this.common, COMMON_SHIFT, (first << 16) | second);
  }

  /** Whether the element is rarely a word by itself. */
  isRare(place: number): boolean {
    return ((this.special[place] as number) & 1) !== 0;
  }

  /**
   * Whether the element makes no sense where it stands: in no common word with its neighbours and
   * rarely a word alone, repeated, or marked.
   */
  isOdd(place: number): boolean {
    const { special } = this;
    const known = special[place] as number;
    if ((known & (ODD | COMMON)) !== 0) return (known & ODD) !== 0;
    const odd = this.findOdd(place);
    special[place] = known | (odd ? ODD : COMMON);
    return odd;
  }

  private findOdd(place: number): boolean {
    const { code, gap } = this;
    if (((this.flag[place] as number) & ODD_FLAGS) !== 0) return true;
    const own = code[place] as number;
    if ((this.run[place] as number) > 1 && !this.isCommonPair(own, own)) return true;
    if (((this.special[place] as number) & 1) === 0) return false;
    if (
      place + 1 < this.length &&
      gap[place + 1] === 0 &&
      this.isCommonPair(own, code[place + 1] as number)
    ) {
      return false;
    }
    return place === 0 || gap[place] !== 0 || !this.isCommonPair(code[place - 1] as number, own);
  }

  /**
   * Marks the element at `place` where it and the next begin a character that was taken apart and
   * are no common word; for pairs of which `splitPairs` has the bit. Returns whether they are.
   */
  markSplit(place: number): boolean {
    const first = this.code[place] as number;
    const second = this.code[place + 1] as number;
    const { part, splitBeginnings } = this.tables;
    if (((this.flag[place] as number) & FLAG.emoji) !== 0 || this.gap[place + 1] !== 0) return false;
    if (!splitBeginnings.has((part[first] as number) * 0x10000 + (part[second] as number))) return false;
    if (this.isCommonPair(first, second)) return false;
    this.flag[place] = (this.flag[place] as number) | FLAG.split;
    this.special[place] = (this.special[place] as number) & ~COMMON;
    return true;
  }

  /** The flags of an element, with what the one behind it tells. */
  flagsAt(place: number): number {
    if (place + 1 < this.length) {
      const pair = ((this.code[place] as number) << 16) | (this.code[place + 1] as number);
      if (hasPair(this.splits, SPLIT_SHIFT, pair)) this.markSplit(place);
    }
    return this.flag[place] as number;
  }

  /** Marks letters that stand one by one; fewer than MIN_APART in a row are not read as one run. */
  private markApart(): void {
    const { length } = this;
    const stands = (place: number): boolean =>
      this.isLatin(place) &&
      (place + 1 === length || this.gap[place + 1] !== 0 || !this.isLatin(place + 1)) &&
      (place === 0 || this.gap[place] !== 0 || !this.isLatin(place - 1));
    for (let from = 0; from < length; from++) {
      if (!stands(from)) continue;
      let to = from + 1;
      while (to < length && (this.gap[to] as number) <= MOST_DROPPED && stands(to)) to += 1;
      if (to - from >= MIN_APART) {
        for (let place = from + 1; place < to; place++) {
          if (this.gap[place] !== 0) this.special[place] = (this.special[place] as number) | APART;
        }
      }
      from = to - 1;
    }
  }

  private markSyllables(): void {
    this.markApart();
    for (let from = 0; from < this.length; ) {
      const code = this.code[from] as number;
      if (code < LATIN_A || code > LATIN_Z || !this.isLatin(from)) {
        from += 1;
        continue;
      }
      const letters = this.letters(from, this.length);
      this.isSuspect ||= DOUBLED.test(letters) || this.hasSignBeside(from, letters.length);
      const isOther = isOtherWord(letters);
      const beginnings =
        isOther && !this.touchesHan(from, letters.length)
          ? undefined
          : syllableBeginnings(letters, this.tables.syllables);
      for (let at = 0; beginnings !== undefined && at < letters.length; at++) {
        if (beginnings[at] === 0) continue;
        this.flag[from + at] = FLAG.pinyin;
        this.hasSyllables = true;
        if (isOther) this.special[from + at] = (this.special[from + at] as number) | OTHER_WORD;
      }
      if (letters === 'v') {
        this.flag[from] = FLAG.pinyin;
        this.hasSyllables = true;
      }
      from += letters.length;
    }
  }

  /** Whether a Chinese character stands just before or behind a run of more than one letter. */
  private touchesHan(from: number, count: number): boolean {
    const { code, gap, length } = this;
    const to = from + count;
    if (count < 2) return false;
    const before = from > 0 && gap[from] === 0 && (code[from - 1] as number) >= HAN;
    return before || (to < length && gap[to] === 0 && (code[to] as number) >= HAN);
  }

  /** Whether what may stand for a letter is written just before or behind the run. */
  private hasSignBeside(from: number, count: number): boolean {
    const before = (this.start[from] as number) - 1;
    const behind = this.firstEnd(from + count - 1);
    return LEET_SIGNS.includes(this.text[before] ?? '\n') || LEET_SIGNS.includes(this.text[behind] ?? '\n');
  }

  private reserve(capacity: number): void {
    if (capacity <= this.code.length) return;
    const size = Math.max(capacity, 1024);
    this.code = new Uint16Array(size);
    this.flag = new Uint8Array(size);
    this.gap = new Uint8Array(size);
    this.run = new Uint8Array(size);
    this.special = new Uint8Array(size);
    this.start = new Int32Array(size);
    this.lastStart = new Int32Array(size);
    this.lastEnd = new Int32Array(size);
  }
}
