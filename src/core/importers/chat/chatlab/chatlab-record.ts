/**
 * The records of the ChatLab interchange format 0.0.2 (header, member, message), shared by its JSON
 * and its JSON lines.
 */
import { type ConversationType, type MessageKind, Platform } from '../../../domain/message.ts';
import { EventBatch, type SourceFacts } from '../../batch.ts';
import { fileNameOf } from '../../file-kind.ts';
import type {
  ByteSource,
  ImportedAttachment,
  ImportedMembership,
  ImportedMessage,
  MessageFlag,
} from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, detach, isObject, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { NO_TIME, readTime } from '../../time.ts';

type Json = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<number, MessageKind>> = {
  0: 'text',
  1: 'image',
  2: 'voice',
  3: 'video',
  4: 'file',
  5: 'sticker',
  7: 'link',
  8: 'location',
  20: 'red-packet',
  21: 'transfer',
  22: 'poke',
  23: 'call',
  24: 'link',
  25: 'quote',
  26: 'forward',
  27: 'contact',
  80: 'system',
  81: 'recall',
};

/** Names of the types, for exporters that write them instead of numbers. */
const KIND_NAMES: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  image: 'image',
  voice: 'voice',
  video: 'video',
  file: 'file',
  emoji: 'sticker',
  link: 'link',
  location: 'location',
  red_packet: 'red-packet',
  transfer: 'transfer',
  poke: 'poke',
  call: 'call',
  share: 'link',
  reply: 'quote',
  forward: 'forward',
  contact: 'contact',
  system: 'system',
  recall: 'recall',
};

const TYPES: Readonly<Record<string, ConversationType>> = {
  group: 'group',
  private: 'direct',
  channel: 'channel',
};

const PLATFORM_NAMES: Readonly<Record<string, Platform>> = {
  weixin: 'wechat',
  wxwork: 'wecom',
  lark: 'feishu',
  googlechat: 'google-chat',
  facebook: 'messenger',
};

/** Members of a message that its properties carry; the type is carried by the kind where it is known. */
const CARRIED = new Set([
  '_type',
  'sender',
  'accountName',
  'groupNickname',
  'timestamp',
  'type',
  'content',
  'platformMessageId',
  'replyToMessageId',
]);

const MEMBER_CARRIED = new Set(['_type', 'platformId', 'accountName', 'groupNickname', 'roles']);

/** The platform that a file's `meta.platform` names; `other` for one that Docket does not know. */
export function chatLabPlatform(meta: unknown): Platform {
  const name = isObject(meta) ? stringOf(meta.platform).toLowerCase().replaceAll(/[\s_]/g, '-') : '';
  return PLATFORM_NAMES[name] ?? Platform.safeParse(name).data ?? 'other';
}

export function isChatLabMessage(value: unknown): boolean {
  return (
    isObject(value) &&
    scalarText(value.sender) !== null &&
    'timestamp' in value &&
    ('content' in value || 'type' in value)
  );
}

export function isChatLabMember(value: unknown): boolean {
  return isObject(value) && scalarText(value.platformId) !== null && !('timestamp' in value);
}

/** The kind by the type's number, or its name; without a type the message is text. */
function kindOf(type: unknown): MessageKind {
  const text = scalarText(type);
  if (text === null) return type === undefined || type === null ? 'text' : 'other';
  const name = text.toLowerCase();
  return (
    KINDS[Number(text)] ?? (Object.hasOwn(KIND_NAMES, name) ? (KIND_NAMES[name] as MessageKind) : 'other')
  );
}

/** The file that a media message's content names, where it is a path or an address. */
function filesOf(kind: MessageKind, content: string): readonly ImportedAttachment[] {
  if (kind !== 'image' && kind !== 'voice' && kind !== 'video' && kind !== 'file' && kind !== 'sticker')
    return NONE;
  if (!/^[^\n[\]<>]{1,400}\.[a-z\d]{2,5}(?:\?\S*)?$/i.test(content)) return NONE;
  return [{ kind, name: fileNameOf(content), reference: content, size: null, md5: null }];
}

/** Names of a member's roles beside the three that every platform has. */
function otherRoles(member: Json): string {
  return (Array.isArray(member.roles) ? (member.roles as unknown[]) : [])
    .map((role) => (isObject(role) ? (scalarText(role.name) ?? stringOf(role.id)) : stringOf(role)))
    .filter((name) => !/^(?:owner|admin|member|)$/i.test(name))
    .join(', ');
}

function roleOf(member: Json, ownerId: string | null): ImportedMembership['role'] {
  const roles = (Array.isArray(member.roles) ? (member.roles as unknown[]) : []).map((role) =>
    isObject(role) ? stringOf(role.id) : stringOf(role),
  );
  if (roles.includes('owner') || (ownerId !== null && scalarText(member.platformId) === ownerId))
    return 'owner';
  if (roles.includes('admin')) return 'admin';
  return roles.includes('member') ? 'member' : null;
}

function fieldsOf(record: Json, carried: ReadonlySet<string>): Readonly<Record<string, string>> | null {
  const other = otherMembers(record, carried);
  if (other === null) return null;
  for (const name in other) {
    const value = other[name];
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) delete other[name];
    else if (typeof value !== 'string') other[name] = JSON.stringify(value);
  }
  return Object.keys(other).length === 0 ? null : (other as Record<string, string>);
}

