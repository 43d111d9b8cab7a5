/** One record of the WeCom archive to a message, with the conversation and the people it names. */
import type { ConversationType } from '../../../domain/message.ts';
import type { EventBatch } from '../../batch.ts';
import type { ImportedMessage, ImportOptions, MessageFlag } from '../../importer.ts';
import { type JsonItem, parseJson } from '../../json-values.ts';
import { isObject, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { NO_TIME, readTime } from '../../time.ts';
import { bodyAttachments, bodyOf, bodyText, forwardedItems, wecomKind } from './wecom-body.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set(['msgid', 'action', 'from', 'tolist', 'roomid', 'msgtime', 'msgtype']);
const CARRIED_WITH_TEXT = new Set([...CARRIED, 'text']);

/** Ids of people outside the company, and of robots. */
const OUTSIDE = /^w[mo][\w-]{10,}$/;
const ROBOT = /^wb[\w-]{10,}$/;

/** Key of the conversation that holds the log of people who changed to another company's account. */
const SWITCH_KEY = 'name:switch';

function isRecord(value: unknown): value is Json {
  return isObject(value) && scalarText(value.msgid) !== null && ('action' in value || 'msgtype' in value);
}

/** Whether the value is a whole record itself; not one in words that somebody wrote. */
export function isWholeRecord(value: unknown): boolean {
  return isRecord(value) && ['send', 'recall', 'switch'].includes(value.action as string);
}

/** Members in which programs keep the record as text; never one that may hold what people wrote. */
const WRAPPING = /^(?:decrypt\w*|chat_?msg|msg|data|record|raw)$/i;

/**
 * The archive's record in a value: the value itself, or a member of it that is one, since programs
 * store the decrypted record beside its sequence number. Null for anything else.
 */
export function wecomRecord(value: unknown): Json | null {
  if (isRecord(value)) return value;
  if (!isObject(value)) return null;
  for (const name in value) {
    const member = value[name];
    const inner = typeof member === 'string' && WRAPPING.test(name) ? parseJson(member) : member;
    if (isRecord(inner) && 'action' in inner)
      return { ...inner, ...(value.seq === undefined ? {} : { seq: value.seq }) };
  }
  return null;
}

function idList(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    if (list.every((id) => typeof id === 'string' && id !== '')) return list as readonly string[];
    return list.map((id) => scalarText(id) ?? '').filter((id) => id !== '');
  }
  if (typeof value === 'string' && value.startsWith('[')) {
    const list = parseJson(value);
    if (Array.isArray(list)) return idList(list);
  }
  return typeof value === 'string' ? value.split(/[,|;\s]+/).filter((id) => id !== '') : NONE;
}

/** Key of a conversation without a room: its people's ids in order. */
function pairKey(from: string, to: readonly string[]): string {
  return [...new Set(from === '' ? to : [from, ...to])].sort().join('|');
}

interface Room {
  readonly kept: boolean;
  readonly members: Set<string> | null;
}

/** Without the members that are null: databases write one for every type that a message is not. */
function said(extra: Record<string, unknown> | null): Record<string, unknown> | null {
  if (extra === null) return null;
  const members = Object.entries(extra).filter(([, value]) => value !== null);
  return members.length === 0 ? null : Object.fromEntries(members);
}

export class WecomRun {
  needsZone = false;
  readonly #batch: EventBatch;
  readonly #selection: ImportOptions['conversations'];
  readonly #rooms = new Map<string, Room>();
  readonly #accounts = new Set<string>();
  #ordinal = 0;

  constructor(batch: EventBatch, selection: ImportOptions['conversations']) {
    this.#batch = batch;
    this.#selection = selection;
  }

