/** Measures on their way from the decision to their end. */
import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { MeasureOption, MeasureSubject } from '../../domain/case.ts';
import type { MeasureOwed, MeasureState, TakenMeasure } from '../../domain/measure.ts';
import type { Page } from '../../domain/page.ts';
import { standingOf } from '../../penalties/execution.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { containing } from '../messages/messages.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface MeasureRow {
  id: string;
  number: number;
  case_id: string;
  party_id: string | null;
  decision_id: string | null;
  batch_id: string | null;
  subject_type: MeasureSubject;
  target: string;
  platform_id: string | null;
  account_id: number | null;
  measure: string;
  title: string;
  permanent: number;
  state: Exclude<MeasureState, 'expired'>;
  days: number | null;
  functions: string;
  instructed_at: number | null;
  instructed_to: string;
  due_at: number | null;
  executed_at: number | null;
  executed_by: string;
  proof: string;
  verified_at: number | null;
  verified_by: string | null;
  expires_at: number | null;
  ended_at: number | null;
  end_proof: string;
}

export function insertMeasure(store: Store, row: MeasureRow): void {
  insertRow(store, 'measures', { ...row });
}

export function updateMeasure(store: Store, id: string, changes: Partial<MeasureRow>): void {
  updateRow(store, 'measures', { id }, { ...changes });
}

/** Throws `not-found`. */
export function measureRow(db: Database, id: string): MeasureRow {
  const row = get<MeasureRow>(db, 'SELECT * FROM measures WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such measure', id);
  return row;
}

/** The row of a measure by its number; undefined where there is none. */
export function measureByNumber(db: Database, number: number): MeasureRow | undefined {
  return get<MeasureRow>(db, 'SELECT * FROM measures WHERE number = ?', number);
}

/** Numbers count from 1 over the whole workspace. Call inside the transaction that takes the measure. */
export function nextMeasureNumber(db: Database): number {
  return (get<{ n: number | null }>(db, 'SELECT max(number) AS n FROM measures')?.n ?? 0) + 1;
}

/** `M-A7-0012`. */
export function measureNumber(prefix: string, number: number): string {
  return `M-${prefix}-${String(number).padStart(4, '0')}`;
}

/** Measures of a decision that were carried out and not restored. */
export function executedMeasures(db: Database, decisionId: string): MeasureRow[] {
  return all<MeasureRow>(
    db,
    `SELECT * FROM measures WHERE decision_id = ? AND state IN ('executed', 'verified') ORDER BY number`,
    decisionId,
  );
}

/** Measures about a party that nobody carried out yet, but for those of one decision. */
export function openMeasures(db: Database, partyId: string, except: string): MeasureRow[] {
  return all<MeasureRow>(
    db,
    `SELECT * FROM measures WHERE party_id = ? AND decision_id <> ? AND state IN ('recommended', 'instructed')
     ORDER BY number`,
    partyId,
    except,
  );
}

type ShownRow = MeasureRow & { case_no: number; verifier: string | null; options: string | null };
const SHOWN = `SELECT m.*, k.number AS case_no, o.name AS verifier, CASE WHEN m.functions <> '[]' THEN
    (SELECT json_extract(d.proposal, '$.options') FROM decisions d WHERE d.id = m.decision_id) END AS options FROM measures m JOIN cases k ON k.id = m.case_id
  LEFT JOIN officers o ON o.id = m.verified_by`;

