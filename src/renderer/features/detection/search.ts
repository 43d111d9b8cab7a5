import { z } from 'zod';
import { optional } from '../../app/search.ts';

export const DetectionSearch = z.object({
  tab: optional(z.enum(['runs', 'clusters', 'sample', 'classifier'])),
});
export type DetectionSearch = z.infer<typeof DetectionSearch>;
