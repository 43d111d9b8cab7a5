import type { Handlers } from '../../../contract/dispatch.ts';
import { getCaseContext, getDossier } from '../cases/case-context.ts';
import { addCaseTask, caseTasks, setCaseTask } from '../cases/case-tasks.ts';
import {
  addHits,
  addParty,
  closeCase,
  getCase,
  listCases,
  openCase,
  removeHit,
  reopenCase,
  updateCase,
} from '../cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../cases/decisions.ts';
import { changingAt } from '../changing.ts';
import { recordCustody } from '../evidence/custody.ts';
import { exportPack, verifyEvidence } from '../evidence/evidence.ts';
import { enterView, openExhibit } from '../evidence/exhibit-views.ts';
import { addExhibit, addPeriod, removeExhibit } from '../evidence/exhibits.ts';
import { planPack, previewPack } from '../evidence/pack-plan.ts';
import { reExtract } from '../evidence/re-extract.ts';
import { listRedactions, redact, takeBackRedaction } from '../evidence/redactions.ts';
import { importStamp } from '../evidence/stamps.ts';
import { logView } from '../review/view-log.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'cases' | 'decisions' | 'evidence';
type CaseHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Areas that a change to a case touches. */
const TOUCHED = ['cases', 'hits', 'duties', 'exhibits', 'audit'];

/** Handlers of everything between a verdict and an evidence pack. */
export function caseHandlers(bench: Workbench): CaseHandlers {
  const changing = changingAt(bench, ...TOUCHED);
  return {
    'cases.list': (input) => listCases(bench.desk, input),
    'cases.get': (input) => {
      const detail = getCase(bench.desk, input);
      logView(bench.session, { type: 'case', id: input.caseId }, detail.hits.length);
      return detail;
    },
    'cases.context': (input) => getCaseContext(bench.desk, input),
    'cases.dossier': (input) => getDossier(bench.desk, input),
    'cases.tasks': (input) => caseTasks(bench.desk, input),
    'cases.setTask': changing(setCaseTask),
    'cases.addTask': changing(addCaseTask),
    'cases.open': changing(openCase),
    'cases.addHits': changing(addHits),
    'cases.removeHit': changing(removeHit),
    'cases.update': changing(updateCase),
    'cases.addParty': changing(addParty),
    'cases.close': changing(closeCase),
    'cases.reopen': changing(reopenCase),
    'decisions.propose': (input) => proposeDecision(bench.desk, input),
    'decisions.record': changing(recordDecision),
    'decisions.approve': changing(approveDecision),
    'evidence.addExhibit': changing(addExhibit),
    'evidence.addPeriod': changing(addPeriod),
    'evidence.plan': (input) => planPack(bench.desk, input),
    'evidence.preview': async (input) => {
      const preview = await previewPack(bench.desk, input);
      logView(bench.session, { type: 'case', id: input.caseId }, preview.rows.length);
      if (preview.rows.length > 0 && enterView(bench.desk, input.exhibitId)) {
        bench.changed('exhibits', 'audit');
      }
      return preview;
    },
    'evidence.open': (input) => {
      // What cannot be entered is not shown.
      if (enterView(bench.desk, input.exhibitId, input.purpose)) bench.changed('exhibits', 'audit');
      return openExhibit(bench.desk, input);
    },
    'evidence.removeExhibit': changing(removeExhibit),
    'evidence.recordCustody': changing(recordCustody),
    'evidence.redact': changing(redact),
    'evidence.redactions': (input) => listRedactions(bench.desk, input),
    'evidence.withdrawRedaction': changing(takeBackRedaction),
    'evidence.export': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        const result = await exportPack(bench.desk, input, {
          signal: job.signal,
          fixing: (item, done, total) =>
            job.report({ step: 'fixing-commitments', item, done, total, unit: 'messages' }),
          progress: (done, total) =>
            job.report({ step: 'packing', item: input.file, done, total, unit: 'messages' }),
        });
        bench.changed(...TOUCHED);
        return result;
      }),
    'evidence.importStamp': changing(importStamp),
    'evidence.reExtract': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        const outcome = await reExtract(bench.session, job, input);
        bench.changed('custody', 'audit');
        return outcome;
      }),
    'evidence.verify': (input) => verifyEvidence(input),
  };
}
