import { z } from 'zod';

/** Kinds of lists: what a row of the list is about. */
export const ListKind = z.enum([
  'accounts',
  'members',
  'groups',
  'public-accounts',
  'roster',
  'licences',
  'agreements',
  'published-items',
  'user-reports',
  'links',
]);
export type ListKind = z.infer<typeof ListKind>;
