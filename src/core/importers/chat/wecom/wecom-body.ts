/**
 * The bodies of WeCom's archived messages (会话内容存档): for each `msgtype`, its kind, the words in it,
 * the files it names and the messages it carries. Field names after WeCom's published message formats.
 */
import type { MessageKind } from '../../../domain/message.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { isObject, NONE, scalarText, stringOf } from '../../text.ts';

type Json = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  markdown: 'text',
  mixed: 'text',
  image: 'image',
  revoke: 'recall',
  agree: 'consent',
  disagree: 'consent',
  voice: 'voice',
  video: 'video',
  card: 'contact',
  location: 'location',
  emotion: 'sticker',
  file: 'file',
  qydiskfile: 'file',
  link: 'link',
  news: 'link',
  sphfeed: 'link',
  weapp: 'mini-program',
  chatrecord: 'forward',
  todo: 'task',
  collect: 'task',
  vote: 'vote',
  redpacket: 'red-packet',
  external_redpacket: 'red-packet',
  meeting: 'meeting',
  meeting_notification: 'meeting',
  calendar: 'meeting',
  docmsg: 'document',
  voip_doc_share: 'document',
  meeting_voice_call: 'call',
  voiptext: 'call',
};

/** Where the body's member is not named after the type. */
const BODY_NAMES: Readonly<Record<string, string>> = {
  docmsg: 'doc',
  markdown: 'info',
  news: 'info',
  external_redpacket: 'redpacket',
  qydiskfile: 'info',
  voiptext: 'info',
  meeting_notification: 'info',
};

/** The members of a body that are words, in the order in which they are shown. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  text: ['content'],
  markdown: ['content'],
  card: ['corpname', 'userid'],
  location: ['title', 'address'],
  file: ['filename'],
  qydiskfile: ['filename'],
  link: ['title', 'description', 'link_url'],
  sphfeed: ['sph_name', 'feed_desc'],
  weapp: ['displayname', 'title', 'description'],
  chatrecord: ['title'],
  todo: ['title', 'content'],
  collect: ['title'],
  vote: ['votetitle'],
  redpacket: ['wish'],
  external_redpacket: ['wish'],
  meeting: ['topic', 'address', 'remarks'],
  calendar: ['title', 'place', 'remarks'],
  docmsg: ['title', 'link_url'],
  voip_doc_share: ['filename'],
  meeting_notification: ['content'],
};

/** Words to look for in the body of a type that is not known. */
const USUAL_WORDS = ['title', 'topic', 'content', 'text', 'description', 'filename', 'link_url', 'url'];

const FILE_KINDS: Readonly<Record<string, ImportedAttachment['kind']>> = {
  image: 'image',
  voice: 'voice',
  video: 'video',
  emotion: 'sticker',
  file: 'file',
  qydiskfile: 'file',
  voip_doc_share: 'file',
};

const MAX_DEPTH = 8;

export function wecomKind(type: string): MessageKind {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] as MessageKind) : 'other';
}

/**
 * The body of a record of this type: the member named after it, or as the published list names it, or
 * `info`; for types of later days the only object among the members that no record has.
 */
