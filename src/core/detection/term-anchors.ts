/**
 * Terms by what stands around one replaced unit. Of the characters that are put in place of others at least
 * one is odd where it stands (variant-evidence.ts). Its two neighbours say first whether any term has such
 * pairs of units there; then the windows of up to four units that hold it lead to the few terms that may be
 * meant, and these are compared unit by unit. What is odd in several ways (variant-elements.ts) is looked up in each.
 */
import { variantTables } from '../normalization/variant-tables.ts';
import { BIT_SHIFT, bitsOf, SECOND_BIT_SHIFT, THIRD_BIT_SHIFT } from './common-pairs.ts';
import {
  FOURTH_OF_WINDOWS,
  FROM_OF_WINDOWS,
  hashOf,
  pairBits,
  SHAPE_PAIRS,
  SOUND_PAIRS,
  shapePair,
  soundPair,
  THIRD_OF_WINDOWS,
  WINDOW_BITS,
  WINDOWS,
  WINDOWS_OF_ROLES,
  type Window,
  windowHash,
} from './term-windows.ts';
import { isDigit, MAYBE_ODD_SHIFT, SOUND_BITS, SOUND_SHIFT } from './unit-classes.ts';
import { APART, ELEMENTS, PLACE_SHIFT, REPEATED, type VariantElements } from './variant-elements.ts';
import { DIGIT_BITS, isEnough } from './variant-evidence.ts';
import { MAX_VARIANT_UNITS, type VariantKey } from './variant-terms.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const elements = ELEMENTS;
const shape = new Uint16Array(0x10000);
const INDEX_SHIFT = PLACE_SHIFT;
const ASKED_SHIFT = PLACE_SHIFT + WINDOW_BITS;
const ROLE_BITS = WINDOW_BITS;
const ROLE_MASK = (1 << WINDOW_BITS) - 1;
const windowFrom = FROM_OF_WINDOWS;
const windowThird = THIRD_OF_WINDOWS;
const windowFourth = FOURTH_OF_WINDOWS;
const windowsOf = WINDOWS_OF_ROLES;
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

