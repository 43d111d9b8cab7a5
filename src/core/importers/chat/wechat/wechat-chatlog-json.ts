/**
 * JSON of chatlog: an array of messages (or `{items: […]}`), `time` in RFC 3339 with offset, types by
 * WeChat's numbers, what is no text in `contents`.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { previewConversations } from '../../batch.ts';
import { ChatRun, type Draft, personOf, tidy } from '../../chat-run.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { isObject, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import {
  attachmentOf,
  md5Of,
  noticeDraft,
  quote,
  splitTextQuote,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import { wechatKind } from './wechat-kinds.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'seq',
  'time',
  'talker',
  'talkerName',
  'isChatRoom',
  'sender',
  'senderName',
  'isSelf',
  'content',
  'id',
  'messageId',
  'serverId',
]);

/** Whether the value is a message as chatlog, and what was made of it, write it. */
export function isChatlogMessage(value: unknown): value is Json {
  return isObject(value) && 'talker' in value && 'sender' in value && 'type' in value && 'time' in value;
}

/** A member of an object of the exporter's, whose names begin in capitals or not. */
function member(value: Json, name: string): unknown {
  return value[name] ?? value[name.charAt(0).toLowerCase() + name.slice(1)] ?? value[name.toLowerCase()];
}

/** The records of a forwarded record. */
function records(info: unknown, depth = 0): readonly CarriedText[] {
  if (!isObject(info) || depth > 8) return NONE;
  const list = member(info, 'DataList');
  const items = isObject(list) ? member(list, 'DataItems') : list;
  if (!Array.isArray(items)) return NONE;
  return (items as unknown[]).filter(isObject).map((item): CarriedText => {
    const inner = member(item, 'RecordXML');
    const nested = isObject(inner) ? records(member(inner, 'RecordInfo'), depth + 1) : NONE;
    const words = [member(item, 'DataDesc'), member(item, 'DataTitle'), member(item, 'Link')];
    return {
      act: 'forward',
      sender: scalarText(member(item, 'SourceName')),
      text: [...new Set(words.map(stringOf).filter((part) => part !== ''))].join('\n'),
      sentAtText: scalarText(member(item, 'SourceTime')),
      ...(nested.length > 0 ? { items: nested } : {}),
    };
  });
}

/** The message that a reply quotes. */
function referred(refer: unknown): readonly CarriedText[] {
  if (!isObject(refer)) return NONE;
  const contents = isObject(refer.contents) ? refer.contents : {};
  const text =
    stringOf(refer.content) || [contents.title, contents.url].map(stringOf).filter(Boolean).join('\n');
  return [quote(scalarText(refer.senderName) ?? scalarText(refer.sender), text, scalarText(refer.time))];
}

function bodyOf(
  value: Json,
  kind: MessageKind,
): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
  const contents = isObject(value.contents) ? value.contents : {};
  const content = stringOf(value.content);
  const title = stringOf(contents.title);
  if (kind === 'text') {
    const split = splitTextQuote(content);
    return split.text === content ? { kind, text: content } : { kind: 'quote', ...split };
  }
  if (kind === 'quote') return { kind, text: content, carried: referred(contents.refer) };
  if (kind === 'forward') {
    const text = [content, title, stringOf(contents.desc)].find((part) => part !== '') ?? '';
    return { kind, text, carried: records(contents.recordInfo), forwarded: true };
  }
  const words = [content, title, stringOf(contents.desc), kind === 'file' ? '' : stringOf(contents.url)];
  if (kind === 'location') words.push(stringOf(contents.label), stringOf(contents.cityname));
  const reference = [
    contents._url,
    contents.path,
    contents.imgfile,
    contents.videofile,
    contents.voice,
    contents.thumb,
  ]
    .map(scalarText)
    .find((part) => part !== null);
  const more = {
    md5: md5Of(contents.md5) ?? md5Of(contents.rawmd5),
    ...(kind === 'file' && title !== '' ? { name: title } : {}),
  };
  return {
    kind,
    text: [...new Set(words.filter((part) => part !== ''))].join('\n'),
    // Notes and announcements hold records as forwarded chats do.
    carried: records(contents.recordInfo),
    attachments: attachmentOf(kind, reference ?? null, more),
  };
}

function draftOf(value: Json, item: JsonItem, events: WechatEvents): Draft {
  const type = Number(value.type);
  const subType = Number(value.subType) || 0;
  const sentAtText = scalarText(value.time) ?? '';
  const shared = {
    platformId: scalarText(value.messageId) ?? scalarText(value.serverId) ?? scalarText(value.id),
    sentAtText,
    time: readTime(value.time),
    flags: item.flags,
  };
  const other = otherMembers(value, CARRIED);
  if (type === 1) {
    delete other?.type;
    delete other?.subType;
  }
  const extra = tidy({ ...other, seq: scalarText(value.seq) });
  const id = stringOf(value.sender);
  if (id === '系统消息' || type >= 10000) {
    const { event, ...draft } = noticeDraft(stringOf(value.content));
    events.note(event, sentAtText);
    return { ...shared, ...draft, extra: event === null ? extra : { ...extra, event } };
  }
  const sender = personOf(id, value.senderName, value.isSelf === true ? { self: 'true' } : undefined);
  if (sender !== null) events.person(sender);
  return { ...shared, sender, ...bodyOf(value, wechatKind(type, subType)), extra };
}

/** Books an element of the array. */
export function chatlogItem(run: ChatRun, events: WechatEvents, item: JsonItem): void {
  const { value } = item;
  if (item.code !== null || !isChatlogMessage(value)) {
    run.skip(item);
    return;
  }
  const talker = stringOf(value.talker);
  const name = scalarText(value.talkerName);
  run.open({
    key: talker || `name:${name ?? run.fileName}`,
    platformId: talker || null,
    name,
    type: value.isChatRoom === true ? 'group' : typeOfId(talker),
  });
  run.message(draftOf(value, item, events), item);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const events = new WechatEvents(run);
  yield* readJsonChat(source, options, run, {
    arrays: ['', 'items', 'data'],
    // A quoted message looks like one, but names no chat.
    arrayOf: (value) => (isChatlogMessage(value) && value.talker !== '' ? '' : null),
    header: [],
    begin() {},
    item: (item) => chatlogItem(run, events, item),
    end: () => events.settle(),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  const list: unknown = isObject(root) ? (root.items ?? root.data) : root;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (isObject(first) && isChatlogMessage(first) && 'isChatRoom' in first)
    return 'isSelf' in first ? 0.97 : 0.85;
  return /"talker":\s?"[^"]*",\s?"talkerName":/.test(head.text) && head.text.includes('"isChatRoom"')
    ? 0.5
    : 0;
}

export const chatlogJson: Importer = {
  id: 'wechat-chatlog-json',
  version: 2,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · chatlog JSON', en: 'WeChat · chatlog JSON' },
  extensions: ['.json'],
  sniff,
  list: (source, head) => previewConversations(chatlogJson, source, head),
  read,
};
