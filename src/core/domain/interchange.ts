/**
 * Docket's interchange format for chats, version 1: NDJSON, one record a line. The published schema
 * (`docs/interchange-format.schema.json`) is made from these definitions; a test holds them equal.
 */
import { z } from 'zod';
import { ConversationType, MessageKind, Platform } from './message.ts';

const Text = z.string();
const Key = z.string().min(1);
const Fields = z.record(z.string(), z.string());

/** First line. `platform` says whose accounts and conversations the keys name. */
export const InterchangeHeader = z.object({
  record: z.literal('header'),
  format: z.literal('docket-chat'),
  version: z.literal(1),
  platform: Platform,
  exporter: Text.optional(),
  exportedAt: Text.optional(),
});
export type InterchangeHeader = z.infer<typeof InterchangeHeader>;

/** Somebody who writes or is a member. Before the first message that names them, where possible. */
export const InterchangeAccount = z.object({
  record: z.literal('account'),
  key: Key,
  platformId: Text.nullable().optional(),
  name: Text.nullable().optional(),
  fields: Fields.optional(),
});

export const InterchangeConversation = z.object({
  record: z.literal('conversation'),
  key: Key,
  platformId: Text.nullable().optional(),
  name: Text.nullable().optional(),
  type: ConversationType.optional(),
  fields: Fields.optional(),
});

export const InterchangeMembership = z.object({
  record: z.literal('membership'),
  conversation: Key,
  account: Key,
  role: z.enum(['owner', 'admin', 'member']).nullable().optional(),
  displayName: Text.nullable().optional(),
  from: Text.nullable().optional(),
  to: Text.nullable().optional(),
});

/** Words that a message carries and its sender did not write now. */
export const InterchangeCarried = z.object({
  act: z.enum(['quote', 'forward']),
  sender: Text.nullable().optional(),
  text: Text,
  sentAtText: Text.nullable().optional(),
  get items() {
    return z.array(InterchangeCarried).optional();
  },
});

export const InterchangeAttachment = z.object({
  kind: z.enum(['image', 'voice', 'video', 'file', 'sticker']),
  name: Text.nullable().optional(),
  reference: Text.nullable().optional(),
  size: z.int().min(0).nullable().optional(),
  md5: Text.nullable().optional(),
});

export const InterchangeFlag = z.enum([
  'lone-surrogate-replaced',
  'invalid-bytes-replaced',
  'mojibake-repaired',
  'time-unparsed',
  'sender-unknown',
]);

/**
 * A message. Without `instant` and `wallTime`, `sentAtText` is read: an epoch or ISO 8601. `instant` is
 * UTC milliseconds, `wallTime` milliseconds of a clock without a zone as if it were UTC; never both.
 */
export const InterchangeMessage = z.object({
  record: z.literal('message'),
  conversation: Key,
  platformId: Text.nullable().optional(),
  sender: Key.nullable().optional(),
  senderName: Text.nullable().optional(),
  sentAtText: Text,
  instant: z.int().nullable().optional(),
  wallTime: z.int().nullable().optional(),
  kind: MessageKind.optional(),
  text: Text,
  forwarded: z.boolean().optional(),
  carried: z.array(InterchangeCarried).optional(),
  refersTo: Text.nullable().optional(),
  editedAtText: Text.nullable().optional(),
  attachments: z.array(InterchangeAttachment).optional(),
  extra: z.record(z.string(), z.unknown()).nullable().optional(),
  flags: z.array(InterchangeFlag).optional(),
});

/** Any line. */
export const InterchangeRecord = z.discriminatedUnion('record', [
  InterchangeHeader,
  InterchangeAccount,
  InterchangeConversation,
  InterchangeMembership,
  InterchangeMessage,
]);
export type InterchangeRecord = z.infer<typeof InterchangeRecord>;
