/**
 * QQ Chat Exporter's JSON, versions 4 and 5: `{metadata, chatInfo, statistics, messages}`, or the same
 * cut into `chunks`; and the `manifest.json` of its chunked folders, which holds no messages.
 */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import { isObject, listOf } from '../../text.ts';
import { ExporterRun, exporterVersion, isExporterMetadata } from './qq-exporter-chat.ts';
import { isExporterMessage } from './qq-exporter-message.ts';

/** `chatInfo` of the first chunk of a document that is cut into chunks. */
function chunkInfo(head: SourceHead): unknown {
  const { root } = jsonHead(head);
  const [first] = isObject(root) ? listOf(root.chunks) : [];
  return isObject(first) ? first.chatInfo : undefined;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const exporter = new ExporterRun(source, options);
  yield* readJsonChat(source, options, exporter.run, {
    arrays: ['messages', 'chunks.*.messages'],
    arrayOf: (value) => (isExporterMessage(value) ? 'messages' : null),
    header: ['metadata', 'chatInfo'],
    begin(members) {
      exporter.run.formatVersion = exporterVersion(members.get('metadata'));
      exporter.begin(members.get('chatInfo') ?? chunkInfo(options.head), members.get('statistics'));
    },
    item: (item) => exporter.item(item),
  });
}

function messagesIn(root: Record<string, unknown>): readonly unknown[] {
  const [first] = listOf(root.chunks);
  return listOf(root.messages ?? (isObject(first) ? first.messages : undefined));
}

function sniff(head: SourceHead): number {
  const { root, shape } = jsonHead(head);
  if (shape === 'document' && isObject(root)) {
    const ours = isExporterMetadata(root.metadata);
    if (isObject(root.chunked)) return 0;
    if (messagesIn(root).some(isExporterMessage)) return ours ? 0.98 : 0.9;
    if (ours) return 0.9;
  }
  return /"name"\s*:\s*"QQ ?Chat ?Exporter/.test(head.text) && !/"chunked-jsonl"/.test(head.text) ? 0.7 : 0;
}

export const qqExporterJson: Importer = {
  id: 'qq-exporter-json',
  version: 1,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ Chat Exporter（JSON）', en: 'QQ Chat Exporter (JSON)' },
  extensions: ['.json'],
  sniff,
  read,
};

function sniffManifest(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (!isObject(root) || !isObject(root.chunked)) return 0;
  return root.chunked.format === 'chunked-jsonl' || isExporterMetadata(root.metadata) ? 0.98 : 0;
}

/** Gives the conversation and the people that the manifest names; the chunks beside it hold the messages. */
export const qqExporterManifest: Importer = {
  id: 'qq-exporter-manifest',
  version: 1,
  platform: 'qq',
  holds: 'chat',
  title: {
    zh: 'QQ Chat Exporter 分块目录的清单（manifest.json）',
    en: 'QQ Chat Exporter manifest of chunks',
  },
  extensions: ['.json'],
  sniff: sniffManifest,
  read,
};
