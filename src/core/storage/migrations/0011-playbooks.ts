/**
 * What reviewing and cases of many hits need: counts of hits kept by triggers (derived, recomputed by
 * `check`), indexes for every order and question of the lists; the formula of the priority with its history,
 * locks, revealed names, saved filters; playbook tasks, campaigns, bulletins and controls (sealed rows).
 */
export const playbooks = {
  version: 11,
  name: 'playbooks',
  sql: `
CREATE TABLE hit_totals (
  status TEXT NOT NULL, category TEXT NOT NULL, tier TEXT NOT NULL, severity INTEGER NOT NULL, pack TEXT NOT NULL,
  rule TEXT NOT NULL, verdict TEXT NOT NULL, hits INTEGER NOT NULL,
  PRIMARY KEY (status, category, tier, severity, pack, rule, verdict)) WITHOUT ROWID;
CREATE TABLE hit_slot_totals (
  slot INTEGER NOT NULL, category TEXT NOT NULL, status TEXT NOT NULL, verdict TEXT NOT NULL, hits INTEGER NOT NULL,
  PRIMARY KEY (slot, category, status, verdict)) WITHOUT ROWID;
INSERT INTO hit_totals SELECT status, category, tier, severity, pack, rule, coalesce(verdict, ''), count(*)
  FROM hits GROUP BY 1, 2, 3, 4, 5, 6, 7;
INSERT INTO hit_slot_totals SELECT sort_at / 28800000, category, status, coalesce(verdict, ''), count(*)
  FROM hits GROUP BY 1, 2, 3, 4;
CREATE TRIGGER hits_added AFTER INSERT ON hits BEGIN
  INSERT INTO hit_totals VALUES (new.status, new.category, new.tier, new.severity, new.pack, new.rule, coalesce(new.verdict, ''), 1)
    ON CONFLICT DO UPDATE SET hits = hits + 1;
  INSERT INTO hit_slot_totals VALUES (new.sort_at / 28800000, new.category, new.status, coalesce(new.verdict, ''), 1)
    ON CONFLICT DO UPDATE SET hits = hits + 1;
END;
CREATE TRIGGER hits_taken_away AFTER DELETE ON hits BEGIN
  UPDATE hit_totals SET hits = hits - 1 WHERE status = old.status AND category = old.category AND tier = old.tier
    AND severity = old.severity AND pack = old.pack AND rule = old.rule AND verdict = coalesce(old.verdict, '');
  UPDATE hit_slot_totals SET hits = hits - 1 WHERE slot = old.sort_at / 28800000 AND category = old.category
    AND status = old.status AND verdict = coalesce(old.verdict, '');
END;
CREATE TRIGGER hits_judged AFTER UPDATE OF verdict, sort_at ON hits
  WHEN old.verdict IS NOT new.verdict OR old.sort_at <> new.sort_at BEGIN
  UPDATE hit_totals SET hits = hits - 1 WHERE status = old.status AND category = old.category AND tier = old.tier
    AND severity = old.severity AND pack = old.pack AND rule = old.rule AND verdict = coalesce(old.verdict, '');
  INSERT INTO hit_totals VALUES (new.status, new.category, new.tier, new.severity, new.pack, new.rule, coalesce(new.verdict, ''), 1)
    ON CONFLICT DO UPDATE SET hits = hits + 1;
  UPDATE hit_slot_totals SET hits = hits - 1 WHERE slot = old.sort_at / 28800000 AND category = old.category
    AND status = old.status AND verdict = coalesce(old.verdict, '');
  INSERT INTO hit_slot_totals VALUES (new.sort_at / 28800000, new.category, new.status, coalesce(new.verdict, ''), 1)
    ON CONFLICT DO UPDATE SET hits = hits + 1;
END;

DROP INDEX hits_by_time;
CREATE INDEX hits_by_time ON hits (sort_at, id, status, category);
CREATE INDEX hits_by_priority ON hits (priority, id, status, category);
CREATE INDEX hits_by_score ON hits (score, id, status, category);
CREATE INDEX hits_by_severity ON hits (severity, id, status, category);
DROP INDEX hits_by_sender;
CREATE INDEX hits_by_sender ON hits (sender_id, status, verdict);
CREATE INDEX hits_by_conversation ON hits (conversation_id, status, verdict);
CREATE INDEX hits_by_rule ON hits (rule);
CREATE INDEX hits_by_verdict ON hits (coalesce(verdict, ''), priority, id);
DROP INDEX hits_by_case;
CREATE INDEX hits_by_case ON hits (case_id, severity, category, verdict) WHERE case_id IS NOT NULL;
DROP INDEX IF EXISTS messages_by_conversation;
CREATE INDEX messages_by_conversation ON messages (conversation_id, sort_at, id, sender_id);
CREATE INDEX messages_of_notices ON messages (conversation_id, sort_at) WHERE kind IN ('system', 'recall');
CREATE INDEX duties_by_date ON duties (state, coalesce(due_at, 8640000000000000), id);
CREATE INDEX decisions_by_category ON decisions (json_extract(proposal, '$.facts.category'), at) WHERE state = 'final';

CREATE TABLE priority_formulas (
  id TEXT PRIMARY KEY, severity REAL NOT NULL, reach REAL NOT NULL, duty REAL NOT NULL, doubling_days REAL,
  categories TEXT NOT NULL, reason TEXT NOT NULL, applied INTEGER NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE priority_reach (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations, members INTEGER NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL);
CREATE TABLE work_locks (
  subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, officer_id TEXT NOT NULL REFERENCES officers,
  taken_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (subject_type, subject_id)) WITHOUT ROWID;
CREATE TABLE reveals (
  id TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts, hit_id INTEGER NOT NULL REFERENCES hits,
  reason TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX reveals_by_account ON reveals (account_id);
CREATE TABLE saved_filters (
  id TEXT PRIMARY KEY, screen TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL, officer_id TEXT NOT NULL,
  at INTEGER NOT NULL, seal BLOB NOT NULL, UNIQUE (screen, name)) WITHOUT ROWID;

CREATE TABLE case_tasks (
  case_id TEXT NOT NULL REFERENCES cases, task TEXT NOT NULL, title TEXT NOT NULL, version TEXT, state TEXT NOT NULL,
  note TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (case_id, task)) WITHOUT ROWID;
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, title TEXT NOT NULL, basis TEXT NOT NULL, categories TEXT NOT NULL,
  announcement TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE bulletins (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, campaign_id TEXT REFERENCES campaigns, title TEXT NOT NULL,
  query TEXT NOT NULL, figures TEXT NOT NULL, figures_sha256 TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE controls (
  control TEXT PRIMARY KEY, state TEXT NOT NULL, owner TEXT NOT NULL, evidence TEXT NOT NULL, note TEXT NOT NULL,
  next_review TEXT, officer_id TEXT NOT NULL, at INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
`,
};
