/**
 * Fixing the commitments of imported sources beside the work, so that the first pack need not wait for it. What
 * is fixed is fixed as `fixCommitments` does it for whoever needs it at once: a source whole, by one audit event.
 */
import type { HostEvent } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import { isPutOff } from '../storage/database.ts';
import { unfixedSources } from '../storage/messages/commitments.ts';
import { needsUpkeep } from '../storage/upkeep.ts';
import type { OpenWorkspace } from '../storage/workspace-folder.ts';
import { fixCommitments } from './evidence/proofs.ts';
import type { Jobs } from './jobs.ts';
import type { Session } from './session.ts';
import { UPKEEP_JOB } from './upkeep.ts';

const underWay = new WeakSet<OpenWorkspace>();

/**
 * Fixes what waits, one source after the other. Stops where a job begins (what was computed of a source is then
 * lost, and begun again later) and where the workspace closes; waits for indexes that are being built. Answers
 * whether a source was fixed.
 */
export async function fixBeside(
  session: Session,
  jobs: Jobs,
  emit: (event: HostEvent) => void,
): Promise<boolean> {
  const { workspace, environment } = session;
  const { db } = workspace.store;
  if (jobs.busy || underWay.has(workspace) || isPutOff(db) || needsUpkeep(db)) return false;
  const waiting = unfixedSources(db);
  if (waiting.length === 0) return false;
  underWay.add(workspace);
  const stop = new AbortController();
  const startedAt = environment.now();
  let fixed = 0;
  let told = 0;
  let last = { item: '', done: 0, total: 0 };
  const tell = (done: number) =>
    emit({
      type: 'job.progress',
      jobId: UPKEEP_JOB,
      step: 'fixing-commitments',
      item: last.item,
      done,
      total: last.total,
      unit: 'messages',
      records: null,
      startedAt,
      at: environment.now(),
    });
  try {
    for (const uid of waiting) {
      await fixCommitments(session, [uid], {
        signal: stop.signal,
        progress(item, done, total) {
          if (jobs.busy || !db.open) stop.abort();
          last = { item, done, total };
          if (environment.now() - told < 200) return;
          told = environment.now();
          tell(done);
        },
      });
      fixed++;
      if (jobs.busy || !db.open) break;
    }
  } catch (error) {
    // Stopped, or recovered messages came in meanwhile: whoever needs it goes on.
    if (!(error instanceof DocketError) || !['cancelled', 'conflict'].includes(error.code)) throw error;
  } finally {
    underWay.delete(workspace);
    if (last.total > 0) tell(last.total);
  }
  return fixed > 0;
}
