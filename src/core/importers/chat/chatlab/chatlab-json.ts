/** ChatLab JSON: one object of `chatlab`, `meta`, `members[]` and `messages[]`, in any order. */
import { EventBatch, NO_FACTS } from '../../batch.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { JsonWalker } from '../../json-walker.ts';
import { isObject } from '../../text.ts';
import { ChatLabRun, chatLabPlatform, isChatLabMember, isChatLabMessage } from './chatlab-record.ts';

function walker(source: ByteSource, head: SourceHead, batch: EventBatch): JsonWalker {
  return new JsonWalker(source, head, batch, {
    arrays: ['messages', 'members'],
    arrayOf: (value) => (isChatLabMessage(value) ? 'messages' : isChatLabMember(value) ? 'members' : null),
  });
}

/** Reads the members around the arrays, for files that give them last. */
function headerOf(source: ByteSource, head: SourceHead): Map<string, unknown> {
  const batch = new EventBatch(source.size, () => NO_FACTS);
  const members = new Map<string, unknown>();
  for (const event of walker(source, head, batch).events()) {
    if (event.type === 'member') members.set(event.name, event.value);
    batch.ledger.take();
  }
  return members;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatLabRun(source);
  const { batch } = run;
  const document = walker(source, options.head, batch);
  let looked = false;
  for (const event of document.events()) {
    if (event.type === 'member') {
      if (event.name === 'chatlab') run.header(event.value, null);
      if (event.name === 'meta') run.header(null, event.value);
    } else if (event.type === 'array' && !run.hasMeta && !looked) {
      looked = true;
      const header = headerOf(source, options.head);
      run.header(header.get('chatlab'), header.get('meta'));
    } else if (event.type === 'items') {
      for (const item of event.items) run.item(item);
    }
    if (batch.full) yield* batch.drain();
  }
  run.conversation();
  if (!document.complete) run.assumptions = { ending: 'cut-off' };
  yield* batch.finish();
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (isObject(root)) {
    const lists = 'messages' in root || 'members' in root;
    if (isObject(root.chatlab) && !('_type' in root)) return lists || 'meta' in root ? 0.98 : 0.7;
    const [first] = Array.isArray(root.messages) ? (root.messages as unknown[]) : [];
    if (isObject(first) && isChatLabMessage(first) && 'accountName' in first) return 0.8;
  }
  return /"chatlab"\s*:\s*\{/.test(head.text) && !/"_type"\s*:/.test(head.text) ? 0.6 : 0;
}

export const chatLabJson: Importer = {
  id: 'other-chatlab-json',
  version: 2,
  platform: 'other',
  holds: 'chat',
  title: { zh: 'ChatLab 交换格式（JSON）', en: 'ChatLab interchange (JSON)' },
  extensions: ['.json'],
  sniff,
  platformOf(head) {
    const { root } = jsonHead(head);
    if (isObject(root) && isObject(root.meta)) return chatLabPlatform(root.meta);
    const named = /"platform"\s*:\s*"([\w\s-]{1,40})"/.exec(head.text);
    return chatLabPlatform({ platform: named?.[1] ?? '' });
  },
  read,
};
