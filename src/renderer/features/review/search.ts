import { z } from 'zod';
import { CategoryId, Tier } from '../../../core/domain/category.ts';
import { type HitFilter, HitStatus, Verdict } from '../../../core/domain/hit.ts';
import { Instant, Uid } from '../../../core/domain/page.ts';
import { optional, sortBy } from '../../app/search.ts';
import { compact } from '../../components/use-filters.ts';

export const ReviewSearch = z.object({
  status: optional(HitStatus),
  category: optional(CategoryId),
  tier: optional(Tier),
  severity: optional(z.number().int().min(1).max(5)),
  rule: optional(z.string()),
  /** Absent and `any` mean the same; an address without anything shows the queue. */
  disposition: optional(z.union([Verdict, z.literal(['open', 'any'])])),
  conversationId: optional(Uid),
  senderId: optional(Uid),
  caseId: optional(Uid),
  from: optional(Instant),
  to: optional(Instant),
  text: optional(z.string()),
  sort: sortBy('priority', 'sentAt', 'score', 'severity'),
  /** The hit shown in its context. */
  hit: optional(Uid),
});
export type ReviewSearch = z.infer<typeof ReviewSearch>;
export type ReviewFilter = Omit<ReviewSearch, 'sort' | 'hit'>;

/** The morning's queue: what an address without any filter shows. */
export const QUEUE = { status: 'hit', disposition: 'open' } as const satisfies ReviewSearch;
/** What matters most first; the order where the address names none. */
export const BY_PRIORITY = { by: 'priority', descending: true } as const;

/** The filter as the contract takes it. */
export function hitFilter({ disposition, ...rest }: ReviewFilter): HitFilter {
  return compact({ ...rest, disposition: disposition === 'any' ? undefined : disposition });
}
