/** Codes in words, both languages side by side, for the documents to file. */
import type { PartyRole } from '../domain/case.ts';
import type { Verdict } from '../domain/hit.ts';
import type { MessageKind } from '../domain/message.ts';

export const ROLE_WORDS: Readonly<Record<PartyRole, string>> = {
  publisher: '发布者 publisher',
  promoter: '推广者 promoter',
  owner: '群主 owner',
  admin: '管理员 admin',
  witness: '证人 witness',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  confirmed: '属实 confirmed',
  dismissed: '不成立 dismissed',
  duplicate: '重复 duplicate',
  unsure: '待复核 unsure',
};

export const KIND_WORDS: Readonly<Record<MessageKind, string>> = {
  text: '文字 text',
  image: '图片 picture',
  voice: '语音 voice',
  video: '视频 video',
  file: '文件 file',
  sticker: '表情 sticker',
  link: '链接 link',
  'mini-program': '小程序 mini program',
  location: '位置 location',
  contact: '名片 contact card',
  quote: '引用 quotation',
  forward: '转发 forwarded',
  'red-packet': '红包 red packet',
  transfer: '转账 transfer',
  call: '通话 call',
  poke: '拍一拍 nudge',
  vote: '投票 vote',
  task: '任务 task',
  meeting: '会议 meeting',
  document: '文档 document',
  consent: '存档同意 consent to archiving',
  recall: '撤回 recalled',
  system: '系统提示 system notice',
  other: '其他 other',
};
