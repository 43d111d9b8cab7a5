/**
 * Entry of the upkeep thread: it builds derived structures over a connection of its own, so that the host
 * goes on reading and waits to write for one piece at most; or, as `scan`, it reads for searches until it is
 * ended; or, as `rewrite`, it writes the file anew; or, as `checkpoint`, it writes the log back when asked. The host names this file when it starts the thread, because its place differs between sources and
 * the built program.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './database.ts';
import { type Condition, type Stretch, scan } from './messages/text-search.ts';
import { eraseTraces } from './retention/destruction.ts';
import { type UpkeepWork, upkeep } from './upkeep.ts';

/** What the thread finds as `workerData`. */
export interface UpkeepSetup {
  readonly file: string;
  readonly key: Uint8Array;
  readonly work: UpkeepWork | 'scan' | 'rewrite' | 'checkpoint';
  /** One number, shared: while it is not 0 a search reads, and building rests. */
  readonly searching: Int32Array<SharedArrayBuffer>;
}

/** Host to a scanning thread. */
export interface ScanRequest {
  readonly seq: number;
  readonly where: Condition;
  readonly stretch: Stretch;
}

/** The answer: row ids and times of lists, one after the other. */
export interface ScanReply {
  readonly seq: number;
  readonly places: Float64Array<ArrayBuffer>;
}

/** Milliseconds that building rests for one search at most. */
const REST = 2000;

/** Reading once from end to end, a thread needs few pages at hand. */
const CACHE = -8192;

function build(port: MessagePort, { file, key, searching }: UpkeepSetup, work: UpkeepWork): void {
  const db = openDatabase(file, Buffer.from(key), { cacheSize: CACHE });
  const rest = () => {
    const searches = Atomics.load(searching, 0);
    if (searches > 0) Atomics.wait(searching, 0, searches, REST);
  };
  try {
    for (const step of upkeep(db, work, rest)) port.postMessage(step);
  } finally {
    db.close();
  }
}

function serve(port: MessagePort, { file, key }: UpkeepSetup): void {
  const db = openDatabase(file, Buffer.from(key), { cacheSize: CACHE, readonly: true });
  port.on('message', ({ seq, where, stretch }: ScanRequest) => {
    const found = scan(db, where, stretch);
    const places = new Float64Array(found.length * 2);
    found.forEach(({ id, sort_at }, i) => {
      places[i * 2] = id;
      places[i * 2 + 1] = sort_at;
    });
    const reply: ScanReply = { seq, places };
    port.postMessage(reply, [places.buffer]);
  });
}

/** Writes the file anew without its free pages; what is cut short leaves it as it was. */
function rewrite({ file, key }: UpkeepSetup): void {
  const db = openDatabase(file, Buffer.from(key));
  try {
    eraseTraces(db);
  } finally {
    db.close();
  }
}

/** Writes the log back each time it is asked, and says when it has. */
function checkpoint(port: MessagePort, { file, key }: UpkeepSetup): void {
  const db = openDatabase(file, Buffer.from(key), { cacheSize: CACHE });
  port.on('message', () => {
    db.pragma('wal_checkpoint(PASSIVE)');
    port.postMessage(null);
  });
}

if (parentPort !== null) {
  const setup = workerData as UpkeepSetup;
  if (setup.work === 'rewrite') rewrite(setup);
  else if (setup.work === 'checkpoint') checkpoint(parentPort, setup);
  else if (setup.work === 'scan') serve(parentPort, setup);
  else build(parentPort, setup, setup.work);
}
