import type { Handlers } from '../../../contract/dispatch.ts';
import { decideAppeal, listAppeals, lodgeAppeal } from '../cases/appeals.ts';
import { listHearings, putPartyHearing } from '../cases/hearings.ts';
import { listLetters, recordService, writeLetter } from '../cases/letters.ts';
import { changingAt } from '../changing.ts';
import { writeAccessReport } from '../duties/access-report.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'hearings' | 'letters' | 'appeals' | 'accessReports';
type HearingHandlers = {
  [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M];
};

const TOUCHED = ['cases', 'hearings', 'measures', 'audit'];

/** Handlers of hearings, letters and appeals. */
export function hearingHandlers(bench: Workbench): HearingHandlers {
  const changing = changingAt(bench, ...TOUCHED);
  return {
    'hearings.list': (input) => listHearings(bench.desk, input),
    'hearings.put': changing(putPartyHearing),
    'letters.list': (input) => listLetters(bench.desk, input),
    'letters.write': async (input) => {
      const letters = await writeLetter(bench.desk, input);
      bench.changed(...TOUCHED);
      return letters;
    },
    'letters.serve': changing(recordService),
    'appeals.list': (input) => listAppeals(bench.desk, input),
    'appeals.lodge': changing(lodgeAppeal),
    'appeals.decide': changing(decideAppeal),
    'accessReports.write': async (input) => {
      const written = await writeAccessReport(bench.desk, input);
      bench.changed('audit');
      return written;
    },
  };
}
