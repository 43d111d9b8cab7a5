/**
 * Writing the database file anew without its free pages, beside the work. A thread does it, so that the host goes
 * on answering; what writes meanwhile is put off until it is done.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DocketError } from '../../../contract/errors.ts';
import { eraseTraces } from '../../storage/retention/destruction.ts';
import type { UpkeepSetup } from '../../storage/upkeep-worker.ts';
import { DATABASE_FILE } from '../../storage/workspace-folder.ts';
import type { Job } from '../jobs.ts';
import { whilePutOff } from '../putting-off.ts';
import type { Session } from '../session.ts';

/**
 * Writes the file anew; needs as much room as the database. Throws `cancelled` where the job was cancelled: the
 * file is as it was then. In the caller's own thread where no other is there.
 */
export async function rewriteFile({ workspace, environment }: Session, job: Job): Promise<void> {
  const { db } = workspace.store;
  if (!environment.upkeepWorker) {
    eraseTraces(db);
    return;
  }
  const workerData: UpkeepSetup = {
    file: join(workspace.folder, DATABASE_FILE),
    key: workspace.databaseKey,
    work: 'rewrite',
    searching: new Int32Array(new SharedArrayBuffer(4)),
  };
  const worker = new Worker(environment.upkeepWorker, { workerData });
  const stop = () => void worker.terminate();
  job.signal.addEventListener('abort', stop, { once: true });
  await whilePutOff(db, () =>
    new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    }).finally(() => job.signal.removeEventListener('abort', stop)),
  );
  if (job.signal.aborted) throw new DocketError('cancelled', 'cancelled by the officer', job.id);
}

/** Writes the log back so that no transaction has to. */
export interface Checkpoints {
  /** After each transaction; settles when the log is written back, where it has grown long. */
  due(): Promise<void>;
  /** From now on transactions do it again. */
  end(): void;
}

/** Transactions of some 25 milliseconds after which the log is written back: some tens of MB. */
const BETWEEN = 24;

/** As transactions do it themselves (database.ts). */
const OWN_CHECKPOINT = 4096;

/**
 * Takes writing the log back over from the transactions of this connection: in a thread, which the caller waits
 * for without holding anybody up; without one in small portions.
 */
export function takeCheckpoints({ workspace, environment }: Session): Checkpoints {
  const { db } = workspace.store;
  const end = () => {
    if (db.open) db.pragma(`wal_autocheckpoint = ${OWN_CHECKPOINT}`);
  };
  const file = join(workspace.folder, DATABASE_FILE);
  if (!environment.upkeepWorker) {
    db.pragma('wal_autocheckpoint = 256');
    return { due: () => Promise.resolve(), end };
  }
  const workerData: UpkeepSetup = {
    file,
    key: workspace.databaseKey,
    work: 'checkpoint',
    searching: new Int32Array(new SharedArrayBuffer(4)),
  };
  const worker = new Worker(environment.upkeepWorker, { workerData });
  // One that failed is not waited for: the log grows, and is written back at the end.
  let ended = false;
  let transactions = 0;
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      ended = true;
      resolve();
    });
  });
  worker.on('error', () => undefined);
  db.pragma('wal_autocheckpoint = 0');
  return {
    async due() {
      if (ended || ++transactions % BETWEEN !== 0) return;
      const done = new Promise<void>((resolve) => {
        worker.once('message', () => resolve());
      });
      worker.postMessage(null);
      await Promise.race([done, gone]);
    },
    end() {
      end();
      void worker.terminate();
    },
  };
}

/** Writes the log back once, in a thread; where there is none, some later transaction does it. */
export async function writeLogBack({ workspace, environment }: Session): Promise<void> {
  if (!environment.upkeepWorker) return;
  const workerData: UpkeepSetup = {
    file: join(workspace.folder, DATABASE_FILE),
    key: workspace.databaseKey,
    work: 'checkpoint',
    searching: new Int32Array(new SharedArrayBuffer(4)),
  };
  const worker = new Worker(environment.upkeepWorker, { workerData });
  await new Promise<void>((resolve) => {
    // One that failed is not waited for: the log is written back later.
    worker.once('error', () => resolve());
    worker.once('exit', () => resolve());
    worker.once('message', () => resolve());
    worker.postMessage(null);
  });
  await worker.terminate();
}
