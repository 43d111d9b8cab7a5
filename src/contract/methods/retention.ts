/** Methods on periods of retention and on destruction. */
import { z } from 'zod';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import {
  Destruction,
  DestructionPreview,
  Retained,
  RetentionKind,
  RetentionRule,
} from '../../core/domain/retention.ts';
import { JobId, method, Nothing } from './method.ts';

const subject = z.object({ kind: RetentionKind, id: Uid });

export const retentionMethods = {
  'retention.rules': method(Nothing, z.array(RetentionRule)),
  'retention.setRule': method(
    z.object({
      kind: RetentionKind,
      days: Count.min(1).max(36_500).nullable(),
      basis: z.string().trim().min(1),
    }),
    z.array(RetentionRule),
  ),
  /** Everything with a period: what is due first. `dueOnly` leaves the rest out. */
  'retention.list': method(z.object({ dueOnly: z.boolean().default(false) }), z.array(Retained)),
  'retention.preview': method(subject, DestructionPreview),
  /** Destroys content for good, with the second officer's own unlock. Before its period ends only with `early`. */
  'retention.destroy': method(
    subject.extend({
      jobId: JobId,
      reason: z.string().trim().min(1),
      early: z.boolean().default(false),
      approverId: Uid,
      approverPassphrase: z.string(),
    }),
    Destruction,
  ),
  /** Certificates, the latest first; of one case where it is named. */
  'retention.certificates': method(z.object({ caseId: Uid.nullish() }), z.array(Destruction)),
  'retention.writeCertificate': method(
    z.object({
      destructionId: Uid,
      file: z.string(),
      format: z.enum(['json', 'docx', 'pdf']),
      language: z.enum(['zh-CN', 'en']),
    }),
    z.object({ file: z.string(), sha256: Sha256, bytes: Count }),
  ),
} as const;
