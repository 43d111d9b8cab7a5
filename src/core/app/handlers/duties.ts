import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import { listDuties } from '../duties/duties.ts';
import { dutyBoard } from '../duties/duty-board.ts';
import { dutyClock } from '../duties/duty-clock.ts';
import { addDutyStep, assessDuty, fileDuty } from '../duties/duty-filing.ts';
import { draftReport, dutyDetail } from '../duties/duty-form.ts';
import { caseMarks, markHit } from '../duties/duty-marks.ts';
import { answerInspection, listInspections, recordInspection } from '../duties/inspections.ts';
import { writeReportForm } from '../duties/write-report-form.ts';
import { liftHold, listHolds, setHold } from '../evidence/holds.ts';
import { logView } from '../review/view-log.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'duties' | 'holds' | 'inspections';
type DutyHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Areas that a change to a duty touches. */
const TOUCHED = ['duties', 'cases', 'hits', 'audit'];

/** Handlers of duties, legal holds, inspections and assistance. */
export function dutyHandlers(bench: Workbench): DutyHandlers {
  const changing = changingAt(bench, ...TOUCHED);
  return {
    'duties.list': (input) => listDuties(bench.desk, input),
    'duties.board': () => dutyBoard(bench.desk),
    'duties.get': ({ dutyId }) => {
      const detail = dutyDetail(bench.desk, dutyId);
      logView(bench.session, { type: 'case', id: detail.duty.caseId }, detail.form?.items.length ?? 0);
      return detail;
    },
    'duties.marks': (input) => {
      const marks = caseMarks(bench.desk, input);
      logView(bench.session, { type: 'case', id: input.caseId }, marks.length);
      return marks;
    },
    'duties.mark': changing(markHit),
    'duties.draft': changing(draftReport),
    'duties.writeForm': async (input) => {
      const written = await writeReportForm(bench.desk, input);
      bench.changed(...TOUCHED);
      return written;
    },
    'duties.file': changing(fileDuty),
    'duties.addStep': changing(addDutyStep),
    'duties.assess': changing(assessDuty),
    'duties.clock': () => dutyClock(bench.desk),
    'duties.setClock': changing((desk, { hours }) => dutyClock(desk, hours)),
    'holds.list': ({ caseId }) => listHolds(bench.desk, caseId ?? null),
    'holds.set': changing(setHold),
    'holds.lift': changing(liftHold),
    'inspections.list': () => listInspections(bench.desk),
    'inspections.record': changing(recordInspection),
    'inspections.answer': changing(answerInspection),
  };
}
