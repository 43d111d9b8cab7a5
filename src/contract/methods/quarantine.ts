/** Methods on quarantined content. */
import { z } from 'zod';
import { Count, Uid } from '../../core/domain/page.ts';
import { QuarantineEntry, QuarantineReason } from '../../core/domain/quarantine.ts';
import { method, Nothing } from './method.ts';

const words = z.string().trim().min(1);
const second = { approverId: Uid, passphrase: z.string() };

export const quarantineMethods = {
  'quarantine.list': method(Nothing, z.array(QuarantineEntry)),
  /** Takes messages out of every view, pack and training set. */
  'quarantine.set': method(
    z.object({
      messageIds: z.array(Uid).min(1).max(1000),
      reason: QuarantineReason,
      note: z.string().default(''),
    }),
    z.object({ added: Count }),
  ),
  /** Shows the content once, for a purpose and before a second officer. */
  'quarantine.open': method(
    z.object({ quarantineId: Uid, purpose: words, ...second }),
    z.object({
      text: z.string(),
      parts: z.array(z.string()),
      attachments: z.array(z.string()),
    }),
  ),
  /** Gives the message back to views and packs. */
  'quarantine.release': method(z.object({ quarantineId: Uid, reason: words, ...second }), QuarantineEntry),
} as const;
