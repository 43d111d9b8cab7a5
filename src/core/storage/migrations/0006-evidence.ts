/**
 * The fixed commitments of sources: a Merkle tree for each conversation of a source (blocks of 1,024 leaves
 * with their ordinals), its root, and the root over a source's trees. All rows are sealed, and `check`
 * recomputes them from the messages. Beside them what officers withhold from the
 * packs of a case, and the answers of time stamp authorities for packs.
 */
export const evidence = {
  version: 6,
  name: 'evidence',
  sql: `
CREATE TABLE source_roots (
  source_id INTEGER PRIMARY KEY REFERENCES sources, messages INTEGER NOT NULL, root TEXT NOT NULL,
  event_id TEXT NOT NULL, seal BLOB NOT NULL);
CREATE TABLE commitment_trees (
  source_id INTEGER NOT NULL REFERENCES sources, position INTEGER NOT NULL,
  conversation_id INTEGER NOT NULL REFERENCES conversations, messages INTEGER NOT NULL, root TEXT NOT NULL,
  seal BLOB NOT NULL, PRIMARY KEY (source_id, position)) WITHOUT ROWID;
CREATE TABLE commitment_blocks (
  source_id INTEGER NOT NULL, position INTEGER NOT NULL, block INTEGER NOT NULL, first INTEGER NOT NULL,
  ordinals BLOB NOT NULL, leaves BLOB NOT NULL, root TEXT NOT NULL, seal BLOB NOT NULL,
  PRIMARY KEY (source_id, position, block)) WITHOUT ROWID;
CREATE TABLE redactions (
  id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases, message_id INTEGER NOT NULL REFERENCES messages,
  part TEXT NOT NULL, spans TEXT, reason TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  event_id TEXT NOT NULL, withdrawn INTEGER NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX redactions_by_case ON redactions (case_id);
CREATE TABLE pack_stamps (
  pack_id TEXT PRIMARY KEY REFERENCES packs, response BLOB NOT NULL, stamped_at INTEGER NOT NULL,
  authority TEXT NOT NULL, serial TEXT NOT NULL, officer_id TEXT NOT NULL, at INTEGER NOT NULL,
  event_id TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID;
`,
};
