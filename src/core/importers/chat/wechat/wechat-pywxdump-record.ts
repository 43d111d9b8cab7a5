/**
 * One message of PyWxDump, as a row, an element of its JSON, or of its page's `data.js`: `id, MsgSvrID,
 * type_name, is_sender, talker, room_name, msg, src, CreateTime`, in older layouts `content` with
 * `{src, msg}`. Times are local, without a zone. The exporter's own account is `我`, without an id.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, fieldsOf, type Person, type Place, personOf, tidy } from '../../chat-run.ts';
import type { ByteSource, CarriedText, ImportOptions, MessageFlag } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { parseScriptLiteral } from '../../script-literal.ts';
import { cleanName, detach, isObject, NONE, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfMarker,
  noticeDraft,
  quote,
  splitTextQuote,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import { wechatKindOfWord } from './wechat-kinds.ts';

type Json = Readonly<Record<string, unknown>>;

export interface PywxdumpRecord {
  readonly serverId: string;
  readonly typeName: string;
  readonly isSender: string;
  readonly talker: string;
  readonly room: string;
  readonly msg: string;
  /** A path or address; the parsed record of a forwarded record in JSON. */
  readonly src: unknown;
  readonly time: string;
  readonly other: Readonly<Record<string, unknown>> | null;
  readonly flags: readonly MessageFlag[];
}

const CARRIED = new Set([
  'id',
  'MsgSvrID',
  'type_name',
  'is_sender',
  'talker',
  'room_name',
  'msg',
  'src',
  'content',
  'CreateTime',
]);
/** Names under which the exporter writes no person. */
const NOBODY = new Set(['', '未知', '系统', '系统消息']);

/** Whether the value is a message of this exporter. */
export function isPywxdump(value: unknown): value is Json {
  return isObject(value) && 'type_name' in value && 'is_sender' in value && 'CreateTime' in value;
}

/** The older layout's `content`, as JSON or as Python writes an object; null where it is neither. */
export function contentOf(content: unknown): { readonly msg: string; readonly src: unknown } | null {
  const value = typeof content === 'string' ? parseJson(content) : content;
  if (isObject(value)) return { msg: stringOf(value.msg), src: value.src };
  return typeof content === 'string' ? { msg: content, src: '' } : null;
}

/** A message in JSON as a record. */
export function recordOf(value: Json, flags: readonly MessageFlag[]): PywxdumpRecord {
  const content = value.msg === undefined ? contentOf(value.content) : null;
  return {
    serverId: scalarText(value.MsgSvrID) ?? '',
    typeName: stringOf(value.type_name),
    isSender: scalarText(value.is_sender) ?? (value.is_sender === true ? '1' : ''),
    talker: stringOf(value.talker),
    room: stringOf(value.room_name),
    msg: content?.msg ?? stringOf(value.msg),
    src: content?.src ?? value.src,
    time: scalarText(value.CreateTime) ?? '',
    other: Object.fromEntries(Object.entries(value).filter(([name]) => !CARRIED.has(name))),
    flags,
  };
}

const REPLY = /^([\s\S]*)\n\r?\n\[引用\]\(([^()]{0,40})\)([^:：\n]{0,80})[:：]([\s\S]*)$/;
const ANCHOR = /[\r\n]*<a href="([^"]*)">[^<]*<\/a>\s*$/;

/** Records below `dataitem`, wherever a parsed forwarded record has them. */
function records(value: unknown, depth = 0): readonly CarriedText[] {
  if (!isObject(value) || depth > 8) return NONE;
  const items = value.dataitem;
  if (items === undefined) {
    for (const member of Object.values(value)) {
      const found = records(member, depth + 1);
      if (found.length > 0) return found;
    }
    return NONE;
  }
  return (Array.isArray(items) ? (items as unknown[]) : [items]).filter(isObject).map((item): CarriedText => {
    const nested = records(item.recordxml, depth + 1);
    const words = [...new Set([item.datadesc, item.datatitle].map(stringOf).filter((part) => part !== ''))];
    return {
      act: 'forward',
      sender: scalarText(item.sourcename),
      text: words.join('\n'),
      sentAtText: scalarText(item.sourcetime),
      ...(nested.length > 0 ? { items: nested } : {}),
    };
  });
}

