/** Whatever another program changes in the database, with the right key, `check` finds and names it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKS, type Check, runCheck } from '../../src/core/storage/check/check.ts';
import { all, type Database, type Row, transact } from '../../src/core/storage/database.ts';
import { insertStamp } from '../../src/core/storage/evidence/exhibits.ts';
import { buildBlock, nextBlock } from '../../src/core/storage/messages/search-index.ts';
import { closedCase, sampleBench, type TestBench } from '../builders/bench.ts';
import { fillCaseSide } from '../builders/case-side.ts';
import { fillDetection } from '../builders/detection.ts';
import { fillLaw } from '../builders/law.ts';
import { fillLists } from '../builders/lists.ts';
import { addMaterial } from '../builders/material.ts';
import { fillRetention } from '../builders/retention.ts';
import { fillTriage } from '../builders/triage.ts';

let made: TestBench;
let db: Database;

beforeAll(async () => {
  const sample = await sampleBench();
  made = sample;
  const caseId = await closedCase(sample, sample.second.id);
  const { exhibits } = await made.call('cases.get', { caseId });
  const messageId = exhibits[0]?.subject.id ?? '';
  await made.call('evidence.redact', { caseId, messageId, part: 'extra', reason: 'not needed' });
  await made.call('evidence.export', {
    jobId: 'export',
    caseId,
    profile: 'court',
    file: join(made.root, 'pack.zip'),
  });
  const { packs } = await made.call('cases.get', { caseId });
  const { store } = made.bench.session.workspace;
  transact(store.db, () =>
    insertStamp(store, {
      pack_id: packs[0]?.id ?? '',
      response: Buffer.of(48),
      stamped_at: 1,
      authority: 'CN=Authority',
      serial: '01',
      officer_id: sample.second.id,
      at: 1,
      event_id: 'event',
    }),
  );
  await made.call('authorities.create', { authorisedBy: 'A', purpose: 'P', scope: 'S', basis: 'B' });
  await addMaterial(made);
  await fillCaseSide(made, caseId, sample.second.id);
  await fillDetection(made);
  await fillLists(made);
  await fillTriage(made, caseId);
  await fillLaw(made);
  await fillRetention(made, caseId, sample.second.id);
  db = made.bench.session.workspace.store.db;
  buildBlock(db, { first: 1, last: nextBlock(db, 1)?.last ?? 0 });
}, 120_000);

afterAll(() => made.remove());

function failuresOf(check: Check): { table: string; row: string }[] {
  const steps = runCheck(check, made.bench.session.workspace.store);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return [...step.value.failures];
}

/** The checks, the one that found something last first: the next edit is mostly of the same table. */
let checks = [...CHECKS];

/** Whether any check finds something; the others are not run then. */
function isFound(): boolean {
  const finder = checks.find((check) => failuresOf(check).length > 0);
  if (finder) checks = [finder, ...checks.filter((check) => check !== finder)];
  return finder !== undefined;
}

/** Does something to the database as another program would, looks at it, and takes it back. */
function after<T>(edit: () => void, look: () => T): T {
  db.pragma('foreign_keys = OFF');
  db.exec('BEGIN');
  try {
    edit();
    return look();
  } finally {
    db.exec('ROLLBACK');
    db.pragma('foreign_keys = ON');
  }
}

const tables = () =>
  all<{ name: string }>(
    db,
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  ).map(({ name }) => name);

const columns = (table: string) =>
  all<{ name: string; pk: number }>(db, `SELECT name, pk FROM pragma_table_info('${table}')`);

function changed(value: Row[string] | undefined): Row[string] {
  if (Buffer.isBuffer(value)) return Buffer.concat([value, Buffer.from([1])]);
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) + 1;
  return value === null || value === undefined ? 'x' : `${value}x`;
}

test('the untouched workspace has no failure', () => {
  expect(CHECKS.flatMap(failuresOf)).toEqual([]);
});

test('every table holds rows, so that every table is tried', () => {
  const empty = tables().filter((table) => all(db, `SELECT 1 FROM ${table} LIMIT 1`).length === 0);
  expect(empty).toEqual([]);
});

describe('an edited value is found', () => {
  test('in every column of every table', () => {
    const missed: string[] = [];
    for (const table of tables()) {
      const key = columns(table).filter(({ pk }) => pk > 0);
      const row = all<Row>(db, `SELECT * FROM ${table} ORDER BY 1 DESC LIMIT 1`)[0] as Row;
      const where = key.map(({ name }) => `${name} = ?`).join(' AND ');
      const values = key.map(({ name }) => row[name]);
      for (const { name } of columns(table)) {
        let refused = false;
        const edit = () => {
          try {
            db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${where}`).run(changed(row[name]), ...values);
          } catch (error) {
            // An index over JSON does not let a text in that is none.
            if (!/malformed JSON/.test(String(error))) throw error;
            refused = true;
          }
        };
        if (!after(edit, () => refused || isFound())) missed.push(`${table}.${name}`);
      }
    }
    expect(missed).toEqual([]);
  }, 900_000);
});

test('a removed row is found in every table', () => {
  const missed = tables().filter((table) => {
    const key = columns(table)
      .filter(({ pk }) => pk > 0)
      .map(({ name }) => name)
      .join(', ');
    const last = `SELECT ${key} FROM ${table} ORDER BY 1 DESC LIMIT 1`;
    return !after(() => db.exec(`DELETE FROM ${table} WHERE (${key}) = (${last})`), isFound);
  });
  expect(missed).toEqual([]);
}, 600_000);

test('a message rewritten together with its digest is found', () => {
  const found = after(
    () => db.exec("UPDATE messages SET text = text || '!', digest = randomblob(32) WHERE id = 5"),
    () => CHECKS.flatMap(failuresOf),
  );
  expect(found.map(({ table }) => table)).toContain('messages');
});
