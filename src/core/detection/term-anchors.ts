/**
 * Terms by what stands around one replaced unit. Of the characters that are put in place of others at least
 * one is odd where it stands (variant-evidence.ts). Its two neighbours say first whether any term has such
 * pairs of units there; then the windows of up to four units that hold it lead to the few terms that may be
 * meant, and these are compared unit by unit.
 */
import { variantTables } from '../normalization/variant-tables.ts';
import { bitsOf } from './common-pairs.ts';
import {
  hashOf,
  PAIR,
  pairBits,
  placesOf,
  ROLE,
  SHAPE_PAIRS,
  SOUND_PAIRS,
  shapePair,
  soundPair,
  windowHash,
} from './term-windows.ts';
import { isDigit, MAYBE_ODD_SHIFT, SOUND_BITS, SOUND_SHIFT, SOUNDS } from './unit-classes.ts';
import type { Candidates } from './variant-candidates.ts';
import { DIGIT_BITS, isEnough } from './variant-evidence.ts';
import { MAX_VARIANT_UNITS, type VariantKey } from './variant-terms.ts';

/** Words of 32 bits for so many windows; at most a quarter of a second-level cache of a megabyte. */
const WINDOWS_A_WORD = 4;
const MIN_WORDS = 1 << 12;
const MAX_WORDS = 1 << 16;

/** Numbers of a key: its length, its units, its letters. */
const KEY_SIZE = 1 + 2 * MAX_VARIANT_UNITS;
const KEY_LETTERS = 1 + MAX_VARIANT_UNITS;
/** An entry of a bucket is a key and the place of its replaced unit. */
const PLACE_BITS = 3;
const PLACE_MASK = (1 << PLACE_BITS) - 1;
/** Of a bucket with more entries none is compared: any of them may be meant. */
const MOST_COMPARED = 64;
/** No character has more than four sounds. */
const READING_BITS = 2;
/** In place of an element: terms are not compared with what stands around. */
const NOWHERE = -1;

/** So many elements before and behind a place are read. */
export const MARGIN = MAX_VARIANT_UNITS;

export class TermAnchors {
  private readonly tables = variantTables();
  private readonly bySound: boolean;
  /** Lists of one sound each, and all sounds of characters that have several. */
  private readonly alone = Array.from({ length: SOUND_BITS + 1 }, (_, sound) => [sound]);
  private readonly several = new Map<number, readonly number[]>();
  /** What pairs of units are in terms, by `soundPair` or `shapePair`. */
  readonly pairs: Uint8Array;
  /** Windows as a set of hashes. */
  private readonly bits: Int32Array;
  private readonly shift: number;
  private readonly keys: Uint16Array;
  /** Entries of bucket `b` are `entries[from[b]]` up to `entries[from[b + 1]]`. */
  private readonly from: Int32Array;
  private readonly entries: Int32Array;
  private readonly bucketShift: number;
  /** What is looked for at present: the elements of the text, one of them, and whether it is repeated. */
  private elements: Int32Array = new Int32Array(0);
  private at = NOWHERE;
  private isRepeated = false;
  private out: Candidates | undefined;
  private readings = 0;

  /** Keys of two to MAX_VARIANT_UNITS units, none of them 0: sounds, or shapes. */
  constructor(keys: readonly VariantKey[], bySound: boolean) {
    this.bySound = bySound;
    const { furtherSounds, sound } = this.tables;
    for (const [code, others] of furtherSounds) this.several.set(code, [sound[code] as number, ...others]);
    let count = 0;
    for (const { key } of keys) count += key.length;
    let words = MIN_WORDS;
    while (words * WINDOWS_A_WORD < count && words < MAX_WORDS) words *= 2;
    this.bits = new Int32Array(words);
    this.shift = Math.clz32(words) + 1;
    let buckets = MIN_WORDS;
    while (buckets < count) buckets *= 2;
    this.bucketShift = Math.clz32(buckets) + 1;
    this.from = new Int32Array(buckets + 1);
    this.entries = new Int32Array(count);
    this.keys = new Uint16Array(keys.length * KEY_SIZE);
    this.pairs = new Uint8Array(bySound ? SOUND_PAIRS : SHAPE_PAIRS);
    this.fill(keys);
  }

