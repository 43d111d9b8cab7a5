/**
 * Legal holds on single exhibits and sources; and destructions that began, with what was ordered, how far they
 * are and which sources they empty. All rows are sealed.
 */
export const custody = {
  version: 13,
  name: 'custody',
  sql: `
CREATE TABLE thing_holds (
  id TEXT PRIMARY KEY, exhibit_id TEXT REFERENCES exhibits, source_id INTEGER REFERENCES sources, reason TEXT NOT NULL,
  set_at INTEGER NOT NULL, officer_id TEXT NOT NULL, lifted_at INTEGER, lifted_by TEXT, lifted_reason TEXT,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX thing_holds_by_exhibit ON thing_holds (exhibit_id) WHERE exhibit_id IS NOT NULL;
CREATE INDEX thing_holds_by_source ON thing_holds (source_id) WHERE source_id IS NOT NULL;

CREATE TABLE begun_destructions (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL UNIQUE, ordered TEXT NOT NULL, officer_id TEXT NOT NULL,
  signature BLOB NOT NULL, public_key BLOB NOT NULL, approver_id TEXT NOT NULL, approval_signature BLOB NOT NULL,
  approval_key BLOB NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL, stage TEXT NOT NULL, place TEXT NOT NULL,
  counts TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE begun_sources (
  source_id INTEGER PRIMARY KEY REFERENCES sources, destruction_id TEXT NOT NULL REFERENCES begun_destructions,
  seal BLOB NOT NULL);
`,
};
