/** One run over a WeChatMsg table: rows to messages, senders and conversations. */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import type { EventBatch } from '../../batch.ts';
import type { CsvScanner } from '../../csv-scanner.ts';
import type {
  CarriedText,
  ConversationPreview,
  ImportedAttachment,
  ImportedMessage,
  ImportOptions,
  MessageFlag,
} from '../../importer.ts';
import { baseName, cleanName, detach, NONE, setField } from '../../text.ts';
import { NO_TIME, type ReadTime, readCivilText, readEpoch } from '../../time.ts';
import { splitTextQuote } from './wechat-common.ts';
import { isRecallNotice, wechatKind, wechatKindOfWord } from './wechat-kinds.ts';
import { type Field, type Layout, titleOf } from './wechat-wechatmsg-layout.ts';
import { readWechatXml } from './wechat-xml.ts';

interface Conversation {
  readonly key: string;
  readonly platformId: string | null;
  readonly name: string | null;
  readonly fields: Readonly<Record<string, string>> | null;
  readonly type: ConversationType;
  readonly kept: boolean;
  /** Up to three senders other than the exporter. */
  readonly others: Set<Sender>;
  /** Only counted by `count`. */
  messages: number;
  firstAtText: string | null;
  lastAtText: string | null;
}

interface Sender {
  readonly key: string;
  readonly nick: string;
  readonly remark: string;
}

export interface RunParts {
  readonly fileName: string;
  readonly selection: ImportOptions['conversations'];
  /** The head shows one conversation only. */
  readonly single: boolean;
  readonly layout: Layout;
  readonly scanner: CsvScanner;
  readonly batch: EventBatch;
}

const CARRIED_FIELDS: readonly Field[] = [
  'serverId',
  'talker',
  'type',
  'subType',
  'isSender',
  'createTime',
  'content',
  'timeText',
  'remark',
  'nick',
  'sender',
];

/** How the exporter of a direct chat is called. */
const SELF = '我';

const XML = /^\s*<(?:\?xml|[a-z])/i;

export class WechatMsgRun {
  /** Whether a row's time had no instant, only a wall-clock text. */
  needsZone = false;

