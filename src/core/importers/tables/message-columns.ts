/** Column names of tables of messages, by which a mapping is proposed, in the form `headerKey` gives. */
import type { MessageField } from '../../domain/mapping.ts';
import type { ConversationType, MessageKind } from '../../domain/message.ts';
import type { Synonyms } from '../table.ts';

export const MESSAGE_SYNONYMS: Synonyms<MessageField> = {
  text: [
    '消息内容',
    '内容',
    '聊天内容',
    '正文',
    '文本',
    '消息正文',
    '发言内容',
    '发送内容',
    'content',
    'message',
    'text',
    'msg',
    'strcontent',
    'body',
    'messagetext',
  ],
  sentAt: [
    '发送时间',
    '时间',
    '消息时间',
    '发言时间',
    '日期时间',
    '日期',
    'sentat',
    'sent',
    'time',
    'date',
    'datetime',
    'timestamp',
    'createtime',
    'strtime',
    'sendtime',
    'senttime',
  ],
  sentOn: ['发送日期', '消息日期', '日期', 'sentdate', 'date', 'day'],
  senderId: [
    '发送者id',
    '发送人id',
    '发送者账号',
    '发送人账号',
    '发送人工号',
    '发送者工号',
    '发言人id',
    '发送者qq号',
    '发送者微信id',
    '发送者wxid',
    '工号',
    'senderid',
    'userid',
    'fromid',
    'sender',
    'from',
    'fromuser',
    'authorid',
    'account',
  ],
  senderName: [
    '发送者',
    '发送人',
    '发送者昵称',
    '发送人姓名',
    '发送者姓名',
    '发送方',
    '发言人',
    '发言者',
    '昵称',
    '姓名',
    'sendername',
    'fromname',
    'name',
    'nickname',
    'author',
    'username',
    'displayname',
    'user',
  ],
  conversationId: [
    '会话id',
    '群id',
    '群号',
    '聊天id',
    'conversationid',
    'chatid',
    'roomid',
    'groupid',
    'channelid',
    'threadid',
  ],
  conversationName: [
    '会话',
    '会话名称',
    '群名',
    '群名称',
    '群聊名称',
    '聊天',
    '聊天名称',
    'conversation',
    'conversationname',
    'chat',
    'chatname',
    'room',
    'group',
    'groupname',
    'channel',
    'channelname',
  ],
  conversationType: ['会话类型', '聊天类型', 'conversationtype', 'chattype'],
  kind: ['消息类型', '类型', 'msgtype', 'messagetype', 'type', 'kind', 'typename'],
  messageId: ['消息id', '消息编号', 'messageid', 'msgid', 'msgsvrid', 'id'],
  replyTo: ['回复消息id', '引用消息id', 'replyto', 'replytoid', 'inreplyto'],
  recalled: ['是否撤回', '已撤回', '撤回', 'recalled', 'isrecalled', 'revoked', 'deleted'],
};

const KINDS: readonly (readonly [RegExp, MessageKind])[] = [
  [/^(?:文本|文字|文本消息|普通消息|text|txt|1)$/i, 'text'],
  [/图片|照片|^(?:image|img|photo|picture|3)$/i, 'image'],
  [/语音|音频|^(?:voice|audio|34)$/i, 'voice'],
  [/视频|^(?:video|43)$/i, 'video'],
  [/^(?:文件|文件消息|file|document)$/i, 'file'],
  [/表情|贴图|^(?:sticker|emoji|emotion|47)$/i, 'sticker'],
  [/小程序|mini.?program/i, 'mini-program'],
  [/链接|卡片式|分享|^(?:link|share|49)$/i, 'link'],
  [/位置|^location$/i, 'location'],
  [/名片|^contact$/i, 'contact'],
  [/引用|回复|^(?:quote|reply)$/i, 'quote'],
  [/转发|聊天记录|^forward$/i, 'forward'],
  [/红包|red.?packet/i, 'red-packet'],
  [/转账|^transfer$/i, 'transfer'],
  [/通话|^call$/i, 'call'],
  [/拍一拍|戳一戳|^(?:poke|pat)$/i, 'poke'],
  [/撤回|^(?:recall|revoke|recalled)$/i, 'recall'],
  [/系统|通知|提示|^(?:system|notice|10000)$/i, 'system'],
];

/** Kind of message by the word that the table has for it; `other` for an unknown one. */
export function kindOfWord(word: string): MessageKind {
  const trimmed = word.trim();
  if (trimmed === '') return 'text';
  return KINDS.find(([pattern]) => pattern.test(trimmed))?.[1] ?? 'other';
}

export function conversationTypeOf(word: string): ConversationType {
  const trimmed = word.trim();
  if (/群|group|room|team/i.test(trimmed)) return 'group';
  if (/私聊|单聊|好友|direct|private|single|dm/i.test(trimmed)) return 'direct';
  return /频道|公众号|channel/i.test(trimmed) ? 'channel' : 'unknown';
}

/** Whether a cell says yes. */
export function saysYes(word: string): boolean {
  return /^(?:是|真|1|true|yes|y|已撤回|√|✓)$/i.test(word.trim());
}
