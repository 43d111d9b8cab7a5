/** How V8 collects garbage in a process that imports much. */
import { setFlagsFromString } from 'node:v8';

let set = false;

/**
 * For a large import, from now to the end of the process: the space for short-lived objects grows no further
 * (on the command line V8 lets it grow to 128 MB, and it makes nothing faster here), and it is collected by
 * the thread that filled it. V8's helpers took a tenth of the processor time of an import away from the two
 * threads that parse and store. Threads that begin later have 8 MB of it at once, where their limits allow:
 * with the 1 MB that V8 begins with, each message is copied once or twice before it is gone. The flags are read
 * at each collection, or as a thread begins, so they may be set late.
 */
const LEAN = ['--semi-space-growth-factor=1', '--no-parallel-scavenge', '--min-semi-space-size=8'];

/** Sets it, once. */
export function collectLean(): void {
  if (set) return;
  set = true;
  for (const flag of LEAN) setFlagsFromString(flag);
}
