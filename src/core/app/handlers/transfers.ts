import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import { resolveConflict } from '../transfer/transfer-conflicts.ts';
import { listConflicts, listTransfers } from '../transfer/transfer-list.ts';
import { lookAtTransfer, receiveTransfer } from '../transfer/transfer-receive.ts';
import { sendTransfer } from '../transfer/transfer-send.ts';
import type { Workbench } from '../workbench.ts';

type TransferHandlers = {
  [M in keyof Handlers as M extends `transfers.${string}` ? M : never]: Handlers[M];
};

const TOUCHED = [
  'transfers',
  'cases',
  'hits',
  'duties',
  'exhibits',
  'sources',
  'messages',
  'officers',
  'audit',
];

/** Handlers of what goes to other workstations and comes back. */
export function transferHandlers(bench: Workbench): TransferHandlers {
  const changing = changingAt(bench, ...TOUCHED);
  return {
    'transfers.send': async (input) => {
      const sent = await sendTransfer(bench.desk, input, (work) => bench.jobs.alone('transfers.send', work));
      bench.changed('transfers', 'cases', 'exhibits', 'audit');
      return sent;
    },
    'transfers.look': (input) => lookAtTransfer(bench.desk, input),
    'transfers.receive': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        try {
          return await receiveTransfer(bench.desk, job, input, (work) => bench.jobs.alone(job.id, work));
        } finally {
          bench.changed(...TOUCHED);
        }
      }),
    'transfers.list': () => listTransfers(bench.desk),
    'transfers.conflicts': () => listConflicts(bench.desk),
    'transfers.resolve': changing(resolveConflict),
  };
}
