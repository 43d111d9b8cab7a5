/** Quarantine: what leaves every view, pack, bundle and training set until an authority decides. */
import { z } from 'zod';
import { Count, Instant, Sha256, Uid } from './page.ts';

export const QuarantineReason = z.enum(['state-secret', 'sexual-content-minors', 'other']);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

/** Digest and place remain; the content is shown by `quarantine.open` only. */
export const QuarantineEntry = z.object({
  id: Uid,
  messageId: Uid,
  reason: QuarantineReason,
  note: z.string(),
  officer: z.string(),
  at: Instant,
  sentAt: Instant.nullable(),
  digest: Sha256,
  sourceId: Uid,
  file: z.string(),
  locator: z.object({ start: Count, end: Count, line: Count }),
  released: z
    .object({ at: Instant, officer: z.string(), approver: z.string().nullable(), reason: z.string() })
    .nullable(),
});
export type QuarantineEntry = z.infer<typeof QuarantineEntry>;
