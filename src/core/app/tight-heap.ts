/** How V8 lets the heap grow while a long run makes much garbage and keeps little. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Heap that may be added to what a collection left before the next one, in percent; V8 adds 8 MB at least. */
const GROWTH = 25;

let runs = 0;

/**
 * Runs `work` with a heap that is collected as soon as it is a quarter larger than what is in use. What is under way
 * between two streams outlives the space for short-lived objects, a little each time; V8 would let that gather until
 * it has doubled the heap, which the longer a run takes the more surely happens. A collection takes some 20 ms here,
 * and there are two in a second at most. The flag is read when a collection sets the next limit, so one is made first.
 */
export async function withTightHeap<T>(work: () => Promise<T>): Promise<T> {
  if (runs++ === 0) setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  collect();
  try {
    return await work();
  } finally {
    // V8's own rule.
    if (--runs === 0) setFlagsFromString('--heap-growing-percent=0');
  }
}

/** Node gives `gc` only to a context that is made while the flag is set. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
  setFlagsFromString('--no-expose-gc');
  gc?.();
}
