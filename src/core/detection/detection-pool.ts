/**
 * Detection workers under a host. Requests go to the worker with the fewest open ones; replies
 * come back by sequence number. Nothing here is thrown for what can be expected: a cancelled or
 * failed request is a value.
 */
import { Worker } from 'node:worker_threads';
import type { StoredJudgement } from '../app/detection/judge-stored.ts';
import type { ClassifierModel } from '../classifier/model.ts';
import type { LoadedPack } from '../rules/rule-pack.ts';
import type { Stretch } from '../storage/detection/judged-texts.ts';
import type { BatchItem, BatchJudgement } from './detect-batch.ts';
import { toColumns, type WorkerReply, type WorkerRequest, type WorkerSetup } from './worker-messages.ts';

export type PoolFailure =
  | { readonly ok: false; readonly code: 'cancelled' }
  | { readonly ok: false; readonly code: 'worker-failed'; readonly detail: string };
export type BatchResult = { readonly ok: true; readonly found: BatchJudgement } | PoolFailure;
export type StoredResult = { readonly ok: true; readonly judged: StoredJudgement } | PoolFailure;
export type LinesResult = { readonly ok: true; readonly bytes: Uint8Array } | PoolFailure;

export interface PoolSetup {
  /** Where detection-worker.ts, or what it was built to, lies. */
  readonly entry: URL | string;
  readonly workers: number;
  readonly packs: readonly LoadedPack[];
  readonly model?: ClassifierModel | undefined;
  /** Where stored messages are read; without it none can be judged. */
  readonly database?: WorkerSetup['database'];
}

/** Room for what a batch leaves behind: texts and hits of several batches die before they are copied. */
const YOUNG_MB = 64;

interface Member {
  readonly worker: Worker;
  /** Why it answers no more. */
  ended: string | undefined;
  readonly open: Map<number, (reply: WorkerReply) => void>;
}

export class DetectionPool {
  private readonly cancelFlag = new SharedArrayBuffer(4);
  private readonly members: Member[] = [];
  private seq = 0;

  private constructor() {}

  /** Starts the workers; resolves when all have compiled their packs, or says why one could not. */
  static async start({
    entry,
    workers,
    packs,
    model,
    database,
  }: PoolSetup): Promise<{ readonly ok: true; readonly pool: DetectionPool } | PoolFailure> {
    const pool = new DetectionPool();
    const setup: WorkerSetup = { packs, model, database, cancel: pool.cancelFlag };
    const starts = Array.from({ length: workers }, () => pool.add(entry, setup));
    for (const start of await Promise.all(starts)) {
      if (start.type !== 'ready') {
        await pool.close();
        const detail = start.type === 'failed' ? start.detail : start.type;
        return { ok: false, code: 'worker-failed', detail };
      }
    }
    return { ok: true, pool };
  }

  get size(): number {
    return this.members.length;
  }

  async judge(items: readonly BatchItem[]): Promise<BatchResult> {
    const reply = await this.ask((seq) => ({ type: 'batch', seq, batch: toColumns(items) }));
    return reply.type === 'hits' ? { ok: true, found: reply.found } : failure(reply);
  }

  /** Judges messages of the database. */
  async judgeStored(stretch: Stretch): Promise<StoredResult> {
    const reply = await this.ask((seq) => ({ type: 'stored', seq, stretch }));
    return reply.type === 'stored' ? { ok: true, judged: reply.judged } : failure(reply);
  }

  /** `bytes` is transferred and may not be used afterwards; it must fill its buffer. */
  async scan(bytes: Uint8Array<ArrayBuffer>, firstLine: number): Promise<LinesResult> {
    const reply = await this.ask((seq) => ({ type: 'lines', seq, bytes, firstLine }), [bytes.buffer]);
    return reply.type === 'lines' ? { ok: true, bytes: reply.bytes } : failure(reply);
  }

  /** Open and later requests are answered `cancelled`, within about a millisecond of work. */
  cancel(): void {
    Atomics.store(new Int32Array(this.cancelFlag), 0, 1);
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map(({ worker }) => worker.terminate()));
  }

  private add(entry: URL | string, setup: WorkerSetup): Promise<WorkerReply> {
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(entry, { workerData: setup, resourceLimits });
    const open = new Map<number, (reply: WorkerReply) => void>();
    const member: Member = { worker, open, ended: undefined };
    this.members.push(member);
    return new Promise((resolve) => {
      open.set(-1, resolve);
      worker.on('message', (reply: WorkerReply) => {
        const seq = reply.type === 'ready' ? -1 : reply.seq;
        const settle = open.get(seq);
        open.delete(seq);
        settle?.(reply);
      });
      const fail = (detail: string): void => {
        member.ended ??= detail;
        for (const [seq, settle] of open) settle({ type: 'failed', seq, detail });
        open.clear();
      };
      worker.on('error', (error) => fail(error.stack ?? String(error)));
      worker.on('exit', (code) => fail(`the worker ended with code ${code}`));
    });
  }

  private ask(
    request: (seq: number) => WorkerRequest,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<WorkerReply> {
    const seq = this.seq++;
    const least = this.members.reduce((best, member) => (member.open.size < best.open.size ? member : best));
    if (least.ended !== undefined) return Promise.resolve({ type: 'failed', seq, detail: least.ended });
    return new Promise((resolve) => {
      least.open.set(seq, resolve);
      least.worker.postMessage(request(seq), transfer);
    });
  }
}

function failure(reply: WorkerReply): PoolFailure {
  if (reply.type === 'cancelled') return { ok: false, code: 'cancelled' };
  return {
    ok: false,
    code: 'worker-failed',
    detail: reply.type === 'failed' ? reply.detail : `unexpected reply ${reply.type}`,
  };
}
