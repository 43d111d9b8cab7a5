/**
 * Terms by what stands around one replaced unit. Of the characters that are put in place of others at least
 * one is odd where it stands (variant-evidence.ts). Its two neighbours say first whether any term has such
 * pairs of units there; then the windows of up to four units that hold it lead to the few terms that may be
 * meant, and these are compared unit by unit. What is odd in several ways (variant-elements.ts) is looked up in each.
 */
import { variantTables } from '../normalization/variant-tables.ts';
import { BIT_SHIFT, bitsOf, SECOND_BIT_SHIFT, THIRD_BIT_SHIFT } from './common-pairs.ts';
import {
  hashOf,
  PAIR,
  pairBits,
  ROLE,
  SHAPE_PAIRS,
  SOUND_PAIRS,
  shapePair,
  soundPair,
  windowHash,
} from './term-windows.ts';
import { isDigit, MAYBE_ODD_SHIFT, SOUND_BITS, SOUND_SHIFT } from './unit-classes.ts';
import { APART, PLACE_SHIFT, REPEATED, type VariantElements } from './variant-elements.ts';
import { DIGIT_BITS, isEnough } from './variant-evidence.ts';
import { MAX_VARIANT_UNITS, type VariantKey } from './variant-terms.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const INDEX_SHIFT = PLACE_SHIFT;
const HEARD_SHIFT = SOUND_SHIFT;
const HEARD_BITS = SOUND_BITS;
const BIT_1 = BIT_SHIFT;
const BIT_2 = SECOND_BIT_SHIFT;
const BIT_3 = THIRD_BIT_SHIFT;
const hashOfWindow = windowHash;
const ODD_SHIFT = MAYBE_ODD_SHIFT;

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

/** Elements in arrays that are used again: `at[i]` a place (variant-elements.ts), `roles[i]` what `placesOf` says of it. */
export interface Places {
  at: Int32Array;
  roles: Uint8Array;
  count: number;
}

/** Called for a term that may stand in a text: the element put in place of a unit, key, first element, readings. */
type TermSink = (at: number, key: number, start: number, readings: number) => void;

/** A window to look up where a bit of PAIR stands: it begins `from` units before the place and has so many. */
interface Window {
  readonly role: number;
  readonly bit: number;
  readonly from: number;
  readonly units: number;
}
const WINDOWS: readonly Window[] = [
  { role: ROLE.first, bit: PAIR.begins, from: 0, units: 4 },
  { role: ROLE.second, bit: PAIR.before, from: -1, units: 4 },
  { role: ROLE.third, bit: PAIR.before, from: -2, units: 4 },
  { role: ROLE.last, bit: PAIR.ends, from: -3, units: 4 },
  { role: ROLE.firstOfThree, bit: PAIR.firstOfThree, from: 0, units: 3 },
  { role: ROLE.middle, bit: PAIR.firstOfThree, from: -1, units: 3 },
  { role: ROLE.lastOfThree, bit: PAIR.lastOfThree, from: -2, units: 3 },
  { role: ROLE.firstOfTwo, bit: PAIR.whole, from: 0, units: 2 },
  { role: ROLE.lastOfTwo, bit: PAIR.whole, from: -1, units: 2 },
];

export class TermAnchors {
  private readonly tables = variantTables();
  private readonly bySound: boolean;
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
  /** Above the key and the place an entry has as many low bits of its hash as there is room for. */
  private readonly markShift: number;
  /** What is looked through at present. */
  private elements = new Int32Array(0);
  private readings = 0;
  /** Places whose windows are looked up, and those that terms have, with their hashes. */
  private asked = new Int32Array(0);
  private metAt = new Int32Array(0);
  private metHash = new Int32Array(0);
  private readonly many: (at: number) => void;
  private readonly found: TermSink;

