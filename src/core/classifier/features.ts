/**
 * What the classifier sees of a text: hashed n-grams of its normalised characters and of their
 * toneless syllables. Pure and the same on every machine; a model is only right for the features
 * that it was trained on, so a change here needs a new FEATURE_VERSION and a new model.
 *
 * Normalised as rules are by default (width, case, traditional, enclosed, look-alikes, zero-width,
 * symbols dropped). Digits say how many stand together, not which. Feature hashing after Weinberger
 * et al., Feature Hashing for Large Scale Multitask Learning (2009), without signs.
 */
import { characterTable, KIND } from '../normalization/character-table.ts';
import { DEFAULT_TRANSFORMS, transformMask } from '../normalization/transforms.ts';

/** Raised whenever the same text may give other features. */
export const FEATURE_VERSION = 1;

/** Normalised units that are read of a text: the classifier judges openings, rules read everything. */
export const MAX_UNITS = 600;
const MAX_CHARACTER_GRAM = 4;
const MAX_SYLLABLE_GRAM = 3;
/** Features of one unit: characters 1 to 4, syllables 2 and 3. */
const PER_UNIT = MAX_CHARACTER_GRAM + MAX_SYLLABLE_GRAM - 1;
const SHAPES = 4;
export const MAX_FEATURES = (MAX_UNITS + 2) * PER_UNIT + SHAPES;

/** Codes of the private use area, which no text needs here. */
const EDGE = 0xe000;
/** A run of digits of length n is `DIGITS + n`, n at most 12. */
const DIGITS = 0xe010;
const LONGEST_RUN = 12;
const SYLLABLE_SEED = 0x51ab1e5;
const SHAPE_SEED = 0x5ade5;

const table = characterTable(transformMask(DEFAULT_TRANSFORMS));

/** First and last character with a syllable, in the order of the code points. */
export const SYLLABLE_FROM = 0x4e00;
export const SYLLABLE_END = 0xa000;

/** Reads texts one after another into the same arrays, which the next `read` overwrites. */
export class FeatureReader {
  /** Buckets of the last text; the first `count` of them. A bucket stands as often as it was met. */
  readonly buckets = new Uint32Array(MAX_FEATURES);
  count = 0;
  /** Letters and runs of digits of the last text. */
  letters = 0;
  private readonly units = new Uint16Array(MAX_UNITS + 2);
  private readonly sounds = new Uint16Array(MAX_UNITS + 2);
  private readonly shift: number;
  /** The number of each character's syllable, from SYLLABLE_FROM on; 0 where it has none. */
  private readonly syllables: Uint16Array;

  /** `bits`: 2^bits buckets. */
  constructor(bits: number, syllables: Uint16Array) {
    this.shift = 32 - bits;
    this.syllables = syllables;
  }

  /** Features of `text` into `buckets` and `count`; 0 for a text without a letter or digit. */
  read(text: string): void {
    const { units, sounds, buckets, shift, syllables } = this;
    const { basic } = table;
    let length = 1;
    let run = 0;
    let pictures = 0;
    let inside = 0;
    let pending = 0;
    units[0] = EDGE;
    const put = (code: number): void => {
      if (code >= 48 && code <= 57) {
        run += 1;
        if (run > 1) {
          units[length - 1] = DIGITS + Math.min(run, LONGEST_RUN);
          return;
        }
        units[length++] = DIGITS + 1;
      } else {
        run = 0;
        units[length++] = code > 0xffff ? 0xe100 + (code & 0x7ff) : code;
      }
      if (pending > 0) inside += 1;
      pending = 0;
    };
    for (let at = 0; at < text.length && length < MAX_UNITS; at++) {
      const unit = text.charCodeAt(at);
      const plain = basic[unit] as number;
      if (plain >= 0) {
        put(plain);
        continue;
      }
      const code = text.codePointAt(at) as number;
      if (code > 0xffff) at += 1;
      const target = table.target(code);
      if (target < 0) {
        for (const one of table.expansions[~target] as readonly number[]) {
          if (table.kind(one) === KIND.letter && length < MAX_UNITS) put(one);
        }
        continue;
      }
      const kind = table.kind(target);
      if (kind === KIND.letter) put(target);
      else {
        if (code >= 0x1f000 || (code >= 0x2600 && code < 0x27c0)) pictures += 1;
        if (kind === KIND.symbol) pending += 1;
      }
    }
    this.letters = length - 1;
    if (length === 1) {
      this.count = 0;
      return;
    }
    units[length++] = EDGE;
    for (let i = 0; i < length; i++) {
      const unit = units[i] as number;
      const sound =
        unit >= SYLLABLE_FROM && unit < SYLLABLE_END ? (syllables[unit - SYLLABLE_FROM] as number) : 0;
      sounds[i] = sound === 0 ? unit : sound;
    }
    let count = 0;
    for (let i = 0; i < length; i++) {
      let hash = 0;
      const charEnd = Math.min(length, i + MAX_CHARACTER_GRAM);
      for (let j = i; j < charEnd; j++) {
        hash = Math.imul(hash ^ (units[j] as number), 0x9e3779b1);
        hash ^= hash >>> 15;
        buckets[count++] = Math.imul(hash, 0x85ebca6b) >>> shift;
      }
      const soundEnd = Math.min(length, i + MAX_SYLLABLE_GRAM);
      hash = SYLLABLE_SEED;
      for (let j = i; j < soundEnd; j++) {
        hash = Math.imul(hash ^ (sounds[j] as number), 0x9e3779b1);
        hash ^= hash >>> 15;
        if (j > i) buckets[count++] = Math.imul(hash, 0x85ebca6b) >>> shift;
      }
    }
    const shape = (kind: number, value: number): void => {
      const hash = Math.imul(SHAPE_SEED ^ (kind * 64 + value), 0x9e3779b1);
      buckets[count++] = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> shift;
    };
    shape(1, Math.min(pictures, 4));
    shape(2, Math.min(inside, 8));
    this.count = count;
  }
}