  readonly #parts: RunParts;
  readonly #scanner: CsvScanner;
  readonly #batch: EventBatch;
  readonly #title: string | null;
  readonly #columns: Readonly<Record<Field, number>>;
  readonly #extraColumns: readonly { readonly index: number; readonly name: string }[];
  readonly #conversations = new Map<string, Conversation>();
  readonly #senders = new Map<string, Sender>();
  #ordinal = 0;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#scanner = parts.scanner;
    this.#batch = parts.batch;
    this.#title = titleOf(parts.fileName);
    const { columns } = parts.layout;
    // Every field by name, -1 where the table lacks it: the same shape for the hot path, whatever the table.
    this.#columns = {
      localId: columns.localId ?? -1,
      serverId: columns.serverId ?? -1,
      talker: columns.talker ?? -1,
      type: columns.type ?? -1,
      subType: columns.subType ?? -1,
      isSender: columns.isSender ?? -1,
      createTime: columns.createTime ?? -1,
      content: columns.content ?? -1,
      timeText: columns.timeText ?? -1,
      remark: columns.remark ?? -1,
      nick: columns.nick ?? -1,
      sender: columns.sender ?? -1,
    };
    const carried = new Set(CARRIED_FIELDS.map((field) => columns[field]));
    this.#extraColumns = parts.layout.names
      .map((name, index) => ({ index, name }))
      .filter(({ index }) => !carried.has(index));
  }

  /** Takes the scanner's current row in. */
  row(): void {
    const scanner = this.#scanner;
    const senderId = this.#scanner.field(this.#columns.sender).trim();
    if (!scanner.terminated && this.#isCutSender(senderId)) {
      this.#batch.range('truncated', scanner.until, scanner.line, 1);
      return;
    }
    const conversation = this.#conversation(this.#scanner.field(this.#columns.talker).trim());
    const ordinal = this.#ordinal++;
    if (!conversation.kept) {
      this.#batch.range('conversation-not-selected', scanner.until, scanner.line, 1, conversation.key);
      return;
    }
    this.#batch.message(this.#message(ordinal, conversation, senderId));
    this.#batch.range('message', scanner.until, scanner.line, 1);
  }

  /** Counts the scanner's current row for `previews`, without making a message of it. */
  count(): void {
    const conversation = this.#conversation(this.#scanner.field(this.#columns.talker).trim());
    const sentAt =
      this.#scanner.field(this.#columns.timeText).trim() || this.#scanner.field(this.#columns.createTime);
    conversation.messages++;
    conversation.firstAtText ??= detach(sentAt);
    conversation.lastAtText = detach(sentAt);
  }

  /** The conversations of the rows counted so far. */
  previews(): ConversationPreview[] {
    return [...this.#conversations.values()].map(
      ({ key, name, type, messages, firstAtText, lastAtText }) => ({
        key,
        name,
        type,
        messages,
        firstAtText,
        lastAtText,
      }),
    );
  }

  /**
   * Announces conversations again whose type only the whole file shows: several senders besides the
   * exporter make a group, a single one after whom the file is named makes a direct chat.
   */
  settleTypes(): void {
    for (const conversation of this.#conversations.values()) {
      if (!conversation.kept || conversation.type !== 'unknown') continue;
      const [only] = conversation.others;
      if (conversation.others.size > 1) this.#announce(conversation, 'group');
      else if (
        only !== undefined &&
        this.#title !== null &&
        [only.nick, only.remark].map(cleanName).includes(this.#title)
      ) {
        this.#announce(conversation, 'direct');
      }
    }
  }

  #message(ordinal: number, conversation: Conversation, senderId: string): ImportedMessage {
    const scanner = this.#scanner;
    const typeText = this.#scanner.field(this.#columns.type).trim();
    const subTypeText = this.#scanner.field(this.#columns.subType).trim();
    const type = Number(typeText);
    const subType = Number(subTypeText) || 0;
    let kind: MessageKind = Number.isInteger(type)
      ? wechatKind(type, subType)
      : (wechatKindOfWord(typeText) ?? 'other');
    let text = this.#scanner.field(this.#columns.content);
    let carried: readonly CarriedText[] = NONE;
    let attachments: readonly ImportedAttachment[] = NONE;
    let xml: string | null = null;
    if (kind !== 'text' && XML.test(text)) {
      xml = text;
      ({ text, carried, attachments } = readWechatXml(xml, type, subType));
    }
    if (kind === 'text' && text.startsWith('「')) {
      const split = splitTextQuote(text);
      if (split.text !== text) ({ text, carried } = split);
      if (carried.length > 0) kind = 'quote';
    }
    const notice = kind === 'system' || type >= 10000;
    if (kind === 'system' && isRecallNotice(text)) kind = 'recall';
    const nick = this.#scanner.field(this.#columns.nick);
    const remark = this.#scanner.field(this.#columns.remark);
    const sender = notice ? null : this.#sender(conversation, senderId, nick, remark);
    const createTime = this.#scanner.field(this.#columns.createTime);
    const timeText = this.#scanner.field(this.#columns.timeText).trim();
    const time = this.#time(createTime, timeText);
    let flags: readonly MessageFlag[] = NONE;
    if (scanner.damaged) flags = [...flags, 'invalid-bytes-replaced'];
    if (time === NO_TIME) flags = [...flags, 'time-unparsed'];
    if (sender === null && !notice) flags = [...flags, 'sender-unknown'];
    let extra = this.#otherColumns();
    if (remark !== '' && remark !== sender?.remark) extra = { ...extra, Remark: remark };
    if (kind !== 'text' || subType !== 0 || type !== 1) {
      extra = { ...extra, Type: typeText };
      if (subTypeText !== '' && subTypeText !== '0') extra.SubType = subTypeText;
      if (xml !== null) extra.StrContent = xml;
    }
    return {
      ordinal,
      conversationKey: conversation.key,
      platformId: this.#scanner.field(this.#columns.serverId).trim() || null,
      senderKey: sender?.key ?? null,
      senderName: sender === null ? null : nick || remark || null,
      sentAtText: timeText || createTime,
      instant: time.instant,
      wallTime: time.wallTime,
      kind,
      text,
      forwarded: kind === 'forward',
      carried,
      refersTo: null,
      editedAtText: null,
      attachments,
      extra,
      flags,
      locator: { start: scanner.start, end: scanner.end, line: scanner.line },
    };
  }

  #time(createTime: string, timeText: string): ReadTime {
    const instant = createTime === '' ? null : readEpoch(createTime);
    if (instant !== null) return { instant, wallTime: null };
    const time = readCivilText(timeText) ?? readCivilText(createTime) ?? NO_TIME;
    if (time.wallTime !== null) this.needsZone = true;
    return time;
  }

  #otherColumns(): Record<string, unknown> | null {
    let extra: Record<string, unknown> | null = null;
    for (const { index, name } of this.#extraColumns) {
      const value = this.#scanner.field(index);
      if (value === '') continue;
      extra ??= {};
      setField(extra, name, value);
    }
    return extra;
  }

  /** A last sender without a line end that only begins a known one: the file was cut there. */
  #isCutSender(senderId: string): boolean {
    const last = this.#parts.layout.columns.sender === this.#scanner.fields - 1;
    if (!last || senderId === '' || this.#senders.has(senderId)) return false;
    for (const known of this.#senders.keys()) if (known.startsWith(senderId)) return true;
    return false;
  }

  #sender(conversation: Conversation, senderId: string, nick: string, remark: string): Sender | null {
    // The layout with Chinese headers calls the exporter by this name instead.
    const self =
      this.#columns.isSender < 0
        ? senderId === SELF
        : this.#scanner.field(this.#columns.isSender).trim() === '1';
    const id = senderId || cleanName(nick || remark);
    if (id === '') return this.#sideOfTwo(conversation, self);
    const sender = this.#senders.get(id) ?? this.#newSender(id, senderId !== '', nick, remark, self);
    if (!self && conversation.others.size < 3) conversation.others.add(sender);
    return sender;
  }

  /** Who wrote a row of a direct chat, whose rows name nobody; null where nothing names the other side. */
  #sideOfTwo(conversation: Conversation, self: boolean): Sender | null {
    const { layout, single } = this.#parts;
    const { sender: byId, nick, remark } = layout.columns;
    // A table without columns of people says of a row only whether the exporter wrote it.
    const mine = self && byId === undefined && nick === undefined && remark === undefined;
    if (!mine && (layout.width === layout.names.length || !single)) return null;
    const id = self ? null : conversation.platformId;
    const name = self ? SELF : this.#title;
    if (id === null && name === null) return null;
    const known = id ?? (name as string);
    const sender = this.#senders.get(known) ?? this.#newSender(known, id !== null, name ?? '', '', self);
    if (!self) conversation.others.add(sender);
    return sender;
  }

  #newSender(id: string, isId: boolean, nick: string, remark: string, self: boolean): Sender {
    const { columns } = this.#parts.layout;
    // The layout with Chinese headers has no ids: its sender column holds the name shown.
    const platformId = isId && columns.talker !== undefined ? detach(id) : null;
    const name = nick || remark || (platformId === null ? id : '');
    const sender = {
      key: platformId ?? detach(`name:${cleanName(id)}`),
      nick: detach(nick),
      remark: detach(remark),
    };
    this.#senders.set(detach(id), sender);
    const fields: Record<string, string> = {};
    if (remark !== '' && remark !== name) fields.remark = sender.remark;
    if (self) fields.self = 'true';
    this.#batch.account({
      key: sender.key,
      platformId,
      name: name === '' ? null : detach(name),
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    });
    return sender;
  }

  #conversation(talker: string): Conversation {
    let conversation = this.#conversations.get(talker);
    if (conversation === undefined) {
      const id = detach(talker);
      conversation = this.#newConversation(id);
      this.#conversations.set(id, conversation);
      if (conversation.kept) this.#announce(conversation, conversation.type);
    }
    return conversation;
  }

  #newConversation(talker: string): Conversation {
    const local = /^-?\d*$/.test(talker);
    const { fileName, selection, single } = this.#parts;
    const name = single && this.#conversations.size === 0 ? this.#title : null;
    const stem = this.#title ?? cleanName(baseName(fileName));
    const key = !local ? talker : name !== null || talker === '' ? `name:${stem}` : `name:${stem}#${talker}`;
    return {
      key,
      platformId: local ? null : talker,
      name,
      fields: local && talker !== '' ? { talkerId: talker } : null,
      type: typeOf(talker, local),
      kept: selection === 'all' || selection.has(key),
      others: new Set(),
      messages: 0,
      firstAtText: null,
      lastAtText: null,
    };
  }

  #announce(conversation: Conversation, type: ConversationType): void {
    const { key, platformId, name, fields } = conversation;
    this.#batch.conversation({ key, platformId, name, type, ...(fields === null ? {} : { fields }) });
  }
}

function typeOf(talker: string, local: boolean): ConversationType {
  if (local) return 'unknown';
  if (talker.endsWith('chatroom')) return 'group';
  return talker.startsWith('gh_') ? 'channel' : 'direct';
}
