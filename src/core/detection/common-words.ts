/** Common words of two to four characters (variant-tables.ts) in a flat table: looked up without making strings. */
import { variantTables } from '../normalization/variant-tables.ts';

const STEP = 0x9e3779b1 | 0;
const SPREAD = 0x85ebca6b | 0;

export class WordTable {
  /** Two numbers a slot: the first two characters, the other two; 0 where there is none. */
  private readonly slots: Int32Array;
  private readonly last: number;

  constructor(words: ReadonlySet<string>) {
    let slots = 1024;
    while (slots < 3 * words.size) slots *= 2;
    this.slots = new Int32Array(2 * slots);
    this.last = 2 * slots - 1;
    for (const word of words) {
      const unit = (at: number): number => (at < word.length ? word.charCodeAt(at) : 0);
      const first = (unit(0) << 16) | unit(1);
      const second = (unit(2) << 16) | unit(3);
      let slot = this.slotOf(first, second);
      while (this.slots[slot] !== 0) slot = (slot + 2) & this.last;
      this.slots[slot] = first;
      this.slots[slot + 1] = second;
    }
  }

  private slotOf(first: number, second: number): number {
    const mixed = Math.imul(Math.imul(first, STEP) + second, SPREAD);
    return ((mixed ^ (mixed >>> 15)) << 1) & this.last;
  }

  /** Whether the characters `first >>> 16`, `first & 0xffff` and those of `second` (0: none) are a word. */
  has(first: number, second: number): boolean {
    const { slots, last } = this;
    for (let slot = this.slotOf(first, second); slots[slot] !== 0; slot = (slot + 2) & last) {
      if (slots[slot] === first && slots[slot + 1] === second) return true;
    }
    return false;
  }
}

let table: WordTable | undefined;

/** Made once, when the first rule needs it. */
export function commonWords(): WordTable {
  table ??= new WordTable(variantTables().words);
  return table;
}
