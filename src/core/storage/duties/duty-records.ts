/** Rows beside the duties: circumstances of hits, report drafts, steps, legal holds, inspections. */
import type { DutyStep, Inspection, LegalHold } from '../../domain/duty.ts';
import type { DutyMark } from '../../duties/duty-routes.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface HitMarkRow {
  hit_id: number;
  mark: DutyMark;
  reason: string;
  officer_id: string;
  at: number;
  taken_back: 0 | 1;
}

/** Standing marks of a hit. */
export function marksOfHit(db: Database, hitId: number): (HitMarkRow & { officer: string })[] {
  return all(
    db,
    `SELECT k.*, coalesce(o.name, k.officer_id) AS officer FROM hit_marks k LEFT JOIN officers o ON o.id = k.officer_id
     WHERE k.hit_id = ? AND k.taken_back = 0 ORDER BY k.mark`,
    hitId,
  );
}

/** Sets or takes back a mark; the row stays either way. */
export function writeMark(store: Store, row: HitMarkRow): void {
  const known = get(store.db, 'SELECT 1 FROM hit_marks WHERE hit_id = ? AND mark = ?', row.hit_id, row.mark);
  const { hit_id, mark, ...rest } = row;
  if (known) updateRow(store, 'hit_marks', { hit_id, mark }, rest);
  else insertRow(store, 'hit_marks', { ...row });
}

export interface DutyReportRow {
  duty_id: string;
  organisation: string;
  contact: string;
  facts: string;
  /** Texts of the notice by item, as JSON. */
  notice: string;
  updated_at: number;
  officer_id: string;
}

export function dutyReport(db: Database, dutyId: string): DutyReportRow | undefined {
  return get<DutyReportRow>(db, 'SELECT * FROM duty_reports WHERE duty_id = ?', dutyId);
}

/** The organisation and contact that were written last, for the next form. */
export function lastSender(db: Database): Pick<DutyReportRow, 'organisation' | 'contact'> {
  return (
    get<Pick<DutyReportRow, 'organisation' | 'contact'>>(
      db,
      `SELECT organisation, contact FROM duty_reports WHERE organisation <> '' ORDER BY updated_at DESC LIMIT 1`,
    ) ?? { organisation: '', contact: '' }
  );
}

export function writeDutyReport(store: Store, row: DutyReportRow): void {
  const { duty_id, ...rest } = row;
  if (dutyReport(store.db, duty_id)) updateRow(store, 'duty_reports', { duty_id }, rest);
  else insertRow(store, 'duty_reports', { ...row });
}

export interface DutyStepRow {
  id: string;
  duty_id: string;
  kind: DutyStep['kind'];
  test: 0 | 1;
  at: number;
  number: string | null;
  note: string;
  file: string | null;
  sha256: string | null;
  officer_id: string;
  recorded_at: number;
}

export function insertDutyStep(store: Store, row: DutyStepRow): void {
  insertRow(store, 'duty_steps', { ...row });
}

export function stepsOfDuty(db: Database, dutyId: string): DutyStep[] {
  return all<DutyStepRow & { officer: string }>(
    db,
    `SELECT s.*, coalesce(o.name, s.officer_id) AS officer FROM duty_steps s LEFT JOIN officers o ON o.id = s.officer_id
     WHERE s.duty_id = ? ORDER BY s.id`,
    dutyId,
  ).map((row) => ({
    id: row.id,
    kind: row.kind,
    test: row.test === 1,
    at: row.at,
    number: row.number,
    note: row.note,
    file: row.file,
    sha256: row.sha256,
    officer: row.officer,
    recordedAt: row.recorded_at,
  }));
}

/** Is there a proof, not of a trial, that the content was disposed of? */
export function hasProof(db: Database, dutyId: string): boolean {
  return (
    get(db, "SELECT 1 FROM duty_steps WHERE duty_id = ? AND kind = 'proof' AND test = 0", dutyId) !==
    undefined
  );
}

/**
 * Proof of the measures taken in a case: what was carried out, once nothing decided still waits to be.
 * Null where nothing was, or something waits.
 */
export function carriedOut(db: Database, caseId: string): string | null {
  const rows = all<{ state: string; proof: string; executed_at: number | null }>(
    db,
    'SELECT state, proof, executed_at FROM measures WHERE case_id = ? ORDER BY number',
    caseId,
  );
  if (rows.some(({ state }) => state === 'recommended' || state === 'instructed')) return null;
  const proofs = rows.flatMap(({ executed_at, proof }) =>
    executed_at === null || proof.trim() === '' ? [] : [proof],
  );
  return proofs.length === 0 ? null : [...new Set(proofs)].join('; ');
}

