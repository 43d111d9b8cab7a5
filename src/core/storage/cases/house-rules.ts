/** The organisation's adopted rules, version by version, and who received which. */
import type { AdoptionWay, HouseReceipt, HouseRulesVersion } from '../../domain/house-rules.ts';
import { all, type Database, get } from '../database.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import { ACCOUNT_NAME } from './cases.ts';

export interface HouseRulesRow {
  id: string;
  title: string;
  version: string;
  clauses: string;
  effective_from: string;
  ended_on: string | null;
  adoption_way: AdoptionWay | null;
  adopted_on: string | null;
  proof: string;
  officer_id: string;
  at: number;
}

export interface ReceiptRow {
  id: string;
  rules_id: string;
  account_id: number;
  received_on: string;
  proof: string;
  officer_id: string;
  at: number;
}

export function insertHouseRules(store: Store, row: HouseRulesRow): void {
  insertRow(store, 'house_rules', { ...row });
}

export function endHouseRules(store: Store, id: string, endedOn: string): void {
  updateRow(store, 'house_rules', { id }, { ended_on: endedOn });
}

export function insertReceipt(store: Store, row: ReceiptRow): void {
  insertRow(store, 'house_receipts', { ...row });
}

export function houseRulesRow(db: Database, id: string): HouseRulesRow | null {
  return get<HouseRulesRow>(db, 'SELECT * FROM house_rules WHERE id = ?', id) ?? null;
}

/** Every version, the latest to take effect first. */
export function houseRulesVersions(db: Database): HouseRulesVersion[] {
  return all<HouseRulesRow & { receipts: number; officer: string | null }>(
    db,
    `SELECT r.*, (SELECT count(DISTINCT account_id) FROM house_receipts WHERE rules_id = r.id) AS receipts,
       o.name AS officer FROM house_rules r LEFT JOIN officers o ON o.id = r.officer_id
     ORDER BY r.effective_from DESC, r.id DESC`,
  ).map((row) => ({
    id: row.id,
    title: row.title,
    version: row.version,
    clauses: JSON.parse(row.clauses) as string[],
    effectiveFrom: row.effective_from,
    endedOn: row.ended_on,
    adoption:
      row.adoption_way === null || row.adopted_on === null
        ? null
        : { way: row.adoption_way, on: row.adopted_on, proof: row.proof },
    receipts: row.receipts,
    at: row.at,
    officer: row.officer ?? '',
  }));
}

export function hasReceipt(db: Database, rulesId: string, accountId: number): boolean {
  return (
    get(db, 'SELECT 1 FROM house_receipts WHERE rules_id = ? AND account_id = ?', rulesId, accountId) !==
    undefined
  );
}

/** Receipts of a version recorded here, by day. */
export function receiptsOf(db: Database, rulesId: string): HouseReceipt[] {
  return all<HouseReceipt>(
    db,
    `SELECT r.id, a.uid AS accountId, coalesce(${ACCOUNT_NAME}, '') AS account, r.received_on AS "on", r.proof,
       coalesce(o.name, '') AS officer, 'recorded' AS "from"
     FROM house_receipts r JOIN accounts a ON a.id = r.account_id LEFT JOIN officers o ON o.id = r.officer_id
     WHERE r.rules_id = ? ORDER BY r.received_on, r.id`,
    rulesId,
  );
}

/**
 * The first day on which an account received a version: recorded here, or signed according to an imported
 * list of agreements whose document and version carry the same names. Null where nothing shows it.
 */
export function receivedOn(
  db: Database,
  rules: Pick<HouseRulesVersion, 'id' | 'title' | 'version'>,
  accountId: number,
): string | null {
  return (
    get<{ day: string | null }>(
      db,
      `SELECT min(day) AS day FROM (
         SELECT received_on AS day FROM house_receipts WHERE rules_id = ? AND account_id = ?
         UNION ALL
         SELECT substr(json_extract(e.fields, '$.signedAt'), 1, 10) FROM list_rows e
           JOIN lists l ON l.id = e.list_id AND l.kind = 'agreements'
           JOIN accounts a ON a.id = ?
         WHERE e.present = 1 AND json_extract(e.fields, '$.document') = ?
           AND coalesce(json_extract(e.fields, '$.version'), ?) = ?
           AND (json_extract(e.fields, '$.accountId') = a.platform_id
             OR (json_extract(e.fields, '$.accountId') IS NULL AND a.name IS NOT NULL
               AND coalesce(json_extract(e.fields, '$.account'), json_extract(e.fields, '$.signer')) = a.name)))
       WHERE day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`,
      rules.id,
      accountId,
      accountId,
      rules.title,
      rules.version,
      rules.version,
    )?.day ?? null
  );
}
