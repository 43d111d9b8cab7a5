/**
 * Which parts of a text can have a term written in another way: a pass that most texts end at.
 *
 * A text is cut where no term reaches over: at the ends of sentences, at commas and at more than
 * MAX_DROPPED symbols. A part is kept where the units of a term's beginning meet in it by sound or
 * by shape and an element is odd there (it makes no sense where it stands), or where there is what only
 * the search itself can read: Latin letters, emoji, parts of a character. What is not kept has no
 * occurrence: a property test holds the search with and without the filter against each other.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { type VariantTables, variantTables } from '../normalization/variant-tables.ts';
import {
  BIT_SHIFT,
  bitsOf,
  COMMON_SHIFT,
  commonPairs,
  pairHash,
  SECOND_BIT_SHIFT,
  SPLIT_SHIFT,
  splitPairs,
  THIRD_BIT_SHIFT,
} from './common-pairs.ts';
import {
  BARRIER,
  FIRST_HAN,
  INVISIBLE,
  LATIN,
  MAYBE_ODD_SHIFT,
  SOUND_BITS,
  SOUND_SHIFT,
  SOUNDS,
  SYMBOL,
  unitClasses,
  VARIANT_READING_MASK,
} from './unit-classes.ts';

/** The units of a term: its letters, and a way to hear or to see each of them. */
export interface VariantKey {
  readonly codes: readonly number[];
  readonly key: string;
}

const NONE: readonly number[] = [];

const SPREAD = 0x9e3779b1 | 0;
const STEP = 0x85ebca6b | 0;
/** The last three sounds. */
const WINDOW = 0x3fffffff;
const SOUND_SIZE = 10;

const ROLE = {
  /** First and second of a term of two. */
  first: 1,
  second: 2,
  /** Others look like it, and one of them stands in a term of two or among the first three of another. */
  shape: 4,
} as const;

/** Which of the two units of a term is compared as the letter it is. */
const FIRST_EXACT = 1;
const SECOND_EXACT = 2;
const NONE_EXACT = 3;

/** Words of 32 bits: bitmaps stay in a processor's second-level cache. */
const MIN_WORDS = 1 << 12;
const MAX_WORDS = 1 << 15;
/** At least so many for each beginning, unless the largest size is reached. */
const WORDS_PER_KEY = 1;

/** A set of hashes, each as three bits of one word, so that one read answers. */
class Bitmap {
  readonly bits: Int32Array;
  readonly shift: number;

  constructor(hashes: readonly number[]) {
    let size = MIN_WORDS;
    while (size < hashes.length * WORDS_PER_KEY && size < MAX_WORDS) size *= 2;
    this.shift = Math.clz32(size) + 1;
    this.bits = new Int32Array(size);
    for (const hash of hashes) {
      this.bits[hash >>> this.shift] = (this.bits[hash >>> this.shift] as number) | bitsOf(hash);
    }
  }

  has(hash: number): boolean {
    const word = this.bits[hash >>> this.shift] as number;
    return (word & bitsOf(hash)) === bitsOf(hash);
  }
}

const heardHash = (window: number): number => {
  const mixed = Math.imul(window, STEP);
  return Math.imul(mixed ^ (mixed >>> 15), SPREAD);
};
const seenHash = (first: number, second: number, third: number): number =>
  Math.imul(Math.imul(Math.imul(first, STEP) + second, STEP) + third, SPREAD);
const termHash = (exact: number, first: number, second: number): number =>
  Math.imul(Math.imul(Math.imul(first, STEP) + second, STEP) ^ exact, SPREAD);

function termHashes({ codes, key }: VariantKey): number[] {
  const [first, second] = codes as [number, number];
  const [a, b] = [key.charCodeAt(0), key.charCodeAt(1)];
  return [termHash(FIRST_EXACT, first, b), termHash(SECOND_EXACT, a, second), termHash(NONE_EXACT, a, b)];
}

/** Called for each part of the text that is to be searched. */
export type PartSink = (from: number, to: number) => void;

