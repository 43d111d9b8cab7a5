/** What officers do about duties: prove, file, note what came back, assess. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Duty } from '../../domain/case.ts';
import type { DutyDetail } from '../../domain/duty.ts';
import { canClose } from '../../duties/open-duties.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { hitsByIds } from '../../storage/detection/hits.ts';
import { type DutyRow, dutyRow, termsOf, updateDuty } from '../../storage/duties/duties.ts';
import { type DutyStepRow, insertDutyStep } from '../../storage/duties/duty-records.ts';
import { listOfficers } from '../../storage/officers.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { sessionOfSecond } from '../cases/second-officer.ts';
import { holdForFiling } from '../evidence/holds.ts';
import { change, newUid, record } from '../session.ts';
import { dutyById, openReports, settleDuties } from './duties.ts';
import { dutyDetail, formGaps } from './duty-form.ts';

/** Throws `not-found`, and `conflict` for a duty of the other kind or one that has ended. */
function unclosed(desk: CaseDesk, id: string, kind: Duty['kind']): DutyRow {
  const row = dutyRow(dbOf(desk), id);
  if (row.kind !== kind) throw new DocketError('conflict', `this duty is of kind ${row.kind}`, id);
  if (row.state === 'closed') throw new DocketError('conflict', 'this duty has ended', id);
  return row;
}

function requirePast(desk: CaseDesk, at: number, field: string): void {
  if (at > desk.session.environment.now())
    throw new DocketError('invalid-input', 'this cannot have happened in the future', field);
}

/** Keeps a step of a duty; a file is read for its digest and stays where it is. Call in a transaction. */
function keepStep(
  desk: CaseDesk,
  row: DutyRow,
  step: Pick<DutyStepRow, 'kind' | 'test' | 'at' | 'number' | 'note'> & { path?: string | null },
): void {
  const { path = null, ...facts } = step;
  const kept = {
    ...facts,
    file: path === null ? null : basename(path),
    sha256: path === null ? null : createHash('sha256').update(readFileSync(path)).digest('hex'),
  };
  insertDutyStep(desk.session.workspace.store, {
    ...kept,
    id: newUid(desk.session),
    duty_id: row.id,
    officer_id: desk.session.officer.id,
    recorded_at: desk.session.environment.now(),
  });
  if (kept.kind === 'filed' && kept.test === 0) return;
  record(desk.session, {
    type: `duty.${kept.kind === 'filed' ? 'test-filed' : kept.kind}`,
    subject: { type: 'duty', id: row.id },
    caseId: row.case_id,
    after: {
      at: kept.at,
      ...(kept.number ? { number: kept.number } : {}),
      ...(kept.note ? { note: kept.note } : {}),
      ...(kept.file ? { file: kept.file, sha256: kept.sha256 } : {}),
      ...(kept.test ? { test: true } : {}),
    },
  });
}

/**
 * Records that a report was filed, or, later, its receipt number. The first real filing asks for a
 * complete form, or for the reason why it could not wait (`reason-required`); it holds the case by itself.
 * A trial run is noted and changes nothing. The duty ends once its notice is complete and the receiver's
 * number is there.
 */
export function fileDuty(desk: CaseDesk, input: Parsed<'duties.file'>): Duty {
  const row = unclosed(desk, input.dutyId, 'report');
  requirePast(desk, input.filedAt, 'filedAt');
  const { test, note } = input;
  const reason = input.incompleteReason.trim();
  if (!test && row.state === 'open' && reason === '') {
    const gaps = formGaps(desk, row);
    if (gaps.length > 0)
      throw new DocketError(
        'reason-required',
        `the report is incomplete: ${gaps.join(', ')}`,
        'incompleteReason',
      );
  }
  const receipt = input.receiptNumber?.trim() || (test ? null : row.receipt_number);
  change(desk.session, () => {
    if (test || row.state === 'open')
      keepStep(desk, row, { kind: 'filed', test: test ? 1 : 0, at: input.filedAt, number: receipt, note });
    if (test) return;
    updateDuty(desk.session.workspace.store, row.id, {
      state: 'filed',
      filed_at: input.filedAt,
      receipt_number: receipt,
      note: note || row.note,
    });
    record(desk.session, {
      type: 'duty.filed',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      before: { state: row.state, filedAt: row.filed_at, receiptNumber: row.receipt_number, note: row.note },
      after: {
        state: 'filed',
        filedAt: input.filedAt,
        receiptNumber: receipt,
        note: note || row.note,
        ...(reason === '' ? {} : { incomplete: reason }),
      },
    });
    holdForFiling(desk, row);
    settleDuties(desk, row.case_id);
  });
  return dutyById(desk, row.id);
}

