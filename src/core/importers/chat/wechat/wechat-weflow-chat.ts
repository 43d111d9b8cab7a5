/**
 * Chats as WeFlow describes them, whatever it writes them as (JSON, SQL), and as EchoTrace and CipherTalk do
 * with the same fields. Types by the number of the newer clients (`localType`) and by word; `createTime`
 * is an instant.
 */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { type ChatRun, type Draft, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import type { JsonItem } from '../../json-values.ts';
import { cleanName, isObject, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfLocalType,
  md5Of,
  noticeDraft,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import { wechatKindOfWord } from './wechat-kinds.ts';
import { weflowContent } from './wechat-weflow-content.ts';
import { readWechatXml } from './wechat-xml.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'createTime',
  'formattedTime',
  'type',
  'localType',
  'content',
  'isSend',
  'senderID',
  'senderUsername',
  'senderDisplayName',
  'senderAvatarKey',
  'source',
  'platformMessageId',
  'serverId',
  'mediaLocalPath',
  'mediaFileName',
  'replyToMessageId',
  'quotedContent',
  'quotedSender',
  'groupNickname',
]);

/** Whether a value of the document is a message of this layout. */
export function isWeflowMessage(value: unknown): value is Json {
  if (!isObject(value) || !('createTime' in value)) return false;
  return 'localType' in value || 'formattedTime' in value || ('isSend' in value && 'senderUsername' in value);
}

/** The id under which a person or a chat stands; the exporters' versions name it differently. */
export function weflowId(value: Json): string {
  return stringOf(value.wxid ?? value.accountId ?? value.username ?? value.userName);
}

function typeOf(session: Json, id: string): ConversationType {
  const word = stringOf(session.type);
  if (/群/.test(word) || word === 'group') return 'group';
  if (/公众号|服务号|official/.test(word)) return 'channel';
  if (/私聊|好友|private/.test(word)) return 'direct';
  return typeOfId(id);
}

/** A chat of WeFlow or of a program that writes its fields: the session, its people, drafts of its messages. */
export class WeflowChat {
  readonly run: ChatRun;
  readonly events: WechatEvents;
  /** senderID → person, in the arkme layout. */
  readonly #senders = new Map<string, Person>();
  #session = '';
  /** Who a direct chat is with, as the session names them: EchoTrace gives messages an id only. */
  #partner: string | null = null;

  constructor(run: ChatRun) {
    this.run = run;
    this.events = new WechatEvents(run);
  }

  /** Opens the chat by the document's members before the messages. */
  begin(members: ReadonlyMap<string, unknown>): void {
    const { run } = this;
    // An answer of WeFlow's HTTP interface names the chat alone.
    const alone: Json = { wxid: members.get('talker') };
    const session: Json = isObject(members.get('session')) ? (members.get('session') as Json) : alone;
    const weflow = members.get('weflow');
    if (isObject(weflow)) run.formatVersion = scalarText(weflow.version);
    const id = weflowId(session);
    const name =
      scalarText(session.displayName) ??
      scalarText(session.nickname) ??
      (id === '' ? chatTitle(run.fileName) : null);
    this.#session = id;
    const type = typeOf(session, id);
    if (type === 'direct') this.#partner = name;
    const fields = fieldsOf({
      nickname: session.nickname === name ? null : session.nickname,
      remark: session.remark === name ? null : session.remark,
    });
    run.open({
      key: id || `name:${cleanName(name ?? run.fileName)}`,
      platformId: id || null,
      name,
      type,
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
    });
    const senders = members.get('senders');
    for (const sender of Array.isArray(senders) ? (senders as unknown[]) : []) {
      if (!isObject(sender)) continue;
      const person = this.#person(sender);
      if (person !== null) this.#senders.set(String(sender.senderID), person);
    }
  }

