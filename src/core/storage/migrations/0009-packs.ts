/** What the log of packs tells of each beside its digest: whom it was made for and how it was put together. */
export const packs = {
  version: 9,
  name: 'packs',
  sql: `
CREATE TABLE pack_details (
  pack_id TEXT PRIMARY KEY REFERENCES packs, recipient TEXT NOT NULL, purpose TEXT NOT NULL, bytes INTEGER NOT NULL,
  options TEXT NOT NULL, approver_id TEXT, seal BLOB NOT NULL) WITHOUT ROWID;
`,
};
