/**
 * Feishu (Lark) messages as programs store what the im/v1 interface gives: pages (`data.items`), a list
 * of messages, or received events (`event.message`), as a document or a record per line. Feishu has no
 * export file of its own. Senders and chats have ids only; mentions name some of them.
 */
import { previewConversations } from '../../batch.ts';
import { ChatRun, type Draft, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { readJsonLines } from '../../json-lines.ts';
import type { JsonItem } from '../../json-values.ts';
import { JsonWalker } from '../../json-walker.ts';
import { isObject, listOf, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import { feishuBody } from './feishu-body.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'message_id',
  'msg_type',
  'message_type',
  'create_time',
  'update_time',
  'updated',
  'deleted',
  'chat_id',
  'chat_type',
  'sender',
  'body',
  'content',
  'parent_id',
]);

interface Received {
  readonly message: Json;
  readonly sender: Json;
}

/** The message of a record and its sender, in whichever form it stands; null for anything else. */
function recordOf(value: unknown): Received | null {
  if (!isObject(value)) return null;
  const event = isObject(value.event) ? value.event : value;
  const message = isObject(event.message) ? event.message : event;
  const sender = isObject(event.sender) ? event.sender : isObject(message.sender) ? message.sender : {};
  const ours =
    typeof message.message_id === 'string' &&
    (typeof message.msg_type === 'string' || typeof message.message_type === 'string') &&
    ('body' in message || 'content' in message || message.deleted === true);
  return ours ? { message, sender } : null;
}

function isRecord(value: unknown): boolean {
  return recordOf(value) !== null;
}

function idOf(value: unknown): string | null {
  if (!isObject(value)) return scalarText(value);
  return scalarText(value.open_id) ?? scalarText(value.user_id) ?? scalarText(value.union_id);
}

function senderOf(sender: Json): Person | null {
  const id = idOf(sender.sender_id ?? sender.id);
  const ids = isObject(sender.sender_id) ? sender.sender_id : {};
  const type = stringOf(sender.sender_type);
  const fields = fieldsOf({
    senderType: type === 'user' ? null : type,
    userId: ids.user_id === id ? null : ids.user_id,
    unionId: ids.union_id === id ? null : ids.union_id,
  });
  return personOf(id, sender.name ?? sender.sender_name, fields);
}

class FeishuRun {
  readonly #run: ChatRun;

  constructor(run: ChatRun) {
    this.#run = run;
  }

  item(item: JsonItem): void {
    const record = item.code === null ? recordOf(item.value) : null;
    if (record === null) {
      this.#run.skip(item);
      return;
    }
    const { message, sender } = record;
    const id = scalarText(message.chat_id);
    const type = message.chat_type === 'p2p' ? 'direct' : message.chat_type === 'group' ? 'group' : 'unknown';
    const key = id ?? `name:${this.#run.fileName}`;
    const name = scalarText(message.chat_name) ?? (id === null ? this.#run.fileName : null);
    this.#run.open({ key, platformId: id, name, type });
    const mentions = listOf(message.mentions).filter(isObject);
    if (this.#run.kept) this.#mentioned(mentions);
    this.#run.message(this.#draft(message, senderOf(sender), mentions, item), item);
  }

  #mentioned(mentions: readonly Json[]): void {
    for (const mention of mentions) {
      const person = personOf(idOf(mention.id), mention.name);
      if (person?.platformId != null) this.#run.person(person);
    }
  }

  #draft(message: Json, sender: Person | null, mentions: readonly Json[], item: JsonItem): Draft {
    const type = stringOf(message.msg_type) || stringOf(message.message_type);
    const content = isObject(message.body) ? message.body.content : message.content;
    const body = feishuBody(type, content);
    const names = new Map(mentions.map((mention) => [stringOf(mention.key), stringOf(mention.name)]));
    const text = body.text.replace(/@_(?:user_\d+|all)/g, (key) => {
      const name = key === '@_all' ? '所有人' : names.get(key);
      return name ? `@${name}` : key;
    });
    const written = scalarText(message.create_time) ?? '';
    const deleted = message.deleted === true || message.deleted === 'true';
    const updated = message.updated === true || message.updated === 'true';
    const upper = scalarText(message.upper_message_id);
    const extra = tidy({
      ...otherMembers(message, CARRIED),
      event: body.event,
      body: body.rest,
      ...(body.kind === 'other' ? { msgType: type, content } : {}),
    });
    const draft: Draft = {
      platformId: scalarText(message.message_id),
      sender: body.kind === 'system' ? null : sender,
      sentAtText: written,
      time: readTime(message.create_time),
      kind: deleted
        ? 'recall'
        : scalarText(message.parent_id) !== null && body.kind === 'text'
          ? 'quote'
          : body.kind,
      text,
      forwarded: body.kind === 'forward',
      refersTo: scalarText(message.parent_id) ?? upper,
      editedAtText: updated ? scalarText(message.update_time) : null,
      attachments: body.attachments.length === 0 ? NONE : body.attachments,
      extra,
      flags: item.flags,
    };
    if (upper === null) return draft;
    // A part of a forwarded record: its words are carried by whoever forwarded them.
    const who = sender?.name ?? sender?.platformId ?? null;
    const carried = [{ act: 'forward' as const, sender: who, text, sentAtText: written }];
    return { ...draft, sender: null, kind: 'forward', text: '', forwarded: true, carried };
  }
}

