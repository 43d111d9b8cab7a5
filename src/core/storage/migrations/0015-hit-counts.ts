/**
 * Storing hits faster: who stores a batch of them counts it once (hit-totals.ts), where a trigger counted each
 * hit and made SQLite copy every page that the row touched; hits without a verdict leave the index of verdicts.
 */
export const hitCounts = {
  version: 15,
  name: 'hit-counts',
  sql: `
DROP TRIGGER hits_added;
DROP INDEX hits_by_verdict;
CREATE INDEX hits_by_verdict ON hits (coalesce(verdict, ''), priority, id) WHERE verdict IS NOT NULL;
`,
};
