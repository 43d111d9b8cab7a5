/**
 * Counts of hits: by what every list and rule asks, and by time for charts. Who stores a batch of hits adds it;
 * triggers follow verdicts, times and destruction (migrations 0011 and 0015). They count all hits; those of
 * excluded sources and quarantined messages are for the caller to take off.
 */
import type { CategoryId, Tier } from '../../domain/category.ts';
import type { HitFilter, HitStatus } from '../../domain/hit.ts';
import { all, type Database, get, prepare, type Value } from '../database.ts';

/** Milliseconds of a slot: bounds of days in UTC and in China's time are bounds of slots. */
export const SLOT = 28_800_000;

/** What a new hit is counted by. */
interface Counted {
  readonly status: HitStatus;
  readonly category: CategoryId;
  readonly tier: Tier;
  readonly severity: number;
  readonly pack: string;
  readonly rule: string;
}

/** Counts new hits, which have no verdict, until they are written: one statement for all that are counted alike. */
export class NewHits {
  readonly #totals = new Map<string, { hit: Counted; hits: number }>();
  readonly #slots = new Map<string, { hit: Counted; slot: number; hits: number }>();

  add(hit: Counted, sortAt: number): void {
    const { status, category, tier, severity, pack, rule } = hit;
    const slot = Math.trunc(sortAt / SLOT);
    const key = `${status} ${category} ${tier} ${severity} ${pack} ${rule}`;
    const total = this.#totals.get(key);
    if (total) total.hits++;
    else this.#totals.set(key, { hit, hits: 1 });
    const place = `${slot} ${category} ${status}`;
    const inSlot = this.#slots.get(place);
    if (inSlot) inSlot.hits++;
    else this.#slots.set(place, { hit, slot, hits: 1 });
  }

  /** Adds them to the kept counts. Call inside the transaction that stores the hits. */
  write(db: Database): void {
    const total = prepare(
      db,
      `INSERT INTO hit_totals (status, category, tier, severity, pack, rule, verdict, hits) VALUES (?, ?, ?, ?, ?, ?, '', ?)
       ON CONFLICT DO UPDATE SET hits = hits + excluded.hits`,
    );
    for (const { hit, hits } of this.#totals.values()) {
      total.run(hit.status, hit.category, hit.tier, hit.severity, hit.pack, hit.rule, hits);
    }
    const inSlot = prepare(
      db,
      `INSERT INTO hit_slot_totals (slot, category, status, verdict, hits) VALUES (?, ?, ?, '', ?)
       ON CONFLICT DO UPDATE SET hits = hits + excluded.hits`,
    );
    for (const { hit, slot, hits } of this.#slots.values()) inSlot.run(slot, hit.category, hit.status, hits);
  }
}

/** How many hits meet a filter, where the kept counts can tell; else null. */
export function keptCount(db: Database, filter: HitFilter): number | null {
  if (filter.text || filter.conversationId || filter.senderId || filter.caseId) return null;
  if (filter.from == null && filter.to == null) return countFacets(db, filter);
  const { from, to } = filter;
  if (filter.tier || filter.severity != null || filter.rule) return null;
  if ((from ?? 0) % SLOT !== 0 || (to ?? 0) % SLOT !== 0) return null;
  const { sql, values } = facets(filter);
  const bounds: [string, Value][] = [];
  if (from != null) bounds.push(['slot >= ?', from / SLOT]);
  if (to != null) bounds.push(['slot < ?', to / SLOT]);
  return sumOf(db, 'hit_slot_totals', [sql, ...bounds.map(([bound]) => bound)].join(' AND '), [
    ...values,
    ...bounds.map(([, value]) => value),
  ]);
}

/** How many hits meet a filter by what `hit_totals` is kept by; what else it asks is passed over. */
export function countFacets(db: Database, filter: HitFilter): number {
  const { sql, values } = facets(filter);
  return sumOf(db, 'hit_totals', sql, values);
}

const sumOf = (db: Database, table: string, where: string, values: readonly Value[]): number =>
  get<{ n: number | null }>(db, `SELECT sum(hits) AS n FROM ${table} WHERE ${where}`, ...values)?.n ?? 0;

function facets(filter: HitFilter): { sql: string; values: Value[] } {
  const parts = ['1'];
  const values: Value[] = [];
  const add = (column: string, value: Value) => {
    parts.push(`${column} = ?`);
    values.push(value);
  };
  if (filter.status) add('status', filter.status);
  if (filter.category) add('category', filter.category);
  if (filter.tier) add('tier', filter.tier);
  if (filter.severity != null) add('severity', filter.severity);
  if (filter.rule) add('rule', filter.rule);
  if (filter.disposition === 'open') parts.push("verdict IN ('', 'unsure')");
  else if (filter.disposition) add('verdict', filter.disposition);
  return { sql: parts.join(' AND '), values };
}

export interface SlotTotal {
  readonly slot: number;
  readonly category: CategoryId;
  readonly hits: number;
  readonly confirmed: number;
  readonly dismissed: number;
  readonly open: number;
}

/** Hits (not proposals) by slot and category; `from` and `to` are bounds of slots. */
export function slotTotals(db: Database, from: number, to: number): SlotTotal[] {
  return all<SlotTotal>(
    db,
    `SELECT slot, category, sum(hits) AS hits, sum(CASE WHEN verdict = 'confirmed' THEN hits ELSE 0 END) AS confirmed,
       sum(CASE WHEN verdict IN ('dismissed', 'duplicate') THEN hits ELSE 0 END) AS dismissed,
       sum(CASE WHEN verdict IN ('', 'unsure') THEN hits ELSE 0 END) AS open
     FROM hit_slot_totals WHERE status = 'hit' AND slot >= ? AND slot < ? AND hits > 0 GROUP BY slot, category`,
    from,
    to,
  );
}
