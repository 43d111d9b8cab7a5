import type { Handlers } from '../../../contract/dispatch.ts';
import { zoneOffset } from '../../domain/zone.ts';
import { meter } from '../../storage/detection/rule-hits.ts';
import { listBacktests, listVersions } from '../../storage/evidence/pack-drafts.ts';
import { drawSample, judgeItem, sampleItems, samples } from '../detection/audit-samples.ts';
import { backtest } from '../detection/backtest.ts';
import { clusters } from '../detection/clusters.ts';
import {
  checkText,
  discardDraft,
  drafts,
  exportPack,
  keptDraft,
  publish,
  saveDraft,
  setShadow,
  sourceOf,
} from '../detection/drafts.ts';
import { proposeExclusions } from '../detection/exclusions.ts';
import { explainHit, normalizeSteps } from '../detection/explain.ts';
import { breathe } from '../jobs.ts';
import { requireRole } from '../session.ts';
import type { Workbench } from '../workbench.ts';

type Names =
  | `rules.${'versions' | 'source' | 'export' | 'check' | 'drafts' | 'saveDraft' | 'discardDraft' | 'setShadow'}`
  | `rules.${'backtest' | 'backtests' | 'publish' | 'normalize' | 'exclusions'}`
  | 'hits.explain'
  | 'hits.meter'
  | 'clusters.list'
  | `samples.${string}`;
export type DetectionHandlers = { [M in keyof Handlers as M extends Names ? M : never]: Handlers[M] };

/** Handlers of drafts and backtests, explanations, clusters and audit samples. */
export function detectionHandlers(bench: Workbench): DetectionHandlers {
  const db = () => bench.session.workspace.store.db;
  const told = <T>(result: T, ...areas: string[]): T => {
    bench.changed(...areas, 'audit');
    return result;
  };
  return {
    'rules.versions': () => listVersions(db()),
    'rules.source': ({ pack, version }) => ({ text: sourceOf(bench.session, pack, version).text }),
    'rules.export': (input) => told(exportPack(bench.session, input)),
    'rules.check': ({ text }) => checkText(bench.session, text),
    'rules.drafts': () => drafts(bench.session),
    'rules.saveDraft': async ({ text }) => told(await saveDraft(bench.session, text), 'rules'),
    'rules.discardDraft': ({ pack }) => told(discardDraft(bench.session, pack), 'rules'),
    'rules.setShadow': ({ pack, shadow }) => told(setShadow(bench.session, pack, shadow), 'rules'),
    'rules.backtest': ({ jobId, pack }) =>
      bench.jobs.run(jobId, async (job) => {
        requireRole(bench.session, 'officer', 'administrator', 'manager');
        const { workers } = bench.options;
        const draft = keptDraft(bench.session, pack);
        await breathe();
        return told(await backtest(bench.session, job, draft, { workers, kind: 'backtest' }), 'rules');
      }),
    'rules.backtests': ({ pack }) => listBacktests(db(), pack ?? null),
    'rules.publish': async ({ pack, approverId, approverPassphrase }) =>
      told(
        await publish(bench.session, { pack, approverId: approverId ?? null, approverPassphrase }),
        'rules',
      ),
    'rules.normalize': ({ text }) => ({ steps: normalizeSteps(text) }),
    'rules.exclusions': ({ pack, rule }) => proposeExclusions(bench.session, pack, rule),
    'hits.explain': ({ hitId }) => explainHit(bench.session, bench.desk.reading, hitId),
    'hits.meter': ({ by, category, status, from, to, limit }) =>
      meter(
        db(),
        by,
        {
          category: category ?? null,
          status: status ?? null,
          from: from ?? 0,
          to: to ?? Number.MAX_SAFE_INTEGER,
        },
        zoneOffset(bench.session.environment.now(), bench.session.environment.zone),
        limit,
      ),
    'clusters.list': ({ category, status }) =>
      clusters(bench.session, { category: category ?? null, status: status ?? null }),
    'samples.draw': async ({ size, seed }) =>
      told(await drawSample(bench.session, size, seed ?? null), 'samples'),
    'samples.list': () => samples(bench.session),
    'samples.items': ({ sampleId }) => sampleItems(bench.session, sampleId),
    'samples.judge': ({ sampleId, position, verdict, category }) =>
      told(judgeItem(bench.session, { sampleId, position, verdict, category: category ?? null }), 'samples'),
  };
}
