/** Long work under way, and what failed of it, fed by `job.progress` events. */
import type { HostEvent } from '../../contract/api.ts';
import type { Failure } from '../../contract/errors.ts';

export type Progress = Extract<HostEvent, { type: 'job.progress' }>;
export type JobKind =
  | 'import'
  | 'detection'
  | 'backtest'
  | 'training'
  | 'export'
  | 'backup'
  | 'restore'
  | 'check'
  | 'sample'
  | 'retry'
  | 'compare'
  | 'media'
  | 'links'
  | 'upkeep'
  | 'transfer'
  | 'destruction'
  | 'extraction'
  | 'weighing';

/** The job under which the host tells of indexes that it builds by itself; it cannot be cancelled. */
const UPKEEP_JOB = 'upkeep';

export interface Job {
  id: string;
  kind: JobKind;
  /** What is worked on, in the officer's words: a file name, a case number. */
  subject: string;
  state: 'running' | 'cancelling' | 'failed';
  progress: Progress | null;
  failure: Failure | null;
}

export class JobStore {
  #jobs: readonly Job[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly list = (): readonly Job[] => this.#jobs;

  start(kind: JobKind, subject: string): string {
    const id = crypto.randomUUID();
    this.#set([...this.#jobs, { id, kind, subject, state: 'running', progress: null, failure: null }]);
    return id;
  }

  /** Events of jobs that this window did not start are left alone, but for the host's own upkeep. */
  progress(event: Progress): void {
    if (event.jobId === UPKEEP_JOB) {
      this.#upkeep(event);
      return;
    }
    this.#patch(event.jobId, { progress: event });
  }

  #upkeep(event: Progress): void {
    if (event.total !== null && event.done >= event.total) {
      this.dismiss(event.jobId);
      return;
    }
    const others = this.#jobs.filter(({ id }) => id !== event.jobId);
    const { jobId: id } = event;
    this.#set([
      ...others,
      { id, kind: 'upkeep', subject: '', state: 'running', progress: event, failure: null },
    ]);
  }

  cancelling(id: string): void {
    this.#patch(id, { state: 'cancelling' });
  }

  /** What ended well leaves: its result is told elsewhere. A failure stays until it is read. */
  end(id: string, failure: Failure | null): void {
    if (failure) this.#patch(id, { state: 'failed', failure });
    else this.dismiss(id);
  }

  dismiss(id: string): void {
    this.#set(this.#jobs.filter((job) => job.id !== id));
  }

  #patch(id: string, change: Partial<Job>): void {
    if (!this.#jobs.some((job) => job.id === id)) return;
    this.#set(this.#jobs.map((job) => (job.id === id ? { ...job, ...change } : job)));
  }

  #set(jobs: readonly Job[]): void {
    this.#jobs = jobs;
    for (const listener of this.#listeners) listener();
  }
}

/** Units per second so far and seconds left; null where nothing can be said yet. */
export function pace(progress: Progress): { rate: number | null; left: number | null } {
  const seconds = (progress.at - progress.startedAt) / 1000;
  if (seconds < 0.5 || progress.done === 0) return { rate: null, left: null };
  const rate = progress.done / seconds;
  const left = progress.total === null ? null : Math.max(0, (progress.total - progress.done) / rate);
  return { rate, left };
}
