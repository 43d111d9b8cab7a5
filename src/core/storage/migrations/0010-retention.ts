/**
 * Cases that go to another workstation and come back, with the versions both sides knew and what they changed
 * against each other; facts of acquisition and extraction; stamps of the audit head; periods of retention and
 * what was destroyed. All rows are sealed.
 */
export const retention = {
  version: 10,
  name: 'retention',
  sql: `
CREATE TABLE transfers (
  id TEXT PRIMARY KEY, direction TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT, peer TEXT NOT NULL, file TEXT NOT NULL,
  sha256 TEXT NOT NULL, counts TEXT NOT NULL, at INTEGER NOT NULL, officer_id TEXT NOT NULL, event_id TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE transfer_versions (
  item TEXT NOT NULL, position INTEGER NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL,
  seal BLOB NOT NULL, PRIMARY KEY (item, position)) WITHOUT ROWID;
CREATE TABLE transfer_messages (
  uid TEXT PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX transfer_messages_by_message ON transfer_messages (message_id);
CREATE TABLE transfer_events (
  event_id TEXT PRIMARY KEY, transfer_id TEXT NOT NULL REFERENCES transfers, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE transfer_conflicts (
  id TEXT PRIMARY KEY, transfer_id TEXT NOT NULL REFERENCES transfers, case_id TEXT, kind TEXT NOT NULL, item TEXT NOT NULL,
  ours TEXT NOT NULL, theirs TEXT NOT NULL, held TEXT NOT NULL, at INTEGER NOT NULL, resolved_at INTEGER, resolved_by TEXT,
  choice TEXT, reason TEXT, event_id TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX transfer_conflicts_open ON transfer_conflicts (item) WHERE resolved_at IS NULL;
CREATE TABLE trusted_keys (
  fingerprint TEXT PRIMARY KEY, name TEXT NOT NULL, prefix TEXT NOT NULL, workspace_id TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE case_origins (
  case_id TEXT PRIMARY KEY REFERENCES cases, workspace_id TEXT NOT NULL, number TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE superseded_decisions (
  decision_id TEXT PRIMARY KEY REFERENCES decisions, by_decision TEXT NOT NULL, reason TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE source_acquisitions (
  source_id INTEGER PRIMARY KEY REFERENCES sources, custodian TEXT NOT NULL, consent TEXT NOT NULL, medium TEXT NOT NULL,
  method TEXT NOT NULL, place TEXT NOT NULL, note TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  event_id TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE re_extractions (
  id TEXT PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, outcome TEXT NOT NULL, officer_id TEXT NOT NULL,
  at INTEGER NOT NULL, event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX re_extractions_by_source ON re_extractions (source_id, id);
CREATE TABLE extraction_records (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, body TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX extraction_records_by_case ON extraction_records (case_id, id);

CREATE TABLE audit_stamps (
  id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, hash TEXT NOT NULL, request BLOB NOT NULL, file TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, response BLOB, stamped_at INTEGER, authority TEXT, serial TEXT,
  imported_by TEXT, imported_at INTEGER, seal BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE retention_rules (
  kind TEXT PRIMARY KEY, days INTEGER, basis TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE destructions (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL UNIQUE, certificate TEXT NOT NULL, officer_id TEXT NOT NULL,
  signature BLOB NOT NULL, public_key BLOB NOT NULL, approver_id TEXT NOT NULL, approval_signature BLOB NOT NULL,
  approval_key BLOB NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE destroyed_sources (
  source_id INTEGER PRIMARY KEY REFERENCES sources, destruction_id TEXT NOT NULL REFERENCES destructions, seal BLOB NOT NULL);
`,
};
