/** Methods on leads: what was pointed out, before there is a case. */
import { z } from 'zod';
import { CategoryId } from '../../core/domain/category.ts';
import { Lead, LeadFigures, LeadSource, LeadState } from '../../core/domain/lead.ts';
import { Count, Instant, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

const Text = z.string().trim();
const LeadIds = z.array(Uid).min(1).max(1000);

export const leadsMethods = {
  /** The newest first; `number` is the order in which they were entered, `receivedAt` that in which they came. */
  'leads.list': method(
    PageInput.extend({
      state: z.union([LeadState, z.enum(['open', 'owes-reply'])]).nullish(),
      source: LeadSource.nullish(),
      category: CategoryId.nullish(),
      text: z.string().nullish(),
      sort: z.object({ by: z.enum(['number', 'receivedAt']), descending: z.boolean() }).nullish(),
    }),
    pageOf(Lead),
  ),
  'leads.get': method(z.object({ leadId: Uid }), Lead),
  /** Others about the same target, or in the same words. */
  'leads.similar': method(z.object({ leadId: Uid }), z.array(Lead)),
  'leads.figures': method(z.object({ from: Instant, to: Instant }), z.array(LeadFigures)),
  'leads.receive': method(
    z.object({
      source: LeadSource,
      receivedAt: Instant,
      reporter: Text.default(''),
      contact: Text.default(''),
      target: Text.default(''),
      accountId: Uid.nullish(),
      conversationId: Uid.nullish(),
      text: Text.min(1),
      category: CategoryId.nullish(),
      hitIds: z.array(Uid).max(1000).default([]),
    }),
    Lead,
  ),
  /** Makes leads of imported lists of user reports; what became one stays one. */
  'leads.receiveReports': method(z.object({}), z.object({ added: Count })),
  'leads.take': method(z.object({ leadId: Uid }), Lead),
  /** Into a new case, or into one that is open. */
  'leads.convert': method(
    z.object({ leadId: Uid, caseId: Uid.nullish(), title: z.string().nullish() }),
    Lead,
  ),
  'leads.close': method(
    z.object({
      leadId: Uid,
      outcome: z.enum(['referred', 'no-action', 'duplicate']),
      reason: Text.min(1),
      referredTo: Text.default(''),
      duplicateOf: Uid.nullish(),
    }),
    Lead,
  ),
  /** Takes up the chosen leads that nobody took up yet; answers how many. */
  'leads.takeAll': method(z.object({ leadIds: LeadIds }), z.object({ done: Count })),
  /** Closes the chosen leads that are open, each with its own event; answers how many. */
  'leads.closeAll': method(
    z.object({
      leadIds: LeadIds,
      outcome: z.enum(['referred', 'no-action']),
      reason: Text.min(1),
      referredTo: Text.default(''),
    }),
    z.object({ done: Count }),
  ),
  /** Takes back closings without a case. */
  'leads.reopen': method(z.object({ leadIds: LeadIds, reason: Text.min(1) }), z.object({ done: Count })),
  'leads.reply': method(z.object({ leadId: Uid, reply: Text.min(1) }), Lead),
} as const;
