import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { CaseState } from './case.ts';
import { CategoryId } from './category.ts';
import { Count, Instant, Uid } from './page.ts';

/** Who answered for a group when something was said in it (S3-1). */
export const ResponsibilityChain = z.object({
  conversationId: Uid,
  conversation: z.string(),
  /** The first confirmed hit of the case in this conversation. */
  at: Instant.nullable(),
  authors: z.array(z.string()),
  /** Who brought the authors in, as far as a notice or a list tells. */
  inviters: z.array(
    z.object({
      author: z.string(),
      inviter: z.string(),
      at: Instant.nullable(),
      told: z.enum(['notice', 'list']),
    }),
  ),
  people: z.array(
    z.object({
      accountId: Uid,
      name: z.string(),
      role: z.enum(['owner', 'admin']),
      /** `dated`: the list says from when to when; else it only says that they are. */
      dated: z.boolean(),
      /** Their first message in the conversation after the hit. */
      spokeAt: Instant.nullable(),
      /** The first time they removed or muted a member or recalled a message after it. */
      acted: z.object({ act: z.enum(['remove', 'mute', 'recall']), at: Instant }).nullable(),
    }),
  ),
  /** No list tells who manages this conversation. */
  unknown: z.boolean(),
});
export type ResponsibilityChain = z.infer<typeof ResponsibilityChain>;

/** Another case, and what ties it to this one. */
export const RelatedCase = z.object({
  id: Uid,
  number: z.string(),
  title: z.string(),
  state: CaseState,
  openedAt: Instant,
  people: Count,
  conversations: Count,
});
export type RelatedCase = z.infer<typeof RelatedCase>;

/** What was decided elsewhere about the same kind of thing. */
export const Precedent = z.object({
  caseId: Uid,
  number: z.string(),
  title: z.string(),
  category: CategoryId,
  severity: Count,
  measure: z.string(),
  measureTitle: Bilingual,
  deviates: z.boolean(),
  overturned: z.boolean(),
  at: Instant,
});
export type Precedent = z.infer<typeof Precedent>;

export const CaseContext = z.object({
  chains: z.array(ResponsibilityChain),
  related: z.array(RelatedCase),
  precedents: z.array(Precedent),
});
export type CaseContext = z.infer<typeof CaseContext>;

/** Everything known about one person across cases. */
export const Dossier = z.object({
  accounts: z.array(
    z.object({ id: Uid, name: z.string(), platformId: z.string().nullable(), platform: z.string() }),
  ),
  cases: z.array(
    z.object({
      id: Uid,
      number: z.string(),
      title: z.string(),
      state: CaseState,
      role: z.string(),
      openedAt: Instant,
    }),
  ),
  decisions: z.array(
    z.object({
      id: Uid,
      caseId: Uid,
      caseNumber: z.string(),
      measureTitle: Bilingual,
      at: Instant,
      /** Whether it may count as an earlier decision, and why not. */
      standing: z.enum(['final', 'awaiting-approval', 'refused', 'overturned', 'unproved']),
      appeal: z.enum(['open', 'upheld', 'reduced', 'overturned']).nullable(),
    }),
  ),
  measures: z.array(
    z.object({
      number: z.string(),
      caseId: Uid,
      title: Bilingual,
      state: z.string(),
      executedAt: Instant.nullable(),
    }),
  ),
  openHits: Count,
  confirmedHits: Count,
});
export type Dossier = z.infer<typeof Dossier>;
