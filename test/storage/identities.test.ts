/** What is known of stored messages, in memory that does not grow with them, is what the messages say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { BloomFilter } from '../../src/core/storage/bloom-filter.ts';
import { all, type Database, migrate, openDatabase, run, transact } from '../../src/core/storage/database.ts';
import { ManyRows } from '../../src/core/storage/many-rows.ts';
import {
  fillIdentities,
  identityDifferences,
  type KnownMessages,
  LoadedMessages,
  tableOfMessages,
  withoutIdentity,
} from '../../src/core/storage/messages/identities.ts';

const folder = mkdtempSync(join(tmpdir(), 'docket-identities-'));
let db: Database;
let files = 0;

beforeEach(() => {
  db?.close();
  db = openDatabase(join(folder, `${files++}.db`), Buffer.alloc(32, 7));
  migrate(db);
  db.pragma('foreign_keys = OFF');
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const identity = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const pause = async () => undefined;

function store(id: number, its: number): void {
  run(
    db,
    `INSERT INTO messages (id, source_id, ordinal, conversation_id, sent_text, sort_at, kind, text, forwarded,
       parts, identity, digest) VALUES (?, 1, ?, 1, '', 0, 'text', '', 0, 0, ?, x'')`,
    id,
    id,
    its,
  );
}

function differences(): { row: string; reason: string }[] {
  const steps = identityDifferences(db);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test('a filter never denies what was added, and mostly denies what was not', () => {
  fc.assert(
    fc.property(fc.array(identity, { maxLength: 500 }), (numbers) => {
      const filter = new BloomFilter(numbers.length);
      for (const number of numbers) filter.add(number);
      for (const number of numbers) expect(filter.has(number) && filter.add(number)).toBe(true);
    }),
  );
  const filter = new BloomFilter(100_000);
  const spread = (i: number) => (i * 0x9e3779b97f) % 2 ** 48;
  for (let i = 0; i < 100_000; i++) filter.add(spread(i));
  let wrong = 0;
  for (let i = 100_000; i < 200_000; i++) if (filter.has(spread(i))) wrong++;
  expect(wrong).toBeLessThan(5_000);
});

describe('known messages', () => {
  const ways: [string, (held: number) => Promise<KnownMessages>][] = [
    ['written to the table at once', async () => tableOfMessages(db)],
    ['held and merged in', (held) => LoadedMessages.open(db, 100, pause, held)],
    ['with more stored than come', (held) => LoadedMessages.open(db, 0, pause, held)],
  ];

  test.each(ways)(
    '%s: are those that were noted, and the table fits the messages at the end',
    async (_, open) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 20 }),
          async (identities, held, opening) => {
            for (const table of ['messages', 'message_identities', 'identity_reach'])
              run(db, `DELETE FROM ${table}`);
            const model = new Map<number, number[]>();
            let known = await open(held);
            let id = 0;
            for (const one of identities) {
              // Now and then the program ends, whatever is held then, and begins anew.
              if (id % opening === opening - 1) known = await open(held);
              expect([...known.find(one)].sort((a, b) => a - b)).toEqual(model.get(one) ?? []);
              if (!known.mayHold(one)) expect(model.get(one)).toBeUndefined();
              id++;
              const added = id;
              transact(db, () => {
                store(added, one);
                known.note(one, added);
                known.settle();
              });
              model.set(one, [...(model.get(one) ?? []), id]);
              expect(differences()).toEqual([]);
            }
            for (const _ of fillIdentities(db, 7));
            expect(withoutIdentity(db)).toBe(0);
            expect(differences()).toEqual([]);
            expect(all(db, 'SELECT name FROM identity_reach')).toEqual(id === 0 ? [] : [{ name: 'filled' }]);
          },
        ),
        { numRuns: 40 },
      );
    },
    120_000,
  );
});

test('rows are stored as they were given, whether or not they keep to what was expected of them', () => {
  db.exec(
    'CREATE TABLE expected (id INTEGER PRIMARY KEY, number INTEGER, at INTEGER, again INTEGER, digest BLOB)',
  );
  const number = fc.constantFrom<null | number>(null, 0, 1, 2);
  const digest = fc.constantFrom(null, Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(31));
  const row = fc.record({ skip: fc.nat(1), at: number, again: number, same: fc.boolean(), digest });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 150 }), fc.nat(70), fc.boolean(), (rows, flushed, regular) => {
      run(db, 'DELETE FROM expected');
      const many = new ManyRows(db, 'expected', ['id', 'number', 'at', 'again', 'digest'], {
        counting: ['id', 'number'],
        repeating: { again: 'at' },
      });
      let last = 0;
      const given = rows.map(({ skip, at, again, same, digest: bytes }, id) => {
        last += regular ? 1 : 1 + skip;
        return {
          id,
          number: last,
          at,
          again: regular || same ? at : again,
          digest: regular ? Buffer.alloc(32, id) : bytes,
        };
      });
      for (const one of given) {
        many.add(one.id, one.number, one.at, one.again, one.digest);
        if (one.id === flushed) many.flush();
      }
      many.flush();
      expect(all(db, 'SELECT * FROM expected ORDER BY id')).toEqual(given);
    }),
  );
});

test('rows of many shapes are stored as they were given', () => {
  db.exec('CREATE TABLE shapes (id INTEGER PRIMARY KEY, a, b, c)');
  const value = fc.constantFrom(null, 0, 1, 'x', -0.5);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 60 }), fc.nat(20), (rows, flushed) => {
      run(db, 'DELETE FROM shapes');
      const many = new ManyRows(db, 'shapes', ['id', 'a', 'b', 'c']);
      rows.forEach(([a, b, c], i) => {
        many.add(i + 1, a, b, c);
        if (i === flushed) many.flush();
      });
      many.flush();
      expect(all(db, 'SELECT * FROM shapes ORDER BY id')).toEqual(
        rows.map(([a, b, c], i) => ({ id: i + 1, a, b, c })),
      );
    }),
  );
});
