/**
 * Docket's interchange format, version 1 (`docs/interchange-format.md`): NDJSON of a header, accounts,
 * conversations, memberships and messages. Read leniently: a member of the wrong type counts as missing, a
 * line of an unknown record is named and passed over, people and chats that no line announced are announced.
 */
import { ConversationType, MessageKind, Platform } from '../../domain/message.ts';
import { previewConversations } from '../batch.ts';
import { ChatRun, type Person } from '../chat-run.ts';
import { fileSize } from '../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  ImportedConversation,
  ImportedMembership,
  Importer,
  ImportOptions,
  MessageFlag,
  SourceHead,
} from '../importer.ts';
import { jsonHead } from '../json-head.ts';
import { readJsonLines } from '../json-lines.ts';
import type { JsonItem } from '../json-values.ts';
import { isObject, listOf, NONE, scalarText, stringOf } from '../text.ts';
import { NO_TIME, type ReadTime, readTime } from '../time.ts';

type Json = Readonly<Record<string, unknown>>;

const RECORDS = new Set(['header', 'account', 'conversation', 'membership', 'message']);
const MAX_DEPTH = 32;

const FLAGS: ReadonlySet<string> = new Set<MessageFlag>([
  'lone-surrogate-replaced',
  'invalid-bytes-replaced',
  'mojibake-repaired',
  'time-unparsed',
  'sender-unknown',
]);

function isRecord(value: unknown): value is Json {
  return isObject(value) && RECORDS.has(value.record as string);
}

function isHeader(value: unknown): value is Json {
  return isObject(value) && value.record === 'header' && value.format === 'docket-chat';
}

function textFields(value: unknown): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;
  const fields: [string, string][] = [];
  for (const [name, member] of Object.entries(value)) {
    const text = scalarText(member);
    if (text !== null) fields.push([name, text]);
  }
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

function carriedOf(value: unknown, depth = 0): readonly CarriedText[] {
  const parts: CarriedText[] = [];
  for (const part of listOf(value)) {
    if (!isObject(part) || (part.act !== 'quote' && part.act !== 'forward')) continue;
    const items = depth < MAX_DEPTH ? carriedOf(part.items, depth + 1) : NONE;
    parts.push({
      act: part.act,
      sender: textOrNull(part.sender),
      text: stringOf(part.text),
      sentAtText: textOrNull(part.sentAtText),
      ...(items.length === 0 ? {} : { items }),
    });
  }
  return parts.length === 0 ? NONE : parts;
}

/** The value where it is a text, even an empty one, or a number in digits; else null. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : scalarText(value);
}

function attachmentsOf(value: unknown): readonly ImportedAttachment[] {
  const files: ImportedAttachment[] = [];
  for (const file of listOf(value)) {
    if (!isObject(file)) continue;
    const kind = ['image', 'voice', 'video', 'sticker'].includes(file.kind as string) ? file.kind : 'file';
    files.push({
      kind: kind as ImportedAttachment['kind'],
      name: textOrNull(file.name),
      reference: textOrNull(file.reference),
      size: fileSize(file.size),
      md5: textOrNull(file.md5),
    });
  }
  return files.length === 0 ? NONE : files;
}

/** The times as stated; where neither is mentioned, what `sentAtText` says. */
function timeOf(message: Json): ReadTime {
  const { instant, wallTime } = message;
  if (Number.isSafeInteger(instant)) return { instant: instant as number, wallTime: null };
  if (Number.isSafeInteger(wallTime)) return { instant: null, wallTime: wallTime as number };
  return instant === undefined && wallTime === undefined ? readTime(message.sentAtText) : NO_TIME;
}

class InterchangeRun {
  readonly #run: ChatRun;
  readonly #conversations = new Map<string, ImportedConversation>();
  readonly #people = new Set<string>();

  constructor(run: ChatRun) {
    this.#run = run;
  }

  item(item: JsonItem): void {
    const { value } = item;
    const { batch } = this.#run;
    if (item.code !== null || !isRecord(value)) this.#run.skip(item);
    else if (value.record === 'message') this.#message(value, item);
    else if (value.record === 'header') {
      if (isHeader(value)) this.#run.formatVersion = scalarText(value.version);
      batch.range('metadata', item.until, item.line, 1);
    } else if (value.record === 'membership') this.#membership(value, item);
    else if (scalarText(value.key) === null) batch.range('missing-field', item.until, item.line, 1);
    else if (value.record === 'account') this.#account(value, item);
    else this.#conversation(value, item);
  }

