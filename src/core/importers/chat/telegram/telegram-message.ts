/** One element of Telegram Desktop's `messages` array to a message. */
import type { MessageKind } from '../../../domain/message.ts';
import { fileSize } from '../../file-kind.ts';
import type { ImportedAttachment, ImportedMessage, MessageFlag } from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { isObject, listOf, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { NO_TIME, type ReadTime, readCivilText, readEpoch } from '../../time.ts';

type Json = Readonly<Record<string, unknown>>;

/** Members that other properties of the message carry in full. */
const CARRIED = new Set([
  'id',
  'type',
  'date',
  'date_unixtime',
  'edited',
  'edited_unixtime',
  'from',
  'from_id',
  'text',
  'text_entities',
  'reply_to_message_id',
  'file',
  'photo',
  'file_name',
  'file_size',
  'photo_file_size',
]);

const MEDIA: Readonly<Record<string, MessageKind>> = {
  animation: 'video',
  audio_file: 'file',
  sticker: 'sticker',
  video_file: 'video',
  video_message: 'video',
  voice_message: 'voice',
};

/** Service actions in words; others are shown by their own name. */
const ACTIONS: Readonly<Record<string, string>> = {
  create_group: 'created the group',
  create_channel: 'created the channel',
  edit_group_title: 'changed the title to',
  edit_group_photo: 'changed the group photo',
  delete_group_photo: 'removed the group photo',
  invite_members: 'invited',
  remove_members: 'removed',
  join_group_by_link: 'joined by an invitation link of',
  join_group_by_request: 'joined by request',
  migrate_to_supergroup: 'converted the group to a supergroup',
  migrate_from_group: 'converted a group to this supergroup',
  pin_message: 'pinned a message',
  clear_history: 'cleared the history',
  phone_call: 'called',
  group_call: 'started a group call',
  invite_to_group_call: 'invited to the group call',
  set_messages_ttl: 'changed the auto-delete timer',
  topic_created: 'created the topic',
  topic_edit: 'edited the topic',
};

/** Whether the value is a message: a typed object with a date, or the bare mark of one that the exporter could not show. */
export function isTelegramMessage(value: unknown): boolean {
  if (!isObject(value) || typeof value.type !== 'string') return false;
  if (value.type === 'unsupported') return scalarText(value.id) !== null;
  return scalarText(value.date) !== null || scalarText(value.date_unixtime) !== null;
}

/** Key of an account: `user19` for the bare number of old exports, the id as written, or its name. */
export function telegramKey(id: unknown, name: unknown): { key: string; platformId: string | null } | null {
  const text = scalarText(id);
  if (text !== null) {
    const platformId = /^\d+$/.test(text) ? `user${text}` : text;
    return { key: platformId, platformId };
  }
  return typeof name === 'string' && name !== '' ? { key: `name:${name}`, platformId: null } : null;
}

/** A text, or a list of texts and `{text}` pieces, as one string. */
export function flatText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return isObject(value) ? flatText(value.text) : (scalarText(value) ?? '');
  return value.map((piece: unknown) => (isObject(piece) ? stringOf(piece.text) : stringOf(piece))).join('');
}

/** Addresses behind words that do not show them. */
function hiddenLinks(message: Json): { text: string; href: string }[] {
  const pieces = Array.isArray(message.text)
    ? message.text
    : Array.isArray(message.text_entities)
      ? message.text_entities
      : [];
  const links: { text: string; href: string }[] = [];
  for (const piece of pieces as unknown[]) {
    if (isObject(piece) && typeof piece.href === 'string')
      links.push({ text: stringOf(piece.text), href: piece.href });
  }
  return links;
}

export function telegramTime(message: Json): ReadTime {
  const instant = readEpoch(message.date_unixtime);
  if (instant !== null) return { instant, wallTime: null };
  return readCivilText(stringOf(message.date)) ?? NO_TIME;
}

/** What the exporter writes in place of a path to a file that it left out. */
const LEFT_OUT = /\((?:File|Photo) [^()]*\)$/;

function pathOf(value: unknown): string | null {
  const path = scalarText(value);
  return path === null || LEFT_OUT.test(path) ? null : path;
}

function attachmentsOf(message: Json): readonly ImportedAttachment[] {
  const photo = scalarText(message.photo);
  const file = scalarText(message.file);
  const attachments: ImportedAttachment[] = [];
  if (photo !== null) {
    attachments.push({
      kind: 'image',
      name: null,
      reference: pathOf(photo),
      size: fileSize(message.photo_file_size),
      md5: null,
    });
  }
  if (file !== null || scalarText(message.file_name) !== null) {
    const media = MEDIA[stringOf(message.media_type)];
    const kind = media === 'sticker' || media === 'video' || media === 'voice' ? media : 'file';
    attachments.push({
      kind,
      name: scalarText(message.file_name),
      reference: pathOf(file),
      size: fileSize(message.file_size),
      md5: null,
    });
  }
  return attachments.length === 0 ? NONE : attachments;
}

