/** Which messages can hold which two characters in a row (search-index.ts); derived from the messages. */
export const search = {
  version: 7,
  name: 'search',
  sql: `
CREATE TABLE search_blocks (
  first INTEGER NOT NULL, part INTEGER NOT NULL, last INTEGER NOT NULL, postings BLOB NOT NULL,
  PRIMARY KEY (first, part)) WITHOUT ROWID;
`,
};
