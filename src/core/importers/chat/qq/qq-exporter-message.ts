/**
 * Messages of QQ Chat Exporter (shuakami) as its JSON and JSON lines hold them: version 5 (`id`,
 * `content.elements`, `recalled`, `system`) and version 4 (`messageId`, `content.reply`, `isRecalled`,
 * `isSystemMessage`). Words of quoted and forwarded messages are carried, not said.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { type Draft, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { isObject, listOf, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { NO_TIME, type ReadTime, readTime } from '../../time.ts';
import { isSystem, qqEvent, qqKind } from './qq-common.ts';

type Json = Readonly<Record<string, unknown>>;

/** Members that other properties carry, or that repeat them (`html`, `rawMessage`). */
const CARRIED = new Set([
  'id',
  'messageId',
  'timestamp',
  'time',
  'sender',
  'type',
  'messageType',
  'content',
  'recalled',
  'isRecalled',
  'system',
  'isSystemMessage',
  'rawMessage',
  'receiver',
  'stats',
]);

const ELEMENT_KINDS: Readonly<Record<string, MessageKind>> = {
  image: 'image',
  video: 'video',
  audio: 'voice',
  voice: 'voice',
  ptt: 'voice',
  file: 'file',
  market_face: 'sticker',
  face_bubble: 'sticker',
  giphy: 'sticker',
  json: 'link',
  ark: 'link',
  location: 'location',
  av_record: 'call',
  task_top_msg: 'task',
  calendar: 'task',
};

/** Whether a value is a message of this exporter: its sender and its content are objects. */
export function isExporterMessage(value: unknown): value is Record<string, unknown> {
  if (!isObject(value) || !isObject(value.sender) || !isObject(value.content)) return false;
  const { sender, content } = value;
  return (
    ('timestamp' in value || 'time' in value) &&
    ('uid' in sender || 'uin' in sender) &&
    ('text' in content || 'elements' in content)
  );
}

function idOf(uin: unknown): string | null {
  const id = scalarText(uin);
  return id === null || id === '0' || id === '未知' || id === 'unknown' ? null : id;
}

/** The account: by QQ number, else by the exporter's uid, else by name. */
function exporterPerson(sender: Json, raw: Json = {}): Person | null {
  const uin = idOf(sender.uin) ?? idOf(raw.senderUin);
  const uid = idOf(sender.uid);
  const name =
    scalarText(sender.name) ??
    scalarText(sender.groupCard) ??
    scalarText(sender.nickname) ??
    scalarText(raw.sendMemberName) ??
    scalarText(raw.sendNickName);
  const nickname = scalarText(sender.nickname) ?? scalarText(raw.sendNickName);
  const fields = fieldsOf({
    uid: uin === null ? null : uid,
    nickname: nickname === name ? null : nickname,
    remark: sender.remark,
  });
  return personOf(uin ?? uid, name === uin || name === uid ? null : name, fields);
}

function timeOf(message: Json): { readonly text: string; readonly time: ReadTime } {
  const written = scalarText(message.time) ?? scalarText(message.timestamp) ?? '';
  for (const value of [message.timestamp, message.time]) {
    const time = value === 0 || value === '0' ? NO_TIME : readTime(value);
    if (time !== NO_TIME) return { text: written, time };
  }
  return { text: written, time: NO_TIME };
}

interface Element {
  readonly type: string;
  readonly data: Json;
}

function elementsOf(content: Json): Element[] {
  return listOf(content.elements).flatMap((element) =>
    isObject(element) && typeof element.type === 'string'
      ? [{ type: element.type, data: isObject(element.data) ? element.data : {} }]
      : [],
  );
}

function joined(...parts: unknown[]): string {
  const words = parts.map((part) => scalarText(part) ?? '').filter((part) => part !== '');
  return [...new Set(words)].join('\n');
}

