/**
 * What the classifier sees of a text: hashed n-grams of its normalised characters, and of what is
 * heard when it is read: toneless syllables, of Latin letters that spell them and of emoji that stand
 * for characters too. Pure and the same on every machine; a model is only right for the features
 * that it was trained on, so a change here needs a new FEATURE_VERSION and a new model.
 *
 * Normalised as rules are by default (width, case, traditional, enclosed, look-alikes, zero-width,
 * symbols dropped). Digits say how many stand together, not which. Feature hashing after Weinberger
 * et al., Feature Hashing for Large Scale Multitask Learning (2009), without signs.
 *
 * Against disguises: a character by itself counts as it is written; two and three together by what they
 * look like, so that a look-alike in a word leaves its features as they were; and what is heard counts without
 * its order, so that characters in the wrong order do too.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { emojiCharacters } from '../normalization/emoji-characters.ts';
import { DEFAULT_TRANSFORMS, transformMask } from '../normalization/transforms.ts';
import { variantTables } from '../normalization/variant-tables.ts';
import { syllablesOf } from './spelled-syllables.ts';

/** Raised whenever the same text may give other features. */
export const FEATURE_VERSION = 3;

/** Normalised units that are read of a text: the classifier judges openings, rules read everything. */
export const MAX_UNITS = 600;
const MAX_CHARACTER_GRAM = 3;
const MAX_SYLLABLE_GRAM = 3;
/** Features of one unit: characters 1 to 3, syllables 2 and 3. */
const PER_UNIT = MAX_CHARACTER_GRAM + MAX_SYLLABLE_GRAM - 1;
const SHAPES = 4;
export const MAX_FEATURES = (MAX_UNITS + 2) * PER_UNIT + SHAPES;
/** Letters of the longest run that may be spelled syllables. */
const LONGEST_SPELLED = 24;
const FIRST_LETTER = 0x61;
const LAST_LETTER = 0x7a;
/** What chat writes for 微 and 微信, and signs for 加. */
const ABBREVIATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['v', ['wei']],
  ['vx', ['wei', 'xin']],
  ['wx', ['wei', 'xin']],
]);
const PLUS = 0x2b;
/** Runs of letters that are remembered. */
const MOST_RUNS = 4096;

/** Codes of the private use area, which no text needs here. */
const EDGE = 0xe000;
/** A run of digits of length n is `DIGITS + n`, n at most 12. */
const DIGITS = 0xe010;
const LONGEST_RUN = 12;
const LOOK_SEED = 0x100c5ee;
const SYLLABLE_SEED = 0x51ab1e5;
const SHAPE_SEED = 0x5ade5;

const table = characterTable(transformMask(DEFAULT_TRANSFORMS));

/** Characters that emoji and + stand for; what has only readings of Latin letters is left out. */
function spokenSigns(): ReadonlyMap<number, readonly number[]> {
  const signs = new Map<number, readonly number[]>([[PLUS, [0x52a0]]]);
  for (const [code, [reading]] of emojiCharacters()) {
    const units = Array.from(reading as string, (char) => char.charCodeAt(0));
    if (units.every((unit) => unit >= SYLLABLE_FROM)) signs.set(code, units);
  }
  return signs;
}

/** First and last character with a syllable, in the order of the code points. */
export const SYLLABLE_FROM = 0x4e00;
export const SYLLABLE_END = 0xa000;

/** A number of a sound that can be added to others and still tells which they were. */
function mixed(sound: number): number {
  const hash = Math.imul(sound ^ SYLLABLE_SEED, 0x9e3779b1);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}

const signs = spokenSigns();
const NONE: readonly number[] = [];