export interface LegalHoldRow {
  id: string;
  case_id: string;
  reason: string;
  duty_id: string | null;
  set_at: number;
  officer_id: string;
  lifted_at: number | null;
  lifted_by: string | null;
  lifted_reason: string | null;
}

export function insertHold(store: Store, row: LegalHoldRow): void {
  insertRow(store, 'legal_holds', { ...row });
}

export function liftHoldRow(
  store: Store,
  id: string,
  by: { lifted_at: number; lifted_by: string; lifted_reason: string },
): void {
  updateRow(store, 'legal_holds', { id }, by);
}

/** Does a hold stand on the case? While one does, nothing of it is taken out or destroyed. */
export function isHeld(db: Database, caseId: string): boolean {
  return get(db, 'SELECT 1 FROM legal_holds WHERE case_id = ? AND lifted_at IS NULL', caseId) !== undefined;
}

/** Case numbers (as numbers) of standing holds whose cases have exhibits proved by a source. */
export function heldCasesOfSource(db: Database, sourceId: number): number[] {
  return all<{ number: number }>(
    db,
    `SELECT DISTINCT c.number FROM legal_holds h JOIN cases c ON c.id = h.case_id
     JOIN exhibits e ON e.case_id = c.id AND e.removed = 0
     WHERE h.lifted_at IS NULL AND e.source_id = ? ORDER BY c.number`,
    sourceId,
  ).map(({ number }) => number);
}

/** Holds of a case, or all, the latest first; at most 1000. */
export function holdRows(db: Database, prefix: string, caseId: string | null): LegalHold[] {
  return all<LegalHoldRow & { number: number; officer: string; lifter: string | null }>(
    db,
    `SELECT h.*, c.number, coalesce(o.name, h.officer_id) AS officer, coalesce(l.name, h.lifted_by) AS lifter
     FROM legal_holds h JOIN cases c ON c.id = h.case_id LEFT JOIN officers o ON o.id = h.officer_id
     LEFT JOIN officers l ON l.id = h.lifted_by WHERE ? IS NULL OR h.case_id = ? ORDER BY h.id DESC LIMIT 1000`,
    caseId,
    caseId,
  ).map((row) => ({
    id: row.id,
    caseId: row.case_id,
    caseNumber: caseNumber(prefix, row.number),
    reason: row.reason,
    dutyId: row.duty_id,
    setAt: row.set_at,
    officer: row.officer,
    lifted:
      row.lifted_at === null
        ? null
        : { at: row.lifted_at, officer: row.lifter ?? '', reason: row.lifted_reason ?? '' },
  }));
}

export interface InspectionRow {
  id: string;
  kind: Inspection['kind'];
  authority: string;
  document_number: string;
  legal_basis: string;
  request: string;
  received_at: number;
  due_at: number | null;
  case_id: string | null;
  given: string;
  given_at: number | null;
  signed_by: string | null;
  file: string | null;
  sha256: string | null;
  state: Inspection['state'];
  officer_id: string;
  recorded_at: number;
}

export function insertInspection(store: Store, row: InspectionRow): void {
  insertRow(store, 'inspections', { ...row });
}

export function updateInspection(
  store: Store,
  id: string,
  changes: Pick<InspectionRow, 'given' | 'given_at' | 'signed_by' | 'state'>,
): void {
  updateRow(store, 'inspections', { id }, { ...changes });
}

/** Inspections and requests, the open ones first, then the latest; at most 1000. */
export function inspectionRows(db: Database, prefix: string, now: number, id: string | null): Inspection[] {
  return all<InspectionRow & { number: number | null; officer: string }>(
    db,
    `SELECT i.*, c.number, coalesce(o.name, i.officer_id) AS officer FROM inspections i
     LEFT JOIN cases c ON c.id = i.case_id LEFT JOIN officers o ON o.id = i.officer_id
     WHERE ? IS NULL OR i.id = ? ORDER BY i.state = 'answered', coalesce(i.due_at, 8.64e15), i.received_at DESC LIMIT 1000`,
    id,
    id,
  ).map((row) => ({
    id: row.id,
    kind: row.kind,
    authority: row.authority,
    documentNumber: row.document_number,
    legalBasis: row.legal_basis,
    request: row.request,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    overdue: row.state === 'open' && row.due_at !== null && row.due_at < now,
    caseId: row.case_id,
    caseNumber: row.number === null ? null : caseNumber(prefix, row.number),
    answer:
      row.given_at === null ? null : { given: row.given, at: row.given_at, signedBy: row.signed_by ?? '' },
    file: row.file,
    sha256: row.sha256,
    state: row.state,
    officer: row.officer,
    recordedAt: row.recorded_at,
  }));
}
