/** ChatLab JSON lines: a `header` line, `member` lines, `message` lines; `#` lines are comments. */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../importer.ts';
import { jsonHead } from '../json-head.ts';
import { readJsonLines } from '../json-lines.ts';
import { isObject } from '../text.ts';
import { ChatLabRun, chatLabPlatform, isChatLabMember, isChatLabMessage } from './chatlab-record.ts';

function isHeader(value: unknown): boolean {
  return isObject(value) && (value._type === 'header' || ('chatlab' in value && 'meta' in value));
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
        run.header(item.value.chatlab, item.value.meta);
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
  return /^[ \t]*\{"_type"\s*:\s*"(?:header|member|message)"/m.test(head.text) ? 0.6 : 0;
}

export const chatLabJsonl: Importer = {
  id: 'other-chatlab-jsonl',
  version: 2,
  platform: 'other',
  holds: 'chat',
  title: { zh: 'ChatLab 交换格式（JSONL）', en: 'ChatLab interchange (JSON lines)' },
  extensions: ['.jsonl', '.ndjson'],
  sniff,
  platformOf(head) {
    const header = jsonHead(head).lines.find((line) => isHeader(line));
    return chatLabPlatform(isObject(header) ? header.meta : null);
  },
  read,
};
