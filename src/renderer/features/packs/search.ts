import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const PackSearch = z.object({
  /** The exhibit in the preview; absent: the first. */
  exhibit: optional(Uid),
});
export type PackSearch = z.infer<typeof PackSearch>;
