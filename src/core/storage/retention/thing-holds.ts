/** Legal holds on single exhibits and sources, and what stands against the destruction of a thing. */
import type { ThingHold } from '../../domain/custody.ts';
import type { HoldOn, RetentionKind } from '../../domain/retention.ts';
import { all, type Database, get } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { exhibitNumber } from '../evidence/exhibits.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

interface ThingHoldRow {
  id: string;
  /** One of the two is null. */
  exhibit_id: string | null;
  source_id: number | null;
  reason: string;
  set_at: number;
  officer_id: string;
  lifted_at: number | null;
  lifted_by: string | null;
  lifted_reason: string | null;
}

export function insertThingHold(store: Store, row: ThingHoldRow): void {
  insertRow(store, 'thing_holds', { ...row });
}

export function liftThingHold(
  store: Store,
  id: string,
  by: { lifted_at: number; lifted_by: string; lifted_reason: string },
): void {
  updateRow(store, 'thing_holds', { id }, by);
}

const HOLDS = `SELECT h.*, x.position, x.case_id, k.number, s.uid, s.file, o.name AS officer, l.name AS lifter
  FROM thing_holds h LEFT JOIN exhibits x ON x.id = h.exhibit_id LEFT JOIN cases k ON k.id = x.case_id
  LEFT JOIN sources s ON s.id = h.source_id JOIN officers o ON o.id = h.officer_id
  LEFT JOIN officers l ON l.id = h.lifted_by`;

type Read = ThingHoldRow & {
  position: number | null;
  case_id: string | null;
  number: number | null;
  uid: string | null;
  file: string | null;
  officer: string;
  lifter: string | null;
};

function toHold(prefix: string, row: Read): ThingHold {
  const exhibit = row.exhibit_id !== null;
  return {
    id: row.id,
    on: exhibit ? 'exhibit' : 'source',
    subjectId: (exhibit ? row.exhibit_id : row.uid) ?? '',
    name: exhibit ? exhibitNumber(prefix, row.number ?? 0, row.position ?? 0) : (row.file ?? ''),
    caseId: row.case_id,
    reason: row.reason,
    setAt: row.set_at,
    officer: row.officer,
    lifted:
      row.lifted_at === null
        ? null
        : { at: row.lifted_at, officer: row.lifter ?? '', reason: row.lifted_reason ?? '' },
  };
}

/** The latest first: all of them, those on one exhibit or source, or those on exhibits of a case and the sources of these. */
export function thingHolds(
  db: Database,
  prefix: string,
  { id, caseId }: { readonly id?: string | null; readonly caseId?: string | null },
): ThingHold[] {
  const [where, values] = id
    ? ['WHERE h.exhibit_id = ? OR s.uid = ?', [id, id]]
    : caseId
      ? [
          'WHERE x.case_id = ? OR h.source_id IN (SELECT source_id FROM exhibits WHERE case_id = ?)',
          [caseId, caseId],
        ]
      : ['', []];
  return all<Read>(db, `${HOLDS} ${where} ORDER BY h.id DESC LIMIT 1000`, ...values).map((row) =>
    toHold(prefix, row),
  );
}

export function isExhibitHeld(db: Database, exhibitId: string): boolean {
  return (
    get(db, 'SELECT 1 FROM thing_holds WHERE exhibit_id = ? AND lifted_at IS NULL', exhibitId) !== undefined
  );
}

/** A source with every source that came out of it. */
const TREE = `WITH RECURSIVE tree(id) AS (SELECT id FROM sources WHERE uid = ?
  UNION SELECT s.id FROM sources s JOIN tree ON s.parent_id = tree.id)`;

/** Which exhibits a thing's destruction would touch. Joined in this order: few exhibits, many occurrences. */
const TOUCHED: Readonly<Record<RetentionKind, string>> = {
  source: `EXISTS (SELECT 1 FROM exhibit_messages e CROSS JOIN message_occurrences o ON o.message_id = e.message_id
    WHERE e.exhibit_id = h.exhibit_id AND o.source_id IN (SELECT id FROM tree))`,
  case: 'x.case_id = ?',
  export: 'x.case_id = (SELECT case_id FROM packs WHERE id = ?)',
};

/**
 * Every standing hold that keeps a thing: on it, on what is inside it, on exhibits that rest on it, and on the
 * cases of which it is part, of which the caller names the row ids.
 */
export function holdsOn(
  db: Database,
  prefix: string,
  kind: RetentionKind,
  id: string,
  caseIds: readonly string[],
): HoldOn[] {
  const found: HoldOn[] = [];
  for (const caseId of caseIds) {
    for (const row of all<{ number: number; reason: string; duty_id: string | null }>(
      db,
      `SELECT k.number, h.reason, h.duty_id FROM legal_holds h JOIN cases k ON k.id = h.case_id
       WHERE h.case_id = ? AND h.lifted_at IS NULL ORDER BY h.id`,
      caseId,
    )) {
      found.push({
        on: 'case',
        name: caseNumber(prefix, row.number),
        reason: row.reason,
        byFiling: row.duty_id !== null,
      });
    }
  }
  if (get(db, 'SELECT 1 FROM thing_holds WHERE lifted_at IS NULL') === undefined) return found;
  const tree = kind === 'source' ? TREE : '';
  const own = kind === 'source' ? 'h.source_id IN (SELECT id FROM tree) OR ' : '';
  const rows = all<Read>(
    db,
    `${tree} ${HOLDS} WHERE h.lifted_at IS NULL AND (${own}(h.exhibit_id IS NOT NULL AND ${TOUCHED[kind]})) ORDER BY h.id`,
    id,
  );
  for (const row of rows) {
    const { on, name, reason } = toHold(prefix, row);
    found.push({ on, name, reason, byFiling: false });
  }
  return found;
}

/** Standing holds of every kind: a number that changes with each that is set or lifted. */
export function standingHolds(db: Database): number {
  return (
    get<{ n: number }>(
      db,
      `SELECT (SELECT count(*) FROM legal_holds WHERE lifted_at IS NULL)
         + (SELECT count(*) FROM thing_holds WHERE lifted_at IS NULL) AS n`,
    )?.n ?? 0
  );
}
