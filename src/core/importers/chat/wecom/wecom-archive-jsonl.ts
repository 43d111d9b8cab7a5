/**
 * The WeCom archive (会话内容存档) as programs store it after decryption: a record per line, or an array
 * of records, alone or inside an object. Senders and rooms have ids only; a directory list names them.
 * A direct chat's key is the sorted pair of its ids.
 */
import { EventBatch, previewConversations } from '../../batch.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { readJsonLines } from '../../json-lines.ts';
import type { JsonItem } from '../../json-values.ts';
import { JsonWalker } from '../../json-walker.ts';
import { isObject } from '../../text.ts';
import { isWholeRecord, WecomRun, wecomRecord } from './wecom-record.ts';

const ARRAY_NAMES = ['chatdata', 'chat_data', 'data', 'messages', 'msgs', 'records', 'list', 'items'];

/** Whether the value is a record, or holds one as programs store them. */
function isArchived(value: unknown): boolean {
  return isWholeRecord(wecomRecord(value));
}

/** The array of a document that holds the records; null for a file of lines. */
function arrayPath(head: SourceHead): string | null {
  const { shape, root } = jsonHead(head);
  if (shape === 'lines') return null;
  if (isObject(root) && !isArchived(root)) {
    const name = ARRAY_NAMES.find((candidate) => Array.isArray(root[candidate]));
    if (name !== undefined) return name;
  }
  return Array.isArray(root) ? '' : null;
}

function* itemsOf(
  source: ByteSource,
  head: SourceHead,
  batch: EventBatch,
  onCut: () => void,
): Generator<readonly JsonItem[]> {
  const path = arrayPath(head);
  if (path === null) {
    batch.range('byte-order-mark', head.bomLength, 1);
    yield* readJsonLines(source, head, isWholeRecord);
    return;
  }
  const name = path;
  const walker = new JsonWalker(source, head, batch, {
    arrays: [name],
    arrayOf: (value) => (isWholeRecord(value) ? name : null),
  });
  for (const event of walker.events()) if (event.type === 'items') yield event.items;
  if (!walker.complete) onCut();
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  let needsZone = false;
  let assumptions: Record<string, string> = {};
  const batch = new EventBatch(source.size, () => ({ formatVersion: null, needsZone, assumptions }));
  const run = new WecomRun(batch, options.conversations);
  const onCut = (): void => {
    assumptions = { ending: 'cut-off' };
  };
  for (const items of itemsOf(source, options.head, batch, onCut)) {
    for (const item of items) {
      run.item(item);
      if (batch.full) {
        needsZone = run.needsZone;
        yield* batch.drain();
      }
    }
  }
  needsZone = run.needsZone;
  yield* batch.finish();
}

function sniff(head: SourceHead): number {
  const { shape, root, lines } = jsonHead(head);
  if (shape === 'lines' && lines.some(isArchived)) return 0.97;
  const path = arrayPath(head);
  const array = path === null ? null : path === '' ? root : (root as Record<string, unknown>)[path];
  if (Array.isArray(array) && array.some(isArchived)) return 0.95;
  return /"msgid"\s*:\s*"[^"]*"\s*,\s*"action"\s*:\s*"(?:send|recall|switch)"/.test(head.text) ? 0.6 : 0;
}

export const wecomArchiveJsonl: Importer = {
  id: 'wecom-archive-jsonl',
  version: 3,
  platform: 'wecom',
  holds: 'chat',
  title: { zh: '企业微信会话内容存档（JSONL、JSON）', en: 'WeCom message archive (JSON lines, JSON)' },
  extensions: ['.jsonl', '.ndjson', '.json', '.txt', '.log'],
  sniff,
  list: (source, head) => previewConversations(wecomArchiveJsonl, source, head),
  read,
};