  /**
   * Keys of two to MAX_VARIANT_UNITS units, none of them 0: sounds, or shapes. `sift` calls `found` for each term
   * that may stand in a text, or `many` where there are too many to say.
   */
  constructor(keys: readonly VariantKey[], bySound: boolean, many: (at: number) => void, found: TermSink) {
    this.bySound = bySound;
    this.many = many;
    this.found = found;
    let count = 0;
    for (const { key } of keys) count += key.length;
    let words = MIN_WORDS;
    while (words * WINDOWS_A_WORD < count && words < MAX_WORDS) words *= 2;
    this.bits = new Int32Array(words);
    this.shift = Math.clz32(words) + 1;
    let buckets = MIN_WORDS;
    while (buckets < count) buckets *= 2;
    this.bucketShift = Math.clz32(buckets) + 1;
    this.markShift = PLACE_BITS + 32 - Math.clz32(keys.length);
    this.from = new Int32Array(buckets + 1);
    this.entries = new Int32Array(count);
    this.keys = new Uint16Array(keys.length * KEY_SIZE);
    this.pairs = new Uint8Array(bySound ? SOUND_PAIRS : SHAPE_PAIRS);
    this.fill(keys);
  }

  private fill(keys: readonly VariantKey[]): void {
    const { bits, shift, from, entries, bucketShift, markShift, pairs } = this;
    const hashes = new Int32Array(entries.length);
    let at = 0;
    for (const [index, { key, codes }] of keys.entries()) {
      const base = index * KEY_SIZE;
      const { length } = key;
      this.keys[base] = length;
      for (let place = 0; place < length; place++) {
        this.keys[base + 1 + place] = key.charCodeAt(place);
        this.keys[base + KEY_LETTERS + place] = codes[place] as number;
        if (place + 1 < length) {
          const pair = this.pairAt(key.charCodeAt(place), key.charCodeAt(place + 1));
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
        const hash = hashes[at++] as number;
        const bucket = hash >>> bucketShift;
        const slot = next[bucket] as number;
        next[bucket] = slot + 1;
        entries[slot] = (hash << markShift) | (index << PLACE_BITS) | place;
      }
    }
  }

  private pairAt(first: number, second: number): number {
    return this.bySound ? soundPair(first, second) : shapePair(first, second);
  }

  /** Tells of the terms that may stand in `texts` with one of `places` in place of another unit. */
  sift(texts: VariantElements, places: Places): void {
    if (places.count === 0) return;
    const { elements } = texts;
    this.elements = elements;
    this.reserve(places.count);
    for (const window of WINDOWS) {
      const count = this.collect(places, window);
      const { metAt, metHash } = this;
      for (let index = 0; index < count; index++) {
        const place = metAt[index] as number;
        const at = texts.original(place >>> INDEX_SHIFT);
        const isRepeated = (place & REPEATED) !== 0;
        if (window.units === 2 && at >= 0 && !isRepeated) {
          if (!this.isPair(elements[at] as number, elements[at + 1 + 2 * window.from] as number)) continue;
        }
        this.add(metHash[index] as number, at, place);
      }
    }
  }

  private reserve(count: number): void {
    if (count <= this.metAt.length) return;
    this.metAt = new Int32Array(count * 2);
    this.metHash = new Int32Array(count * 2);
    this.asked = new Int32Array(count * 2);
  }

  /** Those of `places` whose window of this kind is one of a term, with its hash; returns how many. */
  private collect({ at: places, roles, count }: Places, { role, bit, from, units }: Window): number {
    const { elements, bits, shift, metAt, metHash, asked, bySound } = this;
    const { shape } = this.tables;
    const bitShift = 31 - Math.clz32(bit);
    let asks = 0;
    for (let index = 0; index < count; index++) {
      asked[asks] = places[index] as number;
      asks += ((roles[index] as number) >>> bitShift) & 1;
    }
    const third = units > 2 ? -1 : 0;
    const fourth = units > 3 ? -1 : 0;
    let met = 0;
    for (let index = 0; index < asks; index++) {
      const place = asked[index] as number;
      const at = (place >>> INDEX_SHIFT) + from;
      const a = elements[at] as number;
      const b = elements[at + 1] as number;
      const c = elements[at + 2] as number;
      const d = elements[at + 3] as number;
      const hash = bySound
        ? hashOfWindow(
            (a >>> HEARD_SHIFT) & HEARD_BITS,
            (b >>> HEARD_SHIFT) & HEARD_BITS,
            (c >>> HEARD_SHIFT) & HEARD_BITS & third,
            (d >>> HEARD_SHIFT) & HEARD_BITS & fourth,
            role,
          )
        : hashOfWindow(
            shape[a & 0xffff] as number,
            shape[b & 0xffff] as number,
            (shape[c & 0xffff] as number) & third,
            (shape[d & 0xffff] as number) & fourth,
            role,
          );
      const word = bits[hash >>> shift] as number;
      metAt[met] = place;
      metHash[met] = hash;
      met += (word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & 1;
    }
    return met;
  }

  /** Whether an element and the one beside it can be evidence enough of a term of two. */
  private isPair(own: number, other: number): boolean {
    const { aloneBits, characterBits } = this.tables;
    const odd = aloneBits[own & 0xffff] as number;
    return (
      isEnough(1, characterBits[other & 0xffff] as number, odd) ||
      (this.areReplaceable(own, other) && isEnough(2, 0, odd + (aloneBits[other & 0xffff] as number)))
    );
  }

  /** Of a term of two both are replaced by sound only where neither is a word by itself. */
  private areReplaceable(first: number, second: number): boolean {
    return !this.bySound || ((first & second) >>> ODD_SHIFT) % 2 === 1;
  }

  /** Tells of the terms with a window of this hash that may stand around `at`; below zero: of any. */
  private add(hash: number, at: number, place: number): void {
    const { from, entries, bucketShift, markShift } = this;
    const bucket = hash >>> bucketShift;
    const to = from[bucket + 1] as number;
    const first = from[bucket] as number;
    if (to - first > MOST_COMPARED) {
      this.many(at < 0 ? ~at : at);
      return;
    }
    for (let slot = first; slot < to; slot++) {
      const entry = entries[slot] as number;
      if ((entry ^ (hash << markShift)) >>> markShift !== 0) continue;
      if (at < 0) {
        this.many(~at);
        return;
      }
      const key = (entry & ~(-1 << markShift)) >>> PLACE_BITS;
      const start = at - (entry & PLACE_MASK);
      if (!this.isMeant(key * KEY_SIZE, start, at, (place & REPEATED) !== 0)) continue;
      if ((place & APART) !== 0) this.many(at);
      else this.found(at, this.bySound ? key : ~key, start, this.readings);
    }
  }

  /** Whether the elements from `start` on may be the term with its key at `base`, the one at `at` replaced. */
  private isMeant(base: number, start: number, at: number, isRepeated: boolean): boolean {
    const { elements, keys } = this;
    const { aloneBits, characterBits } = this.tables;
    const isKept = keys[base + KEY_LETTERS + at - start] === ((elements[at] as number) & 0xffff);
    if (isKept && !isRepeated) return false;
    const length = keys[base] as number;
    this.readings = 0;
    let replaced = 0;
    let kept = 0;
    let odd = 0;
    for (let place = 0; place < length; place++) {
      const element = elements[start + place] as number;
      const code = element & 0xffff;
      const reading = this.readingOf(code, keys[base + 1 + place] as number);
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

  /** Which of the sounds of a letter, or that its shape, is the unit; -1: none is. */
  private readingOf(code: number, unit: number): number {
    const { furtherSounds, shape, sound } = this.tables;
    if ((this.bySound ? sound[code] : shape[code]) === unit) return 0;
    if (!this.bySound) return -1;
    const further = furtherSounds.get(code)?.indexOf(unit) ?? -1;
    return further < 0 ? -1 : further + 1;
  }
}
