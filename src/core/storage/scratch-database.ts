/**
 * Tables of one connection that are too large for memory: a database of its own beside the workspace's, under a key
 * that is drawn for the one connection and kept nowhere. SQLite's own temporary files would be in the clear.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratchPath } from '../evidence/scratch.ts';
import { type Database, openDatabase } from './database.ts';
import { DATABASE_FILE } from './workspace-folder.ts';

/** KiB of such tables at hand. */
const SCRATCH_CACHE = 1024;

/**
 * A snapshot of the workspace's database with an empty schema `scratch`; `query_only` but inside `fillScratch`, as
 * a connection that may write to its tables may write to all. `cacheSize` as in `openDatabase`.
 */
export function openSnapshot(
  { folder, databaseKey }: { readonly folder: string; readonly databaseKey: Buffer },
  cacheSize: number,
): { readonly db: Database; close(): void } {
  const path = scratchPath(folder);
  const db = openDatabase(join(folder, DATABASE_FILE), databaseKey, { cacheSize });
  const close = () => {
    db.close();
    rmSync(path, { force: true });
  };
  try {
    db.prepare('ATTACH ? AS scratch KEY ?').run(path, `raw:${randomBytes(32).toString('hex')}`);
    // In one transaction, which is never committed: nothing is ever journaled of pages that it made itself.
    db.pragma('scratch.journal_mode = MEMORY');
    db.pragma('scratch.synchronous = OFF');
    db.pragma(`scratch.cache_size = -${SCRATCH_CACHE}`);
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM main.sqlite_master').get();
    db.pragma('query_only = ON');
  } catch (error) {
    close();
    throw error;
  }
  return { db, close };
}

/** Lets `work` write to the schema `scratch`. */
export function fillScratch<T>(db: Database, work: () => T): T {
  db.pragma('query_only = OFF');
  try {
    return work();
  } finally {
    db.pragma('query_only = ON');
  }
}
