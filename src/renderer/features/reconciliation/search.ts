import { z } from 'zod';
import { Count, Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const ReconciliationSearch = z.object({
  a: optional(Uid),
  b: optional(Uid),
  /** Conversation of each side, where a source holds several. */
  ac: optional(Uid),
  bc: optional(Uid),
  tolerance: optional(Count),
  show: optional(z.enum(['differences', 'all', 'matched', 'differs', 'only-a', 'only-b'])),
  /** Set once the officer has asked for the comparison. */
  done: optional(z.boolean()),
});
export type ReconciliationSearch = z.infer<typeof ReconciliationSearch>;