/** Reads texts one after another into the same arrays, which the next `read` overwrites. */
export class FeatureReader {
  /** Buckets of the last text; the first `count` of them. A bucket stands as often as it was met. */
  readonly buckets = new Uint32Array(MAX_FEATURES);
  count = 0;
  /** Letters and runs of digits of the last text. */
  letters = 0;
  /** What is read next, at `bucket << nextShift`. */
  private next: Int32Array = new Int32Array(0);
  private nextShift = 0;
  /** Of what was asked for; without it the reads would be left out. */
  touched = 0;
  private readonly units = new Uint16Array(MAX_UNITS + 2);
  /** As `units`, and characters that emoji stand for; then what is heard of each. */
  private readonly spoken = new Uint16Array(MAX_UNITS + 2);
  private readonly sounds = new Uint16Array(MAX_UNITS + 2);
  private heard = 0;
  /** What stands for all that looks like each of `units`. */
  private readonly looks = new Uint16Array(MAX_UNITS + 2);
  private readonly shapes: Uint16Array;
  /** Numbers of syllables by their spelling. */
  private readonly spelled = new Map<string, number>();
  /** What runs of letters spell, as met; null: nothing. */
  private readonly runs = new Map<string, readonly number[] | null>();
  private readonly shift: number;
  /** The number of each character's syllable, from SYLLABLE_FROM on; 0 where it has none. */
  private readonly syllables: Uint16Array;

  /** `bits`: 2^bits buckets. */
  constructor(bits: number, syllables: Uint16Array) {
    this.shift = 32 - bits;
    this.syllables = syllables;
    const { sound, spelling, shape } = variantTables();
    this.shapes = shape;
    for (let code = SYLLABLE_FROM; code < SYLLABLE_END; code++) {
      const name = spelling[sound[code] as number] as string;
      const id = syllables[code - SYLLABLE_FROM] as number;
      if (id > 0 && name !== '' && !this.spelled.has(name)) this.spelled.set(name, id);
    }
  }

  /**
   * Has `read` ask for the first word that `table` has of each bucket, at `bucket << shift`, so that the wait
   * for memory is over when the table is read. Changes no result.
   */
  prepare(table: Int32Array, shift: number): void {
    this.next = table;
    this.nextShift = shift;
  }