function kindOf(message: Json): MessageKind {
  if (message.type === 'service') return message.action === 'phone_call' ? 'call' : 'system';
  const media = stringOf(message.media_type);
  if (Object.hasOwn(MEDIA, media)) return MEDIA[media] as MessageKind;
  if (message.photo !== undefined) return 'image';
  if (message.poll !== undefined) return 'vote';
  if (message.contact_information !== undefined || message.contact_vcard !== undefined) return 'contact';
  if (message.location_information !== undefined) return 'location';
  if (message.todo_list !== undefined) return 'task';
  if (message.invoice_information !== undefined) return 'transfer';
  if (message.file !== undefined) return 'file';
  return message.type === 'message' ? 'text' : 'other';
}

/** Words of a message beyond its text: a poll's question and answers, a contact's name and number. */
function sharedText(message: Json): string {
  const parts: string[] = [];
  if (isObject(message.poll)) {
    parts.push(flatText(message.poll.question));
    const answers = Array.isArray(message.poll.answers) ? (message.poll.answers as unknown[]) : [];
    for (const answer of answers) if (isObject(answer)) parts.push(`- ${flatText(answer.text)}`);
  }
  if (isObject(message.todo_list)) {
    parts.push(flatText(message.todo_list.title));
    const items = Array.isArray(message.todo_list.answers)
      ? message.todo_list.answers
      : message.todo_list.items;
    for (const item of listOf(items)) if (isObject(item)) parts.push(`- ${flatText(item.text)}`);
  }
  if (isObject(message.invoice_information)) {
    parts.push(
      stringOf(message.invoice_information.title),
      stringOf(message.invoice_information.description),
    );
  }
  if (isObject(message.contact_information)) {
    const { first_name, last_name, phone_number } = message.contact_information;
    parts.push(
      [first_name, last_name, phone_number]
        .map(stringOf)
        .filter((part) => part !== '')
        .join(' '),
    );
  }
  parts.push(stringOf(message.place_name), stringOf(message.address));
  parts.push(stringOf(message.game_title), stringOf(message.game_description));
  return parts.filter((part) => part !== '').join('\n');
}

function serviceText(message: Json): string {
  const action = stringOf(message.action);
  const words = ACTIONS[action] ?? action.replaceAll('_', ' ');
  const members = Array.isArray(message.members)
    ? (message.members as unknown[]).map((member) => scalarText(member) ?? '?').join(', ')
    : '';
  const details = [
    flatText(message.title ?? message.new_title),
    members,
    stringOf(message.inviter),
    stringOf(message.information_text),
    flatText(message.gift_text ?? ''),
  ];
  const text = flatText(message.text);
  const line = [stringOf(message.actor) || stringOf(message.from), words, ...details]
    .filter((part) => part !== '')
    .join(' ');
  return text === '' ? line : `${line}\n${text}`;
}

/** The time of a later edit. Old exports give messages without one the beginning of 1970, in local time. */
function editOf(message: Json): string | null {
  const text = scalarText(message.edited) ?? scalarText(message.edited_unixtime);
  return text === null || /^(?:1970-01-01|1969-12-31|0$)/.test(text) ? null : text;
}

/** The message that this one answers; one of another chat, whose numbers are its own, stays in `extra`. */
function answered(message: Json): string | null {
  return message.reply_to_peer_id === undefined ? scalarText(message.reply_to_message_id) : null;
}

export interface TelegramPlace {
  readonly ordinal: number;
  readonly conversationKey: string;
}

/** The message of a parsed element that `isTelegramMessage` or nearly is one. */
export function telegramMessage(message: Json, item: JsonItem, place: TelegramPlace): ImportedMessage {
  const kind = kindOf(message);
  const system = kind === 'system';
  const service = message.type === 'service';
  const senderName = scalarText(service ? message.actor : message.from);
  const sender = system ? null : telegramKey(service ? message.actor_id : message.from_id, senderName);
  const time = telegramTime(message);
  let flags: readonly MessageFlag[] = item.flags;
  if (time === NO_TIME) flags = [...flags, 'time-unparsed'];
  if (sender === null && !system) flags = [...flags, 'sender-unknown'];
  const text = service ? serviceText(message) : flatText(message.text ?? message.text_entities);
  const shared = service ? '' : sharedText(message);
  let extra = otherMembers(message, CARRIED);
  if (message.reply_to_peer_id !== undefined)
    extra = { ...extra, reply_to_message_id: message.reply_to_message_id };
  const links = hiddenLinks(message);
  if (links.length > 0) extra = { ...extra, links };
  return {
    ordinal: place.ordinal,
    conversationKey: place.conversationKey,
    platformId: scalarText(message.id),
    senderKey: sender?.key ?? null,
    senderName: system ? null : senderName,
    sentAtText: scalarText(message.date) ?? scalarText(message.date_unixtime) ?? '',
    instant: time.instant,
    wallTime: time.wallTime,
    kind,
    text: shared === '' ? text : text === '' ? shared : `${text}\n${shared}`,
    forwarded: message.forwarded_from !== undefined,
    carried: NONE,
    refersTo: answered(message) ?? (service ? scalarText(message.message_id) : null),
    editedAtText: editOf(message),
    attachments: attachmentsOf(message),
    extra,
    flags,
    locator: { start: item.start, end: item.end, line: item.line },
  };
}
