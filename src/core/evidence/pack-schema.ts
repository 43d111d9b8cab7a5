/** What a verifier reads of a pack's JSON files; members beside these are shown, not checked. */
import { z } from 'zod';
import { Decision } from '../domain/case.ts';
import { AttachmentCounts } from '../domain/pack.ts';
import { PACK_FORMAT } from './pack-format.ts';
import { SourceProof } from './proof-checks.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().nonnegative();
const format = z.literal(PACK_FORMAT);

export const CaseFile = z.object({
  format,
  pack: z.object({ id: z.string(), officer: z.object({ fingerprint: Hex }) }),
  workspace: z.object({ auditHead: z.object({ sequence: Count, hash: Hex }) }),
  case: z.object({ number: z.string() }),
  parties: z.array(z.object({ accountId: z.string().nullable() })),
  exhibits: z.array(z.object({ number: z.string(), messages: Count, sha256: Hex.nullable() })),
  totals: z.object({ exhibits: Count, rows: Count, messages: Count }),
});

export const SourcesFile = z.object({
  format,
  sources: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      sha256: Hex,
      bytes: Count,
      ledger: z.object({ parsedBytes: Count, skippedBytes: Count, ignoredBytes: Count }),
    }),
  ),
});

export const ProofsFile = z.object({ format, sources: z.array(SourceProof) });

export const CompletenessFile = z.object({
  format,
  selective: z.boolean(),
  withheld: z.object({
    messages: Count,
    reasons: z.array(z.object({ reason: z.string(), messages: Count })),
  }),
  disclosed: z.object({ people: Count, messages: Count }),
  attachments: AttachmentCounts,
  conversations: z.array(
    z.object({
      conversationId: z.string(),
      selective: z.boolean(),
      total: Count,
      inPeriod: Count,
      selected: Count,
      context: Count,
      leftOut: z.array(z.object({ reason: z.string(), count: Count })),
    }),
  ),
});

export const DecisionsFile = z.object({
  format,
  keys: z.array(z.object({ fingerprint: Hex, publicKey: z.string() })),
  decisions: z.array(
    Decision.omit({ signatures: true }).extend({
      signatures: z.array(z.object({ fingerprint: Hex, signature: z.string(), signed: z.string() })),
    }),
  ),
});

export const ProceedingsFile = z.object({ format, included: z.boolean() });

export const DutiesFile = z.object({ format, duties: z.array(z.object({ id: z.string() })) });

export const CustodyFile = z.object({
  format,
  custody: z.array(z.object({ id: z.string(), exhibit: z.string() })),
});

export const AuditEntryLine = z.object({
  sequence: Count,
  previous: Hex,
  at: z.number().int(),
  payloadDigest: Hex,
  hash: Hex,
  salt: z.string().optional(),
  event: z
    .object({
      id: z.string(),
      officer: z.string(),
      at: z.number().int(),
      type: z.string(),
      subject: z.object({ type: z.string(), id: z.string() }),
      before: z.unknown(),
      after: z.unknown(),
      supersedes: z.string().nullable(),
    })
    .optional(),
});
