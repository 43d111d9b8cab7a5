import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const HouseRulesSearch = z.object({
  /** The version that is open. */
  rules: optional(Uid),
});
export type HouseRulesSearch = z.infer<typeof HouseRulesSearch>;
