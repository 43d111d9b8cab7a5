/** Building derived structures beside the work (storage/upkeep.ts), in a thread of its own where there is one. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HostEvent } from '../../contract/api.ts';
import { withoutIndex } from '../storage/messages/search-index.ts';
import { shareScans } from '../storage/messages/text-search.ts';
import { missingPieces, needsUpkeep, type UpkeepStep, type UpkeepWork, upkeep } from '../storage/upkeep.ts';
import type { UpkeepSetup } from '../storage/upkeep-worker.ts';
import { DATABASE_FILE, type OpenWorkspace } from '../storage/workspace-folder.ts';
import { startScanner } from './detection/scan-thread.ts';
import { breathe, type Job } from './jobs.ts';
import type { Environment, Session } from './session.ts';

/** The job that progress of work between imports is reported under. */
export const UPKEEP_JOB = 'upkeep';

/** Messages without an index from which on a second thread reads for searches: a search of fewer takes 50 milliseconds. */
const WORTH_SHARING = 200_000;

interface Running {
  readonly worker: Worker;
  /** Ends with the thread; rejects where it failed. */
  readonly ended: Promise<void>;
  readonly listeners: Set<(step: UpkeepStep) => void>;
  /** Its progress is told as the job `upkeep`. */
  told: boolean;
  /** Jobs that wait for its indexes. */
  awaited: number;
}

const running = new WeakMap<OpenWorkspace, Running>();
const paused = new WeakSet<OpenWorkspace>();
/** Work that an officer ended: it waits for the next import, or for the next opening. */
const cancelled = new WeakSet<OpenWorkspace>();

/** Keeps what waits from being begun between imports, until what it answers is called. */
export function pauseUpkeep(workspace: OpenWorkspace): () => void {
  paused.add(workspace);
  return () => void paused.delete(workspace);
}

function start(workspace: OpenWorkspace, entry: string, work: UpkeepWork): Running {
  const known = running.get(workspace);
  if (known) return known;
  const workerData: UpkeepSetup = {
    file: join(workspace.folder, DATABASE_FILE),
    key: workspace.databaseKey,
    work,
    searching: new Int32Array(new SharedArrayBuffer(4)),
  };
  const { db } = workspace.store;
  const scanning =
    work === 'all' && withoutIndex(db) >= WORTH_SHARING ? startScanner(entry, workerData) : null;
  if (scanning) shareScans(db, scanning.scanner);
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const listeners = new Set<(step: UpkeepStep) => void>();
  worker.on('message', (step: UpkeepStep) => {
    for (const listener of listeners) listener(step);
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  }).finally(() => {
    running.delete(workspace);
    shareScans(db, null);
    scanning?.end();
  });
  const started = { worker, ended, listeners, told: false, awaited: 0 };
  running.set(workspace, started);
  return started;
}

/** Who is told of work between imports. */
interface Listener {
  emit(event: HostEvent): void;
  report(error: unknown): void;
}

/**
 * Begins what waits, if anything does, and does not wait for it; tells how far it is as the job `upkeep`,
 * whose last event has all done. What an import began and left to go on is told from here on too. Without a
 * thread the next import builds what it needs.
 */
export function startUpkeep({ workspace, environment }: Session, { emit, report }: Listener): void {
  const { upkeepWorker } = environment;
  const known = running.get(workspace);
  if (upkeepWorker === undefined || known?.told) return;
  if (known === undefined) {
    if (paused.has(workspace) || cancelled.has(workspace) || !needsUpkeep(workspace.store.db)) return;
  }
  const thread = known ?? start(workspace, upkeepWorker, 'all');
  thread.told = true;
  const tell = progressOf(environment, emit);
  // The job that waits for indexes tells of them itself.
  thread.listeners.add((step) => {
    if (thread.awaited === 0 || step.step === 'search') tell(step);
  });
  // A program that has nothing else to do may end: what was begun is taken back and begun again later.
  if (thread.awaited === 0) thread.worker.unref();
  thread.ended.catch(report).finally(() => tell(null));
}

/**
 * Ends what is built between imports until the next import or opening, because an officer wants the machine for
 * something else; a transaction that is not done is taken back. False where nothing runs, or where a job waits
 * for it: that job is to be cancelled.
 */
export function cancelUpkeep(workspace: OpenWorkspace): boolean {
  const thread = running.get(workspace);
  if (thread === undefined || thread.awaited > 0) return false;
  cancelled.add(workspace);
  void thread.worker.terminate();
  return true;
}

/** Events of one upkeep; null where the thread has ended, with all done or cut short. */
function progressOf({ now }: Environment, emit: (event: HostEvent) => void) {
  let startedAt = now();
  let last: UpkeepStep | null = null;
  return (step: UpkeepStep | null): void => {
    if (step === null && (last === null || last.done >= last.total)) return;
    if (step !== null && step.step !== last?.step) startedAt = now();
    last = step ?? (last as UpkeepStep);
    emit({
      type: 'job.progress',
      jobId: UPKEEP_JOB,
      step: last.step,
      item: null,
      done: step === null ? last.total : last.done,
      total: last.total,
      unit: last.step === 'search' ? 'messages' : 'rows',
      records: null,
      startedAt,
      at: now(),
    });
  };
}

/**
 * Ends what is under way; a transaction that is not done is taken back. Before the workspace closes, and
 * before a large import takes indexes down. Settles once the thread is gone.
 */
export async function stopUpkeep(workspace: OpenWorkspace): Promise<void> {
  await running.get(workspace)?.worker.terminate();
}

/**
 * Waits until the indexes stand that a large import took down, or until the job is cancelled: they are built
 * all the same. `all` goes on with the identities, and with the text index when this has returned.
 */
export async function awaitIndexes(
  session: Session,
  job: Job,
  item: string,
  work: UpkeepWork,
): Promise<void> {
  const { workspace, environment } = session;
  const { db } = workspace.store;
  cancelled.delete(workspace);
  const missing = missingPieces(db);
  if (missing === 0 || job.signal.aborted) return;
  const report = (done: number, total: number) =>
    job.report({ step: 'indexing', item, done, total, unit: 'rows' });
  report(0, missing);
  if (environment.upkeepWorker) {
    const thread = start(workspace, environment.upkeepWorker, work);
    thread.awaited++;
    try {
      await awaitThread(thread, job, report);
      if (work === 'indexes') {
        // Waited for, so it must keep a program alive that does nothing else.
        thread.worker.ref();
        await thread.ended.catch(() => undefined);
      }
    } finally {
      thread.awaited--;
    }
  }
  // Without a thread, or where it failed. What is built then goes on to the text index, for which nobody waits.
  if (missingPieces(db) === 0) return;
  for (const { done, total } of upkeep(db, work)) {
    if (job.signal.aborted) return;
    report(done, total);
    if (done === total) return;
    await breathe();
  }
}

async function awaitThread(
  { worker, ended, listeners }: Running,
  job: Job,
  report: (done: number, total: number) => void,
): Promise<void> {
  worker.ref();
  let listener = (_step: UpkeepStep) => {};
  let stop = () => {};
  const done = new Promise<void>((resolve) => {
    stop = resolve;
    listener = (step) => {
      if (step.step === 'indexing') report(step.done, step.total);
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