export class VariantFilter {
  private readonly tables: VariantTables = variantTables();
  private readonly character = characterTable(VARIANT_READING_MASK);
  private readonly classes = unitClasses();
  private readonly common = commonPairs();
  private readonly splits = splitPairs();
  private readonly heard: Bitmap;
  private readonly heardPairs: Bitmap;
  private readonly seen: Bitmap;
  private readonly seenPairs: Bitmap;
  /** What each character is in terms: bits of ROLE. */
  private readonly roles: Uint8Array;

  private codes = new Uint16Array(1024);
  private oddAt = new Int32Array(1024);

  constructor(sounds: readonly VariantKey[], shapes: readonly VariantKey[]) {
    const long = ({ codes }: VariantKey): boolean => codes.length > 2;
    const short = ({ codes }: VariantKey): boolean => codes.length === 2;
    const unit = (key: string, place: number): number => key.charCodeAt(place);
    this.heard = new Bitmap(
      sounds
        .filter(long)
        .map(({ key }) => heardHash((unit(key, 0) << 20) | (unit(key, 1) << 10) | unit(key, 2))),
    );
    this.heardPairs = new Bitmap(sounds.filter(short).flatMap(termHashes));
    this.seen = new Bitmap(
      shapes.filter(long).map(({ key }) => seenHash(unit(key, 0), unit(key, 1), unit(key, 2))),
    );
    this.seenPairs = new Bitmap(shapes.filter(short).flatMap(termHashes));
    const { shape } = this.tables;
    const used = new Set(shapes.flatMap(({ key }) => Array.from(key.slice(0, 3), (name) => unit(name, 0))));
    const sizes = new Uint32Array(0x10000);
    for (const name of shape) sizes[name] = (sizes[name] as number) + 1;
    this.roles = Uint8Array.from(shape, (name) =>
      used.has(name) && (sizes[name] as number) > 1 ? ROLE.shape : 0,
    );
    for (const { codes } of [...sounds, ...shapes].filter(short)) {
      const [first, second] = codes as [number, number];
      this.roles[first] = (this.roles[first] as number) | ROLE.first;
      this.roles[second] = (this.roles[second] as number) | ROLE.second;
    }
  }

  /** Calls `found` for each part of `text` that may have an occurrence, in order. */
  scan(text: string, found: PartSink): void {
    if (this.codes.length < text.length) {
      this.codes = new Uint16Array(text.length * 2);
      this.oddAt = new Int32Array(text.length * 2);
    }
    const { classes, common, splits, codes, oddAt } = this;
    const { bits: heardBits, shift: heardShift } = this.heard;
    let begin = 0;
    let length = 0;
    /** Places of odd elements; one may stand there twice. */
    let odds = 0;
    let dropped = 0;
    /** Bits of entries, and whether a bitmap had any of the part's beginnings. */
    let met = 0;
    let heard = 0;
    let split = 0;
    let special = 0;
    let window = 0;
    /** The element before, whether it may be odd, and whether it and the one before it are a word. */
    let last = 0;
    let maybe = 0;
    let isWord = 0;
    for (let at = 0; at < text.length; at++) {
      const entry = classes[text.charCodeAt(at)] as number;
      if (entry >= 0) {
        const code = entry & 0xffff;
        if (code === last && code >= FIRST_HAN) {
          oddAt[odds++] = length - 1;
          continue;
        }
        const hash = pairHash((last << 16) | code);
        const word = common[hash >>> COMMON_SHIFT] as number;
        const parts = splits[hash >>> SPLIT_SHIFT] as number;
        const joined = last === 0 ? 0 : 1;
        const together =
          (word >>> (hash >>> BIT_SHIFT)) &
          (word >>> (hash >>> SECOND_BIT_SHIFT)) &
          (word >>> (hash >>> THIRD_BIT_SHIFT)) &
          joined;
        split |=
          (parts >>> (hash >>> BIT_SHIFT)) &
          (parts >>> (hash >>> SECOND_BIT_SHIFT)) &
          (parts >>> (hash >>> THIRD_BIT_SHIFT)) &
          joined &
          ~together;
        oddAt[odds] = length - 1;
        odds += maybe & ~(isWord | together);
        window = ((window << SOUND_SIZE) | ((entry >>> SOUND_SHIFT) & SOUND_BITS)) & WINDOW;
        const sound = heardHash(window);
        const begins = heardBits[sound >>> heardShift] as number;
        heard |=
          (begins >>> (sound >>> BIT_SHIFT)) &
          (begins >>> (sound >>> SECOND_BIT_SHIFT)) &
          (begins >>> (sound >>> THIRD_BIT_SHIFT));
        met |= entry;
        codes[length] = code;
        length += 1;
        last = code;
        maybe = (entry >>> MAYBE_ODD_SHIFT) & 1;
        isWord = together;
        dropped = 0;
        continue;
      }
      if (entry === INVISIBLE) continue;
      if (entry === SYMBOL) {
        last = 0;
        dropped += 1;
        if (dropped <= MAX_DROPPED) continue;
      } else if (entry !== BARRIER) {
        const whole = codePointAt(text, at);
        at += whole > 0xffff ? 1 : 0;
        last = 0;
        special |= this.isDropped(whole) ? 0 : 1;
        dropped = 0;
        continue;
      }
      if (this.keeps(length, odds, maybe & ~isWord, met, special, split, heard)) found(begin, at);
      begin = at + 1;
      length = odds = dropped = met = heard = special = split = window = last = maybe = isWord = 0;
    }
    if (this.keeps(length, odds, maybe & ~isWord, met, special, split, heard)) found(begin, text.length);
  }

