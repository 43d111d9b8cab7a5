/**
 * Which numbers were seen, in 7 to 14 bits each: "no" is certain, "yes" is to be looked up (wrong for 3 in a
 * hundred at most while no more come than were expected; more often beyond).
 */
export class BloomFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  /** For about so many numbers; takes from 8 KiB to 64 MiB. */
  constructor(expected: number) {
    const wanted = Math.min(MOST_BITS, Math.max(LEAST_BITS, expected * 10));
    const bits = 2 ** Math.round(Math.log2(wanted));
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /** Notes a whole number below 2^48; answers whether it may have been there before. */
  add(number: number): boolean {
    let seen = true;
    // Two hashes give all (Kirsch and Mitzenmacher, 2006).
    let at = Math.imul(number | 0, 0x9e3779b1);
    const step = Math.imul((number / 0x10000) | 0, 0x85ebca6b) | 1;
    for (let probe = 0; probe < PROBES; probe++) {
      const place = (at >>> 0) & this.#mask;
      const word = this.#bits[place >>> 5] as number;
      const bit = 1 << (place & 31);
      if ((word & bit) === 0) {
        seen = false;
        this.#bits[place >>> 5] = word | bit;
      }
      at = (at + step) | 0;
    }
    return seen;
  }

  /** Whether a number may be there. */
  has(number: number): boolean {
    let at = Math.imul(number | 0, 0x9e3779b1);
    const step = Math.imul((number / 0x10000) | 0, 0x85ebca6b) | 1;
    for (let probe = 0; probe < PROBES; probe++) {
      const place = (at >>> 0) & this.#mask;
      if (((this.#bits[place >>> 5] as number) & (1 << (place & 31))) === 0) return false;
      at = (at + step) | 0;
    }
    return true;
  }
}

const PROBES = 4;
const LEAST_BITS = 2 ** 16;
const MOST_BITS = 2 ** 29;
