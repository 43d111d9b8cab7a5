/**
 * The events of an importer as they are stored: messages as prepared batches, in groups that end with the
 * ranges that cover them. Prepared here, or in a worker thread that parses while this thread stores.
 */
import { Worker } from 'node:worker_threads';
import { DocketError, type ErrorCode } from '../../../contract/errors.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions } from '../../importers/importer.ts';
import type { BlobHandle } from '../../storage/blob-store.ts';
import type { MessageBatch, MessagePreparer } from '../../storage/messages/message-batch.ts';

export type StoredEvent =
  | Exclude<ImportEvent, { type: 'messages' }>
  | { readonly type: 'messages'; readonly batch: MessageBatch };

/** Events up to and with the next ranges. */
export type EventGroup = readonly StoredEvent[];

/**
 * Reads a source in groups. Messages whose ranges end at `storedTo` or before were stored by an earlier
 * run: they are taken into account and left out.
 */
export async function* readGroups(
  importer: Importer,
  source: ByteSource,
  options: ImportOptions,
  preparer: MessagePreparer,
  storedTo: number,
): AsyncGenerator<EventGroup> {
  let open: ImportEvent[] = [];
  const close = (replay: boolean): EventGroup => {
    const events: StoredEvent[] = [];
    for (const event of open) {
      if (event.type !== 'messages') events.push(event);
      else if (replay) preparer.replay(event.messages);
      else events.push({ type: 'messages', batch: preparer.prepare(event.messages) });
    }
    open = [];
    return events;
  };
  for await (const event of importer.read(source, options)) {
    open.push(event);
    if (event.type === 'ranges') yield close((event.ranges.at(-1)?.end ?? 0) <= storedTo);
  }
  if (open.length > 0) yield close(false);
}

/** What an import worker finds as `workerData`. */
export interface ImportSetup {
  readonly blob: BlobHandle;
  /** See `ByteSource.path`; null for a file by itself. */
  readonly path: string | null;
  readonly importer: string;
  readonly platform: Importer['platform'];
  readonly zone: string;
  readonly conversations: 'all' | readonly string[];
  /** Body of the mapping for a described table, as JSON. */
  readonly table: string | null;
  readonly storedTo: number;
}

/** Worker to host. */
export type ImportReply =
  | { readonly type: 'group'; readonly group: EventGroup }
  | { readonly type: 'companion'; readonly seq: number; readonly path: string }
  | { readonly type: 'end' }
  | {
      readonly type: 'failed';
      readonly code: ErrorCode | null;
      readonly detail: string;
      readonly subject: string | null;
    };

/** Host to worker: room for another group, or a companion that was asked for. */
export type ImportRequest =
  | { readonly type: 'more' }
  | { readonly type: 'companion'; readonly seq: number; readonly bytes: Uint8Array | null };

/** Groups that may wait for the host: enough that neither waits for the other, few enough for memory. */
const AHEAD = 2;

/** Megabytes for short-lived objects of the worker, a third of it for new ones: what several batches take. */
const YOUNG_MB = 24;

/** As `readGroups`, in a worker thread with `entry` as its program. The thread ends with the iteration. */
export async function* readGroupsInWorker(
  entry: string,
  setup: ImportSetup,
  companion: ByteSource['companion'],
): AsyncGenerator<EventGroup> {
  const worker = new Worker(entry, {
    workerData: setup,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const replies: ImportReply[] = [];
  let wake = () => {};
  const take = (reply: ImportReply) => {
    replies.push(reply);
    wake();
  };
  const send = (request: ImportRequest) => worker.postMessage(request);
  const failed = (detail: string) => take({ type: 'failed', code: null, detail, subject: null });
  worker.on('message', take);
  worker.on('error', (error) => failed(error.stack ?? String(error)));
  worker.on('exit', (code) => failed(`the import worker ended with code ${code}`));
  try {
    for (let i = 0; i < AHEAD; i++) send({ type: 'more' });
    for (;;) {
      const reply = replies.shift();
      if (reply === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (reply.type === 'group') {
        yield reply.group;
        send({ type: 'more' });
      } else if (reply.type === 'companion') {
        send({ type: 'companion', seq: reply.seq, bytes: (await companion?.(reply.path)) ?? null });
      } else if (reply.type === 'end') {
        return;
      } else {
        if (reply.code === null) throw new Error(reply.detail);
        throw new DocketError(reply.code, reply.detail, reply.subject);
      }
    }
  } finally {
    await worker.terminate();
  }
}
