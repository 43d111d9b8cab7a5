/**
 * Entry of the upkeep thread: it builds derived structures over a connection of its own, so that the host
 * goes on reading and waits to write for one piece at most. The host names this file when it starts the
 * thread, because its place differs between sources and the built program.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database.ts';
import { type UpkeepWork, upkeep } from './upkeep.ts';

/** What the thread finds as `workerData`. */
export interface UpkeepSetup {
  readonly file: string;
  readonly key: Uint8Array;
  readonly work: UpkeepWork;
}

if (parentPort !== null) {
  const { file, key, work } = workerData as UpkeepSetup;
  // Reading once from end to end, it needs few pages at hand.
  const db = openDatabase(file, Buffer.from(key), { cacheSize: -8192 });
  try {
    for (const step of upkeep(db, work)) parentPort.postMessage(step);
  } finally {
    db.close();
  }
}
