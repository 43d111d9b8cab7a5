import type { Handlers } from '../../../contract/dispatch.ts';
import { changingAt } from '../changing.ts';
import {
  importAuditStamp,
  listStamps,
  requestStamp,
  setStampSchedule,
  stampSchedule,
} from '../evidence/audit-stamps.ts';
import {
  caseSources,
  listExtractions,
  setAcquisition,
  writeCustodyForm,
  writeDeviceSheet,
  writeExtraction,
} from '../evidence/custody-papers.ts';
import { liftThing, listThingHolds, setThingHold } from '../evidence/holds.ts';
import type { Workbench } from '../workbench.ts';

type CustodyHandlers = {
  [M in keyof Handlers as M extends `${'custody' | 'stamps'}.${string}` ? M : never]: Handlers[M];
};

/** Handlers of acquisition, papers of custody, and stamps of the audit log. */
export function custodyHandlers(bench: Workbench): CustodyHandlers {
  const stamping = changingAt(bench, 'stamps', 'audit');
  const written = async <T>(work: Promise<T>) => {
    const result = await work;
    bench.changed('custody', 'cases', 'audit');
    return result;
  };
  return {
    'custody.sources': ({ caseId }) => caseSources(bench.desk, caseId),
    'custody.setAcquisition': changingAt(bench, 'custody', 'audit')(setAcquisition),
    'custody.writeForm': (input) => written(writeCustodyForm(bench.desk, input)),
    'custody.writeExtraction': (input) => written(writeExtraction(bench.desk, input)),
    'custody.extractions': ({ caseId }) => listExtractions(bench.desk, caseId),
    'custody.writeDeviceSheet': (input) => written(writeDeviceSheet(bench.desk, input)),
    'custody.holds': (input) => listThingHolds(bench.desk, input),
    'custody.setHold': changingAt(bench, 'custody', 'retention', 'audit')(setThingHold),
    'custody.liftHold': changingAt(bench, 'custody', 'retention', 'audit')(liftThing),
    'stamps.schedule': () => stampSchedule(bench.desk),
    'stamps.setSchedule': stamping(setStampSchedule),
    'stamps.request': stamping(requestStamp),
    'stamps.import': stamping(importAuditStamp),
    'stamps.list': () => listStamps(bench.desk),
  };
}
