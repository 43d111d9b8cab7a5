/** Methods on exhibits and evidence packs. */
import { z } from 'zod';
import {
  Exhibit,
  PackProfile,
  PackRedaction,
  PackResult,
  PackStamp,
  RedactedPart,
  VerifyResult,
} from '../../core/domain/case.ts';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import { ReExtraction } from '../../core/domain/source.ts';
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
  /** Who had exhibits in hand; `person` is whom they went to or came from. */
  'evidence.recordCustody': method(
    z.object({
      exhibitIds: z.array(Uid).min(1).max(500),
      action: z.enum(['viewed', 'handed-over', 'returned']),
      person: z.string().trim().default(''),
      purpose: z.string().trim().min(1),
    }),
    z.array(Exhibit),
  ),
  /** Withholds a part of a message, or spans of its text, from every later pack of the case. */
  'evidence.redact': method(
    z.object({
      caseId: Uid,
      messageId: Uid,
      part: RedactedPart,
      spans: z
        .array(z.object({ start: Count, end: Count }))
        .min(1)
        .nullish(),
      reason: z.string().trim().min(1),
    }),
    PackRedaction,
  ),
  'evidence.redactions': method(z.object({ caseId: Uid }), z.array(PackRedaction)),
  'evidence.withdrawRedaction': method(
    z.object({ redactionId: Uid, reason: z.string().trim().min(1) }),
    z.array(PackRedaction),
  ),
  'evidence.export': method(
    z.object({
      jobId: JobId,
      caseId: Uid,
      profile: PackProfile,
      file: z.string(),
      recipient: z.string().default(''),
      purpose: z.string().default(''),
      /** People who speak in the pack and are no party of the case appear under aliases. */
      aliases: z.boolean().default(false),
    }),
    PackResult,
  ),
  /** Takes in an authority's answer (RFC 3161) to the request in a pack, `root.tsq`. */
  'evidence.importStamp': method(z.object({ packId: Uid, file: z.string() }), PackStamp),
  /** Hashes and parses a sealed source anew, and compares every message with what was kept. */
  'evidence.reExtract': method(z.object({ jobId: JobId, sourceId: Uid }), ReExtraction),
  'evidence.verify': method(z.object({ file: z.string(), fingerprint: Sha256.nullish() }), VerifyResult),
} as const;
