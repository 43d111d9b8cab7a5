/**
 * Entry of a detection worker thread. It compiles the packs of its setup once, says `ready`, and
 * answers each request in turn. Errors are values; the thread ends only when the host ends it.
 *
 * The host names this file when it starts a worker, because its place differs between sources and
 * the built program.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Classifier } from '../classifier/classifier.ts';
import { type CompiledRules, compileRuleSet } from '../rules/compile-rules.ts';
import type { Stretch } from '../storage/detection/judged-texts.ts';
import { judgeBatch } from './detect-batch.ts';
import { scanLines } from './scan-lines.ts';
import { fromColumns, type WorkerReply, type WorkerRequest, type WorkerSetup } from './worker-messages.ts';

/** Pages at hand, in KiB with a minus: reading once from end to end needs few. */
const CACHE = -8192;

async function serve(port: NonNullable<typeof parentPort>, setup: WorkerSetup): Promise<void> {
  const flag = new Int32Array(setup.cancel);
  const cancelled = (): boolean => Atomics.load(flag, 0) !== 0;
  const reply = (message: WorkerReply, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const result = compileRuleSet(setup.packs, setup.model && new Classifier(setup.model));
  if (!result.ok) {
    const detail = result.errors.map((error) => `${error.pack}: ${error.path}: ${error.detail}`).join('; ');
    reply({ type: 'failed', seq: -1, detail });
    return;
  }
  const { compiled } = result;
  const stored = setup.database && (await storedJudge(compiled, setup.database));
  port.on('message', (request: WorkerRequest) => {
    const { seq } = request;
    try {
      if (cancelled()) reply({ type: 'cancelled', seq });
      else if (request.type === 'lines') {
        const bytes = scanLines(compiled, request.bytes, request.firstLine);
        reply({ type: 'lines', seq, bytes }, [bytes.buffer]);
      } else if (request.type === 'stored') {
        const judged = stored?.(request.stretch, cancelled) ?? null;
        const transfer = judged?.flows ? [judged.flows.numbers.buffer] : [];
        reply(judged === null ? { type: 'cancelled', seq } : { type: 'stored', seq, judged }, transfer);
      } else {
        const found = judgeBatch(compiled, fromColumns(request.batch), cancelled);
        reply(found === null ? { type: 'cancelled', seq } : { type: 'hits', seq, found });
      }
    } catch (error) {
      reply({ type: 'failed', seq, detail: (error as Error).stack ?? String(error) });
    }
  });
  reply({ type: 'ready' });
}

/** Judges messages of a database. A worker that reads none never loads the addon. */
async function storedJudge(compiled: CompiledRules, { file, key }: NonNullable<WorkerSetup['database']>) {
  const [{ judgeStored }, { openDatabase }] = await Promise.all([
    import('../app/detection/judge-stored.ts'),
    import('../storage/database.ts'),
  ]);
  const db = openDatabase(file, Buffer.from(key), { readonly: true, cacheSize: CACHE });
  return (stretch: Stretch, cancelled: () => boolean) => judgeStored(compiled, db, stretch, cancelled);
}

if (parentPort !== null) void serve(parentPort, workerData as WorkerSetup);
