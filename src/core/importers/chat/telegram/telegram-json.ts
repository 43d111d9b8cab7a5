/**
 * Telegram Desktop's `result.json`: one chat (`{name, type, id, messages}`) or a whole account
 * (`chats.list[]` and `left_chats.list[]` of the same). Newer exports give each message an instant
 * (`date_unixtime`); older ones a local date only, without a zone.
 */
import type { ConversationType } from '../../../domain/message.ts';
import { EventBatch, NO_FACTS, previewConversations } from '../../batch.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { JsonWalker } from '../../json-walker.ts';
import { baseName, isObject, scalarText, stringOf } from '../../text.ts';
import { isTelegramMessage, telegramKey, telegramMessage } from './telegram-message.ts';

const ARRAYS = ['messages', 'chats.list.*.messages', 'left_chats.list.*.messages'];

const TYPES: Readonly<Record<string, ConversationType>> = {
  personal_chat: 'direct',
  bot_chat: 'direct',
  saved_messages: 'direct',
  private_group: 'group',
  private_supergroup: 'group',
  public_supergroup: 'group',
  private_channel: 'channel',
  public_channel: 'channel',
};

interface Meta {
  name: unknown;
  type: unknown;
  id: unknown;
}

function emptyMeta(): Meta {
  return { name: undefined, type: undefined, id: undefined };
}

function setMeta(meta: Meta, name: string, value: unknown): void {
  if (name === 'name' || name === 'type' || name === 'id') meta[name] = value;
}

function walker(source: ByteSource, head: SourceHead, batch: EventBatch): JsonWalker {
  return new JsonWalker(source, head, batch, {
    arrays: ARRAYS,
    arrayOf: (value) => (isTelegramMessage(value) ? 'messages' : null),
  });
}

/** What stands around each `messages` array, for documents that give it behind the array. */
function metaOfAll(source: ByteSource, head: SourceHead): Meta[] {
  const batch = new EventBatch(source.size, () => NO_FACTS);
  const found: Meta[] = [];
  let meta = emptyMeta();
  for (const event of walker(source, head, batch).events()) {
    if (event.type === 'open') meta = emptyMeta();
    else if (event.type === 'array') found.push(meta);
    else if (event.type === 'member') setMeta(meta, event.name, event.value);
    batch.ledger.take();
  }
  return found;
}

class TelegramRun {
  needsZone = false;
  readonly #batch: EventBatch;
  readonly #options: ImportOptions;
  readonly #fileName: string;
  readonly #accounts = new Set<string>();
  readonly #conversations = new Set<string>();
  #ordinal = 0;
  #key = '';
  #kept = true;

  constructor(source: ByteSource, options: ImportOptions, batch: EventBatch) {
    this.#batch = batch;
    this.#options = options;
    this.#fileName = source.name;
  }

  begin(meta: Meta): void {
    const id = scalarText(meta.id);
    const name =
      meta.type === 'saved_messages' ? (scalarText(meta.name) ?? 'Saved Messages') : scalarText(meta.name);
    this.#key = id ?? `name:${name ?? baseName(this.#fileName)}`;
    const { conversations } = this.#options;
    this.#kept = conversations === 'all' || conversations.has(this.#key);
    if (!this.#kept || this.#conversations.has(this.#key)) return;
    this.#conversations.add(this.#key);
    const type = TYPES[stringOf(meta.type)] ?? 'unknown';
    this.#batch.conversation({ key: this.#key, platformId: id, name, type });
  }

  items(items: readonly JsonItem[]): void {
    for (const item of items) this.#item(item);
  }

  #item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null) {
      this.#batch.range(item.code, item.until, item.line, item.count);
    } else if (!isObject(value) || !(isTelegramMessage(value) || 'text' in value || 'action' in value)) {
      this.#batch.range('unknown-record', item.until, item.line, 1);
    } else if (!this.#kept) {
      this.#ordinal++;
      this.#batch.range('conversation-not-selected', item.until, item.line, 1, this.#key);
    } else {
      const message = telegramMessage(value, item, { ordinal: this.#ordinal++, conversationKey: this.#key });
      if (message.wallTime !== null) this.needsZone = true;
      if (message.senderKey !== null) this.#account(message.senderKey, message.senderName);
      if (/^join_group_by_/.test(stringOf(value.action))) this.#joined(value, message.sentAtText);
      this.#batch.message(message);
      this.#batch.range('message', item.until, item.line, 1);
    }
  }

  /** Somebody came by a link or by request: the only changes of members that name an id. */
  #joined(service: Readonly<Record<string, unknown>>, at: string): void {
    const id = telegramKey(service.actor_id, service.actor);
    if (id === null) return;
    this.#account(id.key, scalarText(service.actor));
    const place = { role: null, displayName: null, from: at, to: null };
    this.#batch.membership({ conversationKey: this.#key, accountKey: id.key, ...place });
  }

