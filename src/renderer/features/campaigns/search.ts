import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const CampaignsSearch = z.object({
  view: optional(z.enum(['campaigns', 'bulletins', 'controls'])),
  campaign: optional(Uid),
});
export type CampaignsSearch = z.infer<typeof CampaignsSearch>;