  private fill(keys: readonly VariantKey[]): void {
    const { bits, shift, from, entries, bucketShift, pairs } = this;
    const hashes = new Int32Array(entries.length);
    let at = 0;
    for (const [index, { key, codes }] of keys.entries()) {
      const base = index * KEY_SIZE;
      const { length } = key;
      this.keys[base] = length;
      for (let place = 0; place < length; place++) {
        const unit = key.charCodeAt(place);
        this.keys[base + 1 + place] = unit;
        this.keys[base + KEY_LETTERS + place] = codes[place] as number;
        if (place + 1 < length) {
          const pair = this.pairAt(unit, key.charCodeAt(place + 1));
          pairs[pair] = (pairs[pair] as number) | pairBits(length, place);
        }
        const hash = hashOf(key, place);
        hashes[at++] = hash;
        bits[hash >>> shift] = (bits[hash >>> shift] as number) | bitsOf(hash);
        from[(hash >>> bucketShift) + 1] = (from[(hash >>> bucketShift) + 1] as number) + 1;
      }
    }
    for (let bucket = 1; bucket < from.length; bucket++) {
      from[bucket] = (from[bucket] as number) + (from[bucket - 1] as number);
    }
    const next = from.slice();
    at = 0;
    for (const [index, { key }] of keys.entries()) {
      for (let place = 0; place < key.length; place++) {
        const bucket = (hashes[at++] as number) >>> bucketShift;
        const slot = next[bucket] as number;
        next[bucket] = slot + 1;
        entries[slot] = (index << PLACE_BITS) | place;
      }
    }
  }

  private pairAt(first: number, second: number): number {
    return this.bySound ? soundPair(first, second) : shapePair(first, second);
  }

  private around(before: number, own: number, behind: number): number {
    const left = this.pairs[this.pairAt(before, own)] as number;
    return placesOf(left, this.pairs[this.pairAt(own, behind)] as number);
  }

  /**
   * Adds to `out` the terms that may stand in `elements` (entries of unit-classes.ts, at least MARGIN before and
   * behind) with the element `at` in place of another; true: there are too many to say. `isRepeated`: the
   * element stands there more than once, and need not be in place of another. `places`: what `placesOf` says of it.
   */
  find(elements: Int32Array, at: number, isRepeated: boolean, places: number, out: Candidates): boolean {
    this.elements = elements;
    this.at = at;
    this.isRepeated = isRepeated;
    this.out = out;
    if (this.bySound && this.hasSeveralNear(at)) return this.findSeveral(at - 1, this.soundsOf(at), at + 1);
    return this.findWindows(
      places,
      this.unitAt(at - 3),
      this.unitAt(at - 2),
      this.unitAt(at - 1),
      this.unitAt(at),
      this.unitAt(at + 1),
      this.unitAt(at + 2),
      this.unitAt(at + 3),
    );
  }

  /** Whether a term may have the sound `own` where the elements `before` and `behind` stand beside it. */
  hasSound(own: number, elements: Int32Array, before: number, behind: number): boolean {
    this.elements = elements;
    this.at = NOWHERE;
    return this.findSeveral(before, this.alone[own] as readonly number[], behind);
  }

  private hasSeveralNear(at: number): boolean {
    let bits = 0;
    for (let place = at - 3; place <= at + 3; place++) bits |= this.elements[place] as number;
    return (bits & SOUNDS) !== 0;
  }

  private unitAt(place: number): number {
    return this.unitOf(this.elements[place] as number);
  }

  private soundsOf(place: number): readonly number[] {
    const element = this.elements[place] as number;
    if ((element & SOUNDS) === 0)
      return this.alone[(element >>> SOUND_SHIFT) & SOUND_BITS] as readonly number[];
    return this.several.get(element & 0xffff) as readonly number[];
  }

  /** `findWindows` for all sounds of the elements; those around are `before` and `behind` and further ones. */
  private findSeveral(before: number, owns: readonly number[], behind: number): boolean {
    for (const own of owns) {
      for (const b of this.soundsOf(before)) {
        for (const c of this.soundsOf(behind)) {
          const places = this.around(b, own, c);
          if (places === 0) continue;
          for (const a of this.soundsOf(before - 1)) {
            for (const d of this.soundsOf(behind + 1)) {
              for (const z of this.soundsOf(before - 2)) {
                for (const e of this.soundsOf(behind + 2)) {
                  if (this.findWindows(places, z, a, b, own, c, d, e)) return true;
                }
              }
            }
          }
        }
      }
    }
    return false;
  }

