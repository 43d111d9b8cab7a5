/** Periods of retention, what they hold for, and the certificates of destruction. */
import type { RetentionKind } from '../../domain/retention.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface RuleRow {
  kind: RetentionKind;
  days: number | null;
  basis: string;
  officer_id: string;
  at: number;
}

export function ruleRows(db: Database): (RuleRow & { officer: string })[] {
  return all(
    db,
    'SELECT r.*, o.name AS officer FROM retention_rules r JOIN officers o ON o.id = r.officer_id',
  );
}

export function writeRule(store: Store, row: RuleRow): void {
  const { kind, ...changes } = row;
  if (get(store.db, 'SELECT 1 FROM retention_rules WHERE kind = ?', kind)) {
    updateRow(store, 'retention_rules', { kind }, changes);
  } else insertRow(store, 'retention_rules', { ...row });
}

export interface RetainedRow {
  id: string;
  name: string;
  since: number;
}

const RETAINED: Readonly<Record<RetentionKind, string>> = {
  source: `SELECT uid AS id, file AS name, imported_at AS since FROM sources
    WHERE parent_id IS NULL AND id NOT IN (SELECT source_id FROM destroyed_sources)`,
  case: `SELECT id, title AS name, closed_at AS since FROM cases WHERE closed_at IS NOT NULL`,
  export: `SELECT id, file AS name, at AS since FROM packs`,
};

/** Things of a kind whose period may run, without what was destroyed. */
export function retainedRows(db: Database, kind: RetentionKind): RetainedRow[] {
  return all<RetainedRow>(
    db,
    `SELECT * FROM (${RETAINED[kind]}) WHERE id NOT IN (SELECT subject_id FROM destructions) ORDER BY since, id`,
  );
}

interface Resting {
  number: number;
  id: string;
  held: number;
}

const HELD = `EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_id = k.id AND h.lifted_at IS NULL) AS held`;

/** Cases with an exhibit of which a source holds a message; joined in this order, because sources hold a million. */
export function casesOnSource(db: Database, sourceId: number): Resting[] {
  return all<Resting>(
    db,
    `SELECT k.id, k.number, ${HELD} FROM cases k WHERE k.id IN (
       SELECT x.case_id FROM exhibits x WHERE x.source_id = ?
       UNION SELECT x.case_id FROM exhibits x CROSS JOIN exhibit_messages e ON e.exhibit_id = x.id
         CROSS JOIN message_occurrences o ON o.message_id = e.message_id WHERE o.source_id = ?) ORDER BY k.number`,
    sourceId,
    sourceId,
  );
}

export function casesOf(db: Database, kind: 'case' | 'export', id: string): Resting[] {
  const of = kind === 'case' ? '?' : '(SELECT case_id FROM packs WHERE id = ?)';
  return all<Resting>(db, `SELECT k.id, k.number, ${HELD} FROM cases k WHERE k.id = ${of}`, id);
}

export interface DestructionRow {
  id: string;
  kind: RetentionKind;
  subject_id: string;
  /** JSON of the certificate, exactly as it was signed. */
  certificate: string;
  officer_id: string;
  signature: Buffer;
  public_key: Buffer;
  approver_id: string;
  approval_signature: Buffer;
  approval_key: Buffer;
  at: number;
  event_id: string;
}

export function insertDestruction(store: Store, row: DestructionRow): void {
  insertRow(store, 'destructions', { ...row });
}

export function destructionRows(db: Database): (DestructionRow & { officer: string; approver: string })[] {
  return all(
    db,
    `SELECT d.*, o.name AS officer, a.name AS approver FROM destructions d
     JOIN officers o ON o.id = d.officer_id JOIN officers a ON a.id = d.approver_id ORDER BY d.id DESC`,
  );
}

/** Row ids of the sources whose content was destroyed. */
export function destroyedSourceIds(db: Database): Set<number> {
  return new Set(
    all<{ id: number }>(db, 'SELECT source_id AS id FROM destroyed_sources').map(({ id }) => id),
  );
}

export interface BegunRow {
  id: string;
  kind: RetentionKind;
  subject_id: string;
  /** JSON of the order, exactly as both officers signed it. */
  ordered: string;
  officer_id: string;
  signature: Buffer;
  public_key: Buffer;
  approver_id: string;
  approval_signature: Buffer;
  approval_key: Buffer;
  at: number;
  event_id: string;
  /** What is under way, and where in it the next piece begins (JSON). */
  stage: string;
  place: string;
  /** JSON of what was counted so far. */
  counts: string;
}

export function insertBegun(store: Store, row: BegunRow, sourceIds: readonly number[]): void {
  insertRow(store, 'begun_destructions', { ...row });
  for (const id of sourceIds) insertRow(store, 'begun_sources', { source_id: id, destruction_id: row.id });
}

/** Notes how far a destruction is. Call inside the transaction of its piece. */
export function advanceBegun(
  store: Store,
  id: string,
  progress: Pick<BegunRow, 'stage' | 'place' | 'counts'>,
): void {
  updateRow(store, 'begun_destructions', { id }, { ...progress });
}

const UNFINISHED = `SELECT b.*, o.name AS officer FROM begun_destructions b JOIN officers o ON o.id = b.officer_id
  WHERE b.id NOT IN (SELECT id FROM destructions)`;

/** The destruction of a thing that began and did not end. */
export function begunOf(db: Database, subjectId: string): (BegunRow & { officer: string }) | undefined {
  return get(db, `${UNFINISHED} AND b.subject_id = ?`, subjectId);
}

/** Every destruction that began and did not end; at most one unless a workspace was edited. */
export function unfinishedDestructions(db: Database): (BegunRow & { officer: string })[] {
  return all(db, `${UNFINISHED} ORDER BY b.id`);
}

/** Row ids of the sources whose destruction began and did not end. */
export function goingSourceIds(db: Database): Set<number> {
  return new Set(
    all<{ id: number }>(
      db,
      'SELECT source_id AS id FROM begun_sources WHERE source_id NOT IN (SELECT source_id FROM destroyed_sources)',
    ).map(({ id }) => id),
  );
}
