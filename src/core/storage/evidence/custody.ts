/** Acquisition and extraction of sources, and time stamps of the audit log's head. */
import type { Acquisition, CaseSource } from '../../domain/custody.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import type { SourceRow } from '../sources/sources.ts';

/** Sources in which messages of a case's exhibits stand, the first imported first. */
export function sourcesOfCase(db: Database, caseId: string): SourceRow[] {
  return all<SourceRow>(
    db,
    `SELECT * FROM sources WHERE id IN (
       SELECT source_id FROM exhibits WHERE case_id = ? AND removed = 0
       UNION SELECT m.source_id FROM exhibits x JOIN exhibit_messages e ON e.exhibit_id = x.id
         JOIN messages m ON m.id = e.message_id WHERE x.case_id = ? AND x.removed = 0) ORDER BY id`,
    caseId,
    caseId,
  );
}

export interface AcquisitionRow extends Acquisition {
  source_id: number;
  officer_id: string;
  at: number;
  event_id: string;
}

export function acquisitionOf(
  db: Database,
  sourceId: number,
): (AcquisitionRow & { officer: string }) | undefined {
  return get(
    db,
    `SELECT a.*, o.name AS officer FROM source_acquisitions a JOIN officers o ON o.id = a.officer_id
     WHERE a.source_id = ?`,
    sourceId,
  );
}

/** The same by the source's UUID, as people read it; null where nobody entered it. */
export function acquisitionOfSource(db: Database, uid: string): CaseSource['acquisition'] {
  const row = get<{ id: number }>(db, 'SELECT id FROM sources WHERE uid = ?', uid);
  const found = row && acquisitionOf(db, row.id);
  if (!found) return null;
  const { custodian, consent, medium, method, place, note, officer, at } = found;
  return { custodian, consent, medium, method, place, note, officer, at };
}

export function writeAcquisition(store: Store, row: AcquisitionRow): void {
  const { source_id, ...changes } = row;
  if (acquisitionOf(store.db, source_id)) updateRow(store, 'source_acquisitions', { source_id }, changes);
  else insertRow(store, 'source_acquisitions', { ...row });
}

export interface ReExtractionRow {
  id: string;
  source_id: number;
  /** JSON. */
  outcome: string;
  officer_id: string;
  at: number;
  event_id: string;
}

export function insertReExtraction(store: Store, row: ReExtractionRow): void {
  insertRow(store, 're_extractions', { ...row });
}

export function lastReExtraction(
  db: Database,
  sourceId: number,
): (ReExtractionRow & { officer: string }) | undefined {
  return get(
    db,
    `SELECT r.*, o.name AS officer FROM re_extractions r JOIN officers o ON o.id = r.officer_id
     WHERE r.source_id = ? ORDER BY r.id DESC LIMIT 1`,
    sourceId,
  );
}

export interface ExtractionRow {
  id: string;
  case_id: string;
  /** JSON. */
  body: string;
  file: string;
  sha256: string;
  officer_id: string;
  at: number;
  event_id: string;
}

export function insertExtraction(store: Store, row: ExtractionRow): void {
  insertRow(store, 'extraction_records', { ...row });
}

export function extractionRows(db: Database, caseId: string): (ExtractionRow & { officer: string })[] {
  return all(
    db,
    `SELECT e.*, o.name AS officer FROM extraction_records e JOIN officers o ON o.id = e.officer_id
     WHERE e.case_id = ? ORDER BY e.id DESC`,
    caseId,
  );
}

export interface AuditStampRow {
  id: string;
  sequence: number;
  hash: string;
  request: Buffer;
  file: string;
  officer_id: string;
  at: number;
  response: Buffer | null;
  stamped_at: number | null;
  authority: string | null;
  serial: string | null;
  imported_by: string | null;
  imported_at: number | null;
}

export function insertAuditStamp(store: Store, row: AuditStampRow): void {
  insertRow(store, 'audit_stamps', { ...row });
}

export function answerAuditStamp(store: Store, id: string, answer: Partial<AuditStampRow>): void {
  updateRow(store, 'audit_stamps', { id }, { ...answer });
}

/** The latest first. */
export function auditStampRows(db: Database): (AuditStampRow & { officer: string })[] {
  return all(
    db,
    'SELECT s.*, o.name AS officer FROM audit_stamps s JOIN officers o ON o.id = s.officer_id ORDER BY s.id DESC',
  );
}
