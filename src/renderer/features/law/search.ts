import { z } from 'zod';
import { optional, sortBy } from '../../app/search.ts';

export const LawSearch = z.object({
  text: optional(z.string()),
  /** Civil day on which versions are judged; absent: today. */
  day: optional(z.iso.date()),
  /** Only versions in force on the day, only cited ones, only those that were not read in the text. */
  show: optional(z.enum(['inForce', 'cited', 'unread'])),
  sort: sortBy('citation', 'effectiveFrom', 'cited'),
  /** The article whose page is open. */
  article: optional(z.string()),
  /** Whether the check of citations is open instead. */
  check: optional(z.boolean()),
});
export type LawSearch = z.infer<typeof LawSearch>;
