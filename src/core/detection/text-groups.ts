/**
 * Groups of near-duplicate texts in a stream. Each text joins the group of an earlier text that shares a pair
 * of eighths of its sketch and enough of the others, or begins a group of its own. Memory is bounded: the
 * last million texts are remembered.
 */
import { EMPTY_BIN, isNear, SKETCH_BINS } from './text-sketch.ts';

/** Texts that are remembered; a power of two. */
const REMEMBERED = 1 << 20;
const BANDS = SKETCH_BINS / 2;
/** Earlier texts of one band that are compared, the latest first. */
const COMPARED = 64;

export class TextGroups {
  private capacity = 1 << 10;
  private sketches = new Uint32Array(this.capacity * SKETCH_BINS);
  private times = new Float64Array(this.capacity);
  private groups = new Float64Array(this.capacity);
  /** The number of the text that was the last with the same band before, plus one; 0: none. */
  private previous = new Float64Array(this.capacity * BANDS);
  private readonly latest = new Map<number, number>();
  private count = 0;

  /** The group of a text at a time, as a number; earlier texts than `since` are not looked at. */
  groupOf(sketch: Uint32Array, at: number, since: number): number {
    const number = this.count++;
    if (number >= this.capacity && this.capacity < REMEMBERED) this.grow();
    const own = number & (this.capacity - 1);
    this.sketches.set(sketch, own * SKETCH_BINS);
    this.times[own] = at;
    let group = number;
    for (let band = 0; band < BANDS; band++) {
      const first = sketch[band * 2] as number;
      const second = sketch[band * 2 + 1] as number;
      if (first === EMPTY_BIN || second === EMPTY_BIN) continue;
      const key = ((first ^ Math.imul(second, 0x9e3779b1)) >>> 0) * BANDS + band;
      const link = this.latest.get(key) ?? 0;
      if (group === number) group = this.joined(sketch, link, band, since, number);
      this.previous[own * BANDS + band] = link;
      this.latest.set(key, number + 1);
    }
    this.groups[own] = group;
    return group;
  }

  private joined(sketch: Uint32Array, link: number, band: number, since: number, number: number): number {
    let next = link;
    for (let compared = 0; next > 0 && compared < COMPARED; compared++) {
      const other = next - 1;
      if (number - other >= this.capacity) break;
      const place = other & (this.capacity - 1);
      if ((this.times[place] as number) < since) break;
      if (isNear(this.sketches, place * SKETCH_BINS, sketch, 0)) return this.groups[place] as number;
      next = this.previous[place * BANDS + band] as number;
    }
    return number;
  }

  private grow(): void {
    this.capacity *= 2;
    const larger = <T extends Uint32Array | Float64Array>(next: T, old: T): T => {
      next.set(old as never);
      return next;
    };
    this.sketches = larger(new Uint32Array(this.capacity * SKETCH_BINS), this.sketches);
    this.times = larger(new Float64Array(this.capacity), this.times);
    this.groups = larger(new Float64Array(this.capacity), this.groups);
    this.previous = larger(new Float64Array(this.capacity * BANDS), this.previous);
  }
}
