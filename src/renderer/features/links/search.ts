import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional, sortBy } from '../../app/search.ts';

export const LinksSearch = z.object({
  text: optional(z.string()),
  domain: optional(z.string()),
  short: optional(z.boolean()),
  sort: sortBy('places', 'firstAt', 'lastAt'),
  /** The link whose places are open. */
  link: optional(Uid),
});
export type LinksSearch = z.infer<typeof LinksSearch>;
