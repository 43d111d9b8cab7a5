/**
 * Files that came together (a folder, an archive), mappings of tables, and lists.
 * All rows are sealed; `list_changes` are the history that `list_rows` follow from.
 */
export const lists = {
  version: 2,
  name: 'lists',
  sql: `
CREATE TABLE source_members (
  source_id INTEGER PRIMARY KEY REFERENCES sources, bundle TEXT NOT NULL, path TEXT NOT NULL, seal BLOB NOT NULL);
CREATE INDEX source_members_by_path ON source_members (bundle, path);

CREATE TABLE table_mappings (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, target TEXT NOT NULL, body TEXT NOT NULL, active INTEGER NOT NULL,
  saved_at INTEGER NOT NULL, officer_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE source_mappings (
  source_id INTEGER PRIMARY KEY REFERENCES sources, body TEXT NOT NULL, seal BLOB NOT NULL);

CREATE TABLE source_lists (
  source_id INTEGER PRIMARY KEY REFERENCES sources, name TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE lists (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
  created_at INTEGER NOT NULL, seal BLOB NOT NULL, UNIQUE (kind, name));
CREATE TABLE list_imports (
  list_id INTEGER NOT NULL REFERENCES lists, source_id INTEGER NOT NULL REFERENCES sources, at INTEGER NOT NULL,
  rows INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, removed INTEGER NOT NULL,
  errors INTEGER NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (list_id, source_id)) WITHOUT ROWID;
CREATE TABLE list_rows (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, list_id INTEGER NOT NULL REFERENCES lists, key TEXT NOT NULL,
  fields TEXT NOT NULL, present INTEGER NOT NULL, source_id INTEGER NOT NULL REFERENCES sources, sheet TEXT,
  start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL, seal BLOB NOT NULL, UNIQUE (list_id, key));
CREATE TABLE list_changes (
  list_id INTEGER NOT NULL REFERENCES lists, source_id INTEGER NOT NULL REFERENCES sources, position INTEGER NOT NULL,
  key TEXT NOT NULL, change TEXT NOT NULL, before TEXT, after TEXT, seal BLOB NOT NULL,
  PRIMARY KEY (list_id, source_id, position)) WITHOUT ROWID;
CREATE TABLE list_errors (
  source_id INTEGER NOT NULL REFERENCES sources, position INTEGER NOT NULL, kind TEXT NOT NULL, sheet TEXT,
  line INTEGER NOT NULL, code TEXT NOT NULL, field TEXT, value TEXT NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (source_id, position)) WITHOUT ROWID;
`,
};
