import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import { listDestructions, previewDestruction } from '../evidence/destruction.ts';
import { writeCertificate } from '../evidence/destruction-document.ts';
import { destroy } from '../evidence/destruction-run.ts';
import { listRetained, listRules, setRule } from '../evidence/retention.ts';
import type { Workbench } from '../workbench.ts';

type RetentionHandlers = {
  [M in keyof Handlers as M extends `retention.${string}` ? M : never]: Handlers[M];
};

/** Handlers of periods of retention and of destruction. */
export function retentionHandlers(bench: Workbench): RetentionHandlers {
  return {
    'retention.rules': () => listRules(bench.desk),
    'retention.setRule': changingAt(bench, 'retention', 'audit')(setRule),
    'retention.list': (input) => listRetained(bench.desk, input),
    'retention.preview': (input) => previewDestruction(bench.desk, input),
    'retention.destroy': (input) =>
      // What imports and detection write meanwhile would escape it.
      bench.jobs.runAlone(input.jobId, async (job) => {
        try {
          return await destroy(bench.desk, job, input);
        } finally {
          bench.changed(
            'retention',
            'sources',
            'messages',
            'conversations',
            'accounts',
            'hits',
            'cases',
            'exhibits',
            'links',
            'audit',
          );
        }
      }),
    'retention.certificates': ({ caseId }) => listDestructions(bench.desk, caseId ?? null),
    'retention.writeCertificate': async (input) => {
      const written = await writeCertificate(bench.desk, input);
      bench.changed('audit');
      return written;
    },
  };
}
