/** What QQ's exports share: people by their numbers, notices, media markers. */
import type { MessageKind } from '../../../domain/message.ts';
import { type ChatEvent, type EventPattern, eventOf } from '../../chat-event.ts';
import { type Person, personOf } from '../../chat-run.ts';
import type { ImportedMembership } from '../../importer.ts';

/** Numbers under which QQ itself speaks. */
const SYSTEM_IDS = new Set(['10000', '1000000']);

/** The name under which QQ itself speaks, without a number. */
export const SYSTEM_NAME = /^系(?:统消|統消|統訊)息$/;

/** Folders of the contact list by what they hold. */
export const GROUP_FOLDER = /群|讨论组|討論組|\bgroups?$/i;
export const FRIEND_FOLDER = /好友|朋友|家人|同学|同學|同事|陌生人|临时|臨時|friend/i;

/** The number that all anonymous writers of groups share: it names nobody. */
const ANONYMOUS_ID = '80000000';

/** Name and number of a sender as QQ shows them: `【title】name(number)`, `name<mail>`, `name`. */
export interface QqSender {
  readonly title: string | null;
  readonly name: string;
  readonly id: string | null;
}

const WITH_ID = /^(.*?)\s*(?:\((\d{4,12})\)|<([^<>\s]{3,80})>)\s*$/;
const TITLE = /^【([^【】]{1,24})】(.*)$/;

/** Longer than any name with its title and number. */
const LONGEST_NAME = 400;

/** Takes a sender's name apart. */
export function qqSender(shown: string): QqSender {
  if (shown.length > LONGEST_NAME) return { title: null, name: shown, id: null };
  const withId = WITH_ID.exec(shown);
  const id = withId?.[2] ?? withId?.[3] ?? null;
  const named = (withId === null ? shown : (withId[1] as string)).trim();
  const titled = TITLE.exec(named);
  const rest = titled?.[2]?.trim() ?? '';
  // A name that is nothing but 【…】 is a name, unless a number says who it is.
  if (titled === null || (rest === '' && id === null)) return { title: null, name: named, id };
  return { title: titled[1] as string, name: rest, id };
}

/** Whether the sender is QQ itself. */
export function isSystem({ name, id }: QqSender): boolean {
  return (id !== null && SYSTEM_IDS.has(id)) || (id === null && SYSTEM_NAME.test(name));
}

/** The sender's account: by number or mail, else by name; null where neither is shown. */
export function qqPerson({ name, id }: QqSender): Person | null {
  return personOf(id === ANONYMOUS_ID ? null : id, name);
}

export function roleOfTitle(title: string | null): ImportedMembership['role'] {
  if (title === '群主') return 'owner';
  return title === '管理员' || title === '管理員' ? 'admin' : null;
}

const EVENTS: readonly EventPattern[] = [
  { act: 'recall', pattern: /^(?<actor>.{1,80}?)\s?撤回了(?:一条)?(?:成员)?(?:消息|.{1,60}的(?:一条)?消息)/ },
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,80}?)\s?邀请\s?(?<targets>.{1,400}?)\s?加入(?:了)?(?:本群|群聊|该群|讨论组)/,
  },
  {
    act: 'join',
    pattern: /^(?<actor>.{1,80}?)\s?(?:通过.{1,40})?(?:已经?)?(?:加入|进入)(?:了)?(?:本群|群聊|该群|讨论组)/,
  },
  {
    act: 'remove',
    pattern:
      /^(?<targets>.{1,80}?)\s?(?:已)?被(?:管理员|群主)?\s?(?<actor>.{0,80}?)\s?(?:移出|请出|踢出|移除)(?:了)?(?:本群|群聊|该群|讨论组)/,
  },
  {
    act: 'remove',
    pattern: /^(?<actor>.{1,80}?)\s?(?:将|把)\s?(?<targets>.{1,200}?)\s?(?:移出|请出|踢出|移除)/,
  },
  { act: 'leave', pattern: /^(?<actor>.{1,80}?)\s?(?:已经?)?(?:退出|离开)(?:了)?(?:本群|群聊|该群|讨论组)/ },
  {
    act: 'rename',
    pattern:
      /^(?<actor>.{1,80}?)\s?(?:将|把)?(?:本群|群|群聊|讨论组)?(?:的)?(?:名称|群名称?|讨论组名称)(?:修改|改)(?:为|成)\s?(?<name>.{1,80})$/,
  },
  { act: 'rename', pattern: /^(?<actor>.{1,80}?)\s?修改(?:了)?(?:群|讨论组)名称为\s?(?<name>.{1,80})$/ },
  {
    act: 'promote',
    pattern: /^(?<targets>.{1,80}?)\s?(?:已)?(?:成为|被设置?为)(?:本群|群)?(?:的)?(?:新)?(?:管理员|群主)/,
  },
  { act: 'demote', pattern: /^(?<targets>.{1,80}?)\s?(?:已)?被取消(?:了)?(?:本群|群)?管理员/ },
  { act: 'unmute', pattern: /^(?<targets>.{1,80}?)\s?被\s?(?<actor>.{1,80}?)\s?解除禁言/ },
  { act: 'mute', pattern: /^(?<targets>.{1,80}?)\s?被\s?(?<actor>.{1,80}?)\s?禁言/ },
  { act: 'create', pattern: /^(?<actor>.{1,80}?)\s?创建了(?:本群|群聊|讨论组)/ },
];

/** What a notice of QQ reports; null where it is another. */
export function qqEvent(text: string): ChatEvent | null {
  return eventOf(text.trim(), EVENTS);
}

const MARKERS: readonly (readonly [RegExp, MessageKind])[] = [
  [/^\[(?:图片|照片|闪照)[^[\]]{0,200}\]$/, 'image'],
  [/^\[(?:语音|语音消息)[^[\]]{0,60}\]$/, 'voice'],
  [/^\[(?:视频|短视频)[^[\]]{0,200}\]$/, 'video'],
  [/^\[(?:文件|群文件)[^[\]]{0,200}\]/, 'file'],
  [/^\[(?:表情|动画表情|原创表情|魔法表情)[^[\]]{0,60}\]$/, 'sticker'],
  [/^\[(?:位置|我的位置)[^[\]]{0,200}\]$/, 'location'],
  [/^\[(?:QQ红包|红包)\]/, 'red-packet'],
  [/^\[(?:转账|QQ转账)\]/, 'transfer'],
  [/^\[(?:语音通话|视频通话|通话)[^[\]]{0,60}\]/, 'call'],
  [/^\[(?:聊天记录|合并转发|转发消息)[^[\]]{0,60}\]/, 'forward'],
  [/^\[(?:推荐联系人|名片)[^[\]]{0,60}\]/, 'contact'],
  [/^\[(?:分享|链接)[^[\]]{0,200}\]/, 'link'],
];

/** Kind of a message by its words: a media marker that stands alone, else text. */
export function qqKind(text: string): MessageKind {
  if (!text.startsWith('[')) return 'text';
  return MARKERS.find(([pattern]) => pattern.test(text.slice(0, 300).trim()))?.[1] ?? 'text';
}
