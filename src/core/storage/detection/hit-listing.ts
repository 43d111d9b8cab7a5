/**
 * Pages of hits, also where there are a million: totals come from kept counts or from an index alone, and
 * what needs a look at every hit is done in pieces, so that other calls are answered in between.
 */
import { DocketError } from '../../../contract/errors.ts';
import type { Hit, HitFilter } from '../../domain/hit.ts';
import type { Page } from '../../domain/page.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { holding, includedOnly } from '../messages/messages.ts';
import { isAnyQuarantined, QUARANTINED_HIT } from '../messages/quarantine.ts';
import { candidatesIn, searchBlocks, unindexed } from '../messages/search-index.ts';
import { keptCount } from './hit-totals.ts';
import { type HitReading, hitByRowId, visibleHits } from './hits.ts';

const SORT_COLUMNS = {
  priority: 'h.priority',
  sentAt: 'h.sort_at',
  score: 'h.score',
  severity: 'h.severity',
} as const;
export type HitSort = keyof typeof SORT_COLUMNS;
/** Indexes that hold all hits in the order of a sort. */
const SORT_INDEXES: Record<HitSort, string> = {
  priority: 'hits_by_priority',
  sentAt: 'hits_by_time',
  score: 'hits_by_score',
  severity: 'hits_by_severity',
};

/** Without a verdict, or unsure. */
const OPEN = "(h.verdict IS NULL OR h.verdict = 'unsure')";

