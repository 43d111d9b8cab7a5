import { z } from 'zod';
import { LeadSource, LeadState } from '../../../core/domain/lead.ts';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const LeadsSearch = z.object({
  /** Absent: those that are open. */
  state: optional(z.union([LeadState, z.enum(['owes-reply', 'all'])])),
  source: optional(LeadSource),
  text: optional(z.string()),
  /** The lead that is open. */
  lead: optional(Uid),
});
export type LeadsSearch = z.infer<typeof LeadsSearch>;
