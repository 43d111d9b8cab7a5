/**
 * Derived structures that are built beside the work: indexes that a large import took down, messages by
 * identity, and the text index. A piece is one transaction of a second or two at most for two million
 * messages; whatever is not built is slower to ask and answers the same.
 */

import type { Database } from './database.ts';
import { buildIndex, isLoading, missingIndexes } from './messages/bulk-load.ts';
import { fillIdentities, withoutIdentity } from './messages/identities.ts';
import { buildBlock, nextBlock, withoutIndex } from './messages/search-index.ts';

export interface UpkeepStep {
  readonly step: 'indexing' | 'search';
  readonly done: number;
  /** Indexes, or messages. */
  readonly total: number;
}

/** `indexes` are those that a large import took down; `all` are they, the identities and the text index. */
export type UpkeepWork = 'indexes' | 'all';

/** What imports wait for at their end: how many indexes are to be built, the identities as one of them. */
export function missingPieces(db: Database): number {
  return missingIndexes(db).length + (withoutIdentity(db) > 0 ? 1 : 0);
}

/** Whether something waits to be built; nothing does while a large import runs. */
export function needsUpkeep(db: Database): boolean {
  return !isLoading(db) && (missingPieces(db) > 0 || nextBlock(db) !== null);
}

/** Builds what is missing, one piece a step; indexes first. `rest` is called now and then where nobody waits for it. */
export function* upkeep(
  db: Database,
  work: UpkeepWork = 'all',
  rest = () => {},
): Generator<UpkeepStep, void> {
  const missing = missingIndexes(db);
  const total = work === 'all' ? missingPieces(db) : missing.length;
  const indexing = (done: number): UpkeepStep => ({ step: 'indexing', done, total });
  for (const [done, name] of missing.entries()) {
    yield indexing(done);
    buildIndex(db, name);
  }
  if (work === 'all') {
    for (const _ of fillIdentities(db)) yield indexing(missing.length);
  }
  if (total > 0) yield indexing(total);
  if (work === 'indexes') return;
  const messages = withoutIndex(db);
  for (let block = nextBlock(db); block !== null; block = nextBlock(db)) {
    buildBlock(db, block, rest);
    yield { step: 'search', done: messages - withoutIndex(db), total: messages };
  }
}
