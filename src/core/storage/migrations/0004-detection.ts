/**
 * Rules over several messages, other subjects than messages, drafts and their backtests, shadow packs and
 * audit samples. All rows are sealed; the rows of `audit_items` and `hit_members` by the thousand at most.
 */
export const detection = {
  version: 4,
  name: 'detection',
  sql: `
CREATE TABLE hit_members (
  hit_id INTEGER NOT NULL REFERENCES hits, position INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES messages,
  start INTEGER NOT NULL, end INTEGER NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (hit_id, position)) WITHOUT ROWID;
CREATE INDEX hit_members_by_message ON hit_members (message_id);
CREATE TABLE hit_subjects (
  uid TEXT NOT NULL, part INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL, account_id INTEGER REFERENCES accounts,
  conversation_id INTEGER REFERENCES conversations, source_id INTEGER NOT NULL REFERENCES sources,
  start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (uid, part)) WITHOUT ROWID;
CREATE UNIQUE INDEX hits_by_subject ON hits (subject_uid, part, rule, start, end, pack) WHERE subject_uid IS NOT NULL;

CREATE TABLE pack_sources (
  pack TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL, backtest_id TEXT, officer_id TEXT NOT NULL,
  at INTEGER NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (pack, version)) WITHOUT ROWID;
CREATE TABLE pack_drafts (
  pack TEXT PRIMARY KEY, body TEXT NOT NULL, sha256 TEXT, shadow INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE backtests (
  id TEXT PRIMARY KEY, pack TEXT NOT NULL, sha256 TEXT NOT NULL, engine_version TEXT NOT NULL, kind TEXT NOT NULL,
  result TEXT NOT NULL, at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX backtests_by_pack ON backtests (pack, id);

CREATE TABLE audit_samples (
  id TEXT PRIMARY KEY, seed TEXT NOT NULL, size INTEGER NOT NULL, population INTEGER NOT NULL, strata TEXT NOT NULL,
  at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_items (
  sample_id TEXT NOT NULL REFERENCES audit_samples, position INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES messages,
  stratum INTEGER NOT NULL, verdict TEXT, category TEXT, at INTEGER, officer_id TEXT, seal BLOB NOT NULL,
  PRIMARY KEY (sample_id, position)) WITHOUT ROWID;

CREATE TABLE trainings (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, base TEXT NOT NULL, purpose TEXT NOT NULL, texts INTEGER NOT NULL,
  figures TEXT NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, officer_id TEXT NOT NULL, decided_at INTEGER,
  decided_by TEXT, note TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
`,
};
