/** What bulletins count, and the records of campaigns, bulletins and controls. */
import type { Bilingual } from '../../domain/bilingual.ts';
import type { BulletinFigures, BulletinQuery, ControlState } from '../../domain/bulletin.ts';
import type { MeasureSubject } from '../../domain/case.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { LeadSource } from '../../domain/lead.ts';
import { all, type Database, get, type Value } from '../database.ts';
import { SLOT } from '../detection/hit-totals.ts';
import { visibleHits } from '../detection/hits.ts';
import { includedOnly } from '../messages/messages.ts';
import { isAnyQuarantined, QUARANTINED_HIT } from '../messages/quarantine.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

/** SQL and values that keep to the categories of a query; nothing where it names none. */
function within(column: string, { categories }: BulletinQuery): { sql: string; values: Value[] } {
  return categories.length === 0
    ? { sql: '', values: [] }
    : { sql: ` AND ${column} IN (${categories.map(() => '?').join(', ')})`, values: [...categories] };
}

/** Confirmed hits said in the period, by category; from the kept counts where the bounds are those of slots. */
export function confirmedHits(db: Database, query: BulletinQuery): BulletinFigures['hits'] {
  const { from, to } = query;
  const among = within('category', query);
  const count = (where: string, ...values: Value[]) =>
    all<{ category: CategoryId; n: number }>(
      db,
      `SELECT h.category, count(*) AS n FROM hits h
       WHERE h.verdict IS NOT NULL AND coalesce(h.verdict, '') = 'confirmed' AND h.sort_at >= ? AND h.sort_at < ? AND ${where}${among.sql}
       GROUP BY h.category`,
      from,
      to,
      ...among.values,
      ...values,
    );
  const hidden = new Map<CategoryId, number>();
  let rows: { category: CategoryId; n: number }[];
  if (includedOnly(db) !== '' || from % SLOT !== 0 || to % SLOT !== 0) rows = count(visibleHits(db));
  else {
    rows = all(
      db,
      `SELECT category, sum(hits) AS n FROM hit_slot_totals
       WHERE verdict = 'confirmed' AND slot >= ? AND slot < ?${among.sql} GROUP BY category`,
      from / SLOT,
      to / SLOT,
      ...among.values,
    );
    if (isAnyQuarantined(db)) for (const { category, n } of count(QUARANTINED_HIT)) hidden.set(category, n);
  }
  return rows
    .map(({ category, n }) => ({ category, confirmed: n - (hidden.get(category) ?? 0) }))
    .filter(({ confirmed }) => confirmed > 0)
    .sort((x, y) => y.confirmed - x.confirmed || (x.category < y.category ? -1 : 1));
}

/** Cases opened and closed in the period that have a hit of the categories. */
export function countCases(db: Database, query: BulletinQuery): BulletinFigures['cases'] {
  const among = within('h.category', query);
  const has = among.sql === '' ? '' : ` AND EXISTS (SELECT 1 FROM hits h WHERE h.case_id = k.id${among.sql})`;
  const count = (column: 'opened_at' | 'closed_at') =>
    get<{ n: number }>(
      db,
      `SELECT count(*) AS n FROM cases k WHERE k.${column} >= ? AND k.${column} < ?${has}`,
      query.from,
      query.to,
      ...among.values,
    )?.n ?? 0;
  return { opened: count('opened_at'), closed: count('closed_at') };
}

export interface CountedMeasure {
  id: string;
  number: number;
  case_id: string;
  case_number: number;
  subject_type: MeasureSubject;
  target: string;
  measure: string;
  title: string;
  permanent: 0 | 1;
  category: CategoryId | null;
  executed_at: number;
}

/** What decisions and batches were about, by their ids. A proposal never changes once it is written, so each is read once. */
const categories = new WeakMap<Database, Map<string, CategoryId | null>>();

const known = (db: Database): Map<string, CategoryId | null> => {
  const map = categories.get(db) ?? new Map<string, CategoryId | null>();
  categories.set(db, map);
  return map;
};

/** Proposals read between two breaths. */
const PROPOSALS = 250;

/** Reads ahead what the decisions behind measures were about, in steps of a few milliseconds: there are kilobytes in each. */
export function* readCategories(db: Database): Generator<void, void> {
  const map = known(db);
  for (const table of ['decisions', 'measure_batches'] as const) {
    const ids = all<{ id: string }>(db, `SELECT id FROM ${table}`).filter(({ id }) => !map.has(id));
    for (let at = 0; at < ids.length; at += PROPOSALS) {
      for (const { id } of ids.slice(at, at + PROPOSALS)) categoryIn(db, table, id);
      yield;
    }
  }
}

function categoryIn(db: Database, table: 'decisions' | 'measure_batches', id: string): CategoryId | null {
  const map = known(db);
  const found = map.get(id);
  if (found !== undefined) return found;
  const row = get<{ category: CategoryId | null }>(
    db,
    `SELECT json_extract(proposal, '$.facts.category') AS category FROM ${table} WHERE id = ?`,
    id,
  );
  if (!row) return null;
  map.set(id, row.category);
  return row.category;
}

