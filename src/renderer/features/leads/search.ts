import { z } from 'zod';
import { CategoryId } from '../../../core/domain/category.ts';
import { LeadSource, LeadState } from '../../../core/domain/lead.ts';
import { Uid } from '../../../core/domain/page.ts';
import { optional, sortBy } from '../../app/search.ts';

export const LeadsSearch = z.object({
  /** Absent: those that are open. */
  state: optional(z.union([LeadState, z.enum(['owes-reply', 'all'])])),
  source: optional(LeadSource),
  category: optional(CategoryId),
  text: optional(z.string()),
  sort: sortBy('number', 'receivedAt'),
  /** The lead that is open. */
  lead: optional(Uid),
});
export type LeadsSearch = z.infer<typeof LeadsSearch>;
