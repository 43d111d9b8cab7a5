/**
 * Loading messages by the hundred thousand. An index that grows with every row costs several times what
 * it costs to build once (measured: 111,000 rows a second with indexes from the start, 415,000 with them
 * built after). So a large import into a smaller workspace takes the indexes of messages down and builds
 * them at its end. An index that a crash left down is built beside the work (upkeep.ts).
 */
import { all, CACHE_SIZE, type Database, get, transact } from '../database.ts';

/**
 * As migrations 0001 and 0011 create them, in the order in which they are built. A load leaves the first two
 * alone: they grow at their end, and without them some answers would read all messages for each of many rows.
 */
const INDEXES: Readonly<Record<string, string>> = {
  occurrences_by_message: 'message_occurrences (message_id)',
  messages_by_reference: 'messages (refers_to) WHERE refers_to IS NOT NULL',
  messages_by_conversation: 'messages (conversation_id, sort_at, id, sender_id)',
  messages_by_time: 'messages (sort_at, id)',
  messages_by_sender: 'messages (sender_id, sort_at, id)',
};
const TAKEN_DOWN = ['messages_by_conversation', 'messages_by_time', 'messages_by_sender'];

/** What an import into a workspace with other sources asks for each message (near-message.ts). */
const ASKED_WHILE_LOADING = ['messages_by_conversation', 'occurrences_by_message'];

/** Rows that are only appended need few pages at hand; where indexes stand, more are touched again and again. */
const APPENDING_CACHE_SIZE = -8192;
const INDEXED_CACHE_SIZE = -16384;

/**
 * Messages in the workspace from which on indexes stay: building one sorts 50 to 90 bytes a message in
 * memory, because temporary files would not be encrypted.
 */
const SORTED_AT_ONCE = 1_000_000;

/** Loads under way, and whether they took indexes down. */
const loading = new WeakMap<Database, { readonly down: boolean }>();

/** Whether a bulk load is under way, so that its indexes must stay down. */
export function isLoading(db: Database): boolean {
  return loading.has(db);
}

/** The load is over, however it ended: its indexes may be built. */
export function endBulkLoad(db: Database): void {
  if (loading.delete(db)) db.pragma(`cache_size = ${CACHE_SIZE}`);
}

const lastMessage = (db: Database): number =>
  get<{ last: number | null }>(db, 'SELECT max(id) AS last FROM messages')?.last ?? 0;

/** Begins a load of about so many messages; takes indexes down where building them again costs less than keeping them. */
export function beginBulkLoad(db: Database, sourceId: number, expected: number): void {
  const stored = lastMessage(db);
  if (stored >= SORTED_AT_ONCE || stored * 2 > expected) {
    keepIndexes(db);
    return;
  }
  loading.set(db, { down: true });
  db.pragma(`cache_size = ${APPENDING_CACHE_SIZE}`);
  const others = hasOthers(db, sourceId);
  for (const name of TAKEN_DOWN) {
    if (!others || !ASKED_WHILE_LOADING.includes(name)) db.exec(`DROP INDEX IF EXISTS ${name}`);
  }
}

/** The load goes on with indexes standing, or to be built before it does. */
export function keepIndexes(db: Database): void {
  loading.set(db, { down: false });
  db.pragma(`cache_size = ${INDEXED_CACHE_SIZE}`);
}

const hasOthers = (db: Database, sourceId: number): boolean =>
  get(db, 'SELECT 1 FROM messages WHERE source_id <> ? LIMIT 1', sourceId) !== undefined;

/** Whether indexes that a load asks for are missing, as after a crash: they are built before it begins. */
export function lacksIndexes(db: Database, sourceId: number): boolean {
  const missing = missingIndexes(db);
  return ASKED_WHILE_LOADING.some((name) => missing.includes(name)) && hasOthers(db, sourceId);
}

/** Whether a load that took indexes down has grown so large that they are to be built before it goes on. */
export function hasOutgrown(db: Database): boolean {
  return loading.get(db)?.down === true && lastMessage(db) > SORTED_AT_ONCE;
}

/** Names of the indexes that a bulk load took down and that do not stand yet. */
export function missingIndexes(db: Database): string[] {
  const standing = new Set(
    all<{ name: string }>(db, "SELECT name FROM sqlite_master WHERE type = 'index'").map(({ name }) => name),
  );
  return Object.keys(INDEXES).filter((name) => !standing.has(name));
}

export const indexesStand = (db: Database): boolean => missingIndexes(db).length === 0;

/** Builds one of them: about a second a million messages. It reads each page once, beside a sort in memory. */
export function buildIndex(db: Database, name: string): void {
  const usual = db.pragma('cache_size', { simple: true });
  db.pragma(`cache_size = ${APPENDING_CACHE_SIZE}`);
  try {
    db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${INDEXES[name]}`);
  } finally {
    db.pragma(`cache_size = ${usual}`);
  }
}

/**
 * A transaction of a bulk load. References are not looked up again: the rows they name were just found or
 * made. It is not waited for the disk: a power cut may lose the last such transactions, whole ones and
 * the newest first, and the import goes on before them; the next ordinary transaction makes all durable.
 */
export function bulkTransact<T>(db: Database, work: () => T): T {
  if (db.inTransaction) return work();
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = NORMAL');
  try {
    return transact(db, work);
  } finally {
    db.pragma('foreign_keys = ON');
    db.pragma('synchronous = FULL');
  }
}
