/**
 * A workspace on disk: one folder with the encrypted database (`docket.db`), the encrypted blobs
 * (`store/`), the wrapped keys (`keys.json`, the only clear file) and a lock file. One process has it
 * open at a time; the operating system gives the lock back when that process dies, however it dies.
 */

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DocketError } from '../../contract/errors.ts';
import { removeScratch } from '../evidence/scratch.ts';
import { BlobStore } from './blob-store.ts';
import { type Database, isSqliteError, migrate, openDatabase } from './database.ts';
import {
  type Credential,
  derivedKey,
  hasKeyFile,
  type KeyFile,
  readKeyFile,
  type Unlocked,
  unlockSlot,
  writeKeyFile,
} from './key-slots.ts';
import type { Store } from './rows.ts';

export const DATABASE_FILE = 'docket.db';

export interface OpenWorkspace {
  readonly folder: string;
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly keys: Unlocked;
  readonly keyFile: KeyFile;
  /** A reading connection for another thread needs the file and this key. */
  readonly databaseKey: Buffer;
  close(): void;
}

/** Takes the workspace for this process. Throws `workspace-in-use` where another has it. */
function takeLock(folder: string): () => void {
  const binding = process.env.DOCKET_SQLITE_BINDING;
  const lock = new Sqlite(join(folder, 'docket.lock'), {
    timeout: 0,
    ...(binding ? { nativeBinding: binding } : {}),
  });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) {
      throw new DocketError('workspace-in-use', 'another Docket has this workspace open', folder);
    }
    throw error;
  }
  return () => lock.close();
}

/**
 * Makes the folder, the database and the key file, in that order: a folder without a key file is not
 * yet a workspace, so a crash in between leaves nothing that opens.
 * Throws `workspace-exists` where there is one, `file-exists` where the folder holds other things.
 */
export function createWorkspaceFolder(folder: string, keyFile: KeyFile, keys: Unlocked): OpenWorkspace {
  if (hasKeyFile(folder)) throw new DocketError('workspace-exists', 'there is a workspace already', folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const foreign = readdirSync(folder).filter((name) => !/^(docket\.(db|lock)|store)/.test(name));
  if (foreign.length > 0) {
    throw new DocketError('file-exists', `the folder holds other files (${foreign[0]})`, folder);
  }
  const unlock = takeLock(folder);
  try {
    const opened = openWith(folder, keyFile, keys, unlock);
    writeKeyFile(folder, keyFile);
    return opened;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Opens a workspace. Throws `workspace-missing`, `wrong-key`, `workspace-in-use`, `workspace-newer`, `workspace-damaged`. */
export function openWorkspaceFolder(folder: string, credential: Credential): OpenWorkspace {
  const keyFile = readKeyFile(folder);
  const keys = unlockSlot(keyFile, credential);
  const unlock = takeLock(folder);
  try {
    if (!existsSync(join(folder, DATABASE_FILE))) {
      throw new DocketError('workspace-damaged', 'the database file is missing', folder);
    }
    return openWith(folder, keyFile, keys, unlock);
  } catch (error) {
    unlock();
    // The slot opened, so the key is right: an unreadable database is damage.
    if (error instanceof DocketError && error.code === 'wrong-key') {
      throw new DocketError('workspace-damaged', error.message, folder);
    }
    throw error;
  }
}

function openWith(folder: string, keyFile: KeyFile, keys: Unlocked, unlock: () => void): OpenWorkspace {
  removeScratch(folder);
  const databaseKey = derivedKey(keys.dataKey, 'database');
  const db: Database = openDatabase(join(folder, DATABASE_FILE), databaseKey);
  try {
    migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    folder,
    store: { db, sealKey: derivedKey(keys.dataKey, 'seal') },
    blobs: new BlobStore(join(folder, 'store'), derivedKey(keys.dataKey, 'blobs')),
    keys,
    keyFile,
    databaseKey,
    close() {
      db.close();
      unlock();
    },
  };
}
