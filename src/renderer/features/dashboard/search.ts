import { z } from 'zod';
import { optional } from '../../app/search.ts';

export const PERIODS = ['4', '13', '26', '52', 'all'] as const;

export const DashboardSearch = z.object({
  /** Weeks shown, back from today; absent: everything. */
  weeks: optional(z.enum(PERIODS)),
});
export type DashboardSearch = z.infer<typeof DashboardSearch>;
