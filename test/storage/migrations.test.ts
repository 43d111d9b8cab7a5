import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocketError } from '../../src/contract/errors.ts';
import { all, type Database, migrate, openDatabase } from '../../src/core/storage/database.ts';
import { MIGRATIONS } from '../../src/core/storage/migrations/index.ts';

const KEY = Buffer.alloc(32, 7);
let folder: string;
let db: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-migrations-'));
  db = openDatabase(join(folder, 'docket.db'), KEY);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const version = () => db.pragma('user_version', { simple: true });

test('versions count up from 1 without holes', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test.each(MIGRATIONS.map(({ version, name }) => [version, name] as const))(
  'version %i (%s) follows from the one before it, and running again changes nothing',
  (number) => {
    migrate(db, MIGRATIONS.slice(0, number - 1));
    expect(version()).toBe(number - 1);
    migrate(db, MIGRATIONS.slice(0, number));
    expect(version()).toBe(number);
    const before = all(db, 'SELECT name, sql FROM sqlite_master ORDER BY name');
    migrate(db, MIGRATIONS.slice(0, number));
    expect(all(db, 'SELECT name, sql FROM sqlite_master ORDER BY name')).toEqual(before);
  },
);

test('a step that fails leaves the file as it was', () => {
  migrate(db);
  const broken = {
    version: MIGRATIONS.length + 1,
    name: 'broken',
    sql: 'CREATE TABLE half (a); SELECT nonsense(;',
  };
  expect(() => migrate(db, [...MIGRATIONS, broken])).toThrow();
  expect(version()).toBe(MIGRATIONS.length);
  expect(all(db, "SELECT 1 FROM sqlite_master WHERE name = 'half'")).toEqual([]);
});

test('a newer file is refused untouched', () => {
  db.pragma('user_version = 9999');
  expect(() => migrate(db)).toThrow(expect.objectContaining({ code: 'workspace-newer' }) as DocketError);
  expect(all(db, 'SELECT name FROM sqlite_master')).toEqual([]);
});

test('nothing of the file can be read without the key', () => {
  migrate(db);
  db.prepare("INSERT INTO meta VALUES ('secret', 'plain words of a chat', x'00')").run();
  db.close();
  expect(() => openDatabase(join(folder, 'docket.db'), Buffer.alloc(32, 8))).toThrow(
    expect.objectContaining({ code: 'wrong-key' }) as DocketError,
  );
  db = openDatabase(join(folder, 'docket.db'), KEY);
});

test('the hot queries use their indexes', () => {
  migrate(db);
  const plan = (sql: string) =>
    all<{ detail: string }>(db, `EXPLAIN QUERY PLAN ${sql}`)
      .map(({ detail }) => detail)
      .join('\n');
  expect(
    plan(
      'SELECT id FROM messages WHERE conversation_id = 1 AND (sort_at, id) < (5, 5) ORDER BY sort_at DESC, id DESC LIMIT 20',
    ),
  ).toContain('messages_by_conversation');
  expect(plan('SELECT id FROM messages ORDER BY sort_at DESC, id DESC LIMIT 100')).toContain(
    'messages_by_time',
  );
  expect(
    plan(
      "SELECT id FROM hits WHERE status = 'hit' AND (verdict IS NULL OR verdict = 'unsure') ORDER BY priority DESC, id DESC LIMIT 100",
    ),
  ).toContain('hits_by_queue');
  expect(plan('SELECT message_id FROM message_identities WHERE identity = 5')).toContain('PRIMARY KEY');
  expect(
    plan(
      "SELECT id FROM hits WHERE message_id = 1 AND part = 0 AND rule = 'r' AND start = 1 AND end = 2 AND pack = 'p'",
    ),
  ).toContain('hits_by_identity');
});