  /** An emoji or sign that has no reading. */
  private isDropped(whole: number): boolean {
    if (this.tables.emoji.has(whole)) return false;
    const target = this.character.target(whole);
    return target >= 0 && this.character.kind(target) === KIND.symbol;
  }

  /** Whether the part that was read is to be searched; `isLastOdd`: 1 where its last element is odd. */
  private keeps(
    length: number,
    odds: number,
    isLastOdd: number,
    met: number,
    special: number,
    split: number,
    heard: number,
  ): boolean {
    if (special !== 0 || (met & LATIN) !== 0) return true;
    let count = odds;
    if (isLastOdd !== 0) this.oddAt[count++] = length - 1;
    if (length < 2) return false;
    if (count > 0) {
      if ((heard & 1) !== 0) return true;
      for (let index = 0; index < count; index++) {
        const place = this.oddAt[index] as number;
        if (this.beginsHeard(place, length)) return true;
        const role = this.roles[this.codes[place] as number] as number;
        if ((role & ROLE.shape) !== 0 && this.beginsSeen(place, length)) return true;
      }
      if ((met & SOUNDS) !== 0 && this.beginsOtherwise(length)) return true;
    }
    return (split & 1) !== 0 && this.hasParts(length);
  }

  /** Whether two elements begin a character that was taken apart. */
  private hasParts(length: number): boolean {
    const { codes } = this;
    const { part, splitBeginnings } = this.tables;
    for (let at = 1; at < length; at++) {
      const first = part[codes[at - 1] as number] as number;
      if (splitBeginnings.has(first * 0x10000 + (part[codes[at] as number] as number))) return true;
    }
    return false;
  }

  /** Whether the odd element may be one of a term of two that was replaced by sound. */
  private beginsHeard(place: number, length: number): boolean {
    const { codes, classes } = this;
    const code = codes[place] as number;
    const entry = classes[code] as number;
    const before = place > 0 ? (codes[place - 1] as number) : 0;
    const behind = place + 1 < length ? (codes[place + 1] as number) : 0;
    if (this.isPairHeard((entry >>> SOUND_SHIFT) & SOUND_BITS, before, behind)) return true;
    if ((entry & SOUNDS) === 0) return false;
    const others = this.tables.furtherSounds.get(code) as readonly number[];
    return others.some((other) => this.isPairHeard(other, before, behind));
  }

