import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { CategoryId, Tier } from './category.ts';
import { Act, Subject } from './message.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** `hit`: a rule holds. `proposal`: only a weak rule or a classifier suggests it. */
export const HitStatus = z.enum(['hit', 'proposal']);
export type HitStatus = z.infer<typeof HitStatus>;

/** What an officer found: confirmed 属实, dismissed 不成立, duplicate 重复, unsure 待复核. */
export const Verdict = z.enum(['confirmed', 'dismissed', 'duplicate', 'unsure']);
export type Verdict = z.infer<typeof Verdict>;

/** Why; every verdict but `confirmed` needs one. */
export const DispositionReason = z.enum([
  'rule-too-broad',
  'quotation',
  'warning-notice',
  'business-context',
  'joke-between-colleagues',
  'not-a-violation',
  'same-incident',
  'needs-context',
  'needs-second-opinion',
  'other',
]);
export type DispositionReason = z.infer<typeof DispositionReason>;

export const Disposition = z.object({
  id: Uid,
  verdict: Verdict,
  reason: DispositionReason.nullable(),
  note: z.string(),
  officer: z.string(),
  at: Instant,
  /** Version of the rule pack the hit showed when this was decided. */
  ruleVersion: z.string(),
});
export type Disposition = z.infer<typeof Disposition>;

export const HitSpan = z.object({ start: Count, end: Count, text: z.string() });

export const Hit = z.object({
  id: Uid,
  subject: Subject,
  /** 0: the message's own text; 1, 2, …: a quoted or forwarded part. */
  part: Count,
  act: Act,
  pack: z.string(),
  rule: z.string(),
  ruleTitle: Bilingual,
  ruleVersion: z.string(),
  category: CategoryId,
  tier: Tier,
  severity: z.number().int().min(1).max(5),
  status: HitStatus,
  /** Calibrated probability that the finding is right, 0..1. */
  score: z.number().min(0).max(1),
  /** At least one; none of a message in quarantine. */
  spans: z.array(HitSpan),
  transforms: z.array(z.string()),
  basis: z.array(z.string()),
  disposition: Disposition.nullable(),
  caseId: Uid.nullable(),
  caseNumber: z.string().nullable(),
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  senderId: Uid.nullable(),
  sender: z.string().nullable(),
  conversationId: Uid.nullable(),
  conversation: z.string().nullable(),
  /** The text that the spans are spans of. */
  text: z.string(),
  source: z.object({
    sourceId: Uid,
    file: z.string(),
    locator: z.object({ start: Count, end: Count, line: Count }),
  }),
});
export type Hit = z.infer<typeof Hit>;

export const HitFilter = z.object({
  status: HitStatus.nullish(),
  category: CategoryId.nullish(),
  tier: Tier.nullish(),
  severity: z.number().int().nullish(),
  rule: z.string().nullish(),
  /** `open`: no verdict yet, or unsure. */
  disposition: z.union([Verdict, z.literal('open')]).nullish(),
  conversationId: Uid.nullish(),
  senderId: Uid.nullish(),
  caseId: Uid.nullish(),
  from: Instant.nullish(),
  to: Instant.nullish(),
  text: z.string().nullish(),
});
export type HitFilter = z.infer<typeof HitFilter>;

export const RulePackSummary = z.object({
  id: z.string(),
  version: z.string(),
  title: Bilingual,
  sha256: Sha256,
  shipped: z.boolean(),
  enabled: z.boolean(),
  rules: Count,
  hits: Count,
});
export type RulePackSummary = z.infer<typeof RulePackSummary>;

export const RuleSummary = z.object({
  pack: z.string(),
  packVersion: z.string(),
  id: z.string(),
  title: Bilingual,
  category: CategoryId,
  tier: Tier,
  severity: z.number().int(),
  status: HitStatus,
  basis: z.array(z.string()),
  examples: z.object({ hit: z.array(z.string()), clean: z.array(z.string()) }),
  /** The match tree as written in the pack. */
  match: z.unknown(),
  /** What takes its hits away, what it passes over, and where it applies, as the pack writes them. */
  exclude: z.unknown().optional(),
  ignore: z.array(z.string()).optional(),
  when: z.unknown().optional(),
  hits: Count,
  confirmed: Count,
  dismissed: Count,
});
export type RuleSummary = z.infer<typeof RuleSummary>;

export const DetectionRun = z.object({
  id: Uid,
  state: z.enum(['running', 'complete', 'cancelled', 'failed']),
  packs: z.array(z.object({ id: z.string(), version: z.string(), sha256: Sha256 })),
  engineVersion: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  messages: Count,
  /** Hits found, of which `added` were not known before. */
  hits: Count,
  added: Count,
  byCategory: z.record(z.string(), Count),
  seconds: z.number(),
  messagesPerSecond: z.number(),
  officer: z.string(),
});
export type DetectionRun = z.infer<typeof DetectionRun>;
