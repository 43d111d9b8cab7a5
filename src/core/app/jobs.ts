import type { HostEvent } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';

type Progress = Extract<HostEvent, { type: 'job.progress' }>;

/** Milliseconds between two progress events of one job: often enough to see, seldom enough to be free. */
const INTERVAL = 100;

/** Long work under way: it reports progress, and asks at its own safe points whether it should stop. */
export interface Job {
  readonly id: string;
  readonly signal: AbortSignal;
  report(progress: Pick<Progress, 'step' | 'item' | 'done' | 'total' | 'unit'> & { records?: number }): void;
  /** Throws `cancelled` once the job was cancelled. */
  check(): void;
}

export class Jobs {
  readonly #running = new Map<string, AbortController>();
  /** The job beside which no other runs. */
  #alone: string | null = null;
  /** Tells who waits to run alone that a job ended or was cancelled. */
  #wake: () => void = () => undefined;
  readonly #now: () => number;
  readonly #emit: (event: HostEvent) => void;

  constructor(now: () => number, emit: (event: HostEvent) => void) {
    this.#now = now;
    this.#emit = emit;
  }

  /** Runs work as a job. Two jobs of one id at a time are a `conflict`, and one beside a job that runs alone. */
  async run<T>(id: string, work: (job: Job) => Promise<T>): Promise<T> {
    if (this.#running.has(id)) throw new DocketError('conflict', 'a job with this id is running', id);
    if (this.#alone !== null) {
      throw new DocketError('conflict', 'work is under way beside which nothing else runs', id);
    }
    return this.#run(id, work);
  }

  /**
   * Runs a piece of work beside which no job runs, once those that do have ended; from then on none begins. `id`
   * may be a running job's own. Throws `conflict` where other work waits for the same, `cancelled`.
   */
  async alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (this.#alone !== null) {
      throw new DocketError('conflict', 'work is under way beside which nothing else runs', id);
    }
    this.#alone = id;
    try {
      const signal = this.#running.get(id)?.signal;
      while ([...this.#running.keys()].some((other) => other !== id)) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        if (signal?.aborted) throw new DocketError('cancelled', 'cancelled by the officer', id);
      }
      return await work();
    } finally {
      this.#alone = null;
    }
  }

  /** Runs a job beside which no other runs. Throws `conflict` where one does. */
  async runAlone<T>(id: string, work: (job: Job) => Promise<T>): Promise<T> {
    if (this.#running.size > 0 || this.#alone !== null) {
      throw new DocketError('conflict', 'other work is under way; wait until it ends', id);
    }
    this.#alone = id;
    try {
      return await this.#run(id, work);
    } finally {
      this.#alone = null;
    }
  }

  async #run<T>(id: string, work: (job: Job) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      return await work(this.#job(id, controller.signal));
    } finally {
      this.#running.delete(id);
      this.#wake();
    }
  }

  /** Whether any job runs. */
  get busy(): boolean {
    return this.#running.size > 0;
  }

  cancel(id: string): boolean {
    const controller = this.#running.get(id);
    controller?.abort();
    this.#wake();
    return controller !== undefined;
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#wake();
  }

  #job(id: string, signal: AbortSignal): Job {
    const startedAt = this.#now();
    let last = 0;
    let lastStep = '';
    return {
      id,
      signal,
      report: ({ step, item, done, total, unit, records }) => {
        const at = this.#now();
        const finished = total !== null && done >= total;
        if (at - last < INTERVAL && step === lastStep && !finished) return;
        last = at;
        lastStep = step;
        this.#emit({
          type: 'job.progress',
          jobId: id,
          step,
          item,
          done,
          total,
          unit,
          records: records ?? null,
          startedAt,
          at,
        });
      },
      check() {
        if (signal.aborted) throw new DocketError('cancelled', 'cancelled by the officer', id);
      },
    };
  }
}

/** Lets messages (cancel, other calls) in between two pieces of synchronous work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