  #person(value: Json): Person | null {
    const id = weflowId(value);
    const name = scalarText(value.displayName) ?? scalarText(value.nickname);
    const more = {
      nickname: value.nickname === name ? null : value.nickname,
      remark: value.remark === name ? null : value.remark,
      alias: value.alias,
    };
    return personOf(id === 'unknown' ? null : id, name, fieldsOf(more));
  }

  /** The list of members, which stands behind the messages. */
  members(list: unknown): void {
    for (const member of Array.isArray(list) ? (list as unknown[]) : []) {
      const person = isObject(member) ? this.#person(member) : null;
      if (person === null || !isObject(member)) continue;
      this.run.member(person, { displayName: scalarText(member.groupNickname) });
    }
  }

  /** Books an element of `messages`. */
  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null || !isWeflowMessage(value)) this.run.skip(item);
    else this.run.message(this.draft(value, item.flags), item);
  }

  #sender(value: Json): Person | null {
    const self = value.isSend === 1 || value.isSend === true ? { self: 'true' } : undefined;
    const known = this.#senders.get(String(value.senderID));
    if (known !== undefined)
      return self === undefined ? known : { ...known, fields: { ...known.fields, ...self } };
    const partner = stringOf(value.senderUsername) === this.#session ? this.#partner : null;
    const name = scalarText(value.senderDisplayName) ?? (self === undefined ? partner : null);
    const person = personOf(value.senderUsername, name, self);
    return person ?? (self === undefined ? null : personOf(null, '我', self));
  }

  /** The message that a record is. */
  draft(value: Json, flags: JsonItem['flags']): Draft {
    const localType = Number(value.localType);
    const word = stringOf(value.type);
    const byWord = wechatKindOfWord(word);
    const byNumber: MessageKind = Number.isFinite(localType) ? kindOfLocalType(localType) : 'other';
    const kind = byNumber === 'other' || byNumber === 'link' ? (byWord ?? byNumber) : byNumber;
    const sentAtText = scalarText(value.formattedTime) ?? scalarText(value.createTime) ?? '';
    const content = stringOf(value.content);
    const shared = {
      platformId: scalarText(value.platformMessageId ?? value.serverId),
      sentAtText,
      time: readTime(value.createTime ?? value.formattedTime),
      refersTo: scalarText(value.replyToMessageId),
      flags,
    };
    const extra: Record<string, unknown> = { ...otherMembers(value, CARRIED) };
    if (kind !== 'text') extra.localType = value.localType;
    if (stringOf(value.source).trim() !== '') extra.source = value.source;
    for (const name of ['rawContent', 'parsedContent']) if (value[name] === content) extra[name] = null;
    const byApp = stringOf(value.senderUsername) === this.#session && this.#session.endsWith('@chatroom');
    if (kind === 'system' || kind === 'recall' || byApp) {
      const { event, ...draft } = noticeDraft(content);
      this.events.note(event, sentAtText);
      return { ...shared, ...draft, extra: tidy({ ...extra, event }) };
    }
    const sender = this.#sender(value);
    if (sender !== null) {
      this.events.person(sender);
      const displayName = scalarText(value.groupNickname);
      if (displayName !== null) this.run.member(sender, { displayName });
    }
    return { ...shared, sender, ...this.#body(content, kind, value), extra: tidy(extra) };
  }

  #body(
    content: string,
    kind: MessageKind,
    value: Json,
  ): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
    if (kind !== 'text' && /^\s*<(?:\?xml|msg|appmsg)\b/.test(content)) {
      const type =
        kind === 'image' ? 3 : kind === 'voice' ? 34 : kind === 'video' ? 43 : kind === 'sticker' ? 47 : 49;
      const subType =
        kind === 'quote'
          ? 57
          : kind === 'forward'
            ? 19
            : kind === 'file'
              ? 6
              : kind === 'transfer'
                ? 2000
                : 5;
      return { kind, ...readWechatXml(content, type, subType), forwarded: kind === 'forward' };
    }
    const body = weflowContent(content, kind, {
      sender: scalarText(value.quotedSender),
      text: scalarText(value.quotedContent),
    });
    const path = scalarText(value.mediaLocalPath) ?? scalarText(value.mediaFileName);
    if (path !== null) return { ...body, attachments: attachmentOf(body.kind, path) };
    const md5 = md5Of(value.emojiMd5);
    return {
      ...body,
      forwarded: kind === 'forward',
      ...(md5 === null
        ? {}
        : { attachments: attachmentOf('sticker', scalarText(value.emojiCdnUrl), { md5 }) }),
    };
  }
}
