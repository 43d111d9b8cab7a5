/**
 * Derived structures that are built beside the work: indexes that a large import took down, and the text
 * index. A piece is one transaction of a second at most for a million messages; whatever is not built is
 * slower to ask and answers the same.
 */
import { buildIndex, isLoading, missingIndexes } from './bulk-load.ts';
import type { Database } from './database.ts';
import { buildBlock, nextBlock, withoutIndex } from './search-index.ts';

export interface UpkeepStep {
  readonly step: 'indexing' | 'search';
  readonly done: number;
  /** Indexes, or messages. */
  readonly total: number;
}

/** Whether something waits to be built; nothing does while a large import runs. */
export function needsUpkeep(db: Database): boolean {
  return !isLoading(db) && (missingIndexes(db).length > 0 || nextBlock(db) !== null);
}

/** Builds what is missing, one piece a step; indexes first. */
export function* upkeep(db: Database): Generator<UpkeepStep, void> {
  const missing = missingIndexes(db);
  for (const [done, name] of missing.entries()) {
    yield { step: 'indexing', done, total: missing.length };
    buildIndex(db, name);
  }
  if (missing.length > 0) yield { step: 'indexing', done: missing.length, total: missing.length };
  const total = withoutIndex(db);
  for (let block = nextBlock(db); block !== null; block = nextBlock(db)) {
    buildBlock(db, block);
    yield { step: 'search', done: total - withoutIndex(db), total };
  }
}
