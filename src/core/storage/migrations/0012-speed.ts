/**
 * Messages by identity, filled in sorted pieces (identities.ts) instead of an index that is sorted at once in
 * memory; and how far it reaches. Derived from the messages: filled beside the work after this step.
 */
export const speed = {
  version: 12,
  name: 'speed',
  sql: `
DROP INDEX IF EXISTS messages_by_identity;
CREATE TABLE message_identities (
  identity INTEGER NOT NULL, message_id INTEGER NOT NULL, PRIMARY KEY (identity, message_id)) WITHOUT ROWID;
CREATE TABLE identity_reach (name TEXT PRIMARY KEY, up_to INTEGER NOT NULL) WITHOUT ROWID;
`,
};
