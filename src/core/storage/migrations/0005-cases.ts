/**
 * House rules with their adoption and receipts. All rows are sealed.
 */
export const cases = {
  version: 5,
  name: 'cases',
  sql: `
CREATE TABLE house_rules (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, version TEXT NOT NULL, clauses TEXT NOT NULL, effective_from TEXT NOT NULL,
  ended_on TEXT, adoption_way TEXT, adopted_on TEXT, proof TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  seal BLOB NOT NULL, UNIQUE (title, version)) WITHOUT ROWID;
CREATE TABLE house_receipts (
  id TEXT PRIMARY KEY, rules_id TEXT NOT NULL REFERENCES house_rules, account_id INTEGER NOT NULL REFERENCES accounts,
  received_on TEXT NOT NULL, proof TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX house_receipts_by_account ON house_receipts (account_id, rules_id);
CREATE INDEX house_receipts_by_rules ON house_receipts (rules_id);
`,
};
