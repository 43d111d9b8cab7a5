import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const AuditSearch = z.object({
  type: optional(z.string()),
  officerId: optional(Uid),
  subjectId: optional(z.string()),
  /** The event whose details are open, by its sequence. */
  event: optional(z.number().int()),
});
export type AuditSearch = z.infer<typeof AuditSearch>;
