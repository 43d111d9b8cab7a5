/**
 * A chunk of QQ Chat Exporter's chunked folders: a message per line. What the chat is called stands in
 * `manifest.json` one folder up; a chunk by itself is named after its folder or file.
 */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { readJsonLines } from '../../json-lines.ts';
import { parseJson } from '../../json-values.ts';
import { isObject } from '../../text.ts';
import { ExporterRun, exporterVersion } from './qq-exporter-chat.ts';
import { isExporterMessage } from './qq-exporter-message.ts';

async function manifestOf(source: ByteSource): Promise<Record<string, unknown>> {
  const bytes = (await source.companion?.('../manifest.json')) ?? null;
  if (bytes === null) return {};
  const value = parseJson(new TextDecoder().decode(bytes));
  return isObject(value) && isObject(value.chunked) ? value : {};
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const manifest = await manifestOf(source);
  const exporter = new ExporterRun(source, options);
  const { run } = exporter;
  run.formatVersion = exporterVersion(manifest.metadata);
  exporter.begin(manifest.chatInfo, manifest.statistics);
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  for (const items of readJsonLines(source, options.head, isExporterMessage)) {
    for (const item of items) exporter.item(item);
    if (run.full) yield* run.batch.drain();
  }
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  const { shape, lines } = jsonHead(head);
  if (shape === 'lines' && lines.some(isExporterMessage)) return 0.96;
  return /^\{"(?:id|messageId)":"\d+","(?:seq|messageSeq)":"\d+","timestamp":.{0,200}"sender":\{"uid":/m.test(
    head.text,
  )
    ? 0.6
    : 0;
}

export const qqExporterJsonl: Importer = {
  id: 'qq-exporter-jsonl',
  version: 1,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ Chat Exporter 分块（JSONL）', en: 'QQ Chat Exporter chunk (JSON lines)' },
  extensions: ['.jsonl'],
  sniff,
  read,
};