const PATHS = ['data.items', 'items', 'messages', 'data.messages', 'events', 'data'];

/** Path of the document's array of records; null for a file of lines. */
function arrayPath(head: SourceHead): string | null {
  const { shape, root } = jsonHead(head);
  if (shape === 'lines') return null;
  if (Array.isArray(root)) {
    const [first] = root as unknown[];
    if (isObject(first) && isObject(first.data) && Array.isArray(first.data.items)) return '*.data.items';
    return isObject(first) && Array.isArray(first.items) ? '*.items' : '';
  }
  if (!isObject(root)) return null;
  return (
    PATHS.find((path) => {
      let value: unknown = root;
      for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
      return Array.isArray(value);
    }) ?? null
  );
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const feishu = new FeishuRun(run);
  const path = arrayPath(options.head);
  if (path === null) {
    run.batch.range('byte-order-mark', options.head.bomLength, 1);
    for (const items of readJsonLines(source, options.head, isRecord)) {
      for (const item of items) feishu.item(item);
      if (run.full) yield* run.batch.drain();
    }
  } else {
    const last = path.slice(path.lastIndexOf('.') + 1);
    const walker = new JsonWalker(source, options.head, run.batch, {
      arrays: [path],
      arrayOf: (value) => (isRecord(value) ? last : null),
    });
    for (const event of walker.events()) {
      if (event.type === 'items') for (const item of event.items) feishu.item(item);
      if (run.full) yield* run.batch.drain();
    }
    if (!walker.complete) run.assumptions = { ending: 'cut-off' };
  }
  yield* run.finish();
}

/** Ids of this platform: `om_` messages, `oc_` chats, `ou_` users. */
function isFeishuRecord(value: unknown): boolean {
  const record = recordOf(value);
  if (record === null) return false;
  const { message } = record;
  return (
    /^om_|^oc_/.test(`${stringOf(message.message_id)}`) ||
    /^oc_/.test(stringOf(message.chat_id)) ||
    'body' in message
  );
}

function sniff(head: SourceHead): number {
  const { shape, root, lines } = jsonHead(head);
  if (shape === 'lines') return lines.some(isFeishuRecord) ? 0.95 : 0;
  const path = arrayPath(head);
  let values: unknown[] = [root];
  for (const name of path === null || path === '' ? [] : path.split('.')) {
    values = values.flatMap((value) => (name === '*' ? listOf(value) : isObject(value) ? [value[name]] : []));
  }
  if (path !== null && values.some((value) => listOf(value).some(isFeishuRecord))) return 0.95;
  return /"message_id"\s*:\s*"om_[^"]*"/.test(head.text) && /"(?:msg_type|message_type)"\s*:/.test(head.text)
    ? 0.6
    : 0;
}

export const feishuJson: Importer = {
  id: 'feishu-im-json',
  version: 2,
  platform: 'feishu',
  holds: 'chat',
  title: { zh: '飞书消息（im/v1 接口的 JSON）', en: 'Feishu (Lark) messages (im/v1 JSON)' },
  extensions: ['.json', '.jsonl', '.ndjson'],
  sniff,
  list: (source, head) => previewConversations(feishuJson, source, head),
  read,
};
