/** What WeChat's exports share: notices, media markers, quotes written as text, people and conversations. */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { type ChatEvent, type EventPattern, eventOf } from '../../chat-event.ts';
import { type ChatRun, type Draft, type Person, personOf } from '../../chat-run.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import { baseName, cleanName, detach, NONE } from '../../text.ts';
import { isRecallNotice, wechatKind } from './wechat-kinds.ts';
import { titleOf } from './wechat-wechatmsg-layout.ts';

const WHO = '(?<actor>.{1,80}?)';
const WHOM = '(?<targets>.{1,400}?)';

const EVENTS: readonly EventPattern[] = [
  { act: 'recall', pattern: new RegExp(`^${WHO}\\s?(?:尝试)?撤回了?(?:一条|成员)?.{0,60}?消息`) },
  { act: 'recall', pattern: new RegExp(`^${WHO} (?:has )?recalled a message`, 'i') },
  { act: 'invite', pattern: new RegExp(`^${WHO}\\s?邀请\\s?${WHOM}\\s?加入(?:了)?(?:群聊|本群)`) },
  { act: 'invite', pattern: new RegExp(`^${WHO} invited ${WHOM} to the group chat`, 'i') },
  { act: 'join', pattern: new RegExp(`^${WHO}\\s?通过.{1,120}?(?:加入|进入)(?:了)?(?:群聊|本群)`) },
  { act: 'join', pattern: new RegExp(`^${WHO}\\s?(?:加入|进入)(?:了)?(?:群聊|本群)`) },
  { act: 'join', pattern: new RegExp(`^${WHO} joined the group chat`, 'i') },
  {
    act: 'remove',
    pattern: new RegExp(`^${WHO}\\s?(?:将|把)\\s?${WHOM}\\s?(?:移出|移除|请出)(?:了)?(?:群聊|本群)`),
  },
  {
    act: 'remove',
    pattern: new RegExp(`^${WHOM}\\s?被\\s?${WHO}\\s?(?:移出|移除|请出)(?:了)?(?:群聊|本群)`),
  },
  { act: 'remove', pattern: new RegExp(`^${WHO} removed ${WHOM} from the group chat`, 'i') },
  { act: 'leave', pattern: new RegExp(`^${WHO}\\s?(?:已)?(?:退出|离开)(?:了)?(?:群聊|本群)`) },
  { act: 'rename', pattern: new RegExp(`^${WHO}\\s?修改(?:了)?群(?:聊)?名(?:称)?为\\s?(?<name>.{1,80})$`) },
  { act: 'rename', pattern: new RegExp(`^${WHO} changed the group name to (?<name>.{1,80})$`, 'i') },
  { act: 'promote', pattern: new RegExp(`^${WHOM}\\s?(?:已)?成为(?:新)?群(?:主|管理员)`) },
  {
    act: 'promote',
    pattern: new RegExp(`^${WHO}\\s?(?:已)?(?:将|把)\\s?${WHOM}\\s?(?:添加|设置)为群管理员`),
  },
];

const TAGS = /<\/?(?:img|revo|_wc_cus|a|sysmsg|content|plain|text)\b[^<>]*>|<!\[CDATA\[|\]\]>/g;

/** Words of a notice, without the markup that some exporters leave in it. */
export function noticeText(text: string): string {
  return text.includes('<') || text.includes(']]>') ? text.replace(TAGS, '') : text;
}

/** What a notice of WeChat reports; null where it is another. */
export function wechatEvent(text: string): ChatEvent | null {
  return eventOf(noticeText(text).trim(), EVENTS);
}

/** Kind, words and event of a notice of the app. */
export function noticeDraft(
  text: string,
): Pick<Draft, 'kind' | 'text' | 'sender' | 'notice'> & { readonly event: ChatEvent | null } {
  const words = noticeText(text);
  const event = wechatEvent(words);
  const recall = event?.act === 'recall' || isRecallNotice(words);
  return { kind: recall ? 'recall' : 'system', text: words, sender: null, notice: true, event };
}

/** Kind of a message by the number of the newer clients: sub-type × 2³² + type. */
export function kindOfLocalType(localType: number): MessageKind {
  const { type, subType } = splitLocalType(localType);
  return wechatKind(type, subType);
}

