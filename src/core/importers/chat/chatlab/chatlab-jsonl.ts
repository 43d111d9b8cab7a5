/**
 * ChatLab JSON lines: a `header` line, `member` lines, `message` lines; `#` lines are comments. WeFlow, where
 * it writes while it reads, splits the header into a `chatlab` and a `meta` line.
 */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { readJsonLines } from '../../json-lines.ts';
import { isObject } from '../../text.ts';
import { ChatLabRun, chatLabPlatform, isChatLabMember, isChatLabMessage } from './chatlab-record.ts';

function isHeader(value: unknown): boolean {
  return (
    isObject(value) &&
    (value._type === 'header' ||
      value._type === 'chatlab' ||
      value._type === 'meta' ||
      ('chatlab' in value && 'meta' in value))
  );
}

/** A part of a split header without the word that says which part it is. */
function partOf({ _type, ...part }: Readonly<Record<string, unknown>>, type: string): unknown {
  return _type === type ? part : undefined;
}

function isRecord(value: unknown): boolean {
  return isHeader(value) || isChatLabMessage(value) || isChatLabMember(value);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatLabRun(source);
  const { batch } = run;
  batch.range('byte-order-mark', options.head.bomLength, 1);
  for (const items of readJsonLines(source, options.head, isRecord)) {
    for (const item of items) {
      if (isObject(item.value) && isHeader(item.value)) {
        const { value } = item;
        run.header(value.chatlab ?? partOf(value, 'chatlab'), value.meta ?? partOf(value, 'meta'));
        batch.range('metadata', item.until, item.line, 1);
      } else {
        run.item(item);
      }
      if (batch.full) yield* batch.drain();
    }
  }
  yield* batch.finish();
}

function sniff(head: SourceHead): number {
  const { shape, lines } = jsonHead(head);
  if (shape === 'lines') {
    if (lines.some((line) => isHeader(line))) return 0.98;
    const typed = lines.filter(
      (line) => isObject(line) && ['message', 'member'].includes(line._type as string),
    );
    if (typed.length > 0) return 0.9;
  }
  return /^[ \t]*\{"_type"\s*:\s*"(?:header|chatlab|meta|member|message)"/m.test(head.text) ? 0.6 : 0;
}

export const chatLabJsonl: Importer = {
  id: 'other-chatlab-jsonl',
  version: 3,
  platform: 'other',
  holds: 'chat',
  title: { zh: 'ChatLab 交换格式（JSONL）', en: 'ChatLab interchange (JSON lines)' },
  extensions: ['.jsonl', '.ndjson'],
  sniff,
  platformOf(head) {
    const metas = jsonHead(head).lines.map((line) =>
      isObject(line) && isHeader(line) ? (line.meta ?? partOf(line, 'meta')) : undefined,
    );
    return chatLabPlatform(metas.find((meta) => meta !== undefined));
  },
  read,
};
