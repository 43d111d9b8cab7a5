/** How long things are kept, and what was destroyed. */
import { z } from 'zod';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** What has a period of its own: an imported source, a closed case, an exported pack. */
export const RetentionKind = z.enum(['source', 'case', 'export']);
export type RetentionKind = z.infer<typeof RetentionKind>;

export const RetentionRule = z.object({
  kind: RetentionKind,
  /** Days from the import, the closing or the export; null: kept until somebody decides. */
  days: Count.nullable(),
  /** The law, contract or decision that the period follows from. */
  basis: z.string(),
  officer: z.string().nullable(),
  at: Instant.nullable(),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** A standing legal hold that keeps a thing. */
export const HoldOn = z.object({
  on: z.enum(['case', 'exhibit', 'source']),
  /** Number of the case or exhibit, or the name of the file. */
  name: z.string(),
  reason: z.string(),
  /** The filing of a report set it; its reason is then a code or the receiver's. */
  byFiling: z.boolean(),
});
export type HoldOn = z.infer<typeof HoldOn>;

/** A thing with a period, and what stands against its destruction. */
export const Retained = z.object({
  kind: RetentionKind,
  id: Uid,
  name: z.string(),
  since: Instant,
  /** Null where no period runs. */
  dueAt: Instant.nullable(),
  due: z.boolean(),
  /** Standing holds that keep it. */
  holds: z.array(HoldOn),
  /** Numbers of cases that rest on it. */
  cases: z.array(z.string()),
  /** Its destruction began and did not end: since when, by whom. */
  begun: z.object({ at: Instant, officer: z.string() }).nullable(),
});
export type Retained = z.infer<typeof Retained>;

/** What a destruction would take, counted before it happens, and what took place. */
export const DestroyedThing = z.object({
  name: z.string(),
  sha256: Sha256.nullable(),
  /** Digest over its messages, or the root of a pack. */
  digest: z.string().nullable(),
  bytes: Count,
});
export type DestroyedThing = z.infer<typeof DestroyedThing>;

export const DestructionCounts = z.object({
  /** Messages whose content goes. */
  messages: Count,
  /** Messages that another source still holds: their content stays. */
  kept: Count,
  attachments: Count,
  accounts: Count,
  files: Count,
  rows: Count,
});
export type DestructionCounts = z.infer<typeof DestructionCounts>;

export const DestructionPreview = z.object({
  kind: RetentionKind,
  id: Uid,
  name: z.string(),
  things: z.array(DestroyedThing),
  counts: DestructionCounts,
  cases: z.array(z.string()),
  packs: Count,
  holds: z.array(HoldOn),
  dueAt: Instant.nullable(),
  due: z.boolean(),
});
export type DestructionPreview = z.infer<typeof DestructionPreview>;

const OrderedBy = z.object({ id: Uid, name: z.string() });

/** What both officers sign before anything is destroyed: from then on it is gone on with until it is done. */
export const DestructionOrder = z.object({
  format: z.literal('docket-destruction-order/1'),
  id: Uid,
  workspace: z.object({ id: z.string(), prefix: z.string() }),
  kind: RetentionKind,
  subject: Uid,
  name: z.string(),
  things: z.array(DestroyedThing),
  /** Numbers of the cases, and ids of the packs, that rest on it. */
  cases: z.array(z.string()),
  packs: z.array(Uid),
  reason: z.string(),
  /** The period and its basis; null where the reason alone carries it. */
  rule: z.object({ days: Count, basis: z.string(), dueAt: Instant }).nullable(),
  early: z.boolean(),
  officer: OrderedBy,
  approver: OrderedBy,
  at: Instant,
});
export type DestructionOrder = z.infer<typeof DestructionOrder>;

/** What the certificate says and both officers sign. */
export const DestructionCertificate = z.object({
  format: z.literal('docket-destruction/1'),
  id: Uid,
  workspace: z.object({ id: z.string(), prefix: z.string() }),
  kind: RetentionKind,
  subject: Uid,
  name: z.string(),
  things: z.array(DestroyedThing),
  counts: DestructionCounts,
  /** Numbers of the cases, and ids of the packs, that rested on it. */
  cases: z.array(z.string()),
  packs: z.array(Uid),
  reason: z.string(),
  /** The period and its basis; null where the reason alone carries it. */
  rule: z.object({ days: Count, basis: z.string(), dueAt: Instant }).nullable(),
  early: z.boolean(),
  officer: z.object({ id: Uid, name: z.string() }),
  approver: z.object({ id: Uid, name: z.string() }),
  /** The order it followed: who signed it when, and its SHA-256. Absent in certificates of before. */
  begun: z.object({ at: Instant, officer: OrderedBy, approver: OrderedBy, order: Sha256 }).optional(),
  at: Instant,
  software: z.string(),
  /** How, in words that `docs/security.md` explains. */
  method: z.string(),
  /** What stays, as codes. */
  remains: z.array(z.string()),
});
export type DestructionCertificate = z.infer<typeof DestructionCertificate>;

export const Destruction = z.object({
  id: Uid,
  certificate: DestructionCertificate,
  signatures: z.array(z.object({ officer: z.string(), fingerprint: Sha256, signature: z.string() })),
});
export type Destruction = z.infer<typeof Destruction>;
