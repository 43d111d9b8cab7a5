/**
 * Taking what was written in a case out of the database for good, and erasing what any destruction leaves in
 * the file. Call inside a transaction, with `secure_delete` on; `eraseTraces` follows it.
 */
import { all, type Database, type Row } from '../database.ts';
import { deleteRow, type Store, updateRow } from '../rows.ts';
import { itemNamesOfCase } from '../transfer/transfer-rows.ts';

/** Columns of a case that hold what people wrote; emptied when the case is destroyed. Signed decisions stay. */
const CASE_TEXTS: readonly (readonly [table: string, where: string, columns: readonly string[]])[] = [
  ['cases', 'id = ?', ['title', 'note']],
  ['exhibits', 'case_id = ?', ['description']],
  ['custody_events', 'exhibit_id IN (SELECT id FROM exhibits WHERE case_id = ?)', ['purpose']],
  ['hearings', 'case_id = ?', ['authorship_note', 'invited_how', 'not_invited_reason', 'answer']],
  ['letters', 'case_id = ?', ['file', 'service_proof']],
  ['duty_reports', 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)', ['contact', 'facts', 'notice']],
  ['duty_steps', 'duty_id IN (SELECT id FROM duties WHERE case_id = ?)', ['note']],
  ['redactions', 'case_id = ?', ['reason']],
];

/** JSON columns are emptied to what their readers parse. */
const EMPTY: Readonly<Record<string, string>> = { notice: '{}' };

/** What of a case was noted when it went to other workstations: versions of its rows, and what stood against each other. */
function forgetExchanges(store: Store, caseId: string): number {
  let rows = 0;
  for (const item of itemNamesOfCase(store.db, caseId)) {
    for (const { position } of all<{ position: number }>(
      store.db,
      'SELECT position FROM transfer_versions WHERE item = ?',
      item,
    )) {
      deleteRow(store, 'transfer_versions', { item, position });
      rows++;
    }
  }
  const held = JSON.stringify({ items: [], dispositions: [], columns: [] });
  for (const row of all<{ id: string; ours: string; theirs: string }>(
    store.db,
    'SELECT id, ours, theirs FROM transfer_conflicts WHERE case_id = ?',
    caseId,
  )) {
    const emptied = (side: string) =>
      JSON.stringify({ ...(JSON.parse(side) as object), fields: {}, about: '' });
    updateRow(
      store,
      'transfer_conflicts',
      { id: row.id },
      { ours: emptied(row.ours), theirs: emptied(row.theirs), held },
    );
    rows++;
  }
  return rows;
}

/** Takes some of a case's exhibits' messages apart from it; answers how many. */
export function emptyExhibits(store: Store, caseId: string, most: number): number {
  const shown = all<Row>(
    store.db,
    `SELECT e.exhibit_id, e.message_id FROM exhibit_messages e JOIN exhibits x ON x.id = e.exhibit_id
     WHERE x.case_id = ? LIMIT ?`,
    caseId,
    most,
  );
  for (const row of shown) deleteRow(store, 'exhibit_messages', row);
  return shown.length;
}

/** Empties what was written in a case. Answers the rows concerned. */
export function emptyCase(store: Store, caseId: string): number {
  let rows = forgetExchanges(store, caseId);
  for (const [table, where, columns] of CASE_TEXTS) {
    const key = table === 'duty_reports' ? 'duty_id' : 'id';
    for (const row of all<Row>(store.db, `SELECT ${key} FROM ${table} WHERE ${where}`, caseId)) {
      updateRow(
        store,
        table,
        { [key]: row[key] ?? null },
        Object.fromEntries(columns.map((column) => [column, EMPTY[column] ?? ''])),
      );
      rows++;
    }
  }
  return rows;
}

/**
 * After the transaction: the log is written back and cut to nothing, and the file is written anew without its
 * free pages. Needs as much room as the database. What a file system keeps of overwritten files is beyond it.
 */
export function eraseTraces(db: Database): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.exec('VACUUM');
  db.pragma('wal_checkpoint(TRUNCATE)');
}
