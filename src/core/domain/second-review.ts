import { z } from 'zod';
import { CategoryId } from './category.ts';
import { Hit, Verdict } from './hit.ts';
import { Count, Instant, Uid } from './page.ts';

/** Why a hit is looked at again by somebody else. */
export const SecondReviewCause = z.enum(['sample', 'permanent']);
export type SecondReviewCause = z.infer<typeof SecondReviewCause>;

/** A hit for the second pair of eyes: without the first verdict, which would lead them. */
export const BlindReview = z.object({
  id: Uid,
  cause: SecondReviewCause,
  drawnAt: Instant,
  /** `disposition`, `caseId` and `caseNumber` are null here, whatever they are. */
  hit: Hit,
});
export type BlindReview = z.infer<typeof BlindReview>;

/** A hit that two officers saw differently, or the same. Shown once both have judged. */
export const JudgedReview = z.object({
  id: Uid,
  cause: SecondReviewCause,
  hit: Hit,
  first: Verdict,
  firstOfficer: z.string(),
  second: Verdict,
  secondOfficer: z.string(),
  note: z.string(),
  at: Instant,
  agreed: z.boolean(),
});
export type JudgedReview = z.infer<typeof JudgedReview>;

/** How far two officers agree on a category. */
export const Agreement = z.object({
  category: CategoryId,
  judged: Count,
  agreed: Count,
  /** Cohen's kappa over confirmed and dismissed, -1 to 1; null where it cannot be computed. */
  kappa: z.number().nullable(),
});
export type Agreement = z.infer<typeof Agreement>;
