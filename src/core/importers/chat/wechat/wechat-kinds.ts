/**
 * WeChat's message types. Numbers as the local database of the client has them (`Type`, and `SubType`
 * of type 49); words as exporters write them instead.
 */
import type { MessageKind } from '../../../domain/message.ts';

const BY_TYPE: Readonly<Record<number, MessageKind>> = {
  1: 'text',
  3: 'image',
  34: 'voice',
  37: 'contact',
  42: 'contact',
  43: 'video',
  47: 'sticker',
  48: 'location',
  50: 'call',
  62: 'video',
  10000: 'system',
  10002: 'system',
};

const BY_SUB_TYPE: Readonly<Record<number, MessageKind>> = {
  1: 'link',
  2: 'image',
  3: 'link',
  4: 'link',
  5: 'link',
  6: 'file',
  8: 'sticker',
  17: 'location',
  19: 'forward',
  24: 'document',
  33: 'mini-program',
  36: 'mini-program',
  40: 'forward',
  51: 'link',
  53: 'task',
  57: 'quote',
  62: 'poke',
  63: 'link',
  74: 'file',
  87: 'text',
  2000: 'transfer',
  2001: 'red-packet',
  2003: 'red-packet',
};

const BY_WORD: Readonly<Record<string, MessageKind>> = {
  文本: 'text',
  文本消息: 'text',
  文字: 'text',
  图片: 'image',
  图片消息: 'image',
  语音: 'voice',
  语音消息: 'voice',
  视频: 'video',
  视频消息: 'video',
  表情: 'sticker',
  表情包: 'sticker',
  动画表情: 'sticker',
  表情消息: 'sticker',
  文件: 'file',
  文件消息: 'file',
  位置: 'location',
  位置消息: 'location',
  名片: 'contact',
  名片消息: 'contact',
  链接: 'link',
  链接消息: 'link',
  链接分享: 'link',
  分享链接: 'link',
  卡片式链接: 'link',
  '(分享)卡片式链接': 'link',
  音乐: 'link',
  音乐分享: 'link',
  '(分享)音乐': 'link',
  小程序: 'mini-program',
  '(分享)小程序': 'mini-program',
  引用: 'quote',
  引用回复: 'quote',
  引用消息: 'quote',
  合并转发: 'forward',
  聊天记录: 'forward',
  合并转发的聊天记录: 'forward',
  转账: 'transfer',
  转账消息: 'transfer',
  红包: 'red-packet',
  红包消息: 'red-packet',
  通话: 'call',
  语音通话: 'call',
  视频通话: 'call',
  音视频通话: 'call',
  拍一拍: 'poke',
  群公告: 'text',
  粘贴的文本: 'text',
  类似文字消息而不一样的消息: 'text',
  普通消息: 'text',
  添加好友: 'contact',
  推荐公众号: 'contact',
  '个人/公众号名片': 'contact',
  企业微信名片: 'contact',
  '(分享)视频号名片': 'contact',
  '企业微信打招呼(猜)': 'contact',
  '企业微信添加好友(猜)': 'contact',
  地图信息: 'location',
  位置共享: 'location',
  位置分享: 'location',
  用户上传的GIF表情: 'sticker',
  '文件(猜)': 'file',
  音乐消息: 'link',
  游戏相关: 'link',
  视频号: 'link',
  '(分享)视频号视频': 'link',
  视频号直播或直播回放: 'link',
  视频号直播或直播回放等: 'link',
  '(分享)小说(猜)': 'link',
  分享的小程序: 'mini-program',
  小程序消息: 'mini-program',
  带有引用的文本消息: 'quote',
  '(分享)笔记': 'document',
  收藏笔记: 'document',
  '(分享)收藏夹': 'forward',
  分享收藏夹: 'forward',
  接龙: 'task',
  赠送红包封面: 'red-packet',
  通话消息: 'call',
  拍一拍消息: 'poke',
  邀请加群: 'system',
  消息撤回: 'system',
  撤回消息: 'system',
  系统: 'system',
  系统消息: 'system',
  系统通知: 'system',
};

const RECALL = /撤回了?一?条消息|撤回了消息|recalled a message/i;

/** Kind of a message by its numbers; `other` where they are not known. */
export function wechatKind(type: number, subType: number): MessageKind {
  if (type === 49) return BY_SUB_TYPE[subType] ?? 'other';
  if (type === 10000 && subType === 4) return 'poke';
  return BY_TYPE[type] ?? 'other';
}

/** Kind of a message by an exporter's word; null where the word is not known. */
export function wechatKindOfWord(word: string): MessageKind | null {
  if (/^消息撤回\d+$/.test(word)) return 'system';
  return Object.hasOwn(BY_WORD, word) ? (BY_WORD[word] as MessageKind) : null;
}

/** Whether a system line says that somebody took a message back. */
export function isRecallNotice(text: string): boolean {
  return RECALL.test(text);
}
