/** Methods on exhibits and evidence packs. */
import { z } from 'zod';
import { Exhibit, PackProfile, PackResult, VerifyResult } from '../../core/domain/case.ts';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import { JobId, method } from './method.ts';

export const evidenceMethods = {
  'evidence.addExhibit': method(
    z.object({
      caseId: Uid,
      messageId: Uid,
      description: z.string().nullish(),
      context: Count.max(200).default(20),
    }),
    Exhibit,
  ),
  'evidence.removeExhibit': method(z.object({ exhibitId: Uid, reason: z.string().min(1) }), Exhibit),
  'evidence.export': method(
    z.object({
      jobId: JobId,
      caseId: Uid,
      profile: PackProfile,
      file: z.string(),
      recipient: z.string().default(''),
      purpose: z.string().default(''),
    }),
    PackResult,
  ),
  'evidence.verify': method(z.object({ file: z.string(), fingerprint: Sha256.nullish() }), VerifyResult),
} as const;
