import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { MeasureSubject } from './case.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** How far a measure was carried out. Docket acts on nothing itself: others do, and say so. */
export const MeasureState = z.enum([
  'recommended',
  'instructed',
  'executed',
  'verified',
  'expired',
  'restored',
  'withdrawn',
]);
export type MeasureState = z.infer<typeof MeasureState>;

/** What is to be done next about a measure. */
export const MeasureOwed = z.enum(['instruct', 'execute', 'verify', 'restore']);
export type MeasureOwed = z.infer<typeof MeasureOwed>;

/** One measure against one account, group or link, from the decision to its end. */
export const TakenMeasure = z.object({
  id: Uid,
  /** M-A7-0012: short enough for an instruction list. */
  number: z.string(),
  caseId: Uid,
  caseNumber: z.string(),
  partyId: Uid.nullable(),
  decisionId: Uid.nullable(),
  batchId: Uid.nullable(),
  subjectType: MeasureSubject,
  /** The account's or group's name, or the link. */
  target: z.string(),
  platformId: z.string().nullable(),
  measure: z.string(),
  title: Bilingual,
  permanent: z.boolean(),
  state: MeasureState,
  /** For measures that end. */
  days: Count.nullable(),
  /** What the measure switches off, by the schedule of its decision. */
  functions: z.array(z.object({ id: z.string(), title: Bilingual })),
  instructedAt: Instant.nullable(),
  instructedTo: z.string(),
  dueAt: Instant.nullable(),
  executedAt: Instant.nullable(),
  executedBy: z.string(),
  proof: z.string(),
  verifiedAt: Instant.nullable(),
  verifiedBy: z.string().nullable(),
  expiresAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endProof: z.string(),
  owed: MeasureOwed.nullable(),
  /** Past its due time, or expired and not restored. */
  overdue: z.boolean(),
});
export type TakenMeasure = z.infer<typeof TakenMeasure>;

/** One decision about many links, accounts or groups at once. */
export const MeasureBatch = z.object({
  id: Uid,
  caseId: Uid,
  caseNumber: z.string(),
  subjectType: MeasureSubject,
  measure: z.string(),
  title: Bilingual,
  proposed: z.string(),
  deviationReason: z.string(),
  facts: z.string(),
  basis: z.array(z.string()),
  items: Count,
  state: z.enum(['awaiting-approval', 'final', 'refused']),
  officer: z.string(),
  officerId: Uid,
  at: Instant,
  approval: z
    .object({ officer: z.string(), at: Instant, approved: z.boolean(), note: z.string() })
    .nullable(),
  signatures: z.array(z.object({ officer: z.string(), fingerprint: Sha256, signature: z.string() })),
});
export type MeasureBatch = z.infer<typeof MeasureBatch>;

/** Somebody or something to look out for at every import. */
export const WatchEntry = z.object({
  id: Uid,
  accountId: Uid.nullable(),
  name: z.string(),
  platformId: z.string().nullable(),
  reason: z.string(),
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  since: Instant,
  endedAt: Instant.nullable(),
  officer: z.string(),
  /** Matches that nobody decided about yet. */
  open: Count,
});
export type WatchEntry = z.infer<typeof WatchEntry>;

export const WatchMatch = z.object({
  id: Uid,
  watchId: Uid,
  watched: z.string(),
  accountId: Uid,
  account: z.string(),
  platformId: z.string().nullable(),
  /** `still-active`: the watched account itself spoke after its measure. */
  how: z.enum(['same-id', 'same-name', 'same-phone', 'still-active']),
  at: Instant,
  /** Null while nobody decided. */
  confirmed: z.boolean().nullable(),
  note: z.string(),
});
export type WatchMatch = z.infer<typeof WatchMatch>;
