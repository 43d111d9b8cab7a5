/** Methods on rules, detection runs and hits. */
import { z } from 'zod';
import {
  DetectionRun,
  Disposition,
  DispositionReason,
  Hit,
  HitFilter,
  RulePackSummary,
  RuleSummary,
  Verdict,
} from '../../core/domain/hit.ts';
import { PageInput, pageOf, Uid } from '../../core/domain/page.ts';
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
        }),
      ),
    }),
  ),
  'detection.start': method(
    z.object({ jobId: JobId, packFiles: z.array(z.string()).nullish() }),
    DetectionRun,
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