  /** The same for one sound of it. Of two that were replaced both may be odd, by what they are. */
  private isPairHeard(own: number, before: number, behind: number): boolean {
    const { classes, heardPairs, roles } = this;
    if (((roles[before] as number) & ROLE.first) !== 0) {
      if (heardPairs.has(termHash(FIRST_EXACT, before, own))) return true;
    }
    if (((roles[behind] as number) & ROLE.second) !== 0) {
      if (heardPairs.has(termHash(SECOND_EXACT, own, behind))) return true;
    }
    const left = before === 0 ? 0 : (classes[before] as number);
    const right = behind === 0 ? 0 : (classes[behind] as number);
    if (((right >>> MAYBE_ODD_SHIFT) & 1) !== 0) {
      if (heardPairs.has(termHash(NONE_EXACT, own, (right >>> SOUND_SHIFT) & SOUND_BITS))) return true;
    }
    if (((left >>> MAYBE_ODD_SHIFT) & 1) !== 0) {
      if (heardPairs.has(termHash(NONE_EXACT, (left >>> SOUND_SHIFT) & SOUND_BITS, own))) return true;
    }
    if (((left | right) & SOUNDS) === 0) return false;
    const { furtherSounds } = this.tables;
    for (const other of furtherSounds.get(behind) ?? NONE) {
      if (heardPairs.has(termHash(NONE_EXACT, own, other))) return true;
    }
    for (const other of furtherSounds.get(before) ?? NONE) {
      if (heardPairs.has(termHash(NONE_EXACT, other, own))) return true;
    }
    return false;
  }

  /** Whether a term may begin within three units of the odd element by its shape. */
  private beginsSeen(place: number, length: number): boolean {
    const { codes, seen, seenPairs } = this;
    const { shape } = this.tables;
    const own = shape[codes[place] as number] as number;
    const before = place > 0 ? (codes[place - 1] as number) : 0;
    const behind = place + 1 < length ? (codes[place + 1] as number) : 0;
    const left = this.roles[before] as number;
    const right = this.roles[behind] as number;
    if ((left & ROLE.first) !== 0 && seenPairs.has(termHash(FIRST_EXACT, before, own))) return true;
    if ((right & ROLE.second) !== 0 && seenPairs.has(termHash(SECOND_EXACT, own, behind))) return true;
    if ((right & ROLE.shape) !== 0) {
      if (seenPairs.has(termHash(NONE_EXACT, own, shape[behind] as number))) return true;
    }
    if ((left & ROLE.shape) !== 0) {
      if (seenPairs.has(termHash(NONE_EXACT, shape[before] as number, own))) return true;
    }
    for (let at = Math.max(2, place); at <= place + 2 && at < length; at++) {
      const first = shape[codes[at - 2] as number] as number;
      const second = shape[codes[at - 1] as number] as number;
      if (seen.has(seenHash(first, second, shape[codes[at] as number] as number))) return true;
    }
    return false;
  }

  /** Whether a term begins with three units by another sound of a character that has several. */
  private beginsOtherwise(length: number): boolean {
    const { codes, classes, heard, tables } = this;
    for (let place = 0; place < length; place++) {
      if (((classes[codes[place] as number] as number) & SOUNDS) === 0) continue;
      for (let at = Math.max(2, place); at <= place + 2 && at < length; at++) {
        const [first, second, third] = [codes[at - 2], codes[at - 1], codes[at]] as [number, number, number];
        for (let a = tables.sound[first] as number, i = 0; a !== 0; a = this.further(first, i++)) {
          for (let b = tables.sound[second] as number, j = 0; b !== 0; b = this.further(second, j++)) {
            for (let c = tables.sound[third] as number, k = 0; c !== 0; c = this.further(third, k++)) {
              if (heard.has(heardHash((a << 20) | (b << SOUND_SIZE) | c))) return true;
            }
          }
        }
      }
    }
    return false;
  }

  /** A further sound of a character; 0: it has no more. */
  private further(code: number, index: number): number {
    if (((this.classes[code] as number) & SOUNDS) === 0) return 0;
    return this.tables.furtherSounds.get(code)?.[index] ?? 0;
  }
}
