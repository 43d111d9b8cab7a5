/** Tables of one connection on disk: theirs alone, unreadable, gone with it; the workspace's are not written. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SCRATCH_PREFIX } from '../../src/core/evidence/scratch.ts';
import { openDatabase } from '../../src/core/storage/database.ts';
import { fillScratch, openSnapshot } from '../../src/core/storage/scratch-database.ts';
import { DATABASE_FILE } from '../../src/core/storage/workspace-folder.ts';

const CACHE = -1024;
const databaseKey = Buffer.alloc(32, 7);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-scratch-db-'));
  const db = openDatabase(join(folder, DATABASE_FILE), databaseKey);
  db.exec('CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES (1)');
  db.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const left = () => readdirSync(folder).filter((name) => name.startsWith(SCRATCH_PREFIX));

it('holds many rows, tells nobody of them, and is gone when the connection is', () => {
  const { db, close } = openSnapshot({ folder, databaseKey }, CACHE);
  fillScratch(db, () => {
    db.exec('CREATE TABLE scratch.rows (id INTEGER PRIMARY KEY, word TEXT)');
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
      INSERT INTO scratch.rows SELECT i, 'a word that must not be read' FROM n`);
  });
  expect(db.prepare('SELECT count(*) AS n FROM scratch.rows').get()).toEqual({ n: 60_000 });
  const [name, ...others] = left();
  expect(others).toEqual([]);
  const disk = readFileSync(join(folder, name as string));
  expect(disk.length).toBeGreaterThan(1_000_000);
  expect(disk.includes('must not be read')).toBe(false);
  expect(disk.includes('SQLite format')).toBe(false);
  close();
  expect(left()).toEqual([]);
});

it('writes to the workspace at no time, and to its own tables only where it is told to', () => {
  const { db, close } = openSnapshot({ folder, databaseKey }, CACHE);
  fillScratch(db, () => db.exec('CREATE TABLE scratch.rows (id INTEGER)'));
  expect(() => db.exec('INSERT INTO kept VALUES (2)')).toThrow(/readonly/);
  expect(() => db.exec('INSERT INTO scratch.rows VALUES (2)')).toThrow(/readonly/);
  fillScratch(db, () => db.exec('INSERT INTO scratch.rows VALUES (3)'));
  close();
  const again = openDatabase(join(folder, DATABASE_FILE), databaseKey, { readonly: true });
  expect(again.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: 1 });
  again.close();
});

it('shows the workspace as it was when it was opened', () => {
  const { db, close } = openSnapshot({ folder, databaseKey }, CACHE);
  const other = openDatabase(join(folder, DATABASE_FILE), databaseKey);
  other.exec('INSERT INTO kept VALUES (2)');
  other.close();
  expect(db.prepare('SELECT count(*) AS n FROM kept').get()).toEqual({ n: 1 });
  close();
});

it('leaves nothing where it cannot be opened', () => {
  writeFileSync(join(folder, 'other'), '');
  expect(() => openSnapshot({ folder, databaseKey: Buffer.alloc(32, 8) }, CACHE)).toThrow();
  expect(left()).toEqual([]);
});
