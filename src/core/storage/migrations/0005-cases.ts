/**
 * House rules with their adoption and receipts; measures on their way from decision to end, batches of
 * them, and the watch list;
 * hearings, letters and appeals; leads; second reviews. All rows are sealed.
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

CREATE TABLE measure_batches (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, subject_type TEXT NOT NULL, proposal TEXT NOT NULL,
  measure TEXT NOT NULL, deviation_reason TEXT NOT NULL, facts TEXT NOT NULL, basis TEXT NOT NULL, items TEXT NOT NULL,
  state TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, signature BLOB NOT NULL, public_key BLOB NOT NULL,
  approver_id TEXT, approved_at INTEGER, note TEXT NOT NULL, approval_signature BLOB, approval_key BLOB,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX measure_batches_by_case ON measure_batches (case_id);
CREATE TABLE measures (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, case_id TEXT NOT NULL REFERENCES cases, party_id TEXT REFERENCES parties,
  decision_id TEXT REFERENCES decisions, batch_id TEXT REFERENCES measure_batches, subject_type TEXT NOT NULL,
  target TEXT NOT NULL, platform_id TEXT, account_id INTEGER REFERENCES accounts, measure TEXT NOT NULL, title TEXT NOT NULL,
  permanent INTEGER NOT NULL, state TEXT NOT NULL, days INTEGER, functions TEXT NOT NULL, instructed_at INTEGER,
  instructed_to TEXT NOT NULL, due_at INTEGER, executed_at INTEGER, executed_by TEXT NOT NULL, proof TEXT NOT NULL,
  verified_at INTEGER, verified_by TEXT, expires_at INTEGER, ended_at INTEGER, end_proof TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX measures_by_case ON measures (case_id);
CREATE INDEX measures_by_state ON measures (state, number);
CREATE INDEX measures_by_account ON measures (account_id) WHERE account_id IS NOT NULL;
CREATE TABLE watch_entries (
  id TEXT PRIMARY KEY, account_id INTEGER REFERENCES accounts, name TEXT NOT NULL, platform_id TEXT, phone TEXT,
  reason TEXT NOT NULL, case_id TEXT REFERENCES cases, since INTEGER NOT NULL, ended_at INTEGER, officer_id TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE watch_matches (
  id TEXT PRIMARY KEY, watch_id TEXT NOT NULL REFERENCES watch_entries, account_id INTEGER NOT NULL REFERENCES accounts,
  how TEXT NOT NULL, at INTEGER NOT NULL, confirmed INTEGER, note TEXT NOT NULL, officer_id TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE hearings (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, party_id TEXT NOT NULL UNIQUE REFERENCES parties,
  authorship TEXT NOT NULL, authorship_note TEXT NOT NULL, invited_at INTEGER, invited_how TEXT NOT NULL, answer_due INTEGER,
  not_invited_reason TEXT NOT NULL, answered_at INTEGER, answer TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX hearings_by_case ON hearings (case_id);
CREATE TABLE letters (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, party_id TEXT NOT NULL REFERENCES parties,
  decision_id TEXT REFERENCES decisions, kind TEXT NOT NULL, language TEXT NOT NULL, format TEXT NOT NULL, file TEXT NOT NULL,
  sha256 TEXT NOT NULL, at INTEGER NOT NULL, officer_id TEXT NOT NULL, served_at INTEGER, served_how TEXT NOT NULL,
  service_proof TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX letters_by_case ON letters (case_id);
CREATE TABLE appeals (
  id TEXT PRIMARY KEY, decision_id TEXT NOT NULL REFERENCES decisions, case_id TEXT NOT NULL REFERENCES cases,
  lodged_at INTEGER NOT NULL, lodged_by TEXT NOT NULL, grounds TEXT NOT NULL, due_at INTEGER, officer_id TEXT NOT NULL,
  outcome TEXT, measure TEXT, reason TEXT NOT NULL, decided_by TEXT, decided_at INTEGER, signature BLOB, public_key BLOB,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX appeals_by_decision ON appeals (decision_id);
CREATE INDEX appeals_by_case ON appeals (case_id);
CREATE TABLE leads (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, source TEXT NOT NULL, state TEXT NOT NULL, received_at INTEGER NOT NULL,
  first_action_at INTEGER, closed_at INTEGER, reporter TEXT NOT NULL, contact TEXT NOT NULL, target TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts, conversation_id INTEGER REFERENCES conversations, text TEXT NOT NULL, category TEXT,
  hits TEXT NOT NULL, list_row TEXT, outcome TEXT, case_id TEXT REFERENCES cases, duplicate_of TEXT REFERENCES leads,
  referred_to TEXT NOT NULL, reason TEXT NOT NULL, reply TEXT NOT NULL, replied_at INTEGER, officer_id TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX leads_by_state ON leads (state, number);
CREATE INDEX leads_by_account ON leads (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX leads_by_target ON leads (target);
CREATE INDEX leads_by_text ON leads (text);
CREATE UNIQUE INDEX leads_by_list_row ON leads (list_row) WHERE list_row IS NOT NULL;
CREATE TABLE second_reviews (
  id TEXT PRIMARY KEY, hit_id INTEGER NOT NULL UNIQUE REFERENCES hits, cause TEXT NOT NULL, drawn_at INTEGER NOT NULL,
  first_officer_id TEXT NOT NULL, first_verdict TEXT NOT NULL, verdict TEXT, note TEXT NOT NULL, officer_id TEXT,
  at INTEGER, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX second_reviews_waiting ON second_reviews (cause, id) WHERE verdict IS NULL;
CREATE UNIQUE INDEX watch_matches_by_account ON watch_matches (watch_id, account_id);
CREATE INDEX watch_matches_of_account ON watch_matches (account_id);
`,
};