/** An element in words, as the exporter writes them; empty for what others said. */
function wordsOf({ type, data }: Element): string {
  const file = scalarText(data.filename) ?? scalarText(data.fileName) ?? '';
  switch (type) {
    case 'reply':
      return '';
    case 'forward':
      return `[聊天记录]${joined(data.title) && ` ${joined(data.title)}`}`;
    case 'at':
      return `@${stringOf(data.name).replace(/^@/, '')}`;
    case 'face':
      return `[${scalarText(data.name) ?? `表情${scalarText(data.id) ?? ''}`}]`.replace(/^\[\[|\]\]$/g, (s) =>
        s.charAt(0),
      );
    case 'market_face':
      return `[${scalarText(data.name) ?? '表情'}]`;
    case 'image':
      return `[图片:${file}]`;
    case 'file':
      return `[文件:${file}]`;
    case 'video':
      return `[视频:${file}]`;
    case 'audio':
      return '[语音]';
    case 'json':
    case 'ark':
      return joined(data.title, data.description, data.url) || joined(data.summary) || '[JSON消息]';
    case 'location':
      return joined(data.title, data.address, data.name, data.summary) || '[位置消息]';
    default:
      return joined(data.text ?? data.content ?? data.summary);
  }
}

function forwardItems(data: Json, depth: number): readonly CarriedText[] {
  return listOf(data.messages).flatMap((inner): CarriedText[] => {
    if (!isObject(inner)) return [];
    const sender = isObject(inner.sender) ? inner.sender : {};
    const content = isObject(inner.content) ? inner.content : {};
    const elements = elementsOf(content);
    const nested = depth > 8 ? [] : elements.filter(({ type }) => type === 'forward');
    const items = nested.flatMap((element) => forwardItems(element.data, depth + 1));
    const { text } = timeOf(inner);
    return [
      {
        act: 'forward',
        sender: scalarText(sender.name) ?? idOf(sender.uin) ?? idOf(sender.uid),
        text: nested.length > 0 ? elements.map(wordsOf).join('') : textOf(content, elements),
        sentAtText: text === '' ? null : text,
        ...(items.length === 0 ? {} : { items }),
      },
    ];
  });
}

/** What was said: the export's own text; put together again where quotes and forwards are mixed into it. */
function textOf(content: Json, elements: readonly Element[]): string {
  const text = stringOf(content.text);
  const mixed = elements.some(
    ({ type }) => type === 'reply' || type === 'forward' || type === 'json' || type === 'ark',
  );
  if (elements.length > 0 && (mixed || text === '')) return elements.map(wordsOf).join('').trim();
  return text;
}

function quoteOf(reply: Json): CarriedText {
  return {
    act: 'quote',
    sender: scalarText(reply.senderName) ?? idOf(reply.senderUin),
    text: scalarText(reply.content) ?? scalarText(reply.text) ?? '',
    sentAtText: reply.timestamp === 0 || reply.timestamp === '0' ? null : scalarText(reply.timestamp),
  };
}

function carriedOf(content: Json, elements: readonly Element[]): CarriedText[] {
  const carried: CarriedText[] = [];
  for (const { type, data } of elements) {
    if (type === 'reply') carried.push(quoteOf(data));
    if (type !== 'forward') continue;
    const items = forwardItems(data, 0);
    const preview = listOf(data.preview).map(stringOf).join('\n');
    const text = joined(data.title, items.length === 0 ? preview || data.summary : null);
    carried.push({
      act: 'forward',
      sender: null,
      text,
      sentAtText: null,
      ...(items.length === 0 ? {} : { items }),
    });
  }
  if (carried.length === 0 && isObject(content.reply)) carried.push(quoteOf(content.reply));
  return carried;
}

function attachmentKind(resource: Json, sticker: boolean): ImportedAttachment['kind'] {
  if (sticker) return 'sticker';
  const kind = ELEMENT_KINDS[stringOf(resource.type)];
  return kind === 'image' || kind === 'video' || kind === 'voice' || kind === 'sticker' ? kind : 'file';
}

