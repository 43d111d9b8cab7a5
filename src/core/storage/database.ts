import Sqlite from 'better-sqlite3';
import { DocketError } from '../../contract/errors.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

export type Database = Sqlite.Database;
type Statement = Sqlite.Statement<unknown[], Record<string, unknown>>;

/** Values that SQLite stores. */
export type Value = string | number | bigint | Buffer | null;
export type Row = Record<string, Value>;

/** Pages at hand, in KiB with a minus, as SQLite counts. */
export const CACHE_SIZE = -65536;

/**
 * Opens an encrypted database file (`cipher='aegis'`, a 32-byte raw key, WAL).
 * Throws `wrong-key` where the file is not readable with this key.
 */
export function openDatabase(
  file: string,
  key: Buffer,
  options: { readonly?: boolean; cacheSize?: number } = {},
): Database {
  const binding = process.env.DOCKET_SQLITE_BINDING;
  const db = new Sqlite(file, {
    readonly: options.readonly ?? false,
    timeout: 10_000,
    ...(binding ? { nativeBinding: binding } : {}),
  });
  try {
    db.pragma(`cipher='aegis'`);
    db.pragma(`key='raw:${key.toString('hex')}'`);
    // For a new file; 4 KiB pages cost a sixth more for storing, and a third more for scanning and indexing.
    db.pragma('page_size = 8192');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma(`cache_size = ${options.cacheSize ?? CACHE_SIZE}`);
    db.pragma('mmap_size = 0');
    if (!options.readonly) {
      db.pragma('journal_mode = WAL');
      // FULL: a confirmed transaction survives a power cut, not only a crash of the process.
      db.pragma('synchronous = FULL');
      // 32 MiB of log between checkpoints: pages that an import touches again and again are copied once.
      db.pragma('wal_autocheckpoint = 4096');
    }
    return db;
  } catch (error) {
    db.close();
    if (isSqliteError(error, 'SQLITE_NOTADB')) {
      throw new DocketError('wrong-key', 'the file is not readable with this key', file);
    }
    if (isSqliteError(error, 'SQLITE_CORRUPT')) {
      throw new DocketError('workspace-damaged', (error as Error).message, file);
    }
    throw error;
  }
}

export function isSqliteError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith(code);
}

/**
 * Brings the database to the newest version, one transaction a step.
 * Throws `workspace-newer` for a file of a later Docket: nothing is touched then.
 */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  const current = db.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new DocketError(
      'workspace-newer',
      `the workspace has format ${current}, this Docket reads up to ${newest}`,
    );
  }
  for (const migration of migrations) {
    if (migration.version <= current) continue;
    db.transaction(() => {
      db.exec(migration.sql);
      db.pragma(`user_version = ${migration.version}`);
    })();
  }
}

const statements = new WeakMap<Database, Map<string, Statement>>();

/** A prepared statement, kept per connection: preparing costs more than most queries here. */
export function prepare(db: Database, sql: string): Statement {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = db.prepare(sql) as Statement;
    known.set(sql, statement);
  }
  return statement;
}

/** First row or undefined. The caller states the shape; the schema guarantees it. */
export function get<T>(db: Database, sql: string, ...values: unknown[]): T | undefined {
  return prepare(db, sql).get(...values) as T | undefined;
}

export function all<T>(db: Database, sql: string, ...values: unknown[]): T[] {
  return prepare(db, sql).all(...values) as T[];
}

export function run(db: Database, sql: string, ...values: unknown[]): Sqlite.RunResult {
  return prepare(db, sql).run(...values);
}

const putOff = new WeakSet<Database>();

/** A transaction was not begun because of work beside which nothing is written; nothing was changed. */
export class WritingPutOff extends DocketError {
  constructor() {
    super('conflict', 'work is under way beside which nothing is written; try again in some seconds');
    this.name = 'WritingPutOff';
  }
}

/** From now on transactions of this connection throw `WritingPutOff` instead of waiting; until what it answers is called. */
export function putOffWriting(db: Database): () => void {
  putOff.add(db);
  return () => void putOff.delete(db);
}

export const isPutOff = (db: Database): boolean => putOff.has(db);

/** Runs `work` in one immediate transaction; nested calls join the outer one. Throws `WritingPutOff`. */
export function transact<T>(db: Database, work: () => T): T {
  if (putOff.has(db)) throw new WritingPutOff();
  return db.inTransaction ? work() : db.transaction(work).immediate();
}
