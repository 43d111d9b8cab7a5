import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { AccountClass, Entitlement, EntitlementGap } from '../../../core/domain/public-account.ts';
import { optional, sortBy } from '../../app/search.ts';

export const AccountsSearch = z.object({
  text: optional(z.string()),
  unnamed: optional(z.boolean()),
  sort: sortBy('name', 'messages', 'hits'),
  /** The account whose details are open. */
  account: optional(Uid),
});
export type AccountsSearch = z.infer<typeof AccountsSearch>;

export const ListsSearch = z.object({
  /** The register of public accounts in place of the lists, and how it is narrowed. */
  view: optional(z.enum(['public-accounts'])),
  day: optional(z.iso.date()),
  class: optional(AccountClass),
  entitlement: optional(Entitlement),
  gap: optional(EntitlementGap),
  /** The list that is open, and the import whose changes are shown; without one, the last. */
  list: optional(Uid),
  source: optional(Uid),
  tab: optional(z.enum(['entries', 'changes'])),
  text: optional(z.string()),
});
export type ListsSearch = z.infer<typeof ListsSearch>;
