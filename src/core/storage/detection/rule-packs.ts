import type { RulePackSummary } from '../../domain/hit.ts';
import type { LoadedPack, RulePack } from '../../rules/rule-pack.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

interface PackRow {
  id: number;
  pack: string;
  version: string;
  title: string;
  body: string;
  sha256: string;
  shipped: number;
  enabled: number;
  rules: number;
  source: string | null;
}

const COLUMNS =
  'p.*, (SELECT body FROM pack_sources s WHERE s.pack = p.pack AND s.version = p.version) AS source';

export interface StoredPack {
  readonly rowId: number;
  readonly pack: RulePack;
  readonly sha256: string;
  readonly shipped: boolean;
  readonly enabled: boolean;
  /** JSON as it was given; of packs installed by Docket 0.1 with their parts put in. */
  readonly source: string;
}

function toStored(row: PackRow): StoredPack {
  return {
    rowId: row.id,
    source: row.source ?? row.body,
    pack: JSON.parse(row.body) as RulePack,
    sha256: row.sha256,
    shipped: row.shipped === 1,
    enabled: row.enabled === 1,
  };
}

/** Versions of packs are immutable: the same version with another content is refused by the caller. */
export function findPack(db: Database, pack: string, version: string): StoredPack | null {
  const row = get<PackRow>(
    db,
    `SELECT ${COLUMNS} FROM rule_packs p WHERE pack = ? AND version = ?`,
    pack,
    version,
  );
  return row ? toStored(row) : null;
}

export function insertPack(
  store: Store,
  loaded: LoadedPack,
  facts: { enabled: boolean; installedAt: number; officerId: string; backtestId?: string | null },
): void {
  insertRow(store, 'pack_sources', {
    pack: loaded.pack.id,
    version: loaded.pack.version,
    body: loaded.source,
    backtest_id: facts.backtestId ?? null,
    officer_id: facts.officerId,
    at: facts.installedAt,
  });
  insertRow(store, 'rule_packs', {
    pack: loaded.pack.id,
    version: loaded.pack.version,
    title: JSON.stringify(loaded.pack.title),
    body: JSON.stringify(loaded.pack),
    sha256: loaded.sha256,
    shipped: loaded.origin === 'shipped' ? 1 : 0,
    enabled: facts.enabled ? 1 : 0,
    rules: loaded.pack.rules.length,
    installed_at: facts.installedAt,
  });
}

/** One version of each pack: the one switched on, else the newest. The others stay for the hits that name them. */
const CURRENT =
  'id IN (SELECT coalesce(max(CASE WHEN enabled = 1 THEN id END), max(id)) FROM rule_packs GROUP BY pack)';

export function currentPacks(db: Database): StoredPack[] {
  return all<PackRow>(db, `SELECT ${COLUMNS} FROM rule_packs p WHERE p.${CURRENT} ORDER BY p.pack`).map(
    toStored,
  );
}

export function packVersions(db: Database): StoredPack[] {
  return all<PackRow>(db, `SELECT ${COLUMNS} FROM rule_packs p`).map(toStored);
}

export function countPackVersions(db: Database): number {
  return get<{ n: number }>(db, 'SELECT count(*) AS n FROM rule_packs')?.n ?? 0;
}

export function setPackEnabled(store: Store, rowId: number, enabled: boolean): void {
  updateRow(store, 'rule_packs', { id: rowId }, { enabled: enabled ? 1 : 0 });
}

export function summarisePacks(db: Database): RulePackSummary[] {
  return all<PackRow & { hits: number }>(
    db,
    `SELECT p.*, NULL AS source, (SELECT coalesce(sum(t.hits), 0) FROM hit_totals t WHERE t.pack = p.pack) AS hits
     FROM rule_packs p WHERE p.${CURRENT} ORDER BY p.pack`,
  ).map((row) => ({
    id: row.pack,
    version: row.version,
    title: JSON.parse(row.title) as RulePackSummary['title'],
    sha256: row.sha256,
    shipped: row.shipped === 1,
    enabled: row.enabled === 1,
    rules: row.rules,
    hits: row.hits,
  }));
}

/** Hits per rule, by pack and rule id. */
export function countByRule(
  db: Database,
): Map<string, { hits: number; confirmed: number; dismissed: number }> {
  const rows = all<{ pack: string; rule: string; hits: number; confirmed: number; dismissed: number }>(
    db,
    `SELECT pack, rule, sum(hits) AS hits, sum(CASE WHEN verdict = 'confirmed' THEN hits ELSE 0 END) AS confirmed,
       sum(CASE WHEN verdict = 'dismissed' THEN hits ELSE 0 END) AS dismissed
     FROM hit_totals WHERE hits > 0 GROUP BY pack, rule`,
  );
  return new Map(rows.map(({ pack, rule, ...counts }) => [`${pack}/${rule}`, counts]));
}
