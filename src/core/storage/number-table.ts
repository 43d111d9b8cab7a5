import { release } from './release.ts';

const LEAST = 1 << 12;

/**
 * Numbers by number, in two typed arrays: open addressing with linear probing, at most three quarters full,
 * so 16 to 32 bytes an entry. A Map takes 65.
 */
export class NumberTable {
  /** Keys plus one; 0 is a free place. */
  #keys = new Float64Array(LEAST);
  #values = new Uint32Array(LEAST);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** All keys, in no order. */
  keys(): Float64Array<ArrayBuffer> {
    const keys = new Float64Array(this.#size);
    let at = 0;
    for (const key of this.#keys) if (key !== 0) keys[at++] = key - 1;
    return keys;
  }

  /** Value of `key`, a whole number from 0 up to 2^52; 0 where it is not there. */
  get(key: number): number {
    return this.#values[this.#place(key)] as number;
  }

  /** `value` from 1 up to 2^32 - 1. */
  set(key: number, value: number): void {
    const place = this.#place(key);
    if (this.#keys[place] === 0) {
      this.#keys[place] = key + 1;
      this.#size++;
    }
    this.#values[place] = value;
    if (this.#size * 4 > this.#keys.length * 3) this.#grow();
  }

  /** Forgets all, and gives the memory back. */
  clear(): void {
    release(this.#keys);
    release(this.#values);
    this.#keys = new Float64Array(LEAST);
    this.#values = new Uint32Array(LEAST);
    this.#size = 0;
  }

  #place(key: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    const wanted = key + 1;
    // Both halves of the key take part; the multiplier is 2^32 divided by the golden ratio (Knuth, TAOCP 6.4).
    let place = (Math.imul((key / 0x100000000) ^ key, 0x9e3779b1) >>> 7) & mask;
    while (keys[place] !== 0 && keys[place] !== wanted) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const keys = this.#keys;
    const values = this.#values;
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] as number;
      if (key === 0) continue;
      const place = this.#place(key - 1);
      this.#keys[place] = key;
      this.#values[place] = values[from] as number;
    }
    release(keys);
    release(values);
  }
}