export function splitLocalType(localType: number): { readonly type: number; readonly subType: number } {
  return { type: localType % 2 ** 32, subType: Math.floor(localType / 2 ** 32) };
}

const MARKERS: readonly (readonly [RegExp, MessageKind])[] = [
  [/^(?:图片|Photo|Image|Picture)/i, 'image'],
  [/^(?:语音通话|视频通话|音视频通话|通话|Video\/Audio Call|Voice Call|Video Call)/i, 'call'],
  [/^(?:语音|Audio|Voice)/i, 'voice'],
  [/^(?:视频号)/, 'link'],
  [/^(?:视频|Video)/i, 'video'],
  [/^(?:表情包?|动画表情|GIF ?表情|Emoji|Sticker)/i, 'sticker'],
  [/^(?:文件|File|Attachment)/i, 'file'],
  [/^(?:位置|实时位置|位置分享|Location|Real-time Location)/i, 'location'],
  [/^(?:名片|Contact Card|Channel Card)/i, 'contact'],
  [/^(?:聊天记录|合并转发|转发的聊天记录)/, 'forward'],
  [/^(?:红包|Red Packet)/i, 'red-packet'],
  [/^(?:转账|发起转账|已收款|已退还|Transfer|Weixin Transfer)/i, 'transfer'],
  [/^(?:小程序|Mini Program)/i, 'mini-program'],
  [/^(?:拍一拍)/, 'poke'],
  [/^(?:链接|分享链接|分享|音乐分享|音乐|Link)/i, 'link'],
];

/** Kind of a message by a marker that an exporter writes instead of it, `[图片]` or `【图片】`; null where it has none. */
export function kindOfMarker(text: string): MessageKind | null {
  const inside = /^\s*[[【]([^[\]【】\n]{1,200})(?:[\]】]|[|：:])/.exec(text)?.[1];
  if (inside === undefined) return null;
  return MARKERS.find(([pattern]) => pattern.test(inside))?.[1] ?? null;
}

const ATTACHED: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'file', 'sticker']);

/** The file that an export names for a message of this kind; none for kinds without files. */
export function attachmentOf(
  kind: MessageKind,
  reference: string | null,
  more: Partial<ImportedAttachment> = {},
): readonly ImportedAttachment[] {
  if (!ATTACHED.has(kind)) return NONE;
  const name = reference === null || reference === '' ? null : (reference.split(/[\\/]/).at(-1) ?? null);
  return [
    {
      kind: kind as ImportedAttachment['kind'],
      name: name === '' ? null : name,
      reference: reference === '' ? null : reference,
      size: null,
      md5: null,
      ...more,
    },
  ];
}

/** MD5 in lower-case hex, or null. */
export function md5Of(text: unknown): string | null {
  return typeof text === 'string' && /^[\da-f]{32}$/i.test(text) ? text.toLowerCase() : null;
}

export interface SplitText {
  /** What the sender wrote. */
  readonly text: string;
  readonly carried: readonly CarriedText[];
}

export function quote(sender: string | null, text: string, sentAtText: string | null = null): CarriedText {
  return { act: 'quote', sender: sender === '' ? null : sender, text, sentAtText };
}

const TEXT_QUOTE = /^「([^：:「」\n]{1,80})[：:]\s?([\s\S]*?)」\r?\n(?:- ?){5,}-?[ \t]*\r?\n?([\s\S]*)$/;

/**
 * Splits the quote that WeChat itself writes into a text: `「name：words」`, a rule of dashes, the
 * reply. Quoting is not saying. A text without that form comes back whole.
 */
export function splitTextQuote(text: string): SplitText {
  if (!text.startsWith('「')) return { text, carried: NONE };
  const m = TEXT_QUOTE.exec(text);
  if (m === null) return { text, carried: NONE };
  return { text: m[3] as string, carried: [quote(m[1] as string, m[2] as string)] };
}

/** Type of a conversation by WeChat's id. */
export function typeOfId(id: string): ConversationType {
  if (/@(?:im\.)?chatroom$/.test(id)) return 'group';
  if (id.startsWith('gh_')) return 'channel';
  return id === '' ? 'unknown' : 'direct';
}

