/** Methods on rules, detection runs and hits. */
import { z } from 'zod';
import {
  AuditItem,
  AuditSample,
  AuditVerdict,
  Backtest,
  Cluster,
  ExclusionProposal,
  Explanation,
  METER_BY,
  MeterRow,
  PackDraft,
  PackProblem,
  PackVersion,
} from '../../core/domain/backtest.ts';
import { CategoryId } from '../../core/domain/category.ts';
import {
  DetectionRun,
  Disposition,
  DispositionReason,
  Hit,
  HitFilter,
  HitStatus,
  RulePackSummary,
  RuleSummary,
  Verdict,
} from '../../core/domain/hit.ts';
import { Count, Instant, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { JobId, method, Nothing, sorted } from './method.ts';

export const detectionMethods = {
  'rules.packs': method(Nothing, z.array(RulePackSummary)),
  'rules.list': method(Nothing, z.array(RuleSummary)),
  'rules.install': method(z.object({ file: z.string() }), RulePackSummary),
  'rules.setEnabled': method(z.object({ pack: z.string(), enabled: z.boolean() }), RulePackSummary),
  /** Judges a typed text with the enabled packs; nothing is stored. */
  'rules.test': method(
    z.object({ text: z.string().max(20_000) }),
    z.object({
      hits: z.array(
        Hit.pick({
          pack: true,
          rule: true,
          ruleTitle: true,
          category: true,
          status: true,
          score: true,
          spans: true,
          transforms: true,
        })
          // What was matched, as the rule reads it.
          .extend({ normalized: z.string() }),
      ),
    }),
  ),
  'detection.start': method(
    z.object({ jobId: JobId, packFiles: z.array(z.string()).nullish() }),
    DetectionRun,
  ),
  /** Every version of every pack, newest first. */
  'rules.versions': method(Nothing, z.array(PackVersion)),
  /** The JSON of a version as it was given. */
  'rules.source': method(z.object({ pack: z.string(), version: z.string() }), z.object({ text: z.string() })),
  'rules.export': method(
    z.object({ pack: z.string(), version: z.string(), file: z.string() }),
    z.object({ file: z.string(), sha256: z.string() }),
  ),
  /** What is wrong with the JSON of a pack; nothing is stored. */
  'rules.check': method(
    z.object({ text: z.string().max(8_000_000) }),
    z.object({ problems: z.array(PackProblem) }),
  ),
  'rules.drafts': method(Nothing, z.array(PackDraft)),
  /** Keeps the JSON of a pack as its draft, with problems or without. Needs an "id" in it. */
  'rules.saveDraft': method(z.object({ text: z.string().max(8_000_000) }), PackDraft),
  'rules.discardDraft': method(z.object({ pack: z.string() }), z.object({ discarded: z.boolean() })),
  'rules.setShadow': method(z.object({ pack: z.string(), shadow: z.boolean() }), PackDraft),
  /** Judges all history with a draft and with the version in force. */
  'rules.backtest': method(z.object({ jobId: JobId, pack: z.string() }), Backtest),
  'rules.backtests': method(z.object({ pack: z.string().nullish() }), z.array(Backtest)),
  /** Makes a draft a version and switches it on. `backtest-required` without a backtest of exactly this draft. */
  'rules.publish': method(
    z.object({
      pack: z.string(),
      /** The second officer, where the pack asks for one, with their own unlock at this desk. */
      approverId: Uid.nullish(),
      approverPassphrase: z.string().default(''),
    }),
    RulePackSummary,
  ),
  /** How a typed text is normalised, step by step. */
  'rules.normalize': method(
    z.object({ text: z.string().max(20_000) }),
    z.object({ steps: z.array(z.object({ transform: z.string(), text: z.string(), changed: z.boolean() })) }),
  ),
  /** Exclusions that the dismissed hits of a rule suggest, with the true hits each would lose. */
  'rules.exclusions': method(
    z.object({ pack: z.string(), rule: z.string() }),
    z.object({ dismissed: Count, proposals: z.array(ExclusionProposal) }),
  ),
  'detection.runs': method(Nothing, z.array(DetectionRun)),
  'hits.list': method(
    PageInput.extend({
      filter: HitFilter,
      sort: sorted('priority', 'sentAt', 'score', 'severity').nullish(),
    }),
    pageOf(Hit),
  ),
  'hits.get': method(z.object({ hitId: Uid }), Hit),
  'hits.explain': method(z.object({ hitId: Uid }), Explanation),
  /** Counts by person, group, type and window, for statutory thresholds. Dismissed hits do not count. */
  'hits.meter': method(
    z.object({
      by: z.array(z.enum(METER_BY)).min(1),
      category: CategoryId.nullish(),
      status: HitStatus.nullish(),
      from: Instant.nullish(),
      to: Instant.nullish(),
      limit: z.number().int().min(1).max(10_000).default(500),
    }),
    z.array(MeterRow),
  ),
  /** Open hits whose texts are near-duplicates, the largest clusters first. */
  'clusters.list': method(
    z.object({ category: CategoryId.nullish(), status: HitStatus.nullish() }),
    z.array(Cluster),
  ),
  /** Draws messages without a hit, in proportion to each conversation. The same seed draws the same. */
  'samples.draw': method(
    z.object({ size: z.number().int().min(1).max(2000), seed: z.string().max(64).nullish() }),
    AuditSample,
  ),
  'samples.list': method(Nothing, z.array(AuditSample)),
  'samples.items': method(z.object({ sampleId: Uid }), z.array(AuditItem)),
  /** `violation` needs its category; null takes a verdict back. */
  'samples.judge': method(
    z.object({
      sampleId: Uid,
      position: Count,
      verdict: AuditVerdict.nullable(),
      category: CategoryId.nullish(),
    }),
    AuditSample,
  ),
  'hits.history': method(z.object({ hitId: Uid }), z.array(Disposition)),
  'hits.dispose': method(
    z.object({
      hitIds: z.array(Uid).min(1).max(1000),
      verdict: Verdict,
      reason: DispositionReason.nullish(),
      note: z.string().default(''),
    }),
    z.object({ batchId: Uid, hits: z.array(Hit) }),
  ),
  /** Takes a whole disposition batch back by new events; earlier verdicts stand again. */
  'hits.undo': method(z.object({ batchId: Uid }), z.object({ hits: z.array(Hit) })),
} as const;
