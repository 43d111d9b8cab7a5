import { z } from 'zod';
import { CategoryId, Tier } from '../../../core/domain/category.ts';
import { HitStatus } from '../../../core/domain/hit.ts';
import { optional } from '../../app/search.ts';

export const RulesSearch = z.object({
  text: optional(z.string()),
  pack: optional(z.string()),
  category: optional(CategoryId),
  tier: optional(Tier),
  status: optional(HitStatus),
  sort: optional(
    z.object({
      by: z.enum(['title', 'category', 'severity', 'hits', 'confirmed', 'dismissed']),
      descending: z.boolean(),
    }),
  ),
  /** The rule whose details are open, as `pack/rule`. */
  rule: optional(z.string()),
  tab: optional(z.enum(['rules', 'packs', 'drafts', 'backtests', 'test'])),
});
export type RulesSearch = z.infer<typeof RulesSearch>;
