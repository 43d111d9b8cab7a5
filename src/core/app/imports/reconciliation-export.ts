import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { formatInstant } from '../../domain/zone.ts';
import { RECONCILIATION_HEAD, reconciliationCsv } from '../../reconciliation/reconciliation-csv.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, record, type Session } from '../session.ts';
import { comparisonOf, presentRow } from './reconciliation.ts';

const STEP = 500;

/** Writes a comparison as CSV, replacing `file`. Throws as `comparisonOf`; a cancelled one leaves no file. */
export async function exportReconciliation(
  session: Session,
  job: Job,
  input: Parsed<'reconciliation.export'>,
): Promise<{ file: string; rows: number; sha256: string }> {
  const comparison = await comparisonOf(session, job, input);
  const rows = comparison.result.rows.length;
  const { zone } = session.environment;
  const temporary = `${input.file}.new`;
  const output = openSync(temporary, 'w', 0o600);
  const hash = createHash('sha256');
  const write = (text: string) => {
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    writeSync(output, bytes);
  };
  let open = true;
  try {
    write(RECONCILIATION_HEAD);
    for (let position = 0; position < rows; position++) {
      write(reconciliationCsv(presentRow(session, comparison, position), (at) => formatInstant(at, zone)));
      if (position % STEP === STEP - 1) {
        job.check();
        job.report({ step: 'writing', item: input.file, done: position, total: rows, unit: 'rows' });
        await breathe();
      }
    }
    closeSync(output);
    open = false;
    renameSync(temporary, input.file);
  } finally {
    if (open) closeSync(output);
    rmSync(temporary, { force: true });
  }
  const sha256 = hash.digest('hex');
  change(session, () =>
    record(session, {
      type: 'source.reconciliation-exported',
      subject: { type: 'source', id: input.a.sourceId },
      after: { a: input.a, b: input.b, file: input.file, rows, sha256 },
    }),
  );
  return { file: input.file, rows, sha256 };
}