interface Where {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Everything but the text. */
function conditions(db: Database, filter: HitFilter): Where {
  const parts: string[] = [visibleHits(db)];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  if (filter.status) add('h.status = ?', filter.status);
  if (filter.category) add('h.category = ?', filter.category);
  if (filter.tier) add('h.tier = ?', filter.tier);
  if (filter.severity != null) add('h.severity = ?', filter.severity);
  if (filter.rule) add('h.rule = ?', filter.rule);
  if (filter.disposition === 'open') add(OPEN);
  // Written as the index has it, which other queries must not take: most hits may have one verdict.
  else if (filter.disposition) {
    add("h.verdict IS NOT NULL AND coalesce(h.verdict, '') = ?", filter.disposition);
  }
  if (filter.conversationId) {
    add('h.conversation_id = (SELECT id FROM conversations WHERE uid = ?)', filter.conversationId);
  }
  if (filter.senderId) add('h.sender_id = (SELECT id FROM accounts WHERE uid = ?)', filter.senderId);
  if (filter.caseId) add('h.case_id = ?', filter.caseId);
  if (filter.from != null) add('h.sort_at >= ?', filter.from);
  if (filter.to != null) add('h.sort_at < ?', filter.to);
  return { sql: parts.join(' AND '), values };
}

interface Sort {
  readonly by: HitSort;
  readonly descending: boolean;
}

type Place = { readonly id: number; readonly value: number };

/** A page of hits; the total comes with the first page. `pause` is awaited between pieces of some milliseconds. */
export async function listHits(
  reading: HitReading,
  filter: HitFilter,
  sort: Sort,
  cursor: string | null,
  limit: number,
  pause: () => Promise<void>,
): Promise<Page<Hit>> {
  const { db } = reading;
  const where = conditions(db, filter);
  const text = filter.text;
  const found = text ? await textPlaces(db, where, text, sort, pause) : null;
  const total = found ? found.length : await countHits(db, filter, where, pause);
  const after = decodeCursor(cursor, 'number', 'number');
  const chosen = found
    ? afterPlace(found, sort, after, limit + 1)
    : pageOf(db, filter, where, sort, after, limit + 1, total);
  const last = chosen.length > limit ? chosen[limit - 1] : undefined;
  return {
    rows: chosen.slice(0, limit).map(({ id }) => hitByRowId(reading, id)),
    next: last ? encodeCursor([last.value, last.id]) : null,
    total: cursor ? null : total,
  };
}

/** Hits that are chosen before they are sorted; more are met in the order of the sort, one after another. */
const SORTED_AT_ONCE = 20_000;

function pageOf(
  db: Database,
  filter: HitFilter,
  where: Where,
  { by, descending }: Sort,
  after: readonly Value[] | null,
  limit: number,
  total: number,
): Place[] {
  const column = SORT_COLUMNS[by];
  const [op, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  return all<Place>(
    db,
    `SELECT h.id, ${column} AS value FROM hits h ${indexFor(filter, by, total)}
     WHERE ${where.sql}${after ? ` AND (${column}, h.id) ${op} (?, ?)` : ''}
     ORDER BY ${column} ${order}, h.id ${order} LIMIT ?`,
    ...where.values,
    ...(after ?? []),
    limit,
  );
}

/**
 * Which index to take. SQLite has no figures about the hits and would guess: few hits are found by what is
 * asked of them and then sorted, many are met soonest in the order of the sort.
 */
function indexFor(filter: HitFilter, by: HitSort, total: number): string {
  if (total <= SORTED_AT_ONCE) {
    const place = placeIndex(filter);
    if (place) return place;
    if (filter.rule) return 'INDEXED BY hits_by_rule';
    if (filter.category) return 'INDEXED BY hits_by_category';
    if (filter.disposition && filter.disposition !== 'open') return 'INDEXED BY hits_by_verdict';
  }
  if (by === 'priority' && filter.disposition && filter.disposition !== 'open')
    return 'INDEXED BY hits_by_verdict';
  if (by === 'priority' && filter.disposition === 'open' && filter.status) return 'INDEXED BY hits_by_queue';
  return `INDEXED BY ${SORT_INDEXES[by]}`;
}

/** The index of where or by whom it was said; else nothing. */
function placeIndex(filter: HitFilter): string {
  if (filter.caseId) return 'INDEXED BY hits_by_case';
  if (filter.senderId) return 'INDEXED BY hits_by_sender';
  return filter.conversationId ? 'INDEXED BY hits_by_conversation' : '';
}

/** Hits that are counted in one piece: some 20 milliseconds. */
const PIECE = 16_384;

/** How many hits meet a filter without text. */
async function countHits(
  db: Database,
  filter: HitFilter,
  where: Where,
  pause: () => Promise<void>,
): Promise<number> {
  if (includedOnly(db) === '') {
    const kept = keptCount(db, filter);
    if (kept !== null) return kept - (isAnyQuarantined(db) ? hiddenAmong(db, filter) : 0);
  }
  const place = placeIndex(filter);
  if (place) return countWhere(db, where, place);
  let count = 0;
  const last = get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM hits')?.last ?? 0;
  for (let first = 1; first <= last; first += PIECE) {
    count += countWhere(db, {
      sql: `h.id BETWEEN ? AND ? AND ${where.sql}`,
      values: [first, first + PIECE - 1, ...where.values],
    });
    await goOn(db, pause);
  }
  return count;
}

const countWhere = (db: Database, { sql, values }: Where, index = ''): number =>
  get<{ n: number }>(db, `SELECT count(*) AS n FROM hits h ${index} WHERE ${sql}`, ...values)?.n ?? 0;

/** Quarantined hits that the kept counts still hold. */
function hiddenAmong(db: Database, filter: HitFilter): number {
  const shown = conditions(db, filter);
  const visible = visibleHits(db);
  return countWhere(db, {
    sql: `${QUARANTINED_HIT} AND ${shown.sql.replace(visible, '1')}`,
    values: shown.values,
  });
}

async function goOn(db: Database, pause: () => Promise<void>): Promise<void> {
  await pause();
  if (!db.open) throw new DocketError('cancelled', 'the workspace was closed');
}

/** What the last search for a text found: its next pages need no second search. */
const lastSearch = new WeakMap<Database, { key: string; changes: number; places: readonly Place[] }>();

/** Hits that meet `where` in texts that contain `text`, in the order of the sort. */
async function textPlaces(
  db: Database,
  where: Where,
  text: string,
  sort: Sort,
  pause: () => Promise<void>,
): Promise<readonly Place[]> {
  const key = JSON.stringify([where.sql, where.values, text, sort]);
  const changes = get<{ n: number }>(db, 'SELECT total_changes() AS n')?.n ?? 0;
  const known = lastSearch.get(db);
  if (known?.key === key && known.changes === changes) return known.places;
  const places: Place[] = [];
  for (const piece of textPieces(db, where, text, SORT_COLUMNS[sort.by])) {
    for (const place of piece) places.push(place);
    await goOn(db, pause);
  }
  const sign = sort.descending ? -1 : 1;
  places.sort((a, b) => sign * (a.value - b.value || a.id - b.id));
  lastSearch.set(db, { key, changes, places });
  return places;
}

/** Messages whose hits are looked up, and their texts read, in one piece: as long. */
const LOOKED_UP = 2_048;

function* textPieces(db: Database, where: Where, text: string, column: string): Generator<Place[]> {
  const subject = holding('b.text', text);
  const message = holding('t.text', text);
  const said = `EXISTS (SELECT 1 FROM messages t WHERE t.id = h.message_id AND ${message.sql})`;
  yield all<Place>(
    db,
    `SELECT h.id, ${column} AS value FROM hit_subjects b CROSS JOIN hits h INDEXED BY hits_by_subject
       ON h.subject_uid = b.uid AND h.part = b.part WHERE ${subject.sql} AND ${where.sql}`,
    ...subject.values,
    ...where.values,
  );
  const isPair = text.length > 1;
  if (isPair) {
    for (const block of searchBlocks(db)) {
      const ids = candidatesIn(db, block, text);
      for (let at = 0; at < ids.length; at += LOOKED_UP) {
        yield all<Place>(
          db,
          `SELECT h.id, ${column} AS value FROM json_each(?) j CROSS JOIN hits h INDEXED BY hits_by_identity ON h.message_id = j.value
           WHERE ${where.sql} AND ${said}`,
          JSON.stringify(ids.slice(at, at + LOOKED_UP)),
          ...where.values,
          ...message.values,
        );
      }
    }
  }
  const last = get<{ last: number | null }>(db, 'SELECT max(message_id) AS last FROM hits')?.last ?? 0;
  for (const range of isPair ? unindexed(db, last) : [{ first: 1, last }]) {
    for (let first = range.first; first <= range.last; first += LOOKED_UP) {
      yield all<Place>(
        db,
        `SELECT h.id, ${column} AS value FROM hits h INDEXED BY hits_by_identity
         WHERE h.message_id BETWEEN ? AND ? AND ${where.sql} AND ${said}`,
        first,
        Math.min(range.last, first + LOOKED_UP - 1),
        ...where.values,
        ...message.values,
      );
    }
  }
}

/** The places behind one, by binary search. */
function afterPlace(
  places: readonly Place[],
  { descending }: Sort,
  after: readonly Value[] | null,
  limit: number,
): readonly Place[] {
  if (!after) return places.slice(0, limit);
  const [value, id] = after as [number, number];
  const sign = descending ? -1 : 1;
  let from = 0;
  let to = places.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const place = places[middle] as Place;
    if (sign * (place.value - value || place.id - id) <= 0) from = middle + 1;
    else to = middle;
  }
  return places.slice(from, from + limit);
}
