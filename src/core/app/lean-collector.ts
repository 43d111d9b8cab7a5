/** How V8 collects garbage in a process that imports much. */
import { setFlagsFromString } from 'node:v8';

let set = false;

/**
 * For a large import, from now to the end of the process: the space for short-lived objects grows no further
 * (on the command line V8 lets it grow to 128 MB, and it makes nothing faster here), and it is collected by
 * the thread that filled it. V8's helpers took a tenth of the processor time of an import away from the two
 * threads that parse and store. Both flags are read at each collection, so they may be set late.
 */
export function collectLean(): void {
  if (set) return;
  set = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-parallel-scavenge');
}
