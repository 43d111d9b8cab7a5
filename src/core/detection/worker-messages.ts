/**
 * What the host and a detection worker say to each other. A batch travels as columns: an array of
 * strings is cloned four times as fast as an array of objects (64 ns a message, measured), and one
 * joined string or a transferred UTF-16 buffer was no faster.
 */
import type { StoredJudgement } from '../app/detection/judge-stored.ts';
import type { ClassifierModel } from '../classifier/model.ts';
import { Act, ConversationType, MessageKind } from '../domain/message.ts';
import type { LoadedPack } from '../rules/rule-pack.ts';
import type { Stretch } from '../storage/detection/judged-texts.ts';
import type { BatchItem, BatchJudgement } from './detect-batch.ts';

/** `workerData` of a detection worker. */
export interface WorkerSetup {
  /** Packs that the host has loaded already; the worker compiles them and runs no examples. */
  readonly packs: readonly LoadedPack[];
  /** The classifier's model; undefined: none proposes. */
  readonly model: ClassifierModel | undefined;
  /** Where `stored` messages are read; undefined: nothing asks for them. */
  readonly database: { readonly file: string; readonly key: Uint8Array } | undefined;
  /** One Int32; not 0: stop. */
  readonly cancel: SharedArrayBuffer;
}

/** Columns of a batch; the codes are places in the enumerations of domain/message.ts. */
export interface BatchColumns {
  readonly texts: readonly string[];
  readonly acts: Uint8Array;
  readonly conversationTypes: Uint8Array;
  readonly kinds: Uint8Array;
}

export type WorkerRequest =
  | { readonly type: 'batch'; readonly seq: number; readonly batch: BatchColumns }
  /** Messages of the database. */
  | { readonly type: 'stored'; readonly seq: number; readonly stretch: Stretch }
  /** Whole lines of NDJSON (scan-lines.ts); `bytes` is transferred. */
  | { readonly type: 'lines'; readonly seq: number; readonly bytes: Uint8Array; readonly firstLine: number };

export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'hits'; readonly seq: number; readonly found: BatchJudgement }
  | { readonly type: 'stored'; readonly seq: number; readonly judged: StoredJudgement }
  | { readonly type: 'lines'; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly type: 'cancelled'; readonly seq: number }
  /** A defect of the program; `detail` is for the log. */
  | { readonly type: 'failed'; readonly seq: number; readonly detail: string };

export function toColumns(items: readonly BatchItem[]): BatchColumns {
  const columns = {
    texts: items.map((item) => item.text),
    acts: new Uint8Array(items.length),
    conversationTypes: new Uint8Array(items.length),
    kinds: new Uint8Array(items.length),
  };
  for (const [index, item] of items.entries()) {
    columns.acts[index] = Act.options.indexOf(item.act);
    columns.conversationTypes[index] = ConversationType.options.indexOf(item.conversationType);
    columns.kinds[index] = MessageKind.options.indexOf(item.kind);
  }
  return columns;
}

/** The items again; their ids stay with the host. */
export function fromColumns(columns: BatchColumns): BatchItem[] {
  return columns.texts.map((text, index) => ({
    id: '',
    text,
    act: Act.options[columns.acts[index] as number] as Act,
    conversationType: ConversationType.options[
      columns.conversationTypes[index] as number
    ] as ConversationType,
    kind: MessageKind.options[columns.kinds[index] as number] as MessageKind,
  }));
}
