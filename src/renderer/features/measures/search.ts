import { z } from 'zod';
import { MeasureOwed } from '../../../core/domain/measure.ts';
import { optional } from '../../app/search.ts';

export const MeasuresSearch = z.object({
  tab: optional(z.enum(['measures', 'watch'])),
  /** Absent: what anything is owed about. */
  owed: optional(z.union([MeasureOwed, z.literal('all')])),
  overdue: optional(z.boolean()),
  text: optional(z.string()),
});
export type MeasuresSearch = z.infer<typeof MeasuresSearch>;
