import type { CategoryId } from '../domain/category.ts';
import type { HitStatus } from '../domain/hit.ts';
import type { Dashboard } from '../domain/statistics.ts';
import { all, type Database, get, type Value } from './database.ts';
import { countFacets, SLOT, type SlotTotal, slotTotals } from './detection/hit-totals.ts';
import { visibleHits } from './detection/hits.ts';
import { mediaOfWorkspace } from './messages/media-totals.ts';
import { includedOnly } from './messages/messages.ts';
import { isAnyQuarantined, QUARANTINED_HIT } from './messages/quarantine.ts';

const number = (db: Database, sql: string, ...values: unknown[]): number =>
  get<{ n: number | null }>(db, sql, ...values)?.n ?? 0;

function openHits(db: Database, status: HitStatus): number {
  const visible = visibleHits(db);
  const among = (where: string) =>
    number(
      db,
      `SELECT count(*) AS n FROM hits h WHERE h.status = ? AND (h.verdict IS NULL OR h.verdict = 'unsure') AND ${where}`,
      status,
    );
  if (includedOnly(db) !== '') return among(visible);
  const hidden = isAnyQuarantined(db) ? among(QUARANTINED_HIT) : 0;
  return countFacets(db, { status, disposition: 'open' }) - hidden;
}

/** Totals of the whole workspace. `now` decides what is overdue. */
export function totals(db: Database, now: number): Dashboard['totals'] {
  const media = mediaOfWorkspace(db);
  const open = (status: HitStatus) => openHits(db, status);
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

const FAR = Number.MAX_SAFE_INTEGER;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR_2026 = Date.UTC(2026, 0, 1);

/**
 * Hits (not proposals) by slots of `size` milliseconds and category in a period: from the kept counts where
 * everything falls on bounds of theirs, else counted one by one.
 */
function hitsBySlot(db: Database, from: number, to: number, size: number): SlotTotal[] {
  const kept =
    size === SLOT && includedOnly(db) === '' && from % SLOT === 0 && (to % SLOT === 0 || to === FAR);
  if (!kept)
    return countSlots(db, `h.sort_at >= ? AND h.sort_at < ? AND ${visibleHits(db)}`, [from, to], size);
  const totals = slotTotals(db, from / SLOT, to === FAR ? FAR : to / SLOT);
  if (!isAnyQuarantined(db)) return totals;
  const hidden = countSlots(db, `${QUARANTINED_HIT} AND h.sort_at >= ? AND h.sort_at < ?`, [from, to], SLOT);
  const taken = new Map(hidden.map((one) => [`${one.slot} ${one.category}`, one]));
  return totals.map((one) => {
    const less = taken.get(`${one.slot} ${one.category}`);
    if (!less) return one;
    return {
      ...one,
      hits: one.hits - less.hits,
      confirmed: one.confirmed - less.confirmed,
      dismissed: one.dismissed - less.dismissed,
      open: one.open - less.open,
    };
  });
}

function countSlots(db: Database, where: string, values: readonly Value[], size: number): SlotTotal[] {
  return all<SlotTotal>(
    db,
    `SELECT h.sort_at / ${size} AS slot, h.category, count(*) AS hits, sum(h.verdict IS 'confirmed') AS confirmed,
       sum(h.verdict IS 'dismissed' OR h.verdict IS 'duplicate') AS dismissed,
       sum(h.verdict IS NULL OR h.verdict = 'unsure') AS open
     FROM hits h WHERE h.status = 'hit' AND ${where} GROUP BY 1, 2`,
    ...values,
  );
}

export interface HitFigures {
  readonly hitsByWeek: Dashboard['hitsByWeek'];
  readonly hitsByCategory: Dashboard['hitsByCategory'];
}

/**
 * Hits (not proposals) a week and category, and by what became of them. `weekStart` maps an instant to the
 * Monday that opens its week.
 */
export function hitFigures(
  db: Database,
  from: number,
  to: number,
  weekStart: (at: number) => number,
): HitFigures {
  const weeks = new Map<string, { week: number; category: CategoryId; hits: number }>();
  const categories = new Map<CategoryId, Dashboard['hitsByCategory'][number]>();
  const starts = new Map<number, number>();
  // Summer time moves the bound, so that both halves of a year are asked.
  const aligned = [0, 1].every((half) => weekStart(YEAR_2026 + half * 182 * DAY) % SLOT === 0);
  const size = aligned ? SLOT : HOUR;
  for (const { slot, category, hits, confirmed, dismissed, open } of hitsBySlot(db, from, to, size)) {
    if (hits === 0) continue;
    const week = starts.get(slot) ?? weekStart(slot * size);
    starts.set(slot, week);
    const key = `${week} ${category}`;
    const entry = weeks.get(key) ?? { week, category, hits: 0 };
    entry.hits += hits;
    weeks.set(key, entry);
    const sum = categories.get(category) ?? { category, hits: 0, confirmed: 0, dismissed: 0, open: 0 };
    categories.set(category, {
      category,
      hits: sum.hits + hits,
      confirmed: sum.confirmed + confirmed,
      dismissed: sum.dismissed + dismissed,
      open: sum.open + open,
    });
  }
  return {
    hitsByWeek: [...weeks.values()].sort((a, b) => a.week - b.week || a.category.localeCompare(b.category)),
    hitsByCategory: [...categories.values()].sort(
      (a, b) => b.hits - a.hits || a.category.localeCompare(b.category),
    ),
  };
}

export function casesByState(db: Database): Dashboard['casesByState'] {
  return all(db, 'SELECT state, count(*) AS cases FROM cases GROUP BY state ORDER BY state');
}
