/** A thread that reads beside the host while searches have no index: between an import and the end of upkeep. */
import { Worker } from 'node:worker_threads';
import type { Condition, Place, Scanner, Stretch } from '../../storage/messages/text-search.ts';
import type { ScanReply, ScanRequest, UpkeepSetup } from '../../storage/upkeep-worker.ts';

/** The scanner over a thread with `entry` as its program, and how to end it. */
export function startScanner(entry: string, setup: UpkeepSetup): { scanner: Scanner; end(): void } {
  const workerData: UpkeepSetup = { ...setup, work: 'scan' };
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const asked = new Map<number, (places: Place[] | null) => void>();
  let next = 0;
  let gone = false;
  const answer = (seq: number, places: Place[] | null) => {
    asked.get(seq)?.(places);
    asked.delete(seq);
  };
  const leave = () => {
    gone = true;
    for (const seq of [...asked.keys()]) answer(seq, null);
  };
  worker.unref();
  // What the thread cannot read the host reads, and meets the same error where it is one of the file.
  worker.on('error', leave);
  worker.on('exit', leave);
  worker.on('message', ({ seq, places }: ScanReply) => {
    const found: Place[] = [];
    for (let i = 0; i < places.length; i += 2) {
      found.push({ id: places[i] as number, sort_at: places[i + 1] as number });
    }
    answer(seq, found);
  });
  const { searching } = setup;
  const scanner: Scanner = {
    scan: (where: Condition, stretch: Stretch) =>
      new Promise((resolve) => {
        if (gone) {
          resolve(null);
          return;
        }
        const request: ScanRequest = { seq: next++, where, stretch };
        asked.set(request.seq, resolve);
        worker.postMessage(request);
      }),
    begin: () => {
      Atomics.add(searching, 0, 1);
    },
    end: () => {
      Atomics.sub(searching, 0, 1);
      Atomics.notify(searching, 0);
    },
  };
  return { scanner, end: () => void worker.terminate() };
}
