/** Building derived structures beside the work (storage/upkeep.ts), in a thread of its own where there is one. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildIndex, missingIndexes } from '../storage/bulk-load.ts';
import { needsUpkeep, type UpkeepStep } from '../storage/upkeep.ts';
import type { UpkeepSetup } from '../storage/upkeep-worker.ts';
import { DATABASE_FILE, type OpenWorkspace } from '../storage/workspace-folder.ts';
import { breathe, type Job } from './jobs.ts';
import type { Session } from './session.ts';

interface Running {
  readonly worker: Worker;
  /** Ends with the thread; rejects where it failed. */
  readonly ended: Promise<void>;
  readonly listeners: Set<(step: UpkeepStep) => void>;
}

const running = new WeakMap<OpenWorkspace, Running>();

function start(workspace: OpenWorkspace, entry: string): Running {
  const known = running.get(workspace);
  if (known) return known;
  const workerData: UpkeepSetup = {
    file: join(workspace.folder, DATABASE_FILE),
    key: workspace.databaseKey,
  };
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const listeners = new Set<(step: UpkeepStep) => void>();
  worker.on('message', (step: UpkeepStep) => {
    for (const listener of listeners) listener(step);
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  }).finally(() => running.delete(workspace));
  const started = { worker, ended, listeners };
  running.set(workspace, started);
  return started;
}

/** Begins what waits, if anything does, and does not wait for it. Without a thread the next opening builds. */
export function startUpkeep(session: Session, report: (error: unknown) => void): void {
  const { workspace, environment } = session;
  const { upkeepWorker } = environment;
  if (upkeepWorker === undefined || running.has(workspace) || !needsUpkeep(workspace.store.db)) return;
  const { worker, ended } = start(workspace, upkeepWorker);
  // A program that has nothing else to do may end: what was begun is taken back and begun again later.
  worker.unref();
  ended.catch(report);
}

/**
 * Ends what is under way; a transaction that is not done is taken back. Before the workspace closes, and
 * before a large import takes indexes down. Settles once the thread is gone.
 */
export async function stopUpkeep(workspace: OpenWorkspace): Promise<void> {
  await running.get(workspace)?.worker.terminate();
}

/** Waits until the indexes stand that a large import took down, or until the job is cancelled: they are built all the same. */
export async function awaitIndexes(session: Session, job: Job, item: string): Promise<void> {
  const { workspace, environment } = session;
  const { db } = workspace.store;
  const missing = missingIndexes(db);
  if (missing.length === 0 || job.signal.aborted) return;
  const report = (done: number) =>
    job.report({ step: 'indexing', item, done, total: missing.length, unit: 'rows' });
  report(0);
  if (environment.upkeepWorker) await awaitThread(start(workspace, environment.upkeepWorker), job, report);
  // Without a thread, or where it failed.
  for (const name of missingIndexes(db)) {
    await breathe();
    if (job.signal.aborted) return;
    buildIndex(db, name);
  }
}

async function awaitThread(
  { worker, ended, listeners }: Running,
  job: Job,
  report: (done: number) => void,
): Promise<void> {
  worker.ref();
  let listener = (_step: UpkeepStep) => {};
  let stop = () => {};
  const done = new Promise<void>((resolve) => {
    stop = resolve;
    listener = (step) => {
      if (step.step === 'indexing') report(step.done);
      if (step.step === 'search' || step.done === step.total) resolve();
    };
    listeners.add(listener);
    job.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([ended.catch(() => undefined), done]);
  } finally {
    listeners.delete(listener);
    job.signal.removeEventListener('abort', stop);
    worker.unref();
  }
}
