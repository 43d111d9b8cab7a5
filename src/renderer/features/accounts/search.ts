import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional, sortBy } from '../../app/search.ts';

export const AccountsSearch = z.object({
  text: optional(z.string()),
  unnamed: optional(z.boolean()),
  sort: sortBy('name', 'messages', 'hits'),
  /** The account whose details are open. */
  account: optional(Uid),
});
export type AccountsSearch = z.infer<typeof AccountsSearch>;