  /** Adds the terms that have `own` among the units around it; true: there are too many to say. */
  private findWindows(
    places: number,
    z: number,
    a: number,
    b: number,
    own: number,
    c: number,
    d: number,
    e: number,
  ): boolean {
    if ((places & PAIR.begins) !== 0 && this.add(windowHash(own, c, d, e, ROLE.first))) return true;
    if ((places & PAIR.before) !== 0) {
      if (this.add(windowHash(b, own, c, d, ROLE.second))) return true;
      if (this.add(windowHash(a, b, own, c, ROLE.third))) return true;
    }
    if ((places & PAIR.ends) !== 0 && this.add(windowHash(z, a, b, own, ROLE.last))) return true;
    if ((places & PAIR.firstOfThree) !== 0) {
      if (this.add(windowHash(own, c, d, 0, ROLE.firstOfThree))) return true;
      if (this.add(windowHash(b, own, c, 0, ROLE.middle))) return true;
    }
    if ((places & PAIR.lastOfThree) !== 0 && this.add(windowHash(a, b, own, 0, ROLE.lastOfThree)))
      return true;
    if ((places & PAIR.whole) === 0) return false;
    if (this.isPair(1) && this.add(windowHash(own, c, 0, 0, ROLE.firstOfTwo))) return true;
    return this.isPair(-1) && this.add(windowHash(b, own, 0, 0, ROLE.lastOfTwo));
  }

  /** Whether the element and the one beside it can be evidence enough of a term of two. */
  private isPair(step: number): boolean {
    if (this.at === NOWHERE || this.isRepeated) return true;
    const { aloneBits, characterBits } = this.tables;
    const own = this.elements[this.at] as number;
    const other = this.elements[this.at + step] as number;
    const odd = aloneBits[own & 0xffff] as number;
    return (
      isEnough(1, characterBits[other & 0xffff] as number, odd) ||
      (this.areReplaceable(own, other) && isEnough(2, 0, odd + (aloneBits[other & 0xffff] as number)))
    );
  }

  /** Of a term of two both are replaced by sound only where neither is a word by itself. */
  private areReplaceable(first: number, second: number): boolean {
    return !this.bySound || ((first & second) >>> MAYBE_ODD_SHIFT) % 2 === 1;
  }

  /** Adds the terms with a window of this hash; true: there are too many to say, or nothing to compare with. */
  private add(hash: number): boolean {
    const word = this.bits[hash >>> this.shift] as number;
    if ((word & bitsOf(hash)) !== bitsOf(hash)) return false;
    const bucket = hash >>> this.bucketShift;
    const to = this.from[bucket + 1] as number;
    let place = this.from[bucket] as number;
    if (this.at === NOWHERE || to - place > MOST_COMPARED) return true;
    for (; place < to; place++) {
      const entry = this.entries[place] as number;
      const key = entry >>> PLACE_BITS;
      const start = this.at - (entry & PLACE_MASK);
      if (!this.isMeant(key * KEY_SIZE, start)) continue;
      this.out?.add(this.bySound ? key : ~key, start, this.readings);
    }
    return false;
  }

  /** Whether the elements from `start` on may be the term with its key at `base`, the one at `at` replaced. */
  private isMeant(base: number, start: number): boolean {
    const { elements, keys, isRepeated } = this;
    const { aloneBits, characterBits } = this.tables;
    const isKept = keys[base + KEY_LETTERS + this.at - start] === ((elements[this.at] as number) & 0xffff);
    if (isKept && !isRepeated) return false;
    const length = keys[base] as number;
    this.readings = 0;
    let replaced = 0;
    let kept = 0;
    let odd = 0;
    for (let place = 0; place < length; place++) {
      const element = elements[start + place] as number;
      const code = element & 0xffff;
      const reading = this.readingOf(element, keys[base + 1 + place] as number);
      if (reading < 0) return false;
      this.readings = (this.readings << READING_BITS) | reading;
      if (keys[base + KEY_LETTERS + place] === code) kept += characterBits[code] as number;
      else {
        replaced += 1;
        odd += isDigit(code) ? DIGIT_BITS : (aloneBits[code] as number);
      }
    }
    if (replaced === 0) return isRepeated;
    if (!isEnough(replaced, kept, odd)) return false;
    const isWhole = length === 2 && replaced === 2;
    return !isWhole || this.areReplaceable(elements[start] as number, elements[start + 1] as number);
  }

  private unitOf(element: number): number {
    return this.bySound
      ? (element >>> SOUND_SHIFT) & SOUND_BITS
      : (this.tables.shape[element & 0xffff] as number);
  }

  /** Which of the sounds of an element, or that its shape, is the unit; -1: none is. */
  private readingOf(element: number, unit: number): number {
    if (this.unitOf(element) === unit) return 0;
    if (!this.bySound || (element & SOUNDS) === 0) return -1;
    return (this.several.get(element & 0xffff) as readonly number[]).indexOf(unit);
  }
}
