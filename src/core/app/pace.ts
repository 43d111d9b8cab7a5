import { breathe } from './jobs.ts';

/** Milliseconds of work between two breaths: well under what a person notices, long enough to cost nothing. */
const SLICE = 15;

/** Keeps long work on the host's thread in slices, so that calls and cancelling come through. */
export class Pace {
  #since = performance.now();

  /** Whether the slice is over; looked at every few steps. */
  get due(): boolean {
    return performance.now() - this.#since >= SLICE;
  }

  /** Lets others in. */
  async rest(): Promise<void> {
    await breathe();
    this.#since = performance.now();
  }
}

/** Does work that could yield without letting others in. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Drives work that yields at its safe points; answers what it returns. `check` may end it after each rest by throwing. */
export async function inSlices<T>(work: Generator<void, T>, check: () => void = () => undefined): Promise<T> {
  const pace = new Pace();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (!pace.due) continue;
    await pace.rest();
    check();
  }
}

/** Elements sorted at once; the rest is merged. */
const RUN = 8192;
/** Elements merged between two looks at the clock. */
const LOOK = 4096;

function isInOrder(run: Uint32Array, keyOf: (place: number) => number): boolean {
  for (let at = 1; at < run.length; at++) {
    if (keyOf(run[at - 1] as number) > keyOf(run[at] as number)) return false;
  }
  return true;
}

/**
 * The numbers 0 to count − 1 in the order of their keys, equal keys in their own order: a merge sort in slices.
 * Null where `cancelled` said so.
 */
export async function orderOf(
  count: number,
  keyOf: (place: number) => number,
  cancelled: () => boolean,
): Promise<Uint32Array | null> {
  const pace = new Pace();
  let order = new Uint32Array(count).map((_, place) => place);
  for (let at = 0; at < count; at += RUN) {
    const run = order.subarray(at, at + RUN);
    if (!isInOrder(run, keyOf)) run.sort((a, b) => keyOf(a) - keyOf(b) || a - b);
    if (pace.due) await pace.rest();
    if (cancelled()) return null;
  }
  let other = new Uint32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let from = 0; from < count; from += 2 * width) {
      const middle = Math.min(from + width, count);
      const end = Math.min(from + 2 * width, count);
      // Mostly messages are stored in the order of their time.
      if (middle === end || keyOf(order[middle - 1] as number) <= keyOf(order[middle] as number)) {
        other.set(order.subarray(from, end), from);
        continue;
      }
      for (let left = from, right = middle, to = from; to < end; to++) {
        const takesLeft =
          left < middle && (right >= end || keyOf(order[left] as number) <= keyOf(order[right] as number));
        other[to] = order[takesLeft ? left++ : right++] as number;
        if (to % LOOK === 0 && pace.due) await pace.rest();
      }
      if (cancelled()) return null;
    }
    [order, other] = [other, order];
  }
  return order;
}
