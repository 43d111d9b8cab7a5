/** Methods on cases and queue shares that go to another workstation and come back. */
import { z } from 'zod';
import { Sha256, Uid } from '../../core/domain/page.ts';
import { Transfer, TransferConflict, TransferLook } from '../../core/domain/transfer.ts';
import { JobId, method, Nothing } from './method.ts';

const passphrase = z.string().min(8);

export const transfersMethods = {
  /** Writes a case, or hits with their verdicts, to an encrypted and signed file. Exactly one of `caseId` and `hitIds`. */
  'transfers.send': method(
    z.object({
      caseId: Uid.nullish(),
      hitIds: z.array(Uid).max(20_000).nullish(),
      file: z.string(),
      passphrase,
      recipient: z.string().trim().min(1),
      purpose: z.string().trim().min(1),
    }),
    Transfer,
  ),
  /** What a file holds; keeps nothing. */
  'transfers.look': method(z.object({ file: z.string(), passphrase: z.string() }), TransferLook),
  /** Takes a file in. `trust` is the fingerprint of a sender who is new here, compared by another way. */
  'transfers.receive': method(
    z.object({ jobId: JobId, file: z.string(), passphrase: z.string(), trust: Sha256.nullish() }),
    Transfer,
  ),
  'transfers.list': method(Nothing, z.array(Transfer)),
  'transfers.conflicts': method(Nothing, z.array(TransferConflict)),
  /** Chooses one of two versions by an event of one's own; the other stays in the log. */
  'transfers.resolve': method(
    z.object({
      conflictId: Uid,
      choice: z.enum(['ours', 'theirs']),
      reason: z.string().trim().min(1),
    }),
    TransferConflict,
  ),
} as const;
