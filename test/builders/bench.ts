/** A workbench over temporary folders, called as the window calls it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostEvent, Input, MethodName, Output } from '../../src/contract/api.ts';
import { call } from '../../src/contract/client.ts';
import type { Workers } from '../../src/core/app/detection/judge.ts';
import { SAMPLE_OFFICERS, SAMPLE_ZONE, sampleFiles } from '../../src/core/app/imports/sample.ts';
import { openResources } from '../../src/core/app/resources.ts';
import { Workbench } from '../../src/core/app/workbench.ts';
import { UidSource } from '../../src/core/domain/uid.ts';

export const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface TestBench {
  readonly bench: Workbench;
  readonly root: string;
  readonly events: HostEvent[];
  /** Errors that no handler expected; a test that ends with some has found a defect. */
  readonly reported: unknown[];
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Closes the workbench and removes its folders. */
  remove(): void;
}

/**
 * `importWorker` and `upkeepWorker` as in `Environment`: programs of threads; absent for none. Detection runs in
 * the calling thread without `workers`.
 */
export function testBench(
  options: {
    readonly root?: string;
    readonly importWorker?: string | undefined;
    readonly upkeepWorker?: string | undefined;
    readonly workers?: Workers;
  } = {},
): TestBench {
  const {
    root = mkdtempSync(join(tmpdir(), 'docket-bench-')),
    importWorker,
    upkeepWorker,
    workers,
  } = options;
  const events: HostEvent[] = [];
  const reported: unknown[] = [];
  const bench = new Workbench({
    folder: join(root, 'workspace'),
    sampleFolder: join(root, 'sample'),
    environment: {
      now: Date.now,
      random: randomBytes,
      uids: new UidSource(Date.now, randomBytes),
      zone: SAMPLE_ZONE,
      resources: openResources(RESOURCES),
      ...(importWorker ? { importWorker } : {}),
      ...(upkeepWorker ? { upkeepWorker } : {}),
    },
    workers: workers ?? { entry: null, threads: 1 },
    keyFolder: join(root, 'keys'),
    software: 'Docket test',
    emit: (event) => events.push(event),
    report: (error) => reported.push(error),
  });
  const transport = { invoke: bench.call, subscribe: () => () => undefined };
  return {
    bench,
    root,
    events,
    reported,
    call: (method, input) => call(transport, method, input),
    remove() {
      bench.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A workspace of the platform profile with the sample imported and judged, and its second officer. */
export async function sampleBench(): Promise<TestBench & { second: Output<'officers.create'> }> {
  const made = testBench();
  const [first, second] = SAMPLE_OFFICERS;
  await made.call('workspace.create', {
    profile: 'platform',
    officerName: first.name,
    passphrase: first.passphrase,
  });
  const officer = await made.call('officers.create', second);
  await made.call('sources.import', {
    jobId: 'import',
    files: sampleFiles(RESOURCES).map((path) => ({ path, zone: SAMPLE_ZONE, conversations: 'all' })),
  });
  await made.call('detection.start', { jobId: 'detect' });
  return { ...made, second: officer };
}

/** Carries one case to a permanent measure, approved by the second officer, and filed reports; answers its id. */
export async function closedCase(made: TestBench, approverId: string): Promise<string> {
  const { rows } = await made.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 500 });
  const worst = rows.filter((hit) => hit.senderId === rows[0]?.senderId);
  const hitIds = worst.map(({ id }) => id);
  await made.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  const { summary, parties } = await made.call('cases.open', { hitIds });
  const party = parties.find(({ role }) => role === 'publisher');
  if (!party) throw new Error('the case has no publisher');
  const proposal = await made.call('decisions.propose', { caseId: summary.id, partyId: party.id });
  const permanent = proposal.options.find((option) => option.needsSecondApproval);
  if (!permanent) throw new Error('the schedule has no measure that needs a second officer');
  const decision = await made.call('decisions.record', {
    caseId: summary.id,
    partyId: party.id,
    measure: permanent.id,
    deviationReason: permanent.id === proposal.proposed ? '' : 'repeated after two warnings',
    facts: 'verified',
  });
  const { passphrase } = SAMPLE_OFFICERS[1];
  await made.call('decisions.approve', {
    decisionId: decision.id,
    officerId: approverId,
    passphrase,
    approved: true,
  });
  const duties = await made.call('duties.list', { caseId: summary.id });
  for (const { id: dutyId, kind } of duties.rows) {
    if (kind === 'disposal')
      await made.call('duties.addStep', { dutyId, kind: 'proof', at: Date.now(), note: 'removed' });
    if (kind !== 'report') continue;
    await made.call('duties.draft', { dutyId, organisation: 'A platform', contact: '400-000-0000' });
    await made.call('duties.file', { dutyId, filedAt: Date.now(), receiptNumber: 'R-1' });
  }
  return summary.id;
}
