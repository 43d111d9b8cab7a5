import type { Handlers } from '../../../contract/dispatch.ts';
import {
  approveTraining,
  classifierStatus,
  restoreClassifier,
  trainClassifier,
} from '../detection/training.ts';
import type { Workbench } from '../workbench.ts';

export type ClassifierHandlers = {
  [M in keyof Handlers as M extends `classifier.${string}` ? M : never]: Handlers[M];
};

/** Handlers of the classifier and its training. */
export function classifierHandlers(bench: Workbench): ClassifierHandlers {
  const told = <T>(result: T): T => {
    bench.changed('rules', 'audit');
    return result;
  };
  return {
    'classifier.status': () => classifierStatus(bench.session),
    'classifier.train': ({ jobId, purpose }) =>
      bench.jobs.run(jobId, async () => told(trainClassifier(bench.session, purpose))),
    'classifier.approve': (input) => told(approveTraining(bench.session, input)),
    'classifier.restore': () => told(restoreClassifier(bench.session)),
  };
}
