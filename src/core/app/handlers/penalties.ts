import type { Handlers } from '../../../contract/dispatch.ts';
import { exportInstructions, importResults } from '../cases/instruction-list.ts';
import {
  approveBatch,
  batchCandidates,
  listBatches,
  proposeBatch,
  recordBatch,
} from '../cases/measure-batches.ts';
import {
  executeMeasures,
  instructMeasures,
  listMeasures,
  restoreMeasures,
  verifyMeasures,
  withdrawMeasures,
} from '../cases/measures.ts';
import { changingAt } from '../changing.ts';
import {
  adoptHouseRules,
  endRules,
  houseReceipts,
  listHouseRules,
  receiveHouseRules,
} from '../detection/house-rules.ts';
import { addWatch, decideMatch, endWatching, listMatches, listWatches } from '../review/watch-list.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'houseRules' | 'measures' | 'batches' | 'watch';
type PenaltyHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Handlers of what penalties rest on and how they are carried out. */
export function penaltyHandlers(bench: Workbench): PenaltyHandlers {
  const changing =
    <I, O>(work: (session: Workbench['session'], input: I) => O) =>
    (input: I): O => {
      const output = work(bench.session, input);
      bench.changed('cases', 'house-rules', 'audit');
      return output;
    };
  const atDesk = changingAt(bench, 'cases', 'measures', 'duties', 'audit');
  return {
    'houseRules.list': () => listHouseRules(bench.session),
    'houseRules.adopt': changing(adoptHouseRules),
    'houseRules.end': changing(endRules),
    'houseRules.receive': changing(receiveHouseRules),
    'houseRules.receipts': (input) => houseReceipts(bench.session, input),
    'measures.list': (input) => listMeasures(bench.desk, input),
    'measures.instruct': atDesk(instructMeasures),
    'measures.execute': atDesk(executeMeasures),
    'measures.verify': atDesk(verifyMeasures),
    'measures.restore': atDesk(restoreMeasures),
    'measures.withdraw': atDesk(withdrawMeasures),
    'measures.exportList': async (input) => {
      const written = await exportInstructions(bench.desk, input);
      bench.changed('audit');
      return written;
    },
    'measures.importResults': async (input) => {
      const result = await importResults(bench.desk, input);
      bench.changed('cases', 'measures', 'duties', 'audit');
      return result;
    },
    'batches.candidates': (input) => batchCandidates(bench.desk, input),
    'batches.propose': (input) => proposeBatch(bench.desk, input),
    'batches.record': atDesk(recordBatch),
    'batches.approve': atDesk(approveBatch),
    'batches.list': (input) => listBatches(bench.desk, input),
    'watch.list': () => listWatches(bench.desk),
    'watch.add': atDesk(addWatch),
    'watch.end': atDesk(endWatching),
    'watch.matches': () => listMatches(bench.desk),
    'watch.decide': atDesk(decideMatch),
  };
}