  /** Books an item as what it is. */
  item(item: JsonItem): void {
    const record = item.code === null ? wecomRecord(item.value) : null;
    if (record === null) {
      this.#batch.range(
        item.code ?? 'unknown-record',
        item.until,
        item.line,
        item.code === null ? 1 : item.count,
      );
      return;
    }
    const from = stringOf(record.from);
    const to = idList(record.tolist);
    const roomId = stringOf(record.roomid);
    const isSwitch = record.action === 'switch';
    const key = isSwitch ? SWITCH_KEY : roomId || pairKey(from, to);
    if (key === '') {
      this.#batch.range('missing-field', item.until, item.line, 1);
      return;
    }
    const room = this.#room(key, roomId, /_external$/.test(scalarText(record.msgid) ?? ''));
    const ordinal = this.#ordinal++;
    if (!room.kept) {
      this.#batch.range('conversation-not-selected', item.until, item.line, 1, key);
      return;
    }
    if (from !== '') this.#person(from, key, room);
    for (const id of to) this.#person(id, key, room);
    if (isSwitch) this.#account(stringOf(record.user));
    this.#batch.message(this.#message(record, item, ordinal, key));
    this.#batch.range('message', item.until, item.line, 1);
  }

  /** `external`: the archive's mark of chats with people outside the company. */
  #room(key: string, roomId: string, external: boolean): Room {
    let room = this.#rooms.get(key);
    if (room === undefined) {
      const kept = this.#selection === 'all' || this.#selection.has(key);
      room = { kept, members: roomId === '' ? null : new Set() };
      this.#rooms.set(key, room);
      const pair = roomId === '' && key !== SWITCH_KEY && key.split('|').length <= 2;
      const type: ConversationType = roomId !== '' ? 'group' : pair ? 'direct' : 'unknown';
      const name = key === SWITCH_KEY ? 'switch' : null;
      const fields = external ? { fields: { external: 'true' } } : {};
      if (kept) this.#batch.conversation({ key, platformId: roomId || null, name, type, ...fields });
    }
    return room;
  }

  #account(id: string): void {
    if (id === '' || this.#accounts.has(id)) return;
    this.#accounts.add(id);
    const fields = OUTSIDE.test(id) ? { external: 'true' } : ROBOT.test(id) ? { bot: 'true' } : null;
    this.#batch.account({ key: id, platformId: id, name: null, ...(fields === null ? {} : { fields }) });
  }

  #person(id: string, conversationKey: string, room: Room): void {
    if (room.members?.has(id)) return;
    this.#account(id);
    if (room.members === null) return;
    room.members.add(id);
    this.#batch.membership({
      conversationKey,
      accountKey: id,
      role: null,
      displayName: null,
      from: null,
      to: null,
    });
  }

  #message(record: Json, item: JsonItem, ordinal: number, conversationKey: string): ImportedMessage {
    const isSwitch = record.action === 'switch';
    const type = stringOf(record.msgtype).toLowerCase();
    const body = bodyOf(record, type, CARRIED);
    const kind = isSwitch ? 'system' : record.action === 'recall' ? 'recall' : wecomKind(type);
    const timeValue = isSwitch ? (record.time ?? record.msgtime) : record.msgtime;
    const time = readTime(timeValue);
    if (time.wallTime !== null) this.needsZone = true;
    const senderKey = isSwitch ? null : stringOf(record.from) || null;
    let flags: readonly MessageFlag[] = item.flags;
    if (time === NO_TIME) flags = [...flags, 'time-unparsed'];
    if (senderKey === null && !isSwitch) flags = [...flags, 'sender-unknown'];
    const attachments = bodyAttachments(type, body);
    return {
      ordinal,
      conversationKey,
      platformId: scalarText(record.msgid),
      senderKey,
      senderName: null,
      sentAtText: scalarText(timeValue) ?? '',
      instant: time.instant,
      wallTime: time.wallTime,
      kind,
      text: isSwitch ? `switch: ${stringOf(record.user)}` : bodyText(type, body),
      forwarded: kind === 'forward',
      carried: type === 'chatrecord' ? forwardedItems(body) : NONE,
      refersTo: scalarText(body.pre_msgid),
      editedAtText: null,
      attachments: attachments.length === 0 ? NONE : attachments,
      extra: this.#extra(record, type, body),
      flags,
      locator: { start: item.start, end: item.end, line: item.line },
    };
  }

  #extra(record: Json, type: string, body: Json): Record<string, unknown> | null {
    // A plain text's body is carried whole by the message's text.
    if (type === 'text' && Object.keys(body).length === 1)
      return said(otherMembers(record, CARRIED_WITH_TEXT));
    const extra = said(otherMembers(record, CARRIED));
    return type === '' ? extra : { msgtype: record.msgtype, ...extra };
  }
}
