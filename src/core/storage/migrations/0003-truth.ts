/**
 * What makes a workspace's material arguable: how exact a source's times are, which accounts are one
 * person's, which named media are there and what they hold, and every link that was seen. All sealed rows;
 * `media_totals` is derived.
 */
export const truth = {
  version: 3,
  name: 'truth',
  sql: `
CREATE TABLE source_times (
  source_id INTEGER NOT NULL REFERENCES sources, shape TEXT NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (source_id, shape)) WITHOUT ROWID;

CREATE TABLE persons (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL, officer_id TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE person_accounts (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES persons, account_id INTEGER NOT NULL REFERENCES accounts,
  reason TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL,
  undone_by TEXT, undone_at INTEGER, undone_reason TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX person_of_account ON person_accounts (account_id) WHERE undone_at IS NULL;
CREATE INDEX accounts_of_person ON person_accounts (person_id);

CREATE TABLE media_files (
  id TEXT PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources, path TEXT NOT NULL, bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL, type TEXT NOT NULL, examined TEXT NOT NULL, found_at INTEGER NOT NULL,
  seal BLOB NOT NULL, UNIQUE (source_id, path)) WITHOUT ROWID;
CREATE TABLE media_matches (
  message_id INTEGER NOT NULL REFERENCES messages, position INTEGER NOT NULL, file_id TEXT NOT NULL REFERENCES media_files,
  basis TEXT NOT NULL, seal BLOB NOT NULL, PRIMARY KEY (message_id, position)) WITHOUT ROWID;
CREATE INDEX matches_by_file ON media_matches (file_id);
CREATE TABLE media_codes (
  file_id TEXT NOT NULL REFERENCES media_files, position INTEGER NOT NULL, text TEXT NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (file_id, position)) WITHOUT ROWID;
CREATE TABLE media_totals (
  source_id INTEGER NOT NULL REFERENCES sources, conversation_id INTEGER NOT NULL REFERENCES conversations,
  named INTEGER NOT NULL, found INTEGER NOT NULL, examined INTEGER NOT NULL,
  PRIMARY KEY (source_id, conversation_id)) WITHOUT ROWID;
CREATE INDEX media_of_conversation ON media_totals (conversation_id);
INSERT INTO media_totals (source_id, conversation_id, named, found, examined)
  SELECT m.source_id, m.conversation_id, count(*), 0, 0 FROM attachments a JOIN messages m ON m.id = a.message_id
  GROUP BY m.source_id, m.conversation_id;

CREATE TABLE links (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, domain TEXT NOT NULL, short INTEGER NOT NULL, status TEXT NOT NULL,
  seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX links_by_domain ON links (domain);
CREATE TABLE link_places (
  link_id TEXT NOT NULL REFERENCES links, message_id INTEGER NOT NULL REFERENCES messages, origin TEXT NOT NULL,
  part INTEGER NOT NULL, start INTEGER NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (link_id, message_id, origin, part, start)) WITHOUT ROWID;
CREATE INDEX links_of_message ON link_places (message_id);
`,
};