function attachmentsOf(content: Json, elements: readonly Element[]): readonly ImportedAttachment[] {
  const media = elements.filter(({ type }) => ['image', 'video', 'audio', 'voice', 'file'].includes(type));
  const named = new Map(
    media.map(({ data }) => [scalarText(data.filename) ?? scalarText(data.fileName), data]),
  );
  const listed = listOf(content.resources).filter(isObject);
  const resources = listed.length > 0 ? listed : media.map(({ type, data }) => ({ type, ...data }) as Json);
  return resources.map((resource) => {
    const name = scalarText(resource.filename) ?? scalarText(resource.fileName);
    const data = named.get(name) ?? {};
    const size = Number(scalarText(resource.size) ?? scalarText(resource.fileSize) ?? Number.NaN);
    const md5 = scalarText(resource.md5) ?? scalarText(data.md5);
    return {
      kind: attachmentKind(resource, data.subType === 'sticker'),
      name,
      reference:
        scalarText(resource.localPath) ??
        scalarText(data.localPath) ??
        scalarText(resource.url) ??
        scalarText(resource.originalUrl),
      size: Number.isFinite(size) && size > 0 ? size : null,
      md5: md5 !== null && /^[0-9a-f]{32}$/i.test(md5) ? md5.toLowerCase() : null,
    };
  });
}

function kindOf(
  elements: readonly Element[],
  attachments: readonly ImportedAttachment[],
  text: string,
): MessageKind {
  const types = new Set(elements.map(({ type }) => type));
  if (types.has('forward')) return 'forward';
  if (types.has('reply')) return 'quote';
  const said = elements.some(
    ({ type, data }) => (type === 'text' && stringOf(data.text).trim() !== '') || type === 'at',
  );
  if (said) return 'text';
  for (const type of types) if (Object.hasOwn(ELEMENT_KINDS, type)) return ELEMENT_KINDS[type] as MessageKind;
  if (types.size > 0 && [...types].every((type) => type === 'face')) return 'sticker';
  const [first] = attachments;
  if (first !== undefined && (text === '' || /^\[[^[\]]*\]$/.test(text))) return first.kind;
  return qqKind(text);
}

/** The message of an element for which `isExporterMessage` holds. */
export function exporterMessage(message: Json, item: JsonItem): Draft {
  const sender = message.sender as Json;
  const content = message.content as Json;
  const elements = elementsOf(content);
  const { text: written, time } = timeOf(message);
  const text = textOf(content, elements);
  const carried = carriedOf(content, elements);
  const attachments = attachmentsOf(content, elements);
  const person = exporterPerson(sender, isObject(message.rawMessage) ? message.rawMessage : {});
  const recalled = message.recalled === true || message.isRecalled === true;
  const system =
    message.system === true ||
    message.isSystemMessage === true ||
    (person !== null && isSystem({ title: null, name: '', id: person.platformId }));
  const event = system ? qqEvent(text) : null;
  const taken = (system && event?.act === 'recall') || (recalled && text === '' && attachments.length === 0);
  const reply =
    elements.find(({ type }) => type === 'reply')?.data ?? (isObject(content.reply) ? content.reply : {});
  const mentions = listOf(content.mentions)
    .filter(isObject)
    .map((mention) => ({ ...mention }));
  const kind = kindOf(elements, attachments, text);
  return {
    platformId: scalarText(message.id) ?? scalarText(message.messageId),
    sender: system && !taken ? null : person,
    sentAtText: written,
    time,
    kind: taken ? 'recall' : system ? 'system' : kind === 'text' && carried.length > 0 ? 'quote' : kind,
    text,
    forwarded: kind === 'forward',
    carried: carried.length === 0 ? NONE : carried,
    refersTo: idOf(reply.referencedMessageId) ?? idOf(reply.replyMsgId) ?? idOf(reply.messageId),
    attachments: attachments.length === 0 ? NONE : attachments,
    extra: tidy({
      ...otherMembers(message, CARRIED),
      ...(recalled && !taken ? { recalled } : {}),
      title: sender.title,
      mentions,
      event,
    }),
    flags: item.flags,
  };
}
