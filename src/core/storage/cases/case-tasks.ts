/** What officers ticked off of a case's checklist, and tasks of its own. */
import type { TaskState } from '../../domain/case-task.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface CaseTaskRow {
  case_id: string;
  /** Id in the checklist; a UUID for a task of the case's own. */
  task: string;
  /** Bilingual, as it read when it was ticked off, as JSON. */
  title: string;
  /** Version of the checklist; null for a task of the case's own. */
  version: string | null;
  state: TaskState;
  note: string;
  officer_id: string;
  at: number;
}

export function caseTaskRows(db: Database, caseId: string): (CaseTaskRow & { officer: string })[] {
  return all(
    db,
    `SELECT t.*, coalesce(o.name, t.officer_id) AS officer FROM case_tasks t LEFT JOIN officers o ON o.id = t.officer_id
     WHERE t.case_id = ? ORDER BY t.task`,
    caseId,
  );
}

/** Writes a task; answers its state before, null where it had none. */
export function putCaseTask(store: Store, row: CaseTaskRow): TaskState | null {
  const known = get<{ state: TaskState }>(
    store.db,
    'SELECT state FROM case_tasks WHERE case_id = ? AND task = ?',
    row.case_id,
    row.task,
  );
  const { case_id, task, ...rest } = row;
  if (known) updateRow(store, 'case_tasks', { case_id, task }, rest);
  else insertRow(store, 'case_tasks', { ...row });
  return known?.state ?? null;
}