function shown(row: ShownRow, prefix: string, now: number): TakenMeasure {
  const times = { state: row.state, dueAt: row.due_at, expiresAt: row.expires_at };
  return {
    id: row.id,
    number: measureNumber(prefix, row.number),
    caseId: row.case_id,
    caseNumber: caseNumber(prefix, row.case_no),
    partyId: row.party_id,
    decisionId: row.decision_id,
    batchId: row.batch_id,
    subjectType: row.subject_type,
    target: row.target,
    platformId: row.platform_id,
    measure: row.measure,
    title: JSON.parse(row.title) as Bilingual,
    permanent: row.permanent === 1,
    days: row.days,
    functions: functionsOf(row),
    instructedAt: row.instructed_at,
    instructedTo: row.instructed_to,
    dueAt: row.due_at,
    executedAt: row.executed_at,
    executedBy: row.executed_by,
    proof: row.proof,
    verifiedAt: row.verified_at,
    verifiedBy: row.verifier,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    endProof: row.end_proof,
    ...standingOf(times, now),
  };
}

/** The functions of a measure with the names that its decision knew them by. */
function functionsOf({ functions, measure, options }: ShownRow): TakenMeasure['functions'] {
  const known = (JSON.parse(options ?? '[]') as MeasureOption[]).find(({ id }) => id === measure)?.functions;
  return (JSON.parse(functions) as string[]).map(
    (id) => known?.find((one) => one.id === id) ?? { id, title: { zh: id, en: id } },
  );
}

export function measuresByIds(
  db: Database,
  prefix: string,
  now: number,
  ids: readonly string[],
): TakenMeasure[] {
  return ids.flatMap((id) =>
    all<ShownRow>(db, `${SHOWN} WHERE m.id = ?`, id).map((row) => shown(row, prefix, now)),
  );
}

export interface MeasureFilter {
  readonly caseId: string | null;
  readonly batchId: string | null;
  readonly owed: MeasureOwed | 'any' | null;
  readonly overdue: boolean;
  readonly text: string | null;
}

const EXPIRED = `(m.state IN ('executed', 'verified') AND m.expires_at IS NOT NULL AND m.expires_at <= :now)`;
const OWED: Record<MeasureOwed | 'any', string> = {
  instruct: `m.state = 'recommended'`,
  execute: `m.state = 'instructed'`,
  verify: `(m.state = 'executed' AND NOT ${EXPIRED})`,
  restore: EXPIRED,
  any: `(m.state IN ('recommended', 'instructed', 'executed') OR ${EXPIRED})`,
};

function conditions(filter: MeasureFilter, now: number): { sql: string; values: Value[] } {
  const parts = ['1'];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  // `now` is an integer of this process's own clock.
  const at = (sql: string) => sql.replaceAll(':now', String(Math.trunc(now)));
  if (filter.caseId) add('m.case_id = ?', filter.caseId);
  if (filter.batchId) add('m.batch_id = ?', filter.batchId);
  if (filter.owed) add(at(OWED[filter.owed]));
  if (filter.overdue) add(at(`(${EXPIRED} OR (m.state = 'instructed' AND m.due_at < :now))`));
  if (filter.text) {
    const pattern = containing(filter.text);
    add(`(m.target LIKE ? ESCAPE '\\' OR m.platform_id LIKE ? ESCAPE '\\')`, pattern, pattern);
  }
  return { sql: parts.join(' AND '), values };
}

/** A page of measures, the newest first; the total comes with the first page. */
export function listMeasureRows(
  db: Database,
  prefix: string,
  now: number,
  filter: MeasureFilter,
  cursor: string | null,
  limit: number,
): Page<TakenMeasure> {
  const where = conditions(filter, now);
  const [before] = decodeCursor(cursor, 'number') ?? [];
  const rows = all<ShownRow>(
    db,
    `${SHOWN} WHERE ${where.sql}${before === undefined ? '' : ' AND m.number < ?'} ORDER BY m.number DESC LIMIT ?`,
    ...where.values,
    ...(before === undefined ? [] : [before]),
    limit + 1,
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit).map((row) => shown(row, prefix, now)),
    next: last ? encodeCursor([last.number]) : null,
    total: cursor
      ? null
      : (get<{ n: number }>(db, `SELECT count(*) AS n FROM measures m WHERE ${where.sql}`, ...where.values)
          ?.n ?? 0),
  };
}
