/** Methods of the blind second review. */
import { z } from 'zod';
import { Count, Uid } from '../../core/domain/page.ts';
import { Agreement, BlindReview, JudgedReview } from '../../core/domain/second-review.ts';
import { method } from './method.ts';

const Limit = Count.min(1).max(500).default(100);

export const secondReviewsMethods = {
  /** Draws a share of the verdicts given so far; the same seed draws the same hits. */
  'secondReviews.draw': method(
    z.object({ share: z.number().gt(0).max(1), seed: z.string().trim().min(1).max(100) }),
    z.object({ drawn: Count }),
  ),
  /** What waits for the officer at work, without the first verdict. It shows content: a view is logged. */
  'secondReviews.queue': method(z.object({ limit: Limit }), z.array(BlindReview)),
  'secondReviews.judge': method(
    z.object({
      reviewId: Uid,
      verdict: z.enum(['confirmed', 'dismissed']),
      note: z.string().trim().default(''),
    }),
    JudgedReview,
  ),
  /** What two officers judged, disagreements first. */
  'secondReviews.judged': method(z.object({ limit: Limit }), z.array(JudgedReview)),
  'secondReviews.agreement': method(z.object({}), z.array(Agreement)),
} as const;