  #account(value: Json, item: JsonItem): void {
    const key = scalarText(value.key) as string;
    const fields = textFields(value.fields);
    this.#people.add(key);
    this.#run.batch.account({
      key,
      platformId: textOrNull(value.platformId),
      name: textOrNull(value.name),
      ...(fields === undefined ? {} : { fields }),
      locator: { start: item.start, end: item.end, line: item.line },
    });
    this.#run.batch.range('account', item.until, item.line, 1);
  }

  #conversation(value: Json, item: JsonItem): void {
    const key = scalarText(value.key) as string;
    const fields = textFields(value.fields);
    const conversation: ImportedConversation = {
      key,
      platformId: textOrNull(value.platformId),
      name: textOrNull(value.name),
      type: ConversationType.safeParse(value.type).data ?? 'unknown',
      ...(fields === undefined ? {} : { fields }),
      locator: { start: item.start, end: item.end, line: item.line },
    };
    const again = this.#conversations.has(key);
    this.#conversations.set(key, conversation);
    this.#run.open(conversation);
    if (again && this.#run.kept) this.#run.batch.conversation(conversation);
    this.#run.batch.range('conversation', item.until, item.line, 1);
  }

  /** Goes to a conversation; one that no line announced is named by its key. */
  #open(key: string): void {
    if (key === this.#run.conversationKey) return;
    const named = key.startsWith('name:');
    this.#run.open(
      this.#conversations.get(key) ?? {
        key,
        platformId: named ? null : key,
        name: named ? key.slice('name:'.length) : null,
        type: 'unknown',
      },
    );
  }

  #person(key: string, name: string | null): Person {
    const person: Person = { key, platformId: key.startsWith('name:') ? null : key, name };
    if (!this.#people.has(key)) {
      this.#people.add(key);
      this.#run.batch.account(person);
    }
    return person;
  }

  #membership(value: Json, item: JsonItem): void {
    const conversation = scalarText(value.conversation);
    const account = scalarText(value.account);
    if (conversation === null || account === null) {
      this.#run.batch.range('missing-field', item.until, item.line, 1);
      return;
    }
    this.#open(conversation);
    if (this.#run.kept) {
      this.#person(account, null);
      const known = ['owner', 'admin', 'member'].includes(value.role as string);
      this.#run.batch.membership({
        conversationKey: conversation,
        accountKey: account,
        role: known ? (value.role as ImportedMembership['role']) : null,
        displayName: textOrNull(value.displayName),
        from: textOrNull(value.from),
        to: textOrNull(value.to),
        locator: { start: item.start, end: item.end, line: item.line },
      });
    }
    this.#run.batch.range('membership', item.until, item.line, 1);
  }

  #message(value: Json, item: JsonItem): void {
    const conversation = scalarText(value.conversation);
    if (conversation === null) {
      this.#run.batch.range('missing-field', item.until, item.line, 1);
      return;
    }
    this.#open(conversation);
    const key = scalarText(value.sender);
    const senderName = textOrNull(value.senderName);
    const sender = key === null || !this.#run.kept ? null : this.#person(key, senderName);
    const stated = Array.isArray(value.flags)
      ? listOf(value.flags).filter((flag) => FLAGS.has(flag as string))
      : null;
    const kind = value.kind === undefined ? 'text' : (MessageKind.safeParse(value.kind).data ?? 'other');
    this.#run.message(
      {
        platformId: textOrNull(value.platformId),
        sender,
        senderName,
        sentAtText: textOrNull(value.sentAtText) ?? '',
        time: timeOf(value),
        kind,
        text: stringOf(value.text),
        forwarded: value.forwarded === true,
        carried: carriedOf(value.carried),
        refersTo: textOrNull(value.refersTo),
        editedAtText: textOrNull(value.editedAtText),
        attachments: attachmentsOf(value.attachments),
        extra: isObject(value.extra) ? value.extra : null,
        flags: [...new Set([...item.flags, ...((stated ?? NONE) as readonly MessageFlag[])])],
        announced: true,
        notice: stated !== null,
      },
      item,
    );
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const chat = new InterchangeRun(run);
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  for (const items of readJsonLines(source, options.head, isRecord)) {
    for (const item of items) {
      chat.item(item);
      if (run.full) yield* run.batch.drain();
    }
  }
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  const { lines } = jsonHead(head);
  if (lines.some(isHeader)) return 0.99;
  if (lines.some((line) => isRecord(line) && line.record === 'message' && 'conversation' in line)) return 0.9;
  return /^\ufeff?\s*\{"record"\s*:\s*"(?:header|message)"/.test(head.text) ? 0.6 : 0;
}

export const docketInterchange: Importer = {
  id: 'other-docket-ndjson',
  version: 1,
  platform: 'other',
  holds: 'chat',
  title: { zh: '案卷交换格式（NDJSON）', en: 'Docket interchange (NDJSON)' },
  extensions: ['.ndjson', '.jsonl'],
  sniff,
  platformOf(head) {
    const header = jsonHead(head).lines.find(isHeader);
    const named = isObject(header)
      ? header.platform
      : /"platform"\s*:\s*"([\w-]{1,40})"/.exec(head.text)?.[1];
    return Platform.safeParse(named).data ?? 'other';
  },
  list: (source, head) => previewConversations(docketInterchange, source, head),
  read,
};
