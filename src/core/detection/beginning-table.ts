/**
 * Which unit sequences of a fixed length begin a term, and the trie node they lead to: a hashed
 * bitmap as the first test, and an exact open-addressed table behind it.
 *
 * The automaton works the bit out itself, in its inner loop; see `shift`.
 */

/** Odd multipliers that spread small ids (golden ratio; a MurmurHash3 finaliser constant). */
export const HASH_STEP = 0x9e3779b1 | 0;
export const HASH_SPREAD = 0x85ebca6b | 0;

/** Bitmaps stay in a processor's second-level cache: at most 256 kB. */
const MAX_BITS = 1 << 21;
const MIN_BITS = 1 << 14;
/** At most one bit in so many is set, unless the largest size is reached. */
const SPARSENESS = 64;

/** A beginning: the units before the last as `first << 16 | second` (`first` 0: there is none). */
export interface Beginning {
  readonly window: number;
  readonly last: number;
  readonly node: number;
}

export class BeginningTable {
  readonly bitmap: Int32Array;
  /** `Math.imul(Math.imul(window, HASH_STEP) + last, HASH_SPREAD) >>> shift` is the bit. */
  readonly shift: number;
  /** Four numbers a slot: window, last unit, node, unused (so that a slot lies in one cache line). */
  private readonly slots: Int32Array;

  constructor(beginnings: readonly Beginning[]) {
    let bits = MIN_BITS;
    while (bits < beginnings.length * SPARSENESS && bits < MAX_BITS) bits *= 2;
    this.shift = Math.clz32(bits) + 1;
    this.bitmap = new Int32Array(bits >> 5);
    let count = 64;
    while (count < beginnings.length * 2) count *= 2;
    this.slots = new Int32Array(count * 4);
    for (const { window, last, node } of beginnings) {
      const spread = Math.imul(Math.imul(window, HASH_STEP) + last, HASH_SPREAD);
      const bit = spread >>> this.shift;
      this.bitmap[bit >>> 5] = (this.bitmap[bit >>> 5] as number) | (1 << bit);
      let slot = ((spread ^ (spread >>> 15)) << 2) & (this.slots.length - 1);
      while (this.slots[slot + 2] !== 0) slot = (slot + 4) & (this.slots.length - 1);
      this.slots[slot] = window;
      this.slots[slot + 1] = last;
      this.slots[slot + 2] = node;
    }
  }

  /** The node of a beginning; 0: no term begins so. */
  node(window: number, last: number): number {
    const { slots } = this;
    const end = slots.length - 1;
    const spread = Math.imul(Math.imul(window, HASH_STEP) + last, HASH_SPREAD);
    for (let slot = ((spread ^ (spread >>> 15)) << 2) & end; ; slot = (slot + 4) & end) {
      const node = slots[slot + 2] as number;
      if (node === 0 || (slots[slot] === window && slots[slot + 1] === last)) return node;
    }
  }
}
