import { wallToInstant } from '../../domain/zone.ts';
import { all, type Database } from '../database.ts';
import { wrongPriorities } from '../detection/priority.ts';
import { identityDifferences } from '../messages/identities.ts';
import { searchDifferences } from '../messages/search-index.ts';
import { filterDifferences } from '../messages/text-filters.ts';
import type { Check } from './check.ts';

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
    reason: 'a hit of a name or a published item has a time, which such a text has not',
    sql: 'SELECT id AS row FROM hits WHERE message_id IS NULL AND sort_at <> 0',
  },
  {
    table: 'hit_totals',
    reason: 'the count is not that of the hits',
    sql: `SELECT t.category || ' ' || t.rule AS row FROM hit_totals t LEFT JOIN (
            SELECT status, category, tier, severity, pack, rule, coalesce(verdict, '') AS verdict, count(*) AS n
            FROM hits GROUP BY 1, 2, 3, 4, 5, 6, 7) h USING (status, category, tier, severity, pack, rule, verdict)
          WHERE t.hits <> coalesce(h.n, 0)`,
  },
  {
    table: 'hit_totals',
    reason: 'hits without a count',
    sql: `SELECT category || ' ' || rule AS row FROM (
            SELECT DISTINCT status, category, tier, severity, pack, rule, coalesce(verdict, '') AS verdict FROM hits) h
          WHERE NOT EXISTS (SELECT 1 FROM hit_totals t WHERE t.status = h.status AND t.category = h.category
            AND t.tier = h.tier AND t.severity = h.severity AND t.pack = h.pack AND t.rule = h.rule AND t.verdict = h.verdict)`,
  },
  {
    table: 'hit_slot_totals',
    reason: 'the count is not that of the hits',
    sql: `SELECT t.slot || ' ' || t.category AS row FROM hit_slot_totals t LEFT JOIN (
            SELECT sort_at / 28800000 AS slot, category, status, coalesce(verdict, '') AS verdict, count(*) AS n
            FROM hits GROUP BY 1, 2, 3, 4) h USING (slot, category, status, verdict)
          WHERE t.hits <> coalesce(h.n, 0)`,
  },
  {
    table: 'hit_slot_totals',
    reason: 'hits without a count',
    sql: `SELECT slot || ' ' || category AS row FROM (
            SELECT DISTINCT sort_at / 28800000 AS slot, category, status, coalesce(verdict, '') AS verdict FROM hits) h
          WHERE NOT EXISTS (SELECT 1 FROM hit_slot_totals t WHERE t.slot = h.slot AND t.category = h.category
            AND t.status = h.status AND t.verdict = h.verdict)`,
  },
  {
    table: 'conversation_totals',
    reason: 'the totals are not those of the messages',
    sql: `SELECT c.id AS row FROM conversations c
          LEFT JOIN conversation_totals t ON t.conversation_id = c.id
          LEFT JOIN (SELECT conversation_id, count(*) AS n, min(sent_at) AS first, max(sent_at) AS last
                     FROM messages GROUP BY conversation_id) m ON m.conversation_id = c.id
          WHERE t.messages IS NOT coalesce(m.n, 0) OR t.first_at IS NOT m.first OR t.last_at IS NOT m.last`,
  },
  {
    table: 'conversation_totals',
    reason: 'the total belongs to no conversation',
    sql: `SELECT conversation_id AS row FROM conversation_totals WHERE conversation_id NOT IN (SELECT id FROM conversations)`,
  },
  {
    table: 'account_totals',
    reason: 'the total is not the number of messages',
    sql: `SELECT a.id AS row FROM accounts a LEFT JOIN account_totals t ON t.account_id = a.id
          LEFT JOIN (SELECT sender_id, count(*) AS n FROM messages GROUP BY sender_id) m ON m.sender_id = a.id
          WHERE t.messages IS NOT coalesce(m.n, 0)`,
  },
  {
    table: 'account_totals',
    reason: 'the total belongs to no account',
    sql: 'SELECT account_id AS row FROM account_totals WHERE account_id NOT IN (SELECT id FROM accounts)',
  },
  {
    table: 'carried_texts',
    reason: 'the parts do not count from 1',
    sql: `SELECT message_id AS row FROM carried_texts GROUP BY message_id
          HAVING min(part) <> 1 OR max(part) <> count(*)`,
  },
  {
    table: 'attachments',
    reason: 'the positions do not count from 0',
    sql: `SELECT message_id AS row FROM attachments GROUP BY message_id
          HAVING min(position) <> 0 OR max(position) <> count(*) - 1`,
  },
  {
    table: 'media_totals',
    reason: 'the totals are not those of attachments and files',
    sql: `SELECT t.source_id AS row FROM media_totals t LEFT JOIN (
            SELECT m.source_id, m.conversation_id, count(*) AS named, count(x.file_id) AS found,
              coalesce(sum(f.examined <> ''), 0) AS examined
            FROM attachments a JOIN messages m ON m.id = a.message_id
            LEFT JOIN media_matches x ON x.message_id = a.message_id AND x.position = a.position
            LEFT JOIN media_files f ON f.id = x.file_id GROUP BY m.source_id, m.conversation_id) n
            ON n.source_id = t.source_id AND n.conversation_id = t.conversation_id
          WHERE t.named IS NOT n.named OR t.found IS NOT n.found OR t.examined IS NOT n.examined`,
  },
  {
    table: 'media_totals',
    reason: 'attachments without a total',
    sql: `SELECT DISTINCT m.source_id AS row FROM attachments a JOIN messages m ON m.id = a.message_id
          WHERE NOT EXISTS (SELECT 1 FROM media_totals t
            WHERE t.source_id = m.source_id AND t.conversation_id = m.conversation_id)`,
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

/** Messages without a time that stand at one which no message of their source has. */
function* wrongPlaces(db: Database): Generator<number> {
  const untimed = all<{ id: number; source_id: number; sort_at: number }>(
    db,
    'SELECT id, source_id, sort_at FROM messages WHERE sent_at IS NULL AND sort_at <> 0 ORDER BY source_id',
  );
  let times = new Set<number>();
  let source: number | undefined;
  for (const row of untimed) {
    if (row.source_id !== source) {
      source = row.source_id;
      times = timesOf(db, source);
    }
    if (!times.has(row.sort_at)) yield row.id;
  }
}

/** The times that a source's zone gives its messages. */
function timesOf(db: Database, sourceId: number): Set<number> {
  const rows = db
    .prepare(
      `SELECT m.instant, m.wall_time, s.zone FROM message_occurrences o JOIN messages m ON m.id = o.message_id
       JOIN sources s ON s.id = o.source_id WHERE o.source_id = ?`,
    )
    .iterate(sourceId) as Iterable<{ instant: number | null; wall_time: number | null; zone: string }>;
  const times = new Set<number>();
  for (const { instant, wall_time: wall, zone } of rows) {
    if (instant !== null) times.add(instant);
    else if (wall !== null) times.add(wallToInstant(wall, zone));
  }
  return times;
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
    for (const [table, wrong, reason] of [
      ['hits', wrongPriorities, 'the priority does not follow from the weights'],
      ['messages', wrongTimes, 'the instant does not follow from the wall-clock time and the zone'],
      ['messages', wrongPlaces, 'a message without a time stands at one that no message of its source has'],
    ] as const) {
      for (const id of wrong(db)) {
        if (failures.length >= 100) break;
        failures.push({ check: 'derived-values', table, row: String(id), reason });
      }
      yield;
    }
    for (const { row, reason } of yield* searchDifferences(db)) {
      failures.push({ check: 'derived-values', table: 'search_blocks', row, reason });
    }
    for (const { row, reason } of yield* filterDifferences(db)) {
      failures.push({ check: 'derived-values', table: 'search_blocks', row, reason });
    }
    for (const { row, reason } of yield* identityDifferences(db)) {
      failures.push({ check: 'derived-values', table: 'message_identities', row, reason });
    }
    return { detail: `${DIFFERENCES.length + 5} rules`, failures };
  },
};
