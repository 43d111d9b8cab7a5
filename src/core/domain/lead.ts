import { z } from 'zod';
import { CategoryId } from './category.ts';
import { Count, Instant, Uid } from './page.ts';

/** How something came to notice (S4-8). */
export const LeadSource = z.enum(['user-report', 'detection', 'inspection']);
export type LeadSource = z.infer<typeof LeadSource>;
export const LeadState = z.enum(['received', 'in-progress', 'closed']);
export type LeadState = z.infer<typeof LeadState>;
export const LeadOutcome = z.enum(['case', 'referred', 'no-action', 'duplicate']);
export type LeadOutcome = z.infer<typeof LeadOutcome>;

/** Where counting leads like another ends. */
export const SIMILAR_COUNTED = 99;

/** Something that somebody or something pointed out, before there is a case. */
export const Lead = z.object({
  id: Uid,
  /** L-A7-0007. */
  number: z.string(),
  source: LeadSource,
  state: LeadState,
  receivedAt: Instant,
  firstActionAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Who reported it and how to reach them; empty where nobody did. */
  reporter: z.string(),
  contact: z.string(),
  /** What it is about, as it was written. */
  target: z.string(),
  accountId: Uid.nullable(),
  account: z.string().nullable(),
  conversationId: Uid.nullable(),
  conversation: z.string().nullable(),
  text: z.string(),
  category: CategoryId.nullable(),
  hitIds: z.array(Uid),
  outcome: LeadOutcome.nullable(),
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  duplicateOf: z.string().nullable(),
  referredTo: z.string(),
  reason: z.string(),
  reply: z.string(),
  repliedAt: Instant.nullable(),
  officer: z.string(),
  /** Other leads about the same target or with the same words, counted up to `SIMILAR_COUNTED`. */
  similar: Count,
  /** Reported by somebody, closed, and nobody told them yet. */
  owesReply: z.boolean(),
});
export type Lead = z.infer<typeof Lead>;

/** What became of the leads of one source. */
export const LeadFigures = z.object({
  source: LeadSource,
  received: Count,
  open: Count,
  cases: Count,
  referred: Count,
  noAction: Count,
  duplicates: Count,
  /** Medians in milliseconds; null where none is known. */
  toFirstAction: Count.nullable(),
  toClosing: Count.nullable(),
});
export type LeadFigures = z.infer<typeof LeadFigures>;
