import type { DetectionRun } from '../../domain/hit.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface RunRow {
  id: number;
  uid: string;
  state: DetectionRun['state'];
  packs: string;
  engine_version: string;
  started_at: number;
  finished_at: number | null;
  up_to_message: number;
  messages: number;
  hits: number;
  added: number;
  by_category: string;
  officer_id: string;
}

export function insertRun(store: Store, run: Omit<RunRow, 'id'>): RunRow {
  const id = insertRow(store, 'detection_runs', { ...run });
  return get<RunRow>(store.db, 'SELECT * FROM detection_runs WHERE id = ?', id) as RunRow;
}

export function updateRun(store: Store, id: number, changes: Partial<Omit<RunRow, 'id'>>): void {
  updateRow(store, 'detection_runs', { id }, { ...changes });
}

export function interruptedRuns(db: Database): RunRow[] {
  return all<RunRow>(db, "SELECT * FROM detection_runs WHERE state = 'running'");
}

interface NamedRun extends RunRow {
  officer_name: string;
}

const SELECT =
  'SELECT r.*, o.name AS officer_name FROM detection_runs r JOIN officers o ON o.id = r.officer_id';

function toRun(row: NamedRun): DetectionRun {
  const seconds = ((row.finished_at ?? row.started_at) - row.started_at) / 1000;
  return {
    id: row.uid,
    state: row.state,
    packs: JSON.parse(row.packs) as DetectionRun['packs'],
    engineVersion: row.engine_version,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    messages: row.messages,
    hits: row.hits,
    added: row.added,
    byCategory: JSON.parse(row.by_category) as Record<string, number>,
    seconds,
    messagesPerSecond: seconds > 0 ? Math.round(row.messages / seconds) : 0,
    officer: row.officer_name,
  };
}

export function listRuns(db: Database): DetectionRun[] {
  return all<NamedRun>(db, `${SELECT} ORDER BY r.id DESC`).map(toRun);
}

export function runById(db: Database, id: number): DetectionRun {
  return toRun(get<NamedRun>(db, `${SELECT} WHERE r.id = ?`, id) as NamedRun);
}
