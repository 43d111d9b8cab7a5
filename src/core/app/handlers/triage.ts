import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import { explainPriority, priorityState, setPriority } from '../review/priority.ts';
import {
  dropFilter,
  keepFilter,
  listFilters,
  listWork,
  releaseWork,
  revealSender,
  setTriageMode,
  takeWork,
  triageMode,
} from '../review/triage.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'priority' | 'work' | 'triage' | 'filters';
type TriageHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Handlers of how the queue is worked on. */
export function triageHandlers(bench: Workbench): TriageHandlers {
  const working = changingAt(bench, 'work', 'audit');
  const keeping = changingAt(bench, 'filters', 'audit');
  return {
    'priority.get': () => priorityState(bench.desk),
    'priority.set': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        const state = await setPriority(bench.desk, job, input);
        bench.changed('hits', 'audit');
        return state;
      }),
    'priority.explain': ({ hitId }) => explainPriority(bench.desk, hitId),
    'work.list': () => listWork(bench.desk),
    'work.take': working(takeWork),
    'work.release': working(releaseWork),
    'triage.mode': () => triageMode(bench.session),
    'triage.setMode': changingAt(
      bench,
      'hits',
      'messages',
      'audit',
    )((desk, input) => setTriageMode(desk.session, input)),
    'triage.reveal': changingAt(bench, 'hits', 'messages', 'audit')(revealSender),
    'filters.list': (input) => listFilters(bench.desk, input),
    'filters.save': keeping(keepFilter),
    'filters.remove': keeping(dropFilter),
  };
}
