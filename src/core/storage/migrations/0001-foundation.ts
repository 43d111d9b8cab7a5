/**
 * Three kinds of tables, so that `check` can tell any edit made behind Docket's back:
 * - rows with a `seal` column: written through rows.ts, one keyed digest a row and a keyed total a table;
 * - bulk rows (messages, message_occurrences, carried_texts, attachments, source_ranges, hits, sightings):
 *   immutable columns under one digest a batch in `batch_seals`;
 * - derived rows and columns (names ending in `_totals`, hits.verdict, hits.case_id, messages.sent_at,
 *   messages.sort_at): recomputed by `check` from the rows above.
 * Events are sealed rows, and the audit chain covers what they say and their order.
 */
export const foundation = {
  version: 1,
  name: 'foundation',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE table_totals (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, total BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE batch_seals (
  scope TEXT NOT NULL, owner INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  rows INTEGER NOT NULL, digest BLOB NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (scope, owner, first)) WITHOUT ROWID;

CREATE TABLE officers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, public_key BLOB NOT NULL,
  private_key BLOB NOT NULL, active INTEGER NOT NULL, created_at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE events (
  id TEXT PRIMARY KEY, officer_id TEXT NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL,
  subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, case_id TEXT,
  before TEXT, after TEXT, supersedes TEXT, salt BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX events_by_case ON events (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX events_by_subject ON events (subject_id, id);
CREATE TABLE audit_log (
  sequence INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
  payload_digest TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);

CREATE TABLE authorities (
  id TEXT PRIMARY KEY, authorised_by TEXT NOT NULL, purpose TEXT NOT NULL, scope TEXT NOT NULL,
  basis TEXT NOT NULL, expires_at INTEGER, device TEXT, holder TEXT, tool TEXT, acquired_at TEXT,
  created_at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, parent_id INTEGER REFERENCES sources,
  file TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, blob TEXT NOT NULL, secret BLOB NOT NULL,
  importer TEXT NOT NULL, importer_version INTEGER NOT NULL, platform TEXT NOT NULL, holds TEXT NOT NULL,
  format_version TEXT, encoding TEXT NOT NULL, zone TEXT NOT NULL, zone_assumed INTEGER NOT NULL,
  zone_matters INTEGER NOT NULL, assumptions TEXT NOT NULL, selection TEXT NOT NULL,
  state TEXT NOT NULL, conversations INTEGER NOT NULL, accounts INTEGER NOT NULL, messages INTEGER NOT NULL,
  duplicates INTEGER NOT NULL, bytes_done INTEGER NOT NULL, digest TEXT, authority_id TEXT,
  imported_at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL);
CREATE INDEX sources_by_sha256 ON sources (sha256);
CREATE TABLE source_ranges (
  source_id INTEGER NOT NULL REFERENCES sources, start INTEGER NOT NULL, end INTEGER NOT NULL,
  line INTEGER NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, count INTEGER NOT NULL, digest TEXT,
  PRIMARY KEY (source_id, start)) WITHOUT ROWID;
CREATE INDEX source_skips ON source_ranges (source_id, start) WHERE kind = 'skipped';

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, key TEXT NOT NULL,
  platform_id TEXT, name TEXT, type TEXT NOT NULL, fields TEXT NOT NULL, seal BLOB NOT NULL,
  UNIQUE (platform, key));
CREATE TABLE conversation_totals (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations, messages INTEGER NOT NULL,
  first_at INTEGER, last_at INTEGER);
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, platform TEXT NOT NULL, key TEXT NOT NULL,
  platform_id TEXT, name TEXT, fields TEXT NOT NULL, seal BLOB NOT NULL,
  UNIQUE (platform, key));
CREATE TABLE account_totals (
  account_id INTEGER PRIMARY KEY REFERENCES accounts, messages INTEGER NOT NULL);
CREATE TABLE account_names (
  account_id INTEGER NOT NULL REFERENCES accounts, name TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources,
  seen INTEGER NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (account_id, name)) WITHOUT ROWID;
CREATE TABLE memberships (
  id TEXT PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversations,
  account_id INTEGER NOT NULL REFERENCES accounts, role TEXT, display_name TEXT, from_text TEXT, to_text TEXT,
  source_id INTEGER NOT NULL REFERENCES sources, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX memberships_by_conversation ON memberships (conversation_id, account_id);
CREATE INDEX memberships_by_account ON memberships (account_id);

CREATE TABLE messages (
  id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, ordinal INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL REFERENCES conversations, sender_id INTEGER REFERENCES accounts,
  sender_name TEXT, platform_id TEXT, sent_text TEXT NOT NULL, instant INTEGER, wall_time INTEGER,
  sent_at INTEGER, sort_at INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, forwarded INTEGER NOT NULL,
  refers_to TEXT, edited_text TEXT, extra TEXT, flags TEXT, parts INTEGER NOT NULL, identity INTEGER NOT NULL,
  digest BLOB NOT NULL);
CREATE INDEX messages_by_conversation ON messages (conversation_id, sort_at, id);
CREATE INDEX messages_by_time ON messages (sort_at, id);
CREATE INDEX messages_by_sender ON messages (sender_id, sort_at, id);
CREATE INDEX messages_by_identity ON messages (identity);
CREATE INDEX messages_by_reference ON messages (refers_to) WHERE refers_to IS NOT NULL;
CREATE TABLE message_occurrences (
  source_id INTEGER NOT NULL REFERENCES sources, ordinal INTEGER NOT NULL, message_id INTEGER NOT NULL REFERENCES messages,
  start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL, digest BLOB NOT NULL,
  PRIMARY KEY (source_id, ordinal)) WITHOUT ROWID;
CREATE INDEX occurrences_by_message ON message_occurrences (message_id);
CREATE TABLE carried_texts (
  message_id INTEGER NOT NULL REFERENCES messages, part INTEGER NOT NULL, depth INTEGER NOT NULL, act TEXT NOT NULL,
  sender TEXT, text TEXT NOT NULL, sent_text TEXT, PRIMARY KEY (message_id, part)) WITHOUT ROWID;
CREATE TABLE attachments (
  message_id INTEGER NOT NULL REFERENCES messages, position INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT,
  reference TEXT, size INTEGER, md5 TEXT, PRIMARY KEY (message_id, position)) WITHOUT ROWID;

CREATE TABLE rule_packs (
  id INTEGER PRIMARY KEY, pack TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
  sha256 TEXT NOT NULL, shipped INTEGER NOT NULL, enabled INTEGER NOT NULL, rules INTEGER NOT NULL,
  installed_at INTEGER NOT NULL, seal BLOB NOT NULL, UNIQUE (pack, version));
CREATE TABLE detection_runs (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, packs TEXT NOT NULL,
  engine_version TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, up_to_message INTEGER NOT NULL,
  messages INTEGER NOT NULL, hits INTEGER NOT NULL, added INTEGER NOT NULL, by_category TEXT NOT NULL,
  officer_id TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE hits (
  id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES detection_runs, position INTEGER NOT NULL,
  subject_type TEXT NOT NULL, message_id INTEGER REFERENCES messages, part INTEGER NOT NULL, subject_uid TEXT,
  act TEXT NOT NULL, pack TEXT NOT NULL, rule TEXT NOT NULL, rule_version TEXT NOT NULL, category TEXT NOT NULL,
  tier TEXT NOT NULL, severity INTEGER NOT NULL, status TEXT NOT NULL, score REAL NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, spans TEXT NOT NULL, transforms TEXT NOT NULL,
  conversation_id INTEGER, sender_id INTEGER, sort_at INTEGER NOT NULL, priority REAL NOT NULL,
  verdict TEXT, case_id TEXT);
CREATE UNIQUE INDEX hits_by_identity ON hits (message_id, part, rule, start, end, pack);
CREATE INDEX hits_by_run ON hits (run_id, position);
CREATE INDEX hits_by_queue ON hits (status, priority, id) WHERE verdict IS NULL OR verdict = 'unsure';
CREATE INDEX hits_by_category ON hits (category, sort_at);
CREATE INDEX hits_by_time ON hits (sort_at, id);
CREATE INDEX hits_by_sender ON hits (sender_id);
CREATE INDEX hits_by_case ON hits (case_id) WHERE case_id IS NOT NULL;
CREATE TABLE sightings (
  run_id INTEGER NOT NULL REFERENCES detection_runs, hit_id INTEGER NOT NULL REFERENCES hits, rule_version TEXT NOT NULL,
  PRIMARY KEY (run_id, hit_id)) WITHOUT ROWID;
CREATE TABLE dispositions (
  id TEXT PRIMARY KEY, hit_id INTEGER NOT NULL REFERENCES hits, batch_id TEXT NOT NULL, verdict TEXT, reason TEXT,
  note TEXT NOT NULL, rule_version TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  event_id TEXT NOT NULL, undoes TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX dispositions_by_hit ON dispositions (hit_id, id);
CREATE INDEX dispositions_by_batch ON dispositions (batch_id);

CREATE TABLE cases (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL,
  profile TEXT NOT NULL, opened_at INTEGER NOT NULL, closed_at INTEGER, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX cases_by_state ON cases (state, opened_at);
CREATE TABLE case_hits (
  case_id TEXT NOT NULL REFERENCES cases, hit_id INTEGER NOT NULL REFERENCES hits, removed INTEGER NOT NULL,
  seal BLOB NOT NULL, PRIMARY KEY (case_id, hit_id)) WITHOUT ROWID;
CREATE TABLE parties (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, role TEXT NOT NULL, subject_type TEXT NOT NULL,
  account_id INTEGER REFERENCES accounts, conversation_id INTEGER REFERENCES conversations, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX parties_by_case ON parties (case_id);
CREATE INDEX parties_by_account ON parties (account_id);
CREATE INDEX parties_by_conversation ON parties (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE TABLE decisions (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, party_id TEXT NOT NULL REFERENCES parties,
  proposal TEXT NOT NULL, measure TEXT NOT NULL, deviation_reason TEXT NOT NULL, facts TEXT NOT NULL, basis TEXT NOT NULL,
  state TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, signature BLOB NOT NULL, public_key BLOB NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX decisions_by_party ON decisions (party_id);
CREATE INDEX decisions_by_case ON decisions (case_id);
CREATE TABLE approvals (
  id TEXT PRIMARY KEY, decision_id TEXT NOT NULL REFERENCES decisions, officer_id TEXT NOT NULL, approved INTEGER NOT NULL,
  note TEXT NOT NULL, at INTEGER NOT NULL, signature BLOB NOT NULL, public_key BLOB NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX approvals_by_decision ON approvals (decision_id);
CREATE TABLE duties (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, kind TEXT NOT NULL, route TEXT NOT NULL, state TEXT NOT NULL,
  receiver TEXT NOT NULL, basis TEXT NOT NULL, categories TEXT NOT NULL, opened_at INTEGER NOT NULL, due_at INTEGER,
  filed_at INTEGER, receipt_number TEXT, outcome TEXT, reason TEXT, approver_id TEXT, assessed_at INTEGER, note TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX duties_by_case ON duties (case_id);
CREATE INDEX duties_by_state ON duties (state, due_at);
CREATE TABLE exhibits (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, position INTEGER NOT NULL, description TEXT NOT NULL,
  subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, source_id INTEGER NOT NULL REFERENCES sources,
  sha256 TEXT NOT NULL, removed INTEGER NOT NULL, added_at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX exhibits_by_case ON exhibits (case_id, position);
CREATE TABLE exhibit_messages (
  exhibit_id TEXT NOT NULL REFERENCES exhibits, message_id INTEGER NOT NULL REFERENCES messages, is_subject INTEGER NOT NULL,
  seal BLOB NOT NULL, PRIMARY KEY (exhibit_id, message_id)) WITHOUT ROWID;
CREATE TABLE custody_events (
  id TEXT PRIMARY KEY, exhibit_id TEXT NOT NULL REFERENCES exhibits, action TEXT NOT NULL, purpose TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX custody_by_exhibit ON custody_events (exhibit_id, id);
CREATE TABLE packs (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, profile TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  root TEXT NOT NULL, exhibits INTEGER NOT NULL, messages INTEGER NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX packs_by_case ON packs (case_id);
`,
} as const;
