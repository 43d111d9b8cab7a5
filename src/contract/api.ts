/**
 * The contract: every method with its input and output, every event. The window, the command line
 * and the tests call the same methods; both directions are validated at run time (dispatch.ts).
 *
 * A method that may take more than a second carries a `jobId` of the caller's choice: `job.progress`
 * events name it, and `jobs.cancel` ends it. Its promise settles when the work ends.
 */
import { z } from 'zod';
import { Count, Instant } from '../core/domain/page.ts';
import { WorkspaceStatus } from '../core/domain/workspace.ts';
import { briefsMethods } from './methods/briefs.ts';
import { bulletinsMethods } from './methods/bulletins.ts';
import { casesMethods } from './methods/cases.ts';
import { classifierMethods } from './methods/classifier.ts';
import { custodyMethods } from './methods/custody.ts';
import { detectionMethods } from './methods/detection.ts';
import { dutiesMethods } from './methods/duties.ts';
import { evidenceMethods } from './methods/evidence.ts';
import { hearingsMethods } from './methods/hearings.ts';
import { lawMethods } from './methods/law.ts';
import { leadsMethods } from './methods/leads.ts';
import { listsMethods } from './methods/lists.ts';
import { messagesMethods } from './methods/messages.ts';
import { meterMethods } from './methods/meter.ts';
import { penaltiesMethods } from './methods/penalties.ts';
import { quarantineMethods } from './methods/quarantine.ts';
import { recordsMethods } from './methods/records.ts';
import { retentionMethods } from './methods/retention.ts';
import { secondReviewsMethods } from './methods/second-reviews.ts';
import { sourcesMethods } from './methods/sources.ts';
import { transfersMethods } from './methods/transfers.ts';
import { triageMethods } from './methods/triage.ts';
import { truthMethods } from './methods/truth.ts';
import { workspaceMethods } from './methods/workspace.ts';

export const api = {
  ...workspaceMethods,
  ...sourcesMethods,
  ...listsMethods,
  ...messagesMethods,
  ...classifierMethods,
  ...detectionMethods,
  ...casesMethods,
  ...dutiesMethods,
  ...penaltiesMethods,
  ...hearingsMethods,
  ...leadsMethods,
  ...briefsMethods,
  ...bulletinsMethods,
  ...secondReviewsMethods,
  ...evidenceMethods,
  ...custodyMethods,
  ...transfersMethods,
  ...retentionMethods,
  ...recordsMethods,
  ...lawMethods,
  ...meterMethods,
  ...quarantineMethods,
  ...triageMethods,
  ...truthMethods,
} as const;

export type Api = typeof api;
export type MethodName = keyof Api;
/** What a caller passes: defaults may be left out. */
export type Input<M extends MethodName> = z.input<Api[M]['input']>;
/** What a handler receives: defaults filled in. */
export type Parsed<M extends MethodName> = z.output<Api[M]['input']>;
export type Output<M extends MethodName> = z.output<Api[M]['output']>;

/** What the host tells without being asked. */
export const HostEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('job.progress'),
    jobId: z.string(),
    /** Name of the step under way: sealing, parsing, indexing, judging, packing … */
    step: z.string(),
    /** What is worked on, for example a file name. */
    item: z.string().nullable(),
    done: Count,
    /** Null where the end is not known. */
    total: Count.nullable(),
    unit: z.enum(['bytes', 'messages', 'files', 'rows']),
    /** Messages or rows so far, where `unit` is bytes. */
    records: Count.nullable(),
    startedAt: Instant,
    at: Instant,
  }),
  /** Something changed; lists that show these areas ask again. */
  z.object({ type: z.literal('changed'), areas: z.array(z.string()) }),
  z.object({ type: z.literal('workspace.status'), status: WorkspaceStatus }),
]);
export type HostEvent = z.infer<typeof HostEvent>;