/**
 * Notes a proof of disposal, or what followed a report: receipt, reply, supplement. A receipt's number
 * becomes the report's, where it had none. Replies may come after the duty has ended.
 * Throws `conflict` for a step that this kind of duty does not have, `reason-required` for an empty one.
 */
export function addDutyStep(desk: CaseDesk, input: Parsed<'duties.addStep'>): DutyDetail {
  const row = dutyRow(dbOf(desk), input.dutyId);
  const { kind, at, test } = input;
  if ((kind === 'proof') !== (row.kind === 'disposal') || row.kind === 'records' || row.kind === 'assessment')
    throw new DocketError('conflict', `a duty of kind ${row.kind} takes no ${kind}`, row.id);
  if (kind === 'proof' && row.state === 'closed')
    throw new DocketError('conflict', 'this duty has ended', row.id);
  requirePast(desk, at, 'at');
  const number = input.number?.trim() || null;
  const note = input.note.trim();
  const empty = note === '' && number === null && !input.file;
  if (empty || (kind === 'receipt' && number === null))
    throw new DocketError('reason-required', 'say what was done or received', 'note');
  change(desk.session, () => {
    keepStep(desk, row, { kind, test: test ? 1 : 0, at, number, note, path: input.file ?? null });
    if (kind === 'receipt' && !test && row.state === 'filed' && row.receipt_number === null)
      updateDuty(desk.session.workspace.store, row.id, { receipt_number: number });
    settleDuties(desk, row.case_id);
  });
  return dutyDetail(desk, row.id);
}

/**
 * Who stands for an assessment beside the officer who makes it. Every outcome needs one: not to report
 * is as grave as to report. In a workspace with one active officer there is nobody to ask; null then,
 * and the event says so. The approver proves it with their own passphrase.
 * Throws `second-officer-required`, `not-found`, `not-allowed`, `wrong-key`.
 */
function approverOf(desk: CaseDesk, approverId: string | null, passphrase: string): string | null {
  const { officer } = desk.session;
  if (approverId === null) {
    const others = listOfficers(dbOf(desk)).filter(({ id, active }) => active && id !== officer.id);
    if (others.length === 0) return null;
    throw new DocketError('second-officer-required', 'an assessment names who approved it', 'approverId');
  }
  return sessionOfSecond(desk.session, { officerId: approverId, passphrase, first: officer.id }).officer.id;
}

/** Ends an assessment; `report` opens a report for each receiver that the routes name. */
export function assessDuty(desk: CaseDesk, input: Parsed<'duties.assess'>): Duty {
  const row = unclosed(desk, input.dutyId, 'assessment');
  const approver = approverOf(desk, input.approverId ?? null, input.approverPassphrase);
  const target = caseRow(dbOf(desk), row.case_id);
  change(desk.session, () => {
    const hits = hitsByIds(desk.reading, termsOf(row).itemIds);
    const reportIds = input.outcome === 'report' ? openReports(desk, target, hits) : [];
    const { outcome, reason } = input;
    const closing = canClose({
      kind: 'assessment',
      outcome,
      reason,
      approver: approver ?? desk.session.officer.id,
      reportIds,
    });
    if (!closing.ok) {
      throw new DocketError('reason-required', `still missing: ${closing.missing.join(', ')}`, 'reason');
    }
    updateDuty(desk.session.workspace.store, row.id, {
      state: 'closed',
      outcome,
      reason,
      approver_id: approver,
      assessed_at: desk.session.environment.now(),
    });
    record(desk.session, {
      type: 'duty.assessed',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      before: { state: row.state },
      after: {
        state: 'closed',
        outcome,
        reason,
        approver,
        ...(approver === null ? { onlyOfficer: true } : {}),
        ...(reportIds.length > 0 ? { reports: reportIds } : {}),
      },
    });
  });
  return dutyById(desk, row.id);
}