export function bodyOf(record: Json, type: string, common: ReadonlySet<string>): Json {
  const usual = Object.hasOwn(BODY_NAMES, type) ? (BODY_NAMES[type] as string) : type;
  for (const name of [usual, type, 'info']) {
    const member = Object.hasOwn(record, name) ? record[name] : undefined;
    if (isObject(member)) return member;
  }
  // Databases keep bodies as text: the body's JSON, or the words of a text alone.
  for (const name of [usual, type, 'content']) {
    const member = Object.hasOwn(record, name) ? stringOf(record[name]) : '';
    if (member === '') continue;
    const body = member.startsWith('{') ? parseJson(member) : null;
    if (isObject(body) && (type !== 'text' || typeof body.content === 'string')) return body;
    if (type === 'text' || type === 'markdown') return { content: member };
  }
  const objects = Object.keys(record).filter((name) => !common.has(name) && isObject(record[name]));
  return objects.length === 1 ? (record[objects[0] as string] as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function joinWords(words: readonly string[]): string {
  return words.filter((word) => word.trim() !== '').join('\n');
}

/** An item of `mixed` or `chatrecord`: its type in lower case, and its content, which is JSON in a string. */
function itemOf(value: unknown): { readonly type: string; readonly body: Json } | null {
  if (!isObject(value)) return null;
  const type = stringOf(value.type)
    .replace(/^ChatRecord(?=.)/i, '')
    .toLowerCase();
  const { content } = value;
  const body = typeof content === 'string' ? parseJson(content) : content;
  if (isObject(body)) return { type, body };
  return { type, body: typeof content === 'string' ? { content } : value };
}

/** The words of a body, one part a line. */
export function bodyText(type: string, body: Json, depth = 0): string {
  const words = (Object.hasOwn(WORDS, type) ? (WORDS[type] as readonly string[]) : wordsOf(type)).map(
    (name) => scalarText(body[name]) ?? '',
  );
  if (type === 'vote') words.push(...list(body.voteitem).map((item) => `- ${scalarText(item) ?? ''}`));
  if (type === 'collect') {
    words.push(...list(body.details).map((item) => (isObject(item) ? `- ${stringOf(item.ques)}` : '')));
  }
  if (type === 'calendar') words.push(list(body.attendeename).map(stringOf).join('、'));
  if (type === 'news') {
    for (const item of list(body.item)) {
      if (isObject(item)) words.push(...['title', 'description', 'url'].map((name) => stringOf(item[name])));
    }
  }
  if (type === 'mixed' && depth < MAX_DEPTH) {
    for (const value of list(body.item)) {
      const item = itemOf(value);
      if (item !== null) words.push(bodyText(item.type, item.body, depth + 1).trimEnd());
    }
  }
  if (type === 'agree' || type === 'disagree') words.push(`${type}: ${stringOf(body.userid)}`);
  return type === 'text' || type === 'markdown' ? (words[0] as string) : joinWords(words);
}

function wordsOf(type: string): readonly string[] {
  return Object.hasOwn(KINDS, type) ? NONE : USUAL_WORDS;
}

/** The files that a body names; WeCom keeps them under `sdkfileid`. Those of forwarded messages are named too. */
export function bodyAttachments(type: string, body: Json, depth = 0): ImportedAttachment[] {
  if ((type === 'mixed' || type === 'chatrecord') && depth < MAX_DEPTH) {
    return list(body.item).flatMap((value) => {
      const item = itemOf(value);
      if (item === null) return [];
      const nested = Array.isArray(item.body.item) ? 'mixed' : item.type;
      return bodyAttachments(nested, item.body, depth + 1);
    });
  }
  if (type === 'meeting_voice_call') return recordings(body);
  if (!Object.hasOwn(FILE_KINDS, type)) return [];
  const kind = FILE_KINDS[type] as ImportedAttachment['kind'];
  return [fileOf(body, kind)];
}

function fileOf(body: Json, kind: ImportedAttachment['kind']): ImportedAttachment {
  const md5 = stringOf(body.md5sum).toLowerCase();
  const sizes = [body.filesize, body.voice_size, body.imagesize].map((value) =>
    Number(scalarText(value) ?? Number.NaN),
  );
  return {
    kind,
    name: scalarText(body.filename),
    reference: scalarText(body.sdkfileid),
    size: sizes.find((value) => Number.isSafeInteger(value) && value >= 0) ?? null,
    md5: /^[\da-f]{32}$/.test(md5) ? md5 : null,
  };
}

/** A call's own recording, and the documents that were shown in it. */
function recordings(body: Json): ImportedAttachment[] {
  const files: ImportedAttachment[] = scalarText(body.sdkfileid) === null ? [] : [fileOf(body, 'voice')];
  for (const file of list(body.demofiledata)) if (isObject(file)) files.push(fileOf(file, 'file'));
  return files;
}

/** The messages inside a forwarded chat record, with those inside them. Mostly the archive does not say who wrote them. */
export function forwardedItems(body: Json, depth = 0): CarriedText[] {
  const found: CarriedText[] = [];
  for (const value of list(body.item)) {
    const item = itemOf(value);
    if (item === null) continue;
    const nested = item.type !== 'mixed' && Array.isArray(item.body.item) && depth < MAX_DEPTH;
    const words = nested ? stringOf(item.body.title) : bodyText(item.type, item.body);
    const record: CarriedText = {
      act: 'forward',
      sender: isObject(value) ? senderOf(value) : null,
      // What has no words is named by its type, so that nothing forwarded is out of sight.
      text: words === '' && !nested ? `[${item.type}]` : words,
      sentAtText: isObject(value) ? scalarText(value.msgtime) : null,
    };
    found.push(nested ? { ...record, items: forwardedItems(item.body, depth + 1) } : record);
  }
  return found;
}

function senderOf(item: Json): string | null {
  for (const name of ['sender', 'from', 'sender_name', 'name', 'userid']) {
    const text = scalarText(item[name]);
    if (text !== null) return text;
  }
  return null;
}
