import type { CategoryId } from '../domain/category.ts';
import type { Dashboard } from '../domain/statistics.ts';
import { all, type Database, get } from './database.ts';
import { visibleHits } from './hits.ts';
import { mediaOfWorkspace } from './media-totals.ts';

const number = (db: Database, sql: string, ...values: unknown[]): number =>
  get<{ n: number | null }>(db, sql, ...values)?.n ?? 0;

/** Totals of the whole workspace. `now` decides what is overdue. */
export function totals(db: Database, now: number): Dashboard['totals'] {
  const visible = visibleHits(db);
  const media = mediaOfWorkspace(db);
  const open = (status: string) =>
    number(
      db,
      `SELECT count(*) AS n FROM hits h WHERE h.status = ? AND (h.verdict IS NULL OR h.verdict = 'unsure') AND ${visible}`,
      status,
    );
  return {
    messages: number(db, 'SELECT sum(messages) AS n FROM conversation_totals'),
    conversations: number(db, 'SELECT count(*) AS n FROM conversations'),
    accounts: number(db, 'SELECT count(*) AS n FROM accounts'),
    sources: number(db, "SELECT count(*) AS n FROM sources WHERE state <> 'excluded'"),
    partialSources: number(db, "SELECT count(*) AS n FROM sources WHERE state IN ('partial', 'importing')"),
    openHits: open('hit'),
    openProposals: open('proposal'),
    openCases: number(db, "SELECT count(*) AS n FROM cases WHERE state <> 'closed'"),
    openDuties: number(db, "SELECT count(*) AS n FROM duties WHERE state <> 'closed'"),
    overdueDuties: number(
      db,
      "SELECT count(*) AS n FROM duties WHERE state = 'open' AND due_at IS NOT NULL AND due_at < ?",
      now,
    ),
    undetected: number(
      db,
      `SELECT count(*) AS n FROM messages m JOIN sources s ON s.id = m.source_id AND s.state = 'complete'
       WHERE m.id > (SELECT coalesce(max(up_to_message), 0) FROM detection_runs WHERE state = 'complete')`,
    ),
    unnamedAccounts: number(
      db,
      'SELECT count(*) AS n FROM accounts WHERE name IS NULL AND platform_id IS NOT NULL',
    ),
    skippedRecords: number(db, "SELECT sum(count) AS n FROM source_ranges WHERE kind = 'skipped'"),
    missingMedia: media.named - media.found,
    unexaminedMedia: media.named - media.examined,
  };
}

/** Hits (not proposals) a week and category. `weekStart` maps an instant to the Monday that opens its week. */
export function hitsByWeek(
  db: Database,
  from: number,
  to: number,
  weekStart: (at: number) => number,
): Dashboard['hitsByWeek'] {
  const days = all<{ day: number; category: CategoryId; n: number }>(
    db,
    `SELECT h.sort_at / 3600000 AS day, h.category, count(*) AS n FROM hits h
     WHERE h.status = 'hit' AND h.sort_at >= ? AND h.sort_at < ? AND ${visibleHits(db)} GROUP BY 1, 2`,
    from,
    to,
  );
  const weeks = new Map<string, { week: number; category: CategoryId; hits: number }>();
  for (const { day, category, n } of days) {
    const week = weekStart(day * 3_600_000);
    const key = `${week} ${category}`;
    const entry = weeks.get(key) ?? { week, category, hits: 0 };
    entry.hits += n;
    weeks.set(key, entry);
  }
  return [...weeks.values()].sort((a, b) => a.week - b.week || a.category.localeCompare(b.category));
}

export function hitsByCategory(db: Database, from: number, to: number): Dashboard['hitsByCategory'] {
  return all(
    db,
    `SELECT h.category, count(*) AS hits, sum(h.verdict IS 'confirmed') AS confirmed,
       sum(h.verdict IS 'dismissed' OR h.verdict IS 'duplicate') AS dismissed,
       sum(h.verdict IS NULL OR h.verdict = 'unsure') AS open
     FROM hits h WHERE h.status = 'hit' AND h.sort_at >= ? AND h.sort_at < ? AND ${visibleHits(db)}
     GROUP BY h.category ORDER BY hits DESC, h.category`,
    from,
    to,
  );
}

export function casesByState(db: Database): Dashboard['casesByState'] {
  return all(db, 'SELECT state, count(*) AS cases FROM cases GROUP BY state ORDER BY state');
}
