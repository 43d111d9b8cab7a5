/** Methods on what the sources said: conversations, messages, accounts. */
import { z } from 'zod';
import { Account, Conversation, Message, MessageFilter } from '../../core/domain/conversation.ts';
import { Count, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { method, sorted } from './method.ts';

export const messagesMethods = {
  'conversations.list': method(
    PageInput.extend({
      text: z.string().nullish(),
      sort: sorted('name', 'messages', 'lastAt').nullish(),
    }),
    pageOf(Conversation),
  ),
  'messages.search': method(
    PageInput.extend({ filter: MessageFilter, sort: sorted('sentAt').nullish() }),
    pageOf(Message),
  ),
  /** The message with its neighbours in the conversation, oldest first. Logged as a view of content. */
  'messages.context': method(
    z.object({
      messageId: Uid,
      before: Count.max(500).default(20),
      after: Count.max(500).default(20),
      /** Shown in review, where names may be covered. */ inReview: z.boolean().default(false),
    }),
    z.object({ messages: z.array(Message), moreBefore: z.boolean(), moreAfter: z.boolean() }),
  ),
  'accounts.list': method(
    PageInput.extend({
      text: z.string().nullish(),
      unnamed: z.boolean().nullish(),
      sort: sorted('name', 'messages', 'hits').nullish(),
    }),
    pageOf(Account),
  ),
  /** Unmasks the register fields of one account; the reason is logged. */
  'accounts.reveal': method(z.object({ accountId: Uid, reason: z.string().min(1) }), Account),
} as const;