  #account(key: string, name: string | null): void {
    if (this.#accounts.has(key)) return;
    this.#accounts.add(key);
    this.#batch.account({ key, platformId: key.startsWith('name:') ? null : key, name });
  }

  /** The account's own list of contacts, where it names their ids. */
  contacts(value: unknown): void {
    const list = isObject(value) && Array.isArray(value.list) ? (value.list as unknown[]) : [];
    for (const contact of list) {
      if (!isObject(contact)) continue;
      const name = [contact.first_name, contact.last_name]
        .map(stringOf)
        .filter((part) => part !== '')
        .join(' ');
      const phone = stringOf(contact.phone_number);
      const id = telegramKey(contact.user_id, '');
      if (id === null || this.#accounts.has(id.key)) continue;
      this.#accounts.add(id.key);
      this.#batch.account({ ...id, name: name || null, ...(phone === '' ? {} : { fields: { phone } }) });
    }
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  let needsZone = false;
  let ending: Record<string, string> = {};
  const batch = new EventBatch(source.size, () => ({ formatVersion: null, needsZone, assumptions: ending }));
  const run = new TelegramRun(source, options, batch);
  const document = walker(source, options.head, batch);
  let meta = emptyMeta();
  let later: Meta[] | null = null;
  let arrays = 0;
  for (const event of document.events()) {
    if (event.type === 'open') meta = emptyMeta();
    else if (event.type === 'member') {
      if (event.path === '' && event.name === 'contacts') run.contacts(event.value);
      else setMeta(meta, event.name, event.value);
    } else if (event.type === 'array') {
      if (meta.id === undefined && meta.name === undefined) {
        later ??= metaOfAll(source, options.head);
        meta = { ...(later[arrays] ?? meta) };
      }
      arrays++;
      run.begin(meta);
    } else if (event.type === 'items') run.items(event.items);
    needsZone = run.needsZone;
    if (batch.full) yield* batch.drain();
  }
  if (!document.complete) ending = { ending: 'cut-off' };
  yield* batch.finish();
}

/** How much the beginning of a document looks like this format. */
function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (isObject(root)) {
    if (isObject(root.chats) && Array.isArray(root.chats.list)) return 0.97;
    if (Array.isArray(root.messages)) {
      const [first] = root.messages as unknown[];
      const ours =
        first === undefined ? typeof root.type === 'string' && root.type in TYPES : isTelegramMessage(first);
      const named = typeof root.type === 'string' && Object.hasOwn(TYPES, root.type);
      if (ours && isPlain(first)) return named ? 0.97 : 0.8;
    }
    if ('personal_information' in root || 'frequent_contacts' in root) return 0.9;
  }
  if (
    /"type"\s*:\s*"(?:personal_chat|private_group|private_supergroup|public_supergroup|private_channel|public_channel|saved_messages)"/.test(
      head.text,
    )
  ) {
    return 0.6;
  }
  return /"date"\s*:\s*"\d{4}-\d\d-\d\dT[^"]*"[^{}]*"from(?:_id)?"\s*:/.test(head.text) ? 0.5 : 0;
}

/** No message of another exporter: those name their senders in other members. */
function isPlain(message: unknown): boolean {
  return !isObject(message) || !('author' in message || 'sender' in message || 'user' in message);
}

export const telegramJson: Importer = {
  id: 'telegram-desktop-json',
  version: 4,
  platform: 'telegram',
  holds: 'chat',
  title: { zh: 'Telegram Desktop 导出（result.json）', en: 'Telegram Desktop export (result.json)' },
  extensions: ['.json'],
  sniff,
  list: (source, head) => previewConversations(telegramJson, source, head),
  read,
};
