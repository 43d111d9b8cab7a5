/**
 * Adds up the weights of a text's features, all classes at once. The weights of a large model do not stay
 * in a processor's second-level cache, and waiting for them is most of what a text costs. So there are two
 * tables: the weights themselves, a byte each, and levels of half a byte that are never below them. What
 * the levels add up to is never below the sum, and for most texts it already rules every class out.
 */
import { LANES, ZERO } from './model.ts';

/** Features after which a 16-bit sum of bytes could overflow. */
const FLUSH_EVERY = 256;

/** A level is so many steps of a weight; weights of zero are the level NEUTRAL, without loss. */
const LEVEL_STEP = 15;
const NEUTRAL = 6;
const MOST_LEVEL = 15;
/** A row of levels is two words. */
export const LEVELS_SHIFT = 1;
/** Features after which a byte of levels could overflow. */
const LEVELS_EVERY = 16;

/** The rows as little-endian words, in place where the machine reads them so. */
function wordsOf(weights: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } = weights;
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (isLittle && byteOffset % 4 === 0) return new Int32Array(buffer, byteOffset, length / 4);
  const view = new DataView(buffer, byteOffset, length);
  return Int32Array.from({ length: length / 4 }, (_, index) => view.getInt32(index * 4, true));
}

/** The level of a byte: never below its weight. Weights below the lowest level are raised to it. */
function levelOf(byte: number): number {
  const level = Math.ceil((byte - ZERO) / LEVEL_STEP) + NEUTRAL;
  return Math.min(MOST_LEVEL, Math.max(0, level));
}

/** Two words for each row: half a byte for each class. */
function levelsOf(weights: Uint8Array): Int32Array {
  const levels = Uint8Array.from({ length: 256 }, (_, byte) => levelOf(byte));
  const rows = weights.length / LANES;
  const out = new Int32Array(rows * 2);
  for (let half = 0; half < rows * 2; half++) {
    let word = 0;
    for (let lane = 0; lane < 8; lane++) {
      word |= (levels[weights[half * 8 + lane] as number] as number) << (lane * 4);
    }
    out[half] = word;
  }
  return out;
}

export class ModelSums {
  /** Of the text that was added up last: for each class the sum of its weights, or what it is at most. */
  readonly sums = new Int32Array(LANES);
  private readonly weights: Uint8Array;
  private readonly words: Int32Array;
  private made: Int32Array | undefined;
  /** Of what was asked for; without it the reads would be left out. */
  touched = 0;

  constructor(weights: Uint8Array) {
    this.weights = weights;
    this.words = wordsOf(weights);
  }

  /** What `bound` reads: at `bucket << LEVELS_SHIFT` and behind it. Made when first asked for. */
  get levels(): Int32Array {
    this.made ??= levelsOf(this.weights);
    return this.made;
  }

  /** The sums of the first `count` of `buckets`. */
  add(buckets: Uint32Array, count: number): void {
    const { words, sums } = this;
    sums.fill(-ZERO * count);
    // Reads that wait for nothing but memory overlap; those that are added up as they come hardly do.
    let touched = 0;
    for (let i = 0; i < count; i++) touched |= words[(buckets[i] as number) << 2] as number;
    this.touched = touched;
    for (let from = 0; from < count; from += FLUSH_EVERY) {
      const end = Math.min(count, from + FLUSH_EVERY);
      // Two 16-bit lanes in each: classes 0 and 2, 1 and 3, and so on.
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      let c0 = 0;
      let c1 = 0;
      let d0 = 0;
      let d1 = 0;
      for (let i = from; i < end; i++) {
        const row = (buckets[i] as number) << 2;
        const a = words[row] as number;
        const b = words[row + 1] as number;
        const c = words[row + 2] as number;
        const d = words[row + 3] as number;
        a0 = (a0 + (a & 0xff00ff)) | 0;
        a1 = (a1 + ((a >>> 8) & 0xff00ff)) | 0;
        b0 = (b0 + (b & 0xff00ff)) | 0;
        b1 = (b1 + ((b >>> 8) & 0xff00ff)) | 0;
        c0 = (c0 + (c & 0xff00ff)) | 0;
        c1 = (c1 + ((c >>> 8) & 0xff00ff)) | 0;
        d0 = (d0 + (d & 0xff00ff)) | 0;
        d1 = (d1 + ((d >>> 8) & 0xff00ff)) | 0;
      }
      this.addLanes(0, 2, a0);
      this.addLanes(1, 3, a1);
      this.addLanes(4, 6, b0);
      this.addLanes(5, 7, b1);
      this.addLanes(8, 10, c0);
      this.addLanes(9, 11, c1);
      this.addLanes(12, 14, d0);
      this.addLanes(13, 15, d1);
    }
  }

  /** What the sums of the first `count` of `buckets` are at most. */
  bound(buckets: Uint32Array, count: number): void {
    const { levels, sums } = this;
    sums.fill(0);
    // Four 16-bit pairs for each half of a row; 3,000 features of 15 do not overflow one.
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let b3 = 0;
    for (let from = 0; from < count; from += LEVELS_EVERY) {
      const end = Math.min(count, from + LEVELS_EVERY);
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = from; i < end; i++) {
        const row = (buckets[i] as number) << LEVELS_SHIFT;
        const low = levels[row] as number;
        const high = levels[row + 1] as number;
        a = (a + (low & 0x0f0f0f0f)) | 0;
        b = (b + ((low >>> 4) & 0x0f0f0f0f)) | 0;
        c = (c + (high & 0x0f0f0f0f)) | 0;
        d = (d + ((high >>> 4) & 0x0f0f0f0f)) | 0;
      }
      a0 = (a0 + (a & 0xff00ff)) | 0;
      a1 = (a1 + ((a >>> 8) & 0xff00ff)) | 0;
      a2 = (a2 + (b & 0xff00ff)) | 0;
      a3 = (a3 + ((b >>> 8) & 0xff00ff)) | 0;
      b0 = (b0 + (c & 0xff00ff)) | 0;
      b1 = (b1 + ((c >>> 8) & 0xff00ff)) | 0;
      b2 = (b2 + (d & 0xff00ff)) | 0;
      b3 = (b3 + ((d >>> 8) & 0xff00ff)) | 0;
    }
    this.addLanes(0, 4, a0);
    this.addLanes(2, 6, a1);
    this.addLanes(1, 5, a2);
    this.addLanes(3, 7, a3);
    this.addLanes(8, 12, b0);
    this.addLanes(10, 14, b1);
    this.addLanes(9, 13, b2);
    this.addLanes(11, 15, b3);
    const neutral = NEUTRAL * count;
    for (let k = 0; k < LANES; k++) sums[k] = ((sums[k] as number) - neutral) * LEVEL_STEP;
  }

  private addLanes(low: number, high: number, pair: number): void {
    const { sums } = this;
    sums[low] = (sums[low] as number) + (pair & 0xffff);
    sums[high] = (sums[high] as number) + (pair >>> 16);
  }
}
