/**
 * Bodies of Feishu (Lark) messages: the `content` of the im/v1 interface is JSON as text, by message
 * type. In words, with what is attached.
 */
import type { MessageKind } from '../../../domain/message.ts';
import type { ChatEvent } from '../../chat-event.ts';
import type { ImportedAttachment } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { isObject, listOf, scalarText, stringOf } from '../../text.ts';

type Json = Readonly<Record<string, unknown>>;

interface FeishuBody {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly ImportedAttachment[];
  readonly event: ChatEvent | null;
  /** The body, where its words do not carry all of it. */
  readonly rest: Json | null;
}

const KINDS: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  post: 'text',
  image: 'image',
  file: 'file',
  folder: 'file',
  audio: 'voice',
  media: 'video',
  video: 'video',
  sticker: 'sticker',
  interactive: 'link',
  hongbao: 'red-packet',
  share_calendar_event: 'meeting',
  calendar: 'meeting',
  general_calendar: 'meeting',
  video_chat: 'meeting',
  share_chat: 'contact',
  share_user: 'contact',
  system: 'system',
  location: 'location',
  todo: 'task',
  vote: 'vote',
  merge_forward: 'forward',
};

function attachment(kind: ImportedAttachment['kind'], data: Json, key: string): ImportedAttachment {
  const size = Number(scalarText(data.file_size) ?? Number.NaN);
  return {
    kind,
    name: scalarText(data.file_name),
    reference: scalarText(data[key]),
    size: Number.isFinite(size) ? size : null,
    md5: null,
  };
}

interface Words {
  text: string;
  readonly attachments: ImportedAttachment[];
}

/** One piece of a post or card. */
function piece(value: unknown, words: Words): void {
  if (!isObject(value)) return;
  switch (value.tag) {
    case 'at':
      words.text += `@${(stringOf(value.user_name) || stringOf(value.user_id)).replace(/^@/, '')}`;
      break;
    case 'a': {
      const shown = stringOf(value.text);
      const href = stringOf(value.href);
      words.text += href === '' || href === shown ? shown : `${shown} ${href} `;
      break;
    }
    case 'img':
      words.attachments.push(attachment('image', value, 'image_key'));
      break;
    case 'media':
      words.attachments.push(attachment('video', value, 'file_key'));
      break;
    case 'emotion':
      words.text += `[${stringOf(value.emoji_type)}]`;
      break;
    default:
      words.text += flat(value.text) || flat(value.content);
  }
}

function flat(value: unknown): string {
  return typeof value === 'string' ? value : isObject(value) ? flat(value.content ?? value.text) : '';
}

/** A post: a title and paragraphs of pieces, alone or under its language. */
function post(data: Json): Words {
  const words: Words = { text: '', attachments: [] };
  const localized = Object.values(data).find((value) => isObject(value) && 'content' in value);
  const body = Array.isArray(data.content) || localized === undefined ? data : (localized as Json);
  const lines: string[] = [stringOf(body.title)];
  for (const paragraph of listOf(body.content)) {
    words.text = '';
    for (const value of Array.isArray(paragraph) ? paragraph : [paragraph]) piece(value, words);
    lines.push(words.text);
  }
  words.text = lines.join('\n').trim();
  return words;
}

const CARD_WORDS = new Set(['text', 'content', 'title', 'subtitle', 'value', 'href', 'url']);

/** All words of a card, in its order: its shapes are many, and each is words under few names. */
function card(value: unknown, lines: string[], depth = 0): void {
  if (depth > 32) return;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) card(item, lines, depth + 1);
  } else if (isObject(value)) {
    for (const name in value) {
      const member = value[name];
      if (typeof member === 'string') {
        if (CARD_WORDS.has(name) && member.trim() !== '') lines.push(member);
      } else card(member, lines, depth + 1);
    }
  }
}

const TEMPLATE_ACTS: readonly (readonly [RegExp, ChatEvent['act']])[] = [
  [/invited|邀请|added/i, 'invite'],
  [/removed|移出|移除/i, 'remove'],
  [/joined|加入/i, 'join'],
  [/left|退出/i, 'leave'],
  [/name.*to|群名称/i, 'rename'],
  [/created|创建/i, 'create'],
];

function names(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((name: unknown) => {
    const text = isObject(name) ? scalarText(name.name) : scalarText(name);
    return text === null ? [] : [text];
  });
}

/** A notice: a sentence with places for names. */
function notice(data: Json): { readonly text: string; readonly event: ChatEvent | null } {
  const template = stringOf(data.template);
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => names(data[name]).join('、'));
  const act = TEMPLATE_ACTS.find(([pattern]) => pattern.test(template))?.[1];
  const actor = names(data.from_user)[0] ?? null;
  if (act === undefined) return { text, event: null };
  return { text, event: { act, actor, targets: names(data.to_chatters) } };
}

function shown(...parts: unknown[]): string {
  return parts
    .flatMap((part) => (Array.isArray(part) ? (part as unknown[]) : [part]))
    .map((part) => scalarText(part) ?? '')
    .filter((part) => part !== '')
    .join('\n');
}

function todoTitle(data: Json): string {
  return isObject(data.summary) ? post(data.summary).text : stringOf(data.summary);
}

/** Reads a body of this type; text that is no JSON stays as it is. */
export function feishuBody(type: string, content: unknown): FeishuBody {
  const kind = KINDS[type] ?? 'other';
  const parsed = typeof content === 'string' ? parseJson(content) : content;
  const none = { attachments: [], event: null, rest: null };
  if (!isObject(parsed)) return { kind, text: scalarText(content) ?? '', ...none };
  const data: Json = parsed;
  switch (type) {
    case 'text':
      return { kind, text: stringOf(data.text), ...none };
    case 'post': {
      const { text, attachments } = post(data);
      return { kind, text, attachments, event: null, rest: null };
    }
    case 'interactive': {
      const lines: string[] = [];
      card(data, lines);
      return { kind, text: lines.join('\n'), attachments: [], event: null, rest: data };
    }
    case 'image':
      return { kind, text: '', ...none, attachments: [attachment('image', data, 'image_key')] };
    case 'sticker':
      return { kind, text: '', ...none, attachments: [attachment('sticker', data, 'file_key')] };
    case 'audio':
      return {
        kind,
        text: '',
        attachments: [attachment('voice', data, 'file_key')],
        event: null,
        rest: data,
      };
    case 'media':
    case 'video':
      return {
        kind,
        text: stringOf(data.file_name),
        attachments: [attachment('video', data, 'file_key')],
        event: null,
        rest: data,
      };
    case 'file':
    case 'folder':
      return {
        kind,
        text: stringOf(data.file_name),
        attachments: [attachment('file', data, 'file_key')],
        event: null,
        rest: null,
      };
    case 'system': {
      const { text, event } = notice(data);
      return { kind, text, attachments: [], event, rest: data };
    }
    default: {
      const text =
        type === 'todo'
          ? todoTitle(data)
          : shown(data.text, data.title, data.topic, data.summary, data.name, data.options);
      return { kind, text, attachments: [], event: null, rest: data };
    }
  }
}