function bodyOf(
  record: PywxdumpRecord,
  kind: MessageKind,
): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
  const { msg } = record;
  const src = typeof record.src === 'string' ? record.src : '';
  const reply = kind === 'quote' ? REPLY.exec(msg) : null;
  if (reply !== null) {
    const carried = [quote(reply[3] as string, reply[4] as string, reply[2] || null)];
    return { kind, text: (reply[1] as string).trimEnd(), carried };
  }
  if (kind === 'link') return { kind, text: msg.replace(ANCHOR, '\n$1').trim() };
  if (kind === 'forward') {
    // In CSV the record stands as Python shows it, in single quotes.
    const held = src.startsWith('{') ? parseScriptLiteral(src) : record.src;
    return { kind, text: msg, carried: records(held), forwarded: true };
  }
  if (kind === 'text') {
    const split = splitTextQuote(msg);
    if (split.text !== msg) return { kind: 'quote', ...split };
  }
  return { kind, text: msg, attachments: attachmentOf(kind, src) };
}

/** A run over PyWxDump's or WeClone's messages. */
export class PywxdumpRun extends ChatRun {
  /** Id → what the export's list of people says. */
  readonly #users: Json;
  readonly #events: WechatEvents;
  readonly #default: { readonly key: string; readonly id: string; readonly name: string | null };
  /** Names instead of ids in `talker` (WeClone). */
  readonly #named: boolean;
  readonly #senders = new Set<string>();

  constructor(
    source: ByteSource,
    options: Pick<ImportOptions, 'conversations'>,
    users: unknown,
    named = false,
  ) {
    super(source, options);
    this.#users = isObject(users) ? users : {};
    this.#named = named;
    this.#events = new WechatEvents(this);
    const stem = source.name.replace(/\.[^.]*$/, '').replace(/_\d+_\d+$/, '');
    const id = /@(?:im\.)?chatroom$|^wxid_|^gh_|@openim$/.test(stem) ? stem : '';
    const name = id === '' ? chatTitle(source.name) : null;
    this.#default = { id, name, key: id || `name:${cleanName(name ?? source.name)}` };
  }

  #user(id: string): Json {
    const user = Object.hasOwn(this.#users, id) ? this.#users[id] : null;
    return isObject(user) ? user : {};
  }

  #open(room: string): void {
    const id = room || this.#default.id;
    const user = this.#user(id);
    const name =
      scalarText(user.remark) ?? scalarText(user.nickname) ?? (room === '' ? this.#default.name : null);
    this.open({ key: id || this.#default.key, platformId: id || null, name, type: typeOfId(id) });
  }

  #person(record: PywxdumpRecord): Person | null {
    const self = record.isSender === '1' ? { self: 'true' } : {};
    if (NOBODY.has(record.talker)) return record.isSender === '1' ? personOf(null, '我', self) : null;
    if (this.#named || record.talker === '我') return personOf(null, record.talker, self);
    const user = this.#user(record.talker);
    const name = scalarText(user.nickname) ?? scalarText(user.remark);
    const more = fieldsOf({
      ...self,
      alias: user.account,
      remark: user.remark === name ? null : user.remark,
    });
    return personOf(record.talker, name, more);
  }

  /** Takes a message in. */
  record(record: PywxdumpRecord, place: Place): void {
    this.#open(record.room);
    const word = record.typeName.trim();
    const known = wechatKindOfWord(word) ?? WECLONE[word] ?? kindOfMarker(`[${word}]`);
    const kind: MessageKind = known ?? (word === '' ? 'text' : 'other');
    const shared = {
      platformId: record.serverId.trim() || null,
      sentAtText: record.time,
      time: readTime(record.time),
      flags: record.flags,
    };
    const src = typeof record.src === 'object' || (record.src !== '' && !FILES.has(kind)) ? record.src : null;
    const extra = tidy({
      ...record.other,
      type_name: kind === 'text' && word !== '群公告' ? null : word,
      src,
    });
    const byApp =
      kind === 'system' || (record.talker === this.conversationKey && record.talker.endsWith('@chatroom'));
    if (byApp || (kind === 'text' && NOBODY.has(record.talker) && record.isSender !== '1')) {
      const { event, ...draft } = noticeDraft(record.msg);
      this.#events.note(event, record.time);
      this.message({ ...shared, ...draft, extra: event === null ? extra : { ...extra, event } }, place);
      return;
    }
    const sender = this.#person(record);
    if (sender !== null) this.#events.person(sender);
    if (sender !== null && this.#senders.size < 4) this.#senders.add(detach(sender.key));
    this.message({ ...shared, sender, ...bodyOf(record, kind), extra }, place);
  }

  /** Announces what only the whole file shows. */
  settle(): void {
    const { id, key, name } = this.#default;
    if (this.kept && this.conversationKey === key && id === '' && this.#senders.size > 2) {
      this.batch.conversation({ key, platformId: null, name, type: 'group' });
    }
    this.#events.settle();
  }
}

const FILES: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'file', 'sticker']);
const WECLONE: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  image: 'image',
  sticker: 'sticker',
  video: 'video',
  voice: 'voice',
  location: 'location',
  file: 'file',
};
