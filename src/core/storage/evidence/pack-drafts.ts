/** Drafts of rule packs and what their backtests found. */
import type { Backtest, PackVersion } from '../../domain/backtest.ts';
import { all, type Database, get } from '../database.ts';
import { deleteRow, insertRow, type Store, updateRow } from '../rows.ts';

export interface DraftRow {
  pack: string;
  body: string;
  sha256: string | null;
  shadow: number;
  updated_at: number;
  officer_id: string;
}

interface NamedDraft extends DraftRow {
  officer: string;
}

const DRAFT = 'SELECT d.*, o.name AS officer FROM pack_drafts d JOIN officers o ON o.id = d.officer_id';

export function listDrafts(db: Database): NamedDraft[] {
  return all<NamedDraft>(db, `${DRAFT} ORDER BY d.pack`);
}

export function findDraft(db: Database, pack: string): NamedDraft | undefined {
  return get<NamedDraft>(db, `${DRAFT} WHERE d.pack = ?`, pack);
}

/** Keeps a draft in the place of the one before. Call inside a transaction. */
export function putDraft(store: Store, row: DraftRow): void {
  const { pack, ...changes } = row;
  if (findDraft(store.db, pack)) updateRow(store, 'pack_drafts', { pack }, changes);
  else insertRow(store, 'pack_drafts', { ...row });
}

export function removeDraft(store: Store, pack: string): void {
  deleteRow(store, 'pack_drafts', { pack });
}

/** What a backtest found, without what its row says already. */
export type BacktestResult = Omit<
  Backtest,
  'id' | 'pack' | 'sha256' | 'engineVersion' | 'kind' | 'at' | 'officer'
>;

export function insertBacktest(
  store: Store,
  row: Pick<Backtest, 'id' | 'pack' | 'sha256' | 'engineVersion' | 'kind' | 'at'> & { officerId: string },
  result: BacktestResult,
): void {
  insertRow(store, 'backtests', {
    id: row.id,
    pack: row.pack,
    sha256: row.sha256,
    engine_version: row.engineVersion,
    kind: row.kind,
    result: JSON.stringify(result),
    at: row.at,
    officer_id: row.officerId,
  });
}

interface BacktestRow {
  id: string;
  pack: string;
  sha256: string;
  engine_version: string;
  kind: Backtest['kind'];
  result: string;
  at: number;
  officer: string;
}

/** Backtests of a pack, or of all, newest first; at most 200. */
export function listBacktests(db: Database, pack: string | null): Backtest[] {
  return all<BacktestRow>(
    db,
    `SELECT b.*, o.name AS officer FROM backtests b JOIN officers o ON o.id = b.officer_id
     WHERE ? IS NULL OR b.pack = ? ORDER BY b.id DESC LIMIT 200`,
    pack,
    pack,
  ).map(({ result, engine_version, ...row }) => ({
    ...(JSON.parse(result) as BacktestResult),
    id: row.id,
    pack: row.pack,
    sha256: row.sha256,
    kind: row.kind,
    at: row.at,
    officer: row.officer,
    engineVersion: engine_version,
  }));
}

/** Every version of every pack, those of one pack newest first. */
export function listVersions(db: Database): PackVersion[] {
  return all<{
    pack: string;
    version: string;
    sha256: string;
    rules: number;
    shipped: number;
    enabled: number;
    installed_at: number;
    hits: number;
    backtest_id: string | null;
  }>(
    db,
    `SELECT p.pack, p.version, p.sha256, p.rules, p.shipped, p.enabled, p.installed_at, s.backtest_id,
       (SELECT count(*) FROM hits h WHERE h.pack = p.pack AND h.rule_version = p.version) AS hits
     FROM rule_packs p LEFT JOIN pack_sources s ON s.pack = p.pack AND s.version = p.version
     ORDER BY p.pack, p.id DESC`,
  ).map((row) => ({
    pack: row.pack,
    version: row.version,
    sha256: row.sha256,
    rules: row.rules,
    shipped: row.shipped === 1,
    enabled: row.enabled === 1,
    installedAt: row.installed_at,
    hits: row.hits,
    backtestId: row.backtest_id,
  }));
}

/** Reviewed verdicts: by message and category, whether a violation was found. */
export function reviewedLabels(db: Database): Map<string, boolean> {
  const labels = new Map<string, boolean>();
  const rows = all<{ message_id: number; category: string; verdict: string }>(
    db,
    `SELECT message_id, category, verdict FROM hits WHERE message_id IS NOT NULL AND verdict IN ('confirmed', 'dismissed')
     UNION ALL SELECT message_id, category, 'confirmed' FROM audit_items WHERE verdict = 'violation'`,
  );
  for (const { message_id, category, verdict } of rows) {
    const key = `${message_id} ${category}`;
    labels.set(key, (labels.get(key) ?? false) || verdict === 'confirmed');
  }
  return labels;
}

/** Seconds between one verdict and the next, of the same officer and under five minutes: how fast hits are reviewed. */
export function reviewPace(db: Database): number[] {
  return all<{ gap: number }>(
    db,
    `SELECT (at - before) / 1000.0 AS gap FROM (
       SELECT at, lag(at) OVER (PARTITION BY officer_id ORDER BY at) AS before
       FROM (SELECT batch_id, officer_id, min(at) AS at FROM dispositions GROUP BY batch_id, officer_id))
     WHERE before IS NOT NULL AND at - before < 300000 ORDER BY gap`,
  ).map(({ gap }) => gap);
}
