import { join } from 'node:path';
import { type BatchItem, type BatchJudgement, judgeBatch } from '../../detection/detect-batch.ts';
import { DetectionPool, type PoolFailure } from '../../detection/detection-pool.ts';
import type { CompiledRules } from '../../rules/compile-rules.ts';
import type { Stretch } from '../../storage/detection/judged-texts.ts';
import { DATABASE_FILE, type OpenWorkspace } from '../../storage/workspace-folder.ts';
import { inSlices } from '../pace.ts';
import { judgeStored, type StoredJudgement } from './judge-stored.ts';

/** Worker threads beside the host: it stores while they read and judge. */
export interface Workers {
  /** Path of the detection worker's entry; null judges in the calling thread. */
  readonly entry: string | null;
  readonly threads: number;
}

/** Where detection runs: in worker threads, or here. */
export interface Judge {
  judge(items: readonly BatchItem[]): Promise<BatchJudgement>;
  /** Judges stored messages. */
  judgeStored(stretch: Stretch): Promise<StoredJudgement>;
  /** Batches that may be under way together. */
  readonly depth: number;
  /** Stretches that may be: what workers find waits for the host while it stores. */
  readonly stretches: number;
  /** What is under way and asked later fails soon. */
  cancel(): void;
  close(): Promise<void>;
}

/** Texts below which starting a worker costs more than it saves. */
const WORTH_WORKERS = 3000;

/**
 * Opens worker threads where they are worth their start, else judges in the calling thread. `texts`: how many
 * are to be judged.
 */
export async function openJudge(
  compiled: CompiledRules,
  texts: number,
  workers: Workers,
  { folder, databaseKey, store }: OpenWorkspace,
): Promise<Judge> {
  if (workers.entry === null || texts < WORTH_WORKERS) {
    await inSlices(compiled.making());
    return {
      judge: async (items) => judgeBatch(compiled, items),
      judgeStored: async (stretch) => judgeStored(compiled, store.db, stretch) as StoredJudgement,
      depth: 1,
      stretches: 1,
      cancel: () => undefined,
      close: async () => undefined,
    };
  }
  const started = await DetectionPool.start({
    entry: workers.entry,
    workers: workers.threads,
    packs: compiled.packs,
    model: compiled.classifier?.model,
    database: { file: join(folder, DATABASE_FILE), key: databaseKey },
  });
  if (!started.ok) throw failed(started);
  const { pool } = started;
  return {
    async judge(items) {
      const result = await pool.judge(items);
      if (result.ok) return result.found;
      throw failed(result);
    },
    async judgeStored(stretch) {
      const result = await pool.judgeStored(stretch);
      if (result.ok) return result.judged;
      throw failed(result);
    },
    depth: workers.threads + 1,
    stretches: workers.threads * 4,
    cancel: () => pool.cancel(),
    close: () => pool.close(),
  };
}

const failed = (failure: PoolFailure): Error =>
  new Error(failure.code === 'cancelled' ? 'a detection worker was cancelled' : failure.detail);
