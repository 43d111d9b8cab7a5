/**
 * Loading messages by the hundred thousand. An index that grows with every row costs several times what
 * it costs to build once (measured: 111,000 rows a second with indexes from the start, 415,000 with them
 * built after). So a large import takes the indexes of messages down and builds them at its end; whether
 * a message is known already is then looked up in memory. An index that a crash left down is built when
 * the workspace is opened next.
 */
import { all, CACHE_SIZE, type Database, get, prepare, transact } from './database.ts';
import { NumberTable } from './number-table.ts';

/** As migrations 0001 and 0011 create them. */
const INDEXES: Readonly<Record<string, string>> = {
  messages_by_conversation: 'messages (conversation_id, sort_at, id, sender_id)',
  messages_by_time: 'messages (sort_at, id)',
  messages_by_sender: 'messages (sender_id, sort_at, id)',
  messages_by_identity: 'messages (identity)',
  messages_by_reference: 'messages (refers_to) WHERE refers_to IS NOT NULL',
  occurrences_by_message: 'message_occurrences (message_id)',
};

/** What an import into a workspace with other sources asks for each message (near-message.ts). */
const ASKED_WHILE_LOADING = ['messages_by_conversation', 'occurrences_by_message'];

/** Row ids of stored messages by identity. */
export interface KnownMessages {
  /** Ids of the rows with this identity: mostly none or one, several where identities collide. */
  find(identity: number): readonly number[];
  note(identity: number, id: number): void;
}

/** Looks into the index: for imports too small to be worth taking it down. */
export function indexedMessages(db: Database): KnownMessages {
  const ids = prepare(db, 'SELECT id FROM messages WHERE identity = ?').pluck();
  return {
    find: (identity) => ids.all(identity) as unknown as number[],
    note: () => {},
  };
}

/** Rows that are only appended need few pages at hand. */
const LOADING_CACHE_SIZE = -8192;

const loading = new WeakSet<Database>();

/** Whether a bulk load is under way, so that its indexes must stay down. */
export function isLoading(db: Database): boolean {
  return loading.has(db);
}

/** The load is over, however it ended: its indexes may be built. */
export function endBulkLoad(db: Database): void {
  if (loading.delete(db)) db.pragma(`cache_size = ${CACHE_SIZE}`);
}

/** Takes the indexes down; answers the identities of all stored messages, kept in memory from now on. */
export function beginBulkLoad(db: Database, sourceId: number): KnownMessages {
  const known = new NumberTable();
  const more = new Map<number, number[]>();
  const note = (identity: number, id: number) => {
    const first = known.get(identity);
    if (first === 0) known.set(identity, id);
    else more.set(identity, [...(more.get(identity) ?? []), id]);
  };
  const rows = prepare(db, 'SELECT identity, id FROM messages').raw();
  for (const [identity, id] of rows.iterate() as Iterable<unknown> as Iterable<[number, number]>) {
    note(identity, id);
  }
  loading.add(db);
  db.pragma(`cache_size = ${LOADING_CACHE_SIZE}`);
  const others = get(db, 'SELECT 1 FROM messages WHERE source_id <> ? LIMIT 1', sourceId);
  for (const name of Object.keys(INDEXES)) {
    if (!others || !ASKED_WHILE_LOADING.includes(name)) db.exec(`DROP INDEX IF EXISTS ${name}`);
  }
  return {
    find: (identity) => {
      const first = known.get(identity);
      return first === 0 ? [] : [first, ...(more.get(identity) ?? [])];
    },
    note,
  };
}

/** Names of the indexes that a bulk load took down and that do not stand yet. */
export function missingIndexes(db: Database): string[] {
  const standing = new Set(
    all<{ name: string }>(db, "SELECT name FROM sqlite_master WHERE type = 'index'").map(({ name }) => name),
  );
  return Object.keys(INDEXES).filter((name) => !standing.has(name));
}

/** Builds one of them: about a second a million messages. */
export function buildIndex(db: Database, name: string): void {
  db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${INDEXES[name]}`);
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
