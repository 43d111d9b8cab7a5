import { z } from 'zod';
import { Act, ConversationType, MessageKind, Platform } from './message.ts';
import { Count, Instant, Uid } from './page.ts';

export const Conversation = z.object({
  id: Uid,
  platform: Platform,
  platformId: z.string().nullable(),
  name: z.string().nullable(),
  type: ConversationType,
  messages: Count,
  members: Count,
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});
export type Conversation = z.infer<typeof Conversation>;

export const Account = z.object({
  id: Uid,
  platform: Platform,
  platformId: z.string().nullable(),
  name: z.string().nullable(),
  /** Names seen in exports, newest first. */
  names: z.array(z.string()),
  /** Register fields; personal data is masked unless revealed. */
  fields: z.record(z.string(), z.string()),
  messages: Count,
  hits: Count,
  /** Whether some export shows this id without a name and no directory has named it yet. */
  unnamed: z.boolean(),
});
export type Account = z.infer<typeof Account>;

export const CarriedPart = z.object({
  /** 1, 2, … within the message; part 0 is the message's own text. */
  part: Count,
  depth: Count,
  act: Act,
  sender: z.string().nullable(),
  text: z.string(),
  sentAtText: z.string().nullable(),
});

export const Message = z.object({
  id: Uid,
  conversationId: Uid,
  conversation: z.string().nullable(),
  senderId: Uid.nullable(),
  sender: z.string().nullable(),
  platformId: z.string().nullable(),
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  kind: MessageKind,
  text: z.string(),
  act: Act,
  carried: z.array(CarriedPart),
  attachments: z.array(z.object({ kind: z.string(), name: z.string().nullable(), size: Count.nullable() })),
  editedAtText: z.string().nullable(),
  recalled: z.boolean(),
  flags: z.array(z.string()),
  hits: Count,
  sourceId: Uid,
  /** Byte range and line in the source: where anyone can find this message again. */
  locator: z.object({ start: Count, end: Count, line: Count }),
});
export type Message = z.infer<typeof Message>;

export const MessageFilter = z.object({
  text: z.string().nullish(),
  conversationId: Uid.nullish(),
  senderId: Uid.nullish(),
  sourceId: Uid.nullish(),
  kind: MessageKind.nullish(),
  from: Instant.nullish(),
  to: Instant.nullish(),
  withHits: z.boolean().nullish(),
});
export type MessageFilter = z.infer<typeof MessageFilter>;
