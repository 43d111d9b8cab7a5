import { DocketError } from '../../../contract/errors.ts';
import type { CheckResult } from '../../domain/workspace.ts';
import { writeBackup } from '../../storage/backup.ts';
import { CHECKS, runCheck } from '../../storage/check/check.ts';
import { allMediaFiles } from '../../storage/messages/media.ts';
import { destroyedSourceIds, goingSourceIds } from '../../storage/retention/retention.ts';
import { listSourceRows } from '../../storage/sources/sources.ts';
import { breathe, type Job } from '../jobs.ts';
import { flushViews } from '../review/view-log.ts';
import { change, record, type Session } from '../session.ts';

/** Checks the whole workspace: rows, chain, ledgers, sealed sources. Reads only. Throws `cancelled`. */
export async function checkWorkspace(session: Session, job: Job): Promise<CheckResult> {
  flushViews(session);
  const result: CheckResult = { ok: true, checks: [], failures: [] };
  const note = (name: string, detail: string, failures: CheckResult['failures']) => {
    result.checks.push({ name, ok: failures.length === 0, detail });
    result.failures.push(...failures);
  };
  const total = CHECKS.length + 1;
  for (const [index, check] of CHECKS.entries()) {
    job.report({ step: 'checking', item: check.name, done: index, total, unit: 'rows' });
    const steps = runCheck(check, session.workspace.store);
    let step = steps.next();
    while (!step.done) {
      job.check();
      await breathe();
      step = steps.next();
    }
    note(check.name, step.value.detail, step.value.failures);
  }
  note('sealed-sources', ...(await checkSources(session, job)));
  note('sealed-media', ...(await checkMedia(session, job)));
  result.ok = result.failures.length === 0;
  return result;
}

async function checkSources(session: Session, job: Job): Promise<[string, CheckResult['failures']]> {
  const failures: CheckResult['failures'] = [];
  const rows = listSourceRows(session.workspace.store.db);
  const destroyed = destroyedSourceIds(session.workspace.store.db);
  const going = goingSourceIds(session.workspace.store.db);
  for (const row of rows) {
    job.check();
    await breathe();
    if (destroyed.has(row.id)) {
      if (session.workspace.blobs.has(row.blob))
        failures.push(failed(row.file, 'its content was destroyed, and its sealed bytes are there'));
      continue;
    }
    if (going.has(row.id) && !session.workspace.blobs.has(row.blob)) continue;
    try {
      if (session.workspace.blobs.digest(row.blob, row.file, row.bytes) === row.sha256) continue;
      failures.push(failed(row.file, 'the sealed bytes have another SHA-256'));
    } catch (error) {
      if (!(error instanceof DocketError)) throw error;
      failures.push(failed(row.file, error.message));
    }
  }
  return [`${rows.length} sources`, failures];
}

/** Whether the media files that were found are as they were sealed. */
async function checkMedia(session: Session, job: Job): Promise<[string, CheckResult['failures']]> {
  const failures: CheckResult['failures'] = [];
  const files = allMediaFiles(session.workspace.store.db);
  const going = goingSourceIds(session.workspace.store.db);
  for (const file of files) {
    job.check();
    await breathe();
    if (going.has(file.source_id) && !session.workspace.blobs.has(file.id)) continue;
    try {
      if (session.workspace.blobs.digest(file.id, file.path, file.bytes) === file.sha256) continue;
      failures.push({ ...failed(file.path, 'the sealed bytes have another SHA-256'), table: 'media_files' });
    } catch (error) {
      if (!(error instanceof DocketError)) throw error;
      failures.push({ ...failed(file.path, error.message), table: 'media_files' });
    }
  }
  return [`${files.length} files`, failures];
}

function failed(file: string, reason: string): CheckResult['failures'][number] {
  return { check: 'sealed-sources', table: 'sources', row: file, reason };
}

/** Writes a backup file and says so in the audit log. */
export async function backupWorkspace(
  session: Session,
  job: Job,
  file: string,
): Promise<{ file: string; sha256: string; bytes: number }> {
  flushViews(session);
  change(session, () =>
    record(session, {
      type: 'workspace.backed-up',
      subject: { type: 'workspace', id: session.workspace.keyFile.workspaceId },
      after: { file },
    }),
  );
  const written = await writeBackup(session.workspace, file, session.environment.now(), (done, total) => {
    job.check();
    job.report({ step: 'copying', item: file, done, total, unit: 'bytes' });
  });
  return { file, ...written };
}