export class ChatLabRun {
  needsZone = false;
  formatVersion: string | null = null;
  assumptions: Readonly<Record<string, string>> = {};
  readonly batch: EventBatch;
  readonly #fileName: string;
  #meta: Json = {};
  #key: string | null = null;
  /** Sender key → the group nickname last seen. */
  readonly #members = new Map<string, string>();
  /** Sender key → the account name last seen. */
  readonly #names = new Map<string, string>();
  #ordinal = 0;

  constructor(source: ByteSource) {
    this.#fileName = source.name;
    this.batch = new EventBatch(source.size, () => this.facts());
  }

  /** Takes the format's version and what the file says of the conversation. */
  header(chatlab: unknown, meta: unknown): void {
    if (isObject(chatlab)) this.formatVersion = scalarText(chatlab.version);
    if (isObject(meta)) this.#meta = meta;
  }

  get hasMeta(): boolean {
    return Object.keys(this.#meta).length > 0;
  }

  facts(): SourceFacts {
    return { formatVersion: this.formatVersion, needsZone: this.needsZone, assumptions: this.assumptions };
  }

  /** Announces the conversation once; its key. */
  conversation(): string {
    if (this.#key !== null) return this.#key;
    const platformId = scalarText(this.#meta.groupId);
    const name = scalarText(this.#meta.name);
    this.#key = platformId ?? `name:${name ?? baseName(this.#fileName)}`;
    const type = TYPES[stringOf(this.#meta.type)] ?? 'unknown';
    const fields = fieldsOf(this.#meta, new Set(['name', 'type', 'groupId', 'platform']));
    this.batch.conversation({
      key: this.#key,
      platformId,
      name,
      type,
      ...(fields === null ? {} : { fields }),
    });
    return this.#key;
  }

  /** Books an item as what it is. */
  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null) this.batch.range(item.code, item.until, item.line, item.count);
    else if (isObject(value) && isChatLabMessage(value)) this.#message(value, item);
    else if (isObject(value) && isChatLabMember(value)) this.#member(value, item);
    else this.batch.range('unknown-record', item.until, item.line, 1);
  }

  #member(member: Json, item: JsonItem): void {
    const conversationKey = this.conversation();
    const key = scalarText(member.platformId) as string;
    const nickname = stringOf(member.groupNickname);
    const roles = otherRoles(member);
    const fields = fieldsOf(roles === '' ? member : { ...member, otherRoles: roles }, MEMBER_CARRIED);
    const locator = { start: item.start, end: item.end, line: item.line };
    const name = scalarText(member.accountName);
    this.batch.account({ key, platformId: key, name, ...(fields === null ? {} : { fields }), locator });
    const role = roleOf(member, scalarText(this.#meta.ownerId));
    this.batch.membership({
      conversationKey,
      accountKey: key,
      role,
      displayName: nickname || null,
      from: null,
      to: null,
      locator,
    });
    this.#members.set(key, nickname);
    if (name !== null) this.#names.set(key, name);
    this.batch.range('account', item.until, item.line, 1);
  }

  #message(message: Json, item: JsonItem): void {
    const conversationKey = this.conversation();
    const kind = kindOf(message.type);
    const system = kind === 'system';
    const key = scalarText(message.sender) as string;
    const accountName = scalarText(message.accountName);
    const nickname = stringOf(message.groupNickname);
    if (!system) this.#sender(conversationKey, key, accountName, nickname);
    const time = readTime(message.timestamp);
    if (time.wallTime !== null) this.needsZone = true;
    let flags: readonly MessageFlag[] = item.flags;
    if (time === NO_TIME) flags = [...flags, 'time-unparsed'];
    let extra = otherMembers(message, CARRIED);
    if (system) extra = { ...extra, sender: key };
    if (kind === 'other') extra = { ...extra, type: message.type };
    const { content } = message;
    const text = typeof content === 'string' ? content : (scalarText(content) ?? '');
    if (typeof content === 'object' && content !== null) extra = { ...extra, content };
    const record: ImportedMessage = {
      ordinal: this.#ordinal++,
      conversationKey,
      platformId: scalarText(message.platformMessageId),
      senderKey: system ? null : key,
      senderName: system ? null : nickname || accountName,
      sentAtText: scalarText(message.timestamp) ?? '',
      instant: time.instant,
      wallTime: time.wallTime,
      kind,
      text,
      forwarded: kind === 'forward',
      carried: NONE,
      refersTo: scalarText(message.replyToMessageId),
      editedAtText: null,
      attachments: filesOf(kind, text),
      extra,
      flags,
      locator: { start: item.start, end: item.end, line: item.line },
    };
    this.batch.message(record);
    this.batch.range('message', item.until, item.line, 1);
  }

  #sender(conversationKey: string, key: string, name: string | null, nickname: string): void {
    const known = this.#members.get(key);
    const renamed = name !== null && this.#names.get(key) !== name;
    if (known === undefined || renamed) {
      this.batch.account({ key, platformId: key, name: name ?? (nickname || null) });
      if (name !== null) this.#names.set(detach(key), detach(name));
    }
    if (known === undefined || (nickname !== '' && nickname !== known)) {
      this.#members.set(key, nickname);
      if (nickname !== '') {
        this.batch.membership({
          conversationKey,
          accountKey: key,
          role: null,
          displayName: nickname,
          from: null,
          to: null,
        });
      }
    }
  }
}
