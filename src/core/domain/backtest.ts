import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { CategoryId } from './category.ts';
import { HitStatus } from './hit.ts';
import { Count, Instant, Sha256, Uid } from './page.ts';

/** A share with its interval of 95%; `value` is null where nothing was counted. */
export const Share = z.object({
  value: z.number().min(0).max(1).nullable(),
  low: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
  /** Of how many. */
  n: Count,
});
export type Share = z.infer<typeof Share>;

/** A mistake in a pack, with its place in the JSON as a pointer (RFC 6901). */
export const PackProblem = z.object({
  code: z.string(),
  /** Null outside the rules. */
  rule: z.string().nullable(),
  pointer: z.string(),
  /** From 1, in the text that was checked. */
  line: z.number().int().min(1).nullable(),
  column: z.number().int().min(1).nullable(),
  /** What is wrong, as a key with its values, and in English. */
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  detail: z.string(),
});
export type PackProblem = z.infer<typeof PackProblem>;

/** One hit that a draft adds, loses or changes. */
export const BacktestSample = z.object({
  change: z.enum(['added', 'lost', 'changed']),
  rule: z.string(),
  category: CategoryId,
  status: HitStatus,
  /** Null for another subject than a message. */
  messageId: Uid.nullable(),
  sender: z.string().nullable(),
  sentAt: Instant.nullable(),
  text: z.string(),
  spans: z.array(z.object({ start: Count, end: Count })),
});
export type BacktestSample = z.infer<typeof BacktestSample>;

/** Precision and recall of one version of a pack against the reviewed verdicts. */
const Quality = z.object({ precision: Share, recall: Share });

export const Backtest = z.object({
  id: Uid,
  pack: z.string(),
  /** `backtest`: asked for; `shadow`: made beside a detection run. */
  kind: z.enum(['backtest', 'shadow']),
  version: z.string(),
  /** Of the draft as it was. */
  sha256: Sha256,
  /** The version in force that it was compared with; null where the pack is new. */
  baseVersion: z.string().nullable(),
  engineVersion: z.string(),
  messages: Count,
  /** Hits of the version in force, and of the draft. */
  before: Count,
  after: Count,
  added: Count,
  lost: Count,
  changed: Count,
  rules: z.array(z.object({ rule: z.string(), added: Count, lost: Count, changed: Count, same: Count })),
  samples: z.array(BacktestSample),
  quality: Quality,
  baseQuality: Quality.nullable(),
  /** What looking at the added hits would cost. `measured`: from the officers' own pace, else assumed. */
  review: z.object({ hits: Count, secondsPerHit: z.number(), measured: z.boolean(), hours: z.number() }),
  seconds: z.number(),
  at: Instant,
  officer: z.string(),
});
export type Backtest = z.infer<typeof Backtest>;

export const PackDraft = z.object({
  pack: z.string(),
  version: z.string().nullable(),
  /** JSON as the officer wrote it. */
  text: z.string(),
  /** Null while it has problems. */
  sha256: Sha256.nullable(),
  problems: z.array(PackProblem),
  /** Judged beside every detection run, its hits kept apart. */
  shadow: z.boolean(),
  updatedAt: Instant,
  officer: z.string(),
  /** The newest backtest of exactly this draft. */
  backtest: Backtest.nullable(),
  /** A second officer publishes it with the first. */
  needsApproval: z.boolean(),
});
export type PackDraft = z.infer<typeof PackDraft>;

export const PackVersion = z.object({
  pack: z.string(),
  version: z.string(),
  sha256: Sha256,
  rules: Count,
  shipped: z.boolean(),
  enabled: z.boolean(),
  installedAt: Instant,
  hits: Count,
  /** The backtest it was published on; null where it came as a file or with the program. */
  backtestId: Uid.nullable(),
});
export type PackVersion = z.infer<typeof PackVersion>;

/** An exclusion that would take false hits of a rule away, with what it costs. */
export const ExclusionProposal = z.object({
  /** `allow`: an innocent longer word; `exclude`: a word beside the match. */
  kind: z.enum(['allow', 'exclude']),
  word: z.string(),
  dismissed: Count,
  lostConfirmed: Count,
  lostOpen: Count,
  /** Hits that are right or not yet reviewed and would be lost. */
  lostHits: z.array(Uid),
});
export type ExclusionProposal = z.infer<typeof ExclusionProposal>;

export const Cluster = z.object({
  /** The first hit of the cluster. */
  id: Uid,
  category: CategoryId,
  rule: z.string(),
  text: z.string(),
  hits: Count,
  senders: Count,
  conversations: Count,
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  /** The first 1,000, oldest first. */
  hitIds: z.array(Uid),
});
export type Cluster = z.infer<typeof Cluster>;

export const AuditVerdict = z.enum(['clean', 'violation', 'unsure']);
export type AuditVerdict = z.infer<typeof AuditVerdict>;

export const AuditSample = z.object({
  id: Uid,
  seed: z.string(),
  size: Count,
  /** Messages without a hit that it was drawn from. */
  population: Count,
  strata: z.array(z.object({ name: z.string(), population: Count, sampled: Count })),
  labelled: Count,
  violations: Count,
  unsure: Count,
  /** Share of messages without a hit that should have had one (Clopper–Pearson, 95%). */
  missRate: Share,
  at: Instant,
  officer: z.string(),
});
export type AuditSample = z.infer<typeof AuditSample>;

export const AuditItem = z.object({
  position: Count,
  stratum: z.string(),
  messageId: Uid,
  sender: z.string().nullable(),
  conversation: z.string().nullable(),
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  text: z.string(),
  verdict: AuditVerdict.nullable(),
  category: CategoryId.nullable(),
});
export type AuditItem = z.infer<typeof AuditItem>;

/** Why a hit is one. */
export const Explanation = z.object({
  rule: z.object({ pack: z.string(), version: z.string(), id: z.string(), definition: z.unknown() }),
  words: z.array(
    z.object({
      start: Count,
      end: Count,
      text: z.string(),
      normalized: z.string(),
      transforms: z.array(z.string()),
    }),
  ),
  /** The whole match as the rule reads it, with its own words in the place of disguised ones; null where it cannot be told. */
  read: z.string().nullable(),
  /** What the score is made of; a `limit` keeps it within the range of its status. */
  contributions: z.array(z.object({ code: z.string(), value: z.number() })),
  score: z.number(),
  /** `text` is null where the basis is words, not an article of the library. */
  articles: z.array(z.object({ id: z.string(), title: Bilingual, text: Bilingual.nullable() })),
  /** Messages that take part, of a rule over several messages. */
  members: z.array(
    z.object({
      messageId: Uid,
      sender: z.string().nullable(),
      sentAt: Instant.nullable(),
      text: z.string(),
      span: z.object({ start: Count, end: Count }),
    }),
  ),
});
export type Explanation = z.infer<typeof Explanation>;

export const METER_BY = ['sender', 'conversation', 'category', 'act', 'day', 'month'] as const;
export const MeterRow = z.object({
  sender: z.string().nullable(),
  senderId: Uid.nullable(),
  conversation: z.string().nullable(),
  conversationId: Uid.nullable(),
  category: CategoryId.nullable(),
  act: z.string().nullable(),
  /** Start of the day or month, in the workstation's zone, as `2026-11-21` or `2026-11`. */
  window: z.string().nullable(),
  hits: Count,
  /** Different messages with such hits. */
  messages: Count,
  confirmed: Count,
});
export type MeterRow = z.infer<typeof MeterRow>;