/** Measures carried out in the period whose decision no appeal overturned, the latest first. */
export function countedMeasures(db: Database, query: BulletinQuery): CountedMeasure[] {
  const among = new Set<CategoryId | null>(query.categories);
  return all<Omit<CountedMeasure, 'category'> & { decision_id: string | null; batch_id: string | null }>(
    db,
    `SELECT m.id, m.number, m.case_id, k.number AS case_number, m.subject_type, m.target, m.measure, m.title, m.permanent,
       m.decision_id, m.batch_id, m.executed_at
     FROM measures m JOIN cases k ON k.id = m.case_id
     WHERE m.executed_at >= ? AND m.executed_at < ?
       AND NOT EXISTS (SELECT 1 FROM appeals p WHERE p.decision_id = m.decision_id AND p.outcome = 'overturned')
     ORDER BY m.executed_at DESC, m.number DESC`,
    query.from,
    query.to,
  )
    .map(({ decision_id, batch_id, ...row }) => ({
      ...row,
      category:
        (decision_id === null ? null : categoryIn(db, 'decisions', decision_id)) ??
        (batch_id === null ? null : categoryIn(db, 'measure_batches', batch_id)),
    }))
    .filter(({ category }) => among.size === 0 || among.has(category));
}

/** Leads received in the period, by source, with those that became a case. */
export function countLeads(db: Database, query: BulletinQuery): BulletinFigures['leads'] {
  const among = within('category', query);
  return all<{ source: LeadSource; received: number; cases: number }>(
    db,
    `SELECT source, count(*) AS received, sum(outcome IS 'case') AS cases FROM leads
     WHERE received_at >= ? AND received_at < ?${among.sql} GROUP BY source ORDER BY source`,
    query.from,
    query.to,
    ...among.values,
  );
}

export interface CampaignRow {
  id: string;
  number: number;
  title: string;
  basis: string;
  categories: string;
  announcement: string;
  started_at: number;
  ended_at: number | null;
  officer_id: string;
  at: number;
}

const CAMPAIGNS =
  'SELECT c.*, coalesce(o.name, c.officer_id) AS officer FROM campaigns c LEFT JOIN officers o ON o.id = c.officer_id';
export type NamedCampaign = CampaignRow & { officer: string };

/** Every campaign, the latest first. */
export const campaignRows = (db: Database): NamedCampaign[] =>
  all<NamedCampaign>(db, `${CAMPAIGNS} ORDER BY c.number DESC`);

export const campaignRow = (db: Database, id: string): NamedCampaign | undefined =>
  get<NamedCampaign>(db, `${CAMPAIGNS} WHERE c.id = ?`, id);

export function insertCampaign(store: Store, row: CampaignRow): void {
  insertRow(store, 'campaigns', { ...row });
}

export function updateCampaign(
  store: Store,
  id: string,
  changes: Partial<Pick<CampaignRow, 'title' | 'basis' | 'announcement' | 'ended_at'>>,
): void {
  updateRow(store, 'campaigns', { id }, { ...changes });
}

/** The next number in `campaigns` or `bulletins`. Call inside the transaction that uses it. */
export const nextNumber = (db: Database, table: 'campaigns' | 'bulletins'): number =>
  (get<{ n: number | null }>(db, `SELECT max(number) AS n FROM ${table}`)?.n ?? 0) + 1;

export interface BulletinRecord {
  id: string;
  number: number;
  campaign_id: string | null;
  title: string;
  /** `BulletinQuery` as JSON. */
  query: string;
  /** `BulletinFigures` without the rows, as JSON. */
  figures: string;
  figures_sha256: string;
  file: string;
  sha256: string;
  officer_id: string;
  at: number;
}

export function insertBulletin(store: Store, row: BulletinRecord): void {
  insertRow(store, 'bulletins', { ...row });
}

/** Every bulletin, the latest first. */
export const bulletinRows = (db: Database): (BulletinRecord & { officer: string })[] =>
  all(
    db,
    `SELECT b.*, coalesce(o.name, b.officer_id) AS officer FROM bulletins b LEFT JOIN officers o ON o.id = b.officer_id
     ORDER BY b.number DESC`,
  );

export interface ControlRow {
  control: string;
  state: ControlState;
  owner: string;
  evidence: string;
  note: string;
  next_review: string | null;
  officer_id: string;
  at: number;
}

export const controlRows = (db: Database): (ControlRow & { officer: string })[] =>
  all(
    db,
    'SELECT c.*, coalesce(o.name, c.officer_id) AS officer FROM controls c LEFT JOIN officers o ON o.id = c.officer_id',
  );

/** Writes the state of a control; answers the one before. */
export function putControl(store: Store, row: ControlRow): ControlRow | null {
  const before = get<ControlRow>(store.db, 'SELECT * FROM controls WHERE control = ?', row.control) ?? null;
  const { control, ...rest } = row;
  if (before) updateRow(store, 'controls', { control }, rest);
  else insertRow(store, 'controls', { ...row });
  return before;
}

export const titleOf = (row: Pick<CountedMeasure, 'title'>): Bilingual => JSON.parse(row.title) as Bilingual;