  /** Features of `text` into `buckets` and `count`; 0 for a text without a letter or digit. */
  read(text: string): void {
    const { units, looks, shapes, spoken, sounds, buckets, shift } = this;
    const { basic } = table;
    let length = 1;
    let said = 1;
    let run = 0;
    let pictures = 0;
    let inside = 0;
    let pending = 0;
    units[0] = EDGE;
    spoken[0] = EDGE;
    /** Units that one character became and that are still to be taken; most become one. */
    let rest: readonly number[] = NONE;
    let taken = 0;
    for (let at = 0; (at < text.length || taken < rest.length) && length < MAX_UNITS; ) {
      let code: number;
      if (taken < rest.length) {
        code = rest[taken++] as number;
        if (table.kind(code) !== KIND.letter) continue;
      } else {
        code = basic[text.charCodeAt(at++)] as number;
        if (code < 0) {
          const whole = codePointAt(text, at - 1);
          if (whole > 0xffff) at += 1;
          code = table.target(whole);
          if (code < 0) {
            rest = table.expansions[~code] as readonly number[];
            taken = 0;
            continue;
          }
          const kind = table.kind(code);
          if (kind !== KIND.letter) {
            if (whole >= 0x1f000 || (whole >= 0x2600 && whole < 0x27c0)) pictures += 1;
            if (kind === KIND.symbol) {
              pending += 1;
              const heard = signs.get(whole);
              if (heard !== undefined) {
                for (const one of heard) if (said < MAX_UNITS) spoken[said++] = one;
              }
            }
            continue;
          }
        }
      }
      if (code >= 48 && code <= 57) {
        run += 1;
        if (run > 1) {
          const digits = DIGITS + Math.min(run, LONGEST_RUN);
          units[length - 1] = digits;
          if ((spoken[said - 1] as number) >= DIGITS && (spoken[said - 1] as number) < DIGITS + LONGEST_RUN) {
            spoken[said - 1] = digits;
          }
          continue;
        }
        code = DIGITS + 1;
      } else {
        run = 0;
        if (code > 0xffff) code = 0xe100 + (code & 0x7ff);
      }
      units[length++] = code;
      if (said < MAX_UNITS) spoken[said++] = code;
      if (pending > 0) inside += 1;
      pending = 0;
    }
    this.letters = length - 1;
    if (length === 1) {
      this.count = 0;
      return;
    }
    units[length++] = EDGE;
    spoken[said++] = EDGE;
    this.hear(said);
    const { next, nextShift } = this;
    let touched = 0;
    let count = 0;
    for (let i = 0; i < length; i++) looks[i] = shapes[units[i] as number] as number;
    for (let i = 0; i < length; i++) {
      let hash = units[i] as number;
      const charEnd = Math.min(length, i + MAX_CHARACTER_GRAM);
      for (let j = i; ; ) {
        hash = Math.imul(hash, 0x9e3779b1);
        hash ^= hash >>> 15;
        const bucket = Math.imul(hash, 0x85ebca6b) >>> shift;
        touched |= next[bucket << nextShift] as number;
        buckets[count++] = bucket;
        j += 1;
        if (j >= charEnd) break;
        if (j === i + 1) {
          hash = Math.imul(LOOK_SEED ^ (looks[i] as number), 0x9e3779b1);
          hash ^= hash >>> 15;
        }
        hash ^= looks[j] as number;
      }
    }
    const { heard } = this;
    for (let i = 0; i < heard; i++) {
      const soundEnd = Math.min(heard, i + MAX_SYLLABLE_GRAM);
      let sum = mixed(sounds[i] as number);
      for (let j = i + 1; j < soundEnd; j++) {
        sum = (sum + mixed(sounds[j] as number)) | 0;
        const hash = Math.imul(sum ^ (sum >>> 15) ^ (j - i), 0x297a2d39);
        const bucket = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> shift;
        touched |= next[bucket << nextShift] as number;
        buckets[count++] = bucket;
      }
    }
    this.touched = touched;
    const shape = (kind: number, value: number): void => {
      const hash = Math.imul(SHAPE_SEED ^ (kind * 64 + value), 0x9e3779b1);
      buckets[count++] = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> shift;
    };
    shape(1, Math.min(pictures, 4));
    shape(2, Math.min(inside, 8));
    this.count = count;
  }

  /** Fills `sounds` from the first `said` of `spoken`. */
  private hear(said: number): void {
    const { spoken, sounds, syllables } = this;
    let heard = 0;
    for (let i = 0; i < said; i++) {
      const unit = spoken[i] as number;
      if (unit >= FIRST_LETTER && unit <= LAST_LETTER) {
        let end = i + 1;
        while ((spoken[end] as number) >= FIRST_LETTER && (spoken[end] as number) <= LAST_LETTER) end += 1;
        const spelled = end - i <= LONGEST_SPELLED ? this.spelledBy(i, end) : null;
        if (spelled !== null) {
          for (const one of spelled) sounds[heard++] = one;
          i = end - 1;
          continue;
        }
        for (; i < end; i++) sounds[heard++] = spoken[i] as number;
        i -= 1;
        continue;
      }
      const sound =
        unit >= SYLLABLE_FROM && unit < SYLLABLE_END ? (syllables[unit - SYLLABLE_FROM] as number) : 0;
      sounds[heard++] = sound === 0 ? unit : sound;
    }
    this.heard = heard;
  }

  /** Syllables that a run of letters spells; null where it spells none or is another word. */
  private spelledBy(from: number, end: number): readonly number[] | null {
    const letters = String.fromCharCode(...this.spoken.subarray(from, end));
    const known = this.runs.get(letters);
    if (known !== undefined) return known;
    const names = ABBREVIATIONS.get(letters) ?? syllablesOf(letters);
    const ids = names?.map((name) => this.spelled.get(name) ?? 0) ?? null;
    const spelled = ids?.includes(0) ? null : ids;
    if (this.runs.size >= MOST_RUNS) this.runs.clear();
    this.runs.set(letters, spelled);
    return spelled;
  }
}
