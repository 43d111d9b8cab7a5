/** One decision about many links, accounts or groups. */
import { DocketError } from '../../../contract/errors.ts';
import type { MeasureProposal, MeasureSubject } from '../../domain/case.ts';
import type { MeasureBatch } from '../../domain/measure.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { fingerprintOf } from '../officers.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

/** What a batch is taken against, as it was signed. */
export interface BatchItem {
  readonly target: string;
  readonly platformId: string | null;
  /** UUID of the account, for accounts. */
  readonly accountId: string | null;
}

export interface BatchRow {
  id: string;
  case_id: string;
  subject_type: MeasureSubject;
  proposal: string;
  measure: string;
  deviation_reason: string;
  facts: string;
  basis: string;
  items: string;
  state: MeasureBatch['state'];
  officer_id: string;
  at: number;
  signature: Buffer;
  public_key: Buffer;
  approver_id: string | null;
  approved_at: number | null;
  note: string;
  approval_signature: Buffer | null;
  approval_key: Buffer | null;
}

export function insertBatch(store: Store, row: BatchRow): void {
  insertRow(store, 'measure_batches', { ...row });
}

export function updateBatch(store: Store, id: string, changes: Partial<BatchRow>): void {
  updateRow(store, 'measure_batches', { id }, { ...changes });
}

/** Throws `not-found`. */
export function batchRow(db: Database, id: string): BatchRow {
  const row = get<BatchRow>(db, 'SELECT * FROM measure_batches WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such batch', id);
  return row;
}

type Named = BatchRow & { case_no: number; officer: string | null; approver: string | null };

/** Batches of a case, the first one first. */
export function batchesOfCase(db: Database, prefix: string, caseId: string): MeasureBatch[] {
  return all<Named>(
    db,
    `SELECT b.*, k.number AS case_no, o.name AS officer, a.name AS approver FROM measure_batches b
     JOIN cases k ON k.id = b.case_id LEFT JOIN officers o ON o.id = b.officer_id
     LEFT JOIN officers a ON a.id = b.approver_id WHERE b.case_id = ? ORDER BY b.at, b.id`,
    caseId,
  ).map((row) => {
    const proposal = JSON.parse(row.proposal) as MeasureProposal;
    const option = proposal.options.find(({ id }) => id === row.measure);
    const signature = (officer: string | null, key: Buffer, bytes: Buffer) => ({
      officer: officer ?? '',
      fingerprint: fingerprintOf(key),
      signature: bytes.toString('base64'),
    });
    return {
      id: row.id,
      caseId: row.case_id,
      caseNumber: caseNumber(prefix, row.case_no),
      subjectType: row.subject_type,
      measure: row.measure,
      title: option?.title ?? { zh: row.measure, en: row.measure },
      proposed: proposal.proposed,
      deviationReason: row.deviation_reason,
      facts: row.facts,
      basis: JSON.parse(row.basis) as string[],
      items: (JSON.parse(row.items) as BatchItem[]).length,
      state: row.state,
      officer: row.officer ?? '',
      officerId: row.officer_id,
      at: row.at,
      approval:
        row.approved_at === null
          ? null
          : {
              officer: row.approver ?? '',
              at: row.approved_at,
              approved: row.state === 'final',
              note: row.note,
            },
      signatures: [
        signature(row.officer, row.public_key, row.signature),
        ...(row.approval_signature && row.approval_key
          ? [signature(row.approver, row.approval_key, row.approval_signature)]
          : []),
      ],
    };
  });
}

/** States of the batches of a case, for the state of the case. */
export function batchStates(db: Database, caseId: string): MeasureBatch['state'][] {
  return all<{ state: MeasureBatch['state'] }>(
    db,
    'SELECT state FROM measure_batches WHERE case_id = ?',
    caseId,
  ).map(({ state }) => state);
}