/** Numbers of a key: its units, 0 behind them, and its letters; half a cache line. */
const KEY_SIZE = 2 * MAX_VARIANT_UNITS;
const KEY_LETTERS = MAX_VARIANT_UNITS;
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
  private readings = 0;
  /** Places whose windows are looked up, and those that terms have, with their hashes. */
  private asked = new Int32Array(0);
  private metAt = new Int32Array(0);
  private metHash = new Int32Array(0);
  /** Places and the entries of terms that may stand there. */
  private foundAt = new Int32Array(1024);
  private foundEntry = new Int32Array(1024);
  /** What was read ahead: kept, so that the reading is not left out. */
  protected ahead = 0;
  private readonly many: (at: number) => void;
  private readonly found: TermSink;

  /**
   * Keys of two to MAX_VARIANT_UNITS units, none of them 0: sounds, or shapes. `sift` calls `found` for each term
   * that may stand in a text, or `many` where there are too many to say.
   */
  constructor(keys: readonly VariantKey[], bySound: boolean, many: (at: number) => void, found: TermSink) {
    this.bySound = bySound;
    shape.set(this.tables.shape);
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
    // One more, since an empty last bucket is read ahead as well.
    this.entries = new Int32Array(count + 1);
    this.keys = new Uint16Array(keys.length * KEY_SIZE);
    this.pairs = new Uint8Array(bySound ? SOUND_PAIRS : SHAPE_PAIRS);
    this.fill(keys);
  }

  private fill(keys: readonly VariantKey[]): void {
    const { bits, shift, from, entries, bucketShift, markShift, pairs } = this;
    const hashes = new Int32Array(entries.length - 1);
    let at = 0;
    for (const [index, { key, codes }] of keys.entries()) {
      const base = index * KEY_SIZE;
      const { length } = key;
      for (let place = 0; place < length; place++) {
        this.keys[base + place] = key.charCodeAt(place);
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
    const asks = this.list(places);
    const count = this.bySound ? this.collectHeard(asks) : this.collectSeen(asks);
    const kept = this.keepPairs(texts, count);
    const found = this.look(texts, kept);
    const { foundAt, foundEntry } = this;
    for (let index = 0; index < found; index++) {
      const place = foundAt[index] as number;
      this.add(foundEntry[index] as number, texts.original(place >>> INDEX_SHIFT), place);
    }
  }

  /** Drops the windows of two units that cannot be evidence enough, and forgets which window each was. */
  private keepPairs(texts: VariantElements, count: number): number {
    const { metAt, metHash } = this;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const asked = metAt[index] as number;
      const place = asked >>> ROLE_BITS;
      const at = texts.original(place >>> INDEX_SHIFT);
      const { units, from } = WINDOWS[asked & ROLE_MASK] as Window;
      if (units === 2 && at >= 0 && (place & REPEATED) === 0) {
        if (!this.isPair(elements[at] as number, elements[at + 1 + 2 * from] as number)) continue;
      }
      metAt[kept] = place;
      metHash[kept] = metHash[index] as number;
      kept += 1;
    }
    return kept;
  }

  /**
   * Collects the terms whose windows have the hashes; returns how many. Large lists of words do not stay in a
   * processor's caches: loops that only read ahead let the waits for memory overlap.
   */
  private look(texts: VariantElements, count: number): number {
    const { metAt, metHash, from, entries, bucketShift, markShift, keys } = this;
    let ahead = 0;
    for (let index = 0; index < count; index = (index + 1) | 0) {
      ahead ^= entries[from[(metHash[index] as number) >>> bucketShift] as number] as number;
    }
    let found = 0;
    const keyMask = ~(-1 << markShift);
    for (let index = 0; index < count; index++) {
      const hash = metHash[index] as number;
      const place = metAt[index] as number;
      const bucket = hash >>> bucketShift;
      const to = from[bucket + 1] as number;
      const first = from[bucket] as number;
      if (to - first > MOST_COMPARED) {
        const at = texts.original(place >>> INDEX_SHIFT);
        this.many(at < 0 ? ~at : at);
        continue;
      }
      if (found + MOST_COMPARED > this.foundAt.length) this.growFound();
      const { foundAt, foundEntry } = this;
      for (let slot = first; slot < to; slot++) {
        const entry = entries[slot] as number;
        foundAt[found] = place;
        foundEntry[found] = entry & keyMask;
        if ((entry ^ (hash << markShift)) >>> markShift === 0) found += 1;
      }
    }
    const { foundEntry } = this;
    for (let index = 0; index < found; index = (index + 1) | 0) {
      ahead ^= keys[((foundEntry[index] as number) >>> PLACE_BITS) * KEY_SIZE] as number;
    }
    this.ahead = ahead;
    return found;
  }

  /** Collects the windows of all places to look up, as the place, shifted, and the window; returns how many. */
  private list({ at: places, roles, count }: Places): number {
    const most = count * WINDOWS.length;
    if (most > this.asked.length) {
      this.asked = new Int32Array(2 * most);
      this.metAt = new Int32Array(2 * most);
      this.metHash = new Int32Array(2 * most);
    }
    const { asked } = this;
    let asks = 0;
    for (let index = 0; index < count; index = (index + 1) | 0) {
      const place = (places[index] as number) << ROLE_BITS;
      for (let bits = windowsOf[roles[index] as number] as number; bits !== 0; bits &= bits - 1) {
        asked[asks] = place | (Math.clz32(bits & -bits) ^ 31);
        asks = (asks + 1) | 0;
      }
    }
    return asks;
  }

  /** Those of the windows listed that are one of a term by sound, with their hashes; returns how many. */
  private collectHeard(asks: number): number {
    const { bits, shift, metAt, metHash, asked } = this;
    let met = 0;
    for (let index = 0; index < asks; index = (index + 1) | 0) {
      const one = asked[index] as number;
      const window = one & ROLE_MASK;
      const at = ((one >>> ASKED_SHIFT) + (windowFrom[window] as number)) | 0;
      const hash = hashOfWindow(
        ((elements[at] as number) >>> HEARD_SHIFT) & HEARD_BITS,
        ((elements[at + 1] as number) >>> HEARD_SHIFT) & HEARD_BITS,
        ((elements[at + 2] as number) >>> HEARD_SHIFT) & HEARD_BITS & (windowThird[window] as number),
        ((elements[at + 3] as number) >>> HEARD_SHIFT) & HEARD_BITS & (windowFourth[window] as number),
        window,
      );
      const word = bits[hash >>> shift] as number;
      metAt[met] = one;
      metHash[met] = hash;
      met =
        (met +
          ((word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & 1)) |
        0;
    }
    return met;
  }

  /** The same by shape: written out, since a call for what differs makes V8 load every array's place again for each window. */
  private collectSeen(asks: number): number {
    const { bits, shift, metAt, metHash, asked } = this;
    let met = 0;
    for (let index = 0; index < asks; index = (index + 1) | 0) {
      const one = asked[index] as number;
      const window = one & ROLE_MASK;
      const at = ((one >>> ASKED_SHIFT) + (windowFrom[window] as number)) | 0;
      const hash = hashOfWindow(
        shape[(elements[at] as number) & 0xffff] as number,
        shape[(elements[at + 1] as number) & 0xffff] as number,
        (shape[(elements[at + 2] as number) & 0xffff] as number) & (windowThird[window] as number),
        (shape[(elements[at + 3] as number) & 0xffff] as number) & (windowFourth[window] as number),
        window,
      );
      const word = bits[hash >>> shift] as number;
      metAt[met] = one;
      metHash[met] = hash;
      met =
        (met +
          ((word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & 1)) |
        0;
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

  private growFound(): void {
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(2 * old.length);
      larger.set(old);
      return larger;
    };
    this.foundAt = grown(this.foundAt);
    this.foundEntry = grown(this.foundEntry);
  }

  /** Tells of a term with one of its units at `at`, if it may stand there; where `at` is below zero, of any. */
  private add(entry: number, at: number, place: number): void {
    if (at < 0) {
      this.many(~at);
      return;
    }
    const key = entry >>> PLACE_BITS;
    const start = at - (entry & PLACE_MASK);
    if (!this.isMeant(key * KEY_SIZE, start, at, (place & REPEATED) !== 0)) return;
    if ((place & APART) !== 0) this.many(at);
    else this.found(at, this.bySound ? key : ~key, start, this.readings);
  }

  /** Whether the elements from `start` on may be the term with its key at `base`, the one at `at` replaced. */
  private isMeant(base: number, start: number, at: number, isRepeated: boolean): boolean {
    const { keys } = this;
    const { aloneBits, characterBits } = this.tables;
    const isKept = keys[base + KEY_LETTERS + at - start] === ((elements[at] as number) & 0xffff);
    if (isKept && !isRepeated) return false;
    this.readings = 0;
    let replaced = 0;
    let kept = 0;
    let odd = 0;
    let length = 0;
    for (; length < MAX_VARIANT_UNITS; length++) {
      const unit = keys[base + length] as number;
      if (unit === 0) break;
      const code = (elements[start + length] as number) & 0xffff;
      const reading = this.readingOf(code, unit);
      if (reading < 0) return false;
      this.readings = (this.readings << READING_BITS) | reading;
      if (keys[base + KEY_LETTERS + length] === code) kept += characterBits[code] as number;
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
    const { furtherSounds, sound } = this.tables;
    if ((this.bySound ? sound[code] : shape[code]) === unit) return 0;
    if (!this.bySound) return -1;
    const further = furtherSounds.get(code)?.indexOf(unit) ?? -1;
    return further < 0 ? -1 : further + 1;
  }
}
