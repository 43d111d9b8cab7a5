import { wallToInstant } from '../domain/zone.ts';
import type { Check } from './check.ts';
import { all, type Database } from './database.ts';

/** Derived values that differ from what the rows below them say, as SQL that finds the differing ones. */
const DIFFERENCES: readonly { table: string; reason: string; sql: string }[] = [
  {
    table: 'hits',
    reason: 'the verdict is not that of its last disposition',
    sql: `SELECT h.id AS row FROM hits h WHERE h.verdict IS NOT
            (SELECT d.verdict FROM dispositions d WHERE d.hit_id = h.id ORDER BY d.id DESC LIMIT 1)`,
  },
  {
    table: 'hits',
    reason: 'the case is not the one it was put into',
    sql: `SELECT h.id AS row FROM hits h WHERE h.case_id IS NOT
            (SELECT k.case_id FROM case_hits k WHERE k.hit_id = h.id AND k.removed = 0 LIMIT 1)`,
  },
  {
    table: 'hits',
    reason: 'the time is not that of its message',
    sql: `SELECT h.id AS row FROM hits h JOIN messages m ON m.id = h.message_id WHERE h.sort_at <> m.sort_at`,
  },
  {
    table: 'hits',
    reason: 'the priority does not follow from severity and score',
    sql: 'SELECT h.id AS row FROM hits h WHERE abs(h.priority - h.severity * h.score) > 1e-9',
  },
  {
    table: 'conversation_totals',
    reason: 'the total is not the number of messages',
    sql: `SELECT t.conversation_id AS row FROM conversation_totals t WHERE t.messages <>
            (SELECT count(*) FROM messages m WHERE m.conversation_id = t.conversation_id)`,
  },
  {
    table: 'account_totals',
    reason: 'the total is not the number of messages',
    sql: `SELECT t.account_id AS row FROM account_totals t WHERE t.messages <>
            (SELECT count(*) FROM messages m WHERE m.sender_id = t.account_id)`,
  },
  {
    table: 'messages',
    reason: 'the instant is not the one the export gave',
    sql: 'SELECT id AS row FROM messages WHERE instant IS NOT NULL AND (sent_at IS NOT instant OR sort_at <> instant)',
  },
];

function* wrongTimes(db: Database): Generator<number> {
  const rows = db
    .prepare(
      `SELECT m.id, m.wall_time, m.sent_at, m.sort_at, s.zone FROM messages m JOIN sources s ON s.id = m.source_id
       WHERE m.instant IS NULL`,
    )
    .iterate() as Iterable<{
    id: number;
    wall_time: number | null;
    sent_at: number | null;
    sort_at: number;
    zone: string;
  }>;
  for (const row of rows) {
    const at = row.wall_time === null ? null : wallToInstant(row.wall_time, row.zone);
    if (row.sent_at !== at || (at !== null && row.sort_at !== at)) yield row.id;
  }
}

export const DERIVED: Check = {
  name: 'derived-values',
  *run({ db }) {
    const failures = [];
    for (const { table, reason, sql } of DIFFERENCES) {
      for (const { row } of all<{ row: number | string }>(db, `${sql} LIMIT 100`)) {
        failures.push({ check: 'derived-values', table, row: String(row), reason });
      }
      yield;
    }
    for (const id of wrongTimes(db)) {
      if (failures.length >= 100) break;
      failures.push({
        check: 'derived-values',
        table: 'messages',
        row: String(id),
        reason: 'the instant does not follow from the wall-clock time and the zone',
      });
    }
    return { detail: `${DIFFERENCES.length + 1} rules`, failures };
  },
};
