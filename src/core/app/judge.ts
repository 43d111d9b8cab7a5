import { type BatchItem, type BatchJudgement, judgeBatch } from '../detection/detect-batch.ts';
import { DetectionPool } from '../detection/detection-pool.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';

/** Worker threads beside the host: it stores while they judge. */
export interface Workers {
  /** Path of the detection worker's entry; null judges in the calling thread. */
  readonly entry: string | null;
  readonly threads: number;
}

/** Where detection runs: in worker threads, or here. */
export interface Judge {
  judge(items: readonly BatchItem[]): Promise<BatchJudgement>;
  /** Batches that may be under way together. */
  readonly depth: number;
  close(): Promise<void>;
}

/** Texts below which starting a worker costs more than it saves. */
const WORTH_WORKERS = 3000;

/** Opens worker threads where they are worth their start, else judges in the calling thread. */
export async function openJudge(compiled: CompiledRules, texts: number, workers: Workers): Promise<Judge> {
  if (workers.entry === null || texts < WORTH_WORKERS) {
    return {
      judge: async (items) => judgeBatch(compiled, items),
      depth: 1,
      close: async () => undefined,
    };
  }
  const started = await DetectionPool.start({
    entry: workers.entry,
    workers: workers.threads,
    packs: compiled.packs,
    model: compiled.classifier?.model,
  });
  if (!started.ok) {
    throw new Error(started.code === 'cancelled' ? 'a detection worker was cancelled' : started.detail);
  }
  const { pool } = started;
  return {
    async judge(items) {
      const result = await pool.judge(items);
      if (result.ok) return result.found;
      throw new Error(result.code === 'cancelled' ? 'a detection worker was cancelled' : result.detail);
    },
    depth: workers.threads + 1,
    close: () => pool.close(),
  };
}
