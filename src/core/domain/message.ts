import { z } from 'zod';

/** Where an export comes from. `other` is any list or table of the organisation's own. */
export const Platform = z.enum([
  'wechat',
  'wecom',
  'qq',
  'dingtalk',
  'feishu',
  'welink',
  'whatsapp',
  'telegram',
  'line',
  'discord',
  'slack',
  'signal',
  'messenger',
  'instagram',
  'teams',
  'google-chat',
  'skype',
  'kakaotalk',
  'other',
]);
export type Platform = z.infer<typeof Platform>;

export const MessageKind = z.enum([
  'text',
  'image',
  'voice',
  'video',
  'file',
  'sticker',
  'link',
  'mini-program',
  'location',
  'contact',
  'quote',
  'forward',
  'red-packet',
  'transfer',
  'call',
  'poke',
  'vote',
  'task',
  'meeting',
  'document',
  'consent',
  'recall',
  'system',
  'other',
]);
export type MessageKind = z.infer<typeof MessageKind>;

export const ConversationType = z.enum(['direct', 'group', 'channel', 'unknown']);
export type ConversationType = z.infer<typeof ConversationType>;

/** Who carries the words: said by the sender, shown in a profile, passed on, or quoted (S2-1). */
export const Act = z.enum(['own-post', 'display', 'forward', 'quote']);
export type Act = z.infer<typeof Act>;

export const SubjectType = z.enum([
  'message',
  'account-field',
  'group-field',
  'published-item',
  'link',
  'attachment',
  'membership-event',
]);
export type SubjectType = z.infer<typeof SubjectType>;

/** What a hit is about. `id` is the UUID of the row, or `UUID/field` for a field of a row. */
export const Subject = z.object({ type: SubjectType, id: z.string().min(1) });
export type Subject = z.infer<typeof Subject>;

/** A half-open range of UTF-16 code units in an original text. */
export const Span = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type Span = z.infer<typeof Span>;
