import { z } from 'zod';
import { MessageKind } from '../../../core/domain/message.ts';
import { Instant, Uid } from '../../../core/domain/page.ts';
import { optional, sortBy } from '../../app/search.ts';

export const MessagesSearch = z.object({
  text: optional(z.string()),
  conversationId: optional(Uid),
  senderId: optional(Uid),
  sourceId: optional(Uid),
  kind: optional(MessageKind),
  from: optional(Instant),
  to: optional(Instant),
  withHits: optional(z.boolean()),
  sort: sortBy('sentAt'),
  /** The message whose context is open. */
  message: optional(Uid),
});
export type MessagesSearch = z.infer<typeof MessagesSearch>;

export const ConversationsSearch = z.object({
  text: optional(z.string()),
  sort: sortBy('name', 'messages', 'lastAt'),
});
export type ConversationsSearch = z.infer<typeof ConversationsSearch>;