/** A chat whose name only the file knows, and whose people are known by name. */
export class NamedChat {
  readonly run: ChatRun;
  readonly #title: string | null;
  readonly #key: string;
  readonly senders = new Set<string>();
  #group = false;

  constructor(run: ChatRun, title: string | null) {
    this.run = run;
    this.#title = title;
    this.#key = `name:${title ?? cleanName(baseName(run.fileName))}`;
    run.open({ key: this.#key, platformId: null, name: title, type: 'unknown' });
  }

  /** The person of this name, remembered as one who writes here. */
  sender(name: string, fields?: Readonly<Record<string, string>>): Person | null {
    const person = personOf(null, name, fields);
    const shown = cleanName(name);
    if (person !== null && !this.senders.has(shown)) this.senders.add(detach(shown));
    return person;
  }

  /** A notice that only groups have. */
  event(event: ChatEvent | null): void {
    this.#group ||= event !== null && event.act !== 'recall';
  }

  /** Whether the name of somebody who wrote begins like this. */
  beginsSender(text: string): boolean {
    const begin = cleanName(text);
    for (const sender of this.senders) if (sender.startsWith(begin)) return true;
    return false;
  }

  /** Announces the chat again with the type that the whole file shows. */
  settle(): void {
    const others = [...this.senders].filter((name) => name !== '我').length;
    const paired = this.#title !== null && this.senders.has(this.#title) && this.senders.size <= 2;
    const type: ConversationType = this.#group || others > 2 ? 'group' : paired ? 'direct' : 'unknown';
    if (type === 'unknown' || !this.run.kept) return;
    this.run.batch.conversation({ key: this.#key, platformId: null, name: this.#title, type });
  }
}

/** The chat's name by its file, without what exporters add to it. */
export function chatTitle(fileName: string): string | null {
  return titleOf(fileName.replace(/(?:_chat|_聊天记录(?:_\d{10,13})?|[-_ ]微信聊天记录)(?=\.[^.]*$|$)/, ''));
}

/** Joins notices' people to accounts: who came and who left, by names that exactly one account of the chat bears. */
export class WechatEvents {
  readonly #run: ChatRun;
  /** Conversation key → name → key of the one person of that name; null where there are several. */
  readonly #people = new Map<string, Map<string, string | null>>();
  readonly #events: { readonly key: string; readonly event: ChatEvent; readonly at: string }[] = [];

  constructor(run: ChatRun) {
    this.#run = run;
  }

  /** Remembers somebody of the current conversation. */
  person(person: Person): void {
    const { conversationKey } = this.#run;
    let names = this.#people.get(conversationKey);
    if (names === undefined) {
      names = new Map();
      this.#people.set(detach(conversationKey), names);
    }
    const name = cleanName(person.name ?? '');
    if (name === '') return;
    const known = names.get(name);
    if (known === undefined) names.set(detach(name), detach(person.key));
    else if (known !== null && known !== person.key) names.set(name, null);
  }

  /** Remembers an event of the current conversation and when the export says it was; undated ones say nothing of it. */
  note(event: ChatEvent | null, at: string): void {
    if (event === null || at === '' || !this.#run.kept || this.#events.length >= MAX_EVENTS) return;
    if (JOINING.has(event.act) || LEAVING.has(event.act)) {
      const { act, actor, targets } = event;
      this.#events.push({
        key: detach(this.#run.conversationKey),
        event: { act, actor: actor === null ? null : detach(actor), targets: targets.map(detach) },
        at: detach(at),
      });
    }
  }

  /** Announces memberships; call it before the run ends. */
  settle(): void {
    for (const { key, event, at } of this.#events) {
      const alone = event.act === 'join' || event.act === 'leave';
      const names = alone ? [event.actor ?? ''] : event.targets;
      for (const name of names) {
        const accountKey = this.#people.get(key)?.get(cleanName(name)) ?? null;
        if (accountKey === null) continue;
        this.#run.batch.membership({
          conversationKey: key,
          accountKey,
          role: null,
          displayName: null,
          from: JOINING.has(event.act) ? at : null,
          to: LEAVING.has(event.act) ? at : null,
        });
      }
    }
  }
}

const MAX_EVENTS = 100_000;
const JOINING: ReadonlySet<string> = new Set(['join', 'invite']);
const LEAVING: ReadonlySet<string> = new Set(['leave', 'remove']);
