/**
 * Duties with their proofs, reports and replies; circumstances of hits that open duty routes; legal
 * holds; inspections and assistance; figures entered for statutory meters; quarantine. All sealed rows.
 */
export const law = {
  version: 8,
  name: 'law',
  sql: `
CREATE TABLE hit_marks (
  hit_id INTEGER NOT NULL REFERENCES hits, mark TEXT NOT NULL, reason TEXT NOT NULL, officer_id TEXT NOT NULL,
  at INTEGER NOT NULL, taken_back INTEGER NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (hit_id, mark)) WITHOUT ROWID;

CREATE TABLE duty_reports (
  duty_id TEXT PRIMARY KEY REFERENCES duties, organisation TEXT NOT NULL, contact TEXT NOT NULL, facts TEXT NOT NULL,
  notice TEXT NOT NULL, updated_at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE duty_steps (
  id TEXT PRIMARY KEY, duty_id TEXT NOT NULL REFERENCES duties, kind TEXT NOT NULL, test INTEGER NOT NULL,
  at INTEGER NOT NULL, number TEXT, note TEXT NOT NULL, file TEXT, sha256 TEXT, officer_id TEXT NOT NULL,
  recorded_at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX duty_steps_by_duty ON duty_steps (duty_id, id);

CREATE TABLE legal_holds (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, reason TEXT NOT NULL, duty_id TEXT,
  set_at INTEGER NOT NULL, officer_id TEXT NOT NULL, lifted_at INTEGER, lifted_by TEXT, lifted_reason TEXT,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX legal_holds_by_case ON legal_holds (case_id);

CREATE TABLE inspections (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, authority TEXT NOT NULL, document_number TEXT NOT NULL,
  legal_basis TEXT NOT NULL, request TEXT NOT NULL, received_at INTEGER NOT NULL, due_at INTEGER, case_id TEXT REFERENCES cases,
  given TEXT NOT NULL, given_at INTEGER, signed_by TEXT, file TEXT, sha256 TEXT, state TEXT NOT NULL,
  officer_id TEXT NOT NULL, recorded_at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX inspections_by_state ON inspections (state, due_at);

CREATE TABLE meter_figures (
  id TEXT PRIMARY KEY, subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, meter TEXT NOT NULL, counter TEXT NOT NULL,
  variant TEXT NOT NULL, value REAL NOT NULL, day TEXT NOT NULL, source TEXT NOT NULL, officer_id TEXT NOT NULL,
  at INTEGER NOT NULL, withdrawn_at INTEGER, withdrawn_by TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX meter_figures_by_subject ON meter_figures (subject_id, meter);

CREATE TABLE quarantined (
  id TEXT PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages, reason TEXT NOT NULL, note TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, released_at INTEGER, released_by TEXT, approver_id TEXT,
  released_reason TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX quarantined_by_message ON quarantined (message_id);
`,
};
