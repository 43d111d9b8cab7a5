/** Methods on exhibits and evidence packs. */
import { z } from 'zod';
import {
  Exhibit,
  OpenedExhibit,
  PackRedaction,
  PackResult,
  PackStamp,
  RedactedPart,
  VerifyResult,
} from '../../core/domain/case.ts';
import { PackChoice, PackPlan, PackPreviewRow } from '../../core/domain/pack.ts';
import { Count, Instant, Sha256, Uid } from '../../core/domain/page.ts';
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
  /**
   * The messages of an exhibit as they were imported. Opening one is a custody event by itself: one for each
   * officer, exhibit, day and purpose.
   */
  'evidence.open': method(
    z.object({
      exhibitId: Uid,
      /** What for, beside the case itself. */
      purpose: z.string().trim().default(''),
      offset: Count.default(0),
      limit: Count.min(1).max(200).default(50),
    }),
    OpenedExhibit,
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
    PackChoice.extend({
      jobId: JobId,
      file: z.string(),
      recipient: z.string().default(''),
      purpose: z.string().default(''),
      /** The fact that each exhibit is to prove; the purpose where nothing is said. */
      proves: z.array(z.object({ exhibitId: Uid, text: z.string().trim() })).optional(),
      /** Recipient and pack id across every page; on where nothing is said. */
      watermark: z.boolean().optional(),
      /** The second officer who approves that bystanders are named, by their own passphrase. */
      approval: z.object({ officerId: Uid, passphrase: z.string() }).optional(),
    }),
    PackResult,
  ),
  /** What a pack would hold and how large it would be. */
  'evidence.plan': method(PackChoice, PackPlan),
  /** The messages of an exhibit as a pack would show them. */
  'evidence.preview': method(
    PackChoice.extend({ exhibitId: Uid, offset: Count.default(0), limit: Count.min(1).max(200).default(50) }),
    z.object({ rows: z.array(PackPreviewRow), total: Count }),
  ),
  /**
   * Makes everything of a message's conversation in a period one exhibit; all of it where no end is given.
   */
  'evidence.addPeriod': method(
    z.object({
      caseId: Uid,
      messageId: Uid,
      from: Instant.nullish(),
      to: Instant.nullish(),
      description: z.string().nullish(),
    }),
    Exhibit,
  ),
  /** Takes in an authority's answer (RFC 3161) to the request in a pack, `root.tsq`. */
  'evidence.importStamp': method(z.object({ packId: Uid, file: z.string() }), PackStamp),
  /** Hashes and parses a sealed source anew, and compares every message with what was kept. */
  'evidence.reExtract': method(z.object({ jobId: JobId, sourceId: Uid }), ReExtraction),
  'evidence.verify': method(z.object({ file: z.string(), fingerprint: Sha256.nullish() }), VerifyResult),
} as const;
