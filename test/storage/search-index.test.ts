import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { all, type Database, migrate, openDatabase, run, transact } from '../../src/core/storage/database.ts';
import { containing, holding } from '../../src/core/storage/messages/messages.ts';
import {
  buildBlock,
  candidatesIn,
  nextBlock,
  searchBlocks,
  searchDifferences,
  withoutIndex,
} from '../../src/core/storage/messages/search-index.ts';
import { FilterWriter, filterDifferences, mayHold } from '../../src/core/storage/messages/text-filters.ts';
import { type Scanner, scan, shareScans, textMatches } from '../../src/core/storage/messages/text-search.ts';

const folder = mkdtempSync(join(tmpdir(), 'docket-search-'));
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

function say(id: number, text: string, carried: readonly string[] = []): void {
  run(
    db,
    `INSERT INTO messages (id, source_id, ordinal, conversation_id, sent_text, sort_at, kind, text, forwarded,
       parts, identity, digest) VALUES (?, 1, ?, 1, '', ?, 'text', ?, 0, ?, 0, x'')`,
    id,
    id,
    id,
    text,
    carried.length,
  );
  carried.forEach((part, i) => {
    run(
      db,
      "INSERT INTO carried_texts (message_id, part, depth, act, text) VALUES (?, ?, 0, 'quote', ?)",
      id,
      i + 1,
      part,
    );
  });
}

const pause = async () => undefined;
const where = (word: string) => ({
  sql: `(m.text LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM carried_texts q WHERE q.message_id = m.id
    AND q.text LIKE ? ESCAPE '\\'))`,
  values: [containing(word), containing(word)],
});
const found = async (word: string) => (await textMatches(db, where(word), word, pause)).map(({ id }) => id);

function differences(steps = searchDifferences(db)): { row: string; reason: string }[] {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const word = fc.string({ unit: fc.constantFrom(...'办证刻章aAbB1 %_😀é'), minLength: 1, maxLength: 5 });
const text = fc.string({ unit: fc.constantFrom(...'办证刻章aAbB1 %_😀é'), maxLength: 30 });

test('a search with the index finds what a search of all texts finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, fc.array(text, { maxLength: 2 })), { minLength: 2, maxLength: 30 }),
      word,
      fc.nat(),
      async (messages, wanted, cut) => {
        run(db, 'DELETE FROM messages');
        run(db, 'DELETE FROM carried_texts');
        run(db, 'DELETE FROM search_blocks');
        messages.forEach(([said, carried], i) => {
          say(i + 1, said, carried);
        });
        const scanned = await found(wanted);
        const last = 1 + (cut % messages.length);
        buildBlock(db, { first: 1, last });
        expect(await found(wanted)).toEqual(scanned);
        expect(differences()).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

describe('whether a text is held', () => {
  const holds = (said: string, text: string) => {
    const { sql, values } = holding('said', text);
    const [row] = all<{ held: number }>(
      db,
      `WITH told (said) AS (VALUES (?)) SELECT ${sql} AS held FROM told`,
      said,
      ...values,
    );
    return row?.held === 1;
  };
  const folded = (value: string) =>
    Buffer.from(value)
      .toString()
      .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const letter = fc.constantFrom(...'办证aAbBzZ1%_\\😀éÉＡ\0'.split(''), '😀', '\ufffd');

  test('is told for every text, behind a NUL too', () => {
    fc.assert(
      fc.property(
        fc.array(letter, { maxLength: 12 }).map((letters) => letters.join('')),
        fc.array(letter, { minLength: 1, maxLength: 3 }).map((letters) => letters.join('')),
        (said, text) => {
          expect(holds(said, text)).toBe(folded(said).includes(folded(text)));
        },
      ),
      { numRuns: 3_000 },
    );
    expect(holds('前面\0后面Ban证', 'bAN证')).toBe(true);
    expect(holds('前面\0后面', 'a\0')).toBe(false);
  });
});

describe('blocks', () => {
  test('a last block that is not full is made anew with what came after', () => {
    for (let id = 1; id <= 30; id++) say(id, `第${id}条`);
    expect(nextBlock(db, 10)).toEqual({ first: 1, last: 30 });
    buildBlock(db, { first: 1, last: 30 });
    expect(nextBlock(db, 10)).toBeNull();
    for (let id = 31; id <= 45; id++) say(id, `第${id}条`);
    expect(withoutIndex(db)).toBe(15);
    expect(nextBlock(db, 10)).toEqual({ first: 1, last: 45 });
    buildBlock(db, { first: 1, last: 45 });
    expect(searchBlocks(db)).toEqual([{ first: 1, last: 45 }]);
    expect(withoutIndex(db)).toBe(0);
  });

  test('a full block is left as it is, and the next begins behind it', () => {
    say(1, '一');
    say(65_536, '二');
    buildBlock(db, { first: 1, last: 65_536 });
    say(70_000, '三');
    expect(nextBlock(db, 10)).toEqual({ first: 65_537, last: 70_000 });
  });

  test('places at both ends of a full block are kept', () => {
    say(1, '办证');
    say(2, '刻章');
    say(65_536, '专业办证');
    buildBlock(db, { first: 1, last: 65_536 });
    expect(candidatesIn(db, { first: 1, last: 65_536 }, '办证')).toEqual([1, 65_536]);
  });

  test('one that was taken away between others is made again, and its messages are found meanwhile', async () => {
    for (const id of [1, 65_536, 65_537, 131_072, 131_073, 140_000]) say(id, '专业办证');
    for (let block = nextBlock(db); block !== null; block = nextBlock(db)) buildBlock(db, block);
    run(db, 'DELETE FROM search_blocks WHERE first <= 65537 AND last >= 65537');
    expect(differences()).toEqual([]);
    expect(withoutIndex(db)).toBe(65_536);
    expect(await found('办证')).toEqual([1, 65_536, 65_537, 131_072, 131_073, 140_000]);
    expect(nextBlock(db)).toEqual({ first: 65_537, last: 131_072 });
    buildBlock(db, { first: 65_537, last: 131_072 });
    expect(nextBlock(db)).toBeNull();
    expect(differences()).toEqual([]);
  });

  test('little that waits is not worth a block', () => {
    for (let id = 1; id <= 20; id++) say(id, '短');
    expect(nextBlock(db)).toBeNull();
  });
});

describe('a check finds', () => {
  beforeEach(() => {
    for (let id = 1; id <= 50; id++) say(id, `第${id}条：今天的货到了`);
    buildBlock(db, { first: 1, last: 50 });
  });

  test.each([
    ['postings that were changed', "UPDATE search_blocks SET postings = postings || x'00' WHERE part = 3"],
    ['a part that is missing', 'DELETE FROM search_blocks WHERE part = 200'],
    ['a first part that is missing', 'DELETE FROM search_blocks WHERE part = 0'],
    ['a block that claims too much', 'UPDATE search_blocks SET last = last + 1'],
    ['a message whose text is another', "UPDATE messages SET text = '别的' WHERE id = 9"],
  ])('%s', (_, sql) => {
    expect(differences()).toEqual([]);
    db.exec(sql);
    expect(differences()).not.toEqual([]);
  });
});

test('a search that is closed upon ends as cancelled', async () => {
  transact(db, () => {
    for (let id = 1; id <= 40_000; id++) say(id, '今天的货到了，晚点再对一下库存');
  });
  const other = openDatabase(
    all<{ file: string }>(db, 'PRAGMA database_list')[0]?.file ?? '',
    Buffer.alloc(32, 7),
  );
  const search = textMatches(other, where('库存'), '库存', async () => {
    if (other.open) other.close();
  });
  await expect(search).rejects.toMatchObject({ code: 'cancelled' });
});

describe('a search that shares its reading', () => {
  const COUNT = 70_000;
  const fill = () =>
    transact(db, () => {
      for (let id = 1; id <= COUNT; id++) say(id, id % 7 === 0 ? `第${id}条办证` : `第${id}条`);
    });
  const expected = Array.from({ length: Math.floor(COUNT / 7) }, (_, i) => (i + 1) * 7);

  /** Reads as another thread would; is gone after so many pieces. */
  function other(pieces: number): Scanner & { read: number; claims: number } {
    const scanner = {
      read: 0,
      claims: 0,
      async scan(condition: Parameters<Scanner['scan']>[0], stretch: Parameters<Scanner['scan']>[1]) {
        await pause();
        return scanner.read++ < pieces ? scan(db, condition, stretch) : null;
      },
      begin: () => {
        scanner.claims++;
      },
      end: () => {
        scanner.claims--;
      },
    };
    return scanner;
  }

  test.each([
    ['to the end', 100],
    ['until the other thread is gone', 1],
    ['with one that is gone already', 0],
  ])(
    'finds each message once: %s',
    async (_, pieces) => {
      fill();
      const scanner = other(pieces);
      shareScans(db, scanner);
      expect(await found('办证')).toEqual(expected);
      expect(scanner.claims).toBe(0);
      expect(scanner.read).toBeGreaterThan(0);
      shareScans(db, null);
      run(db, 'DELETE FROM messages WHERE id = 7');
      expect(await found('办证')).toEqual(expected.slice(1));
    },
    60_000,
  );

  test('a word that many messages of a block hold is found as a rare one is', async () => {
    fill();
    buildBlock(db, { first: 1, last: 65_536 });
    expect(await found('办证')).toEqual(expected);
    expect(await found('第7条')).toEqual([7]);
  }, 60_000);
});

describe('filters', () => {
  /** As a large import stores messages. */
  function load(messages: readonly (readonly [string, readonly string[]])[], first = 1): void {
    const filters = new FilterWriter(db);
    transact(db, () => {
      messages.forEach(([said, carried], i) => {
        say(first + i, said, carried);
        filters.add(first + i, said, carried);
      });
    });
  }
  const filters = () =>
    all<{ first: number; last: number }>(db, 'SELECT first, last FROM search_blocks WHERE part = 256');
  const heard = (count: number) =>
    Array.from(
      { length: count },
      (_, i) => [i === 1_500 ? '专业Ban证' : `第${i}条`, [] as string[]] as const,
    );

  const unit = fc.constantFrom(...'办证aAbB%_\\😀é\0'.split(''), '\ud83d', '\ude00', '\ufffd', '😀', 'Ａ');
  const said = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));
  const wanted = fc
    .array(unit, { minLength: 1, maxLength: 4 })
    .map((units) => units.join('').replaceAll('\0', ''))
    .filter((text) => text !== '');

  test('leave out nothing that LIKE finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(said, fc.array(said, { maxLength: 1 })), { minLength: 1, maxLength: 4 }),
        fc.array(wanted, { minLength: 1, maxLength: 5 }),
        fc.nat(2_000),
        (messages, words, at) => {
          for (const table of ['messages', 'carried_texts', 'search_blocks']) run(db, `DELETE FROM ${table}`);
          const all = heard(2_100).map((one, i) => messages[i - at] ?? one);
          load(all);
          expect(filters()).toHaveLength(2);
          expect(differences(filterDifferences(db))).toEqual([]);
          for (const text of words) {
            const held = mayHold(db, { first: 1, last: 2_100 }, text);
            const kept = scan(db, where(text), { first: 1, last: 2_100 }).map(({ id }) => id);
            const lost = kept.filter((id) => !held.some(({ first, last }) => id >= first && id <= last));
            expect(lost).toEqual([]);
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 120_000);

  test('pass over messages that cannot hold a text; what none covers is read', async () => {
    load(heard(2_600));
    expect(filters()).toEqual([
      { first: 1, last: 1_024 },
      { first: 1_025, last: 2_048 },
    ]);
    expect(mayHold(db, { first: 1, last: 2_600 }, 'bAN证')).toEqual([{ first: 1_025, last: 2_600 }]);
    expect(mayHold(db, { first: 1, last: 2_048 }, '没有的词')).toEqual([]);
    expect(mayHold(db, { first: 1_000, last: 1_100 }, '证')).toEqual([{ first: 1_000, last: 1_100 }]);
    expect(mayHold(db, { first: 1_000, last: 1_100 }, '业ban')).toEqual([{ first: 1_025, last: 1_100 }]);
    expect(await found('BAN')).toEqual([1_501]);
  });

  test('go when the index covers their messages', () => {
    load(heard(2_600));
    buildBlock(db, { first: 1, last: 1_500 });
    expect(filters()).toEqual([{ first: 1_025, last: 2_048 }]);
    expect(differences()).toEqual([]);
    expect(differences(filterDifferences(db))).toEqual([]);
    buildBlock(db, { first: 1, last: 2_600 });
    expect(filters()).toEqual([]);
  });

  test('begin anew where ids do not follow each other', () => {
    load(heard(500));
    load(heard(1_100), 700);
    expect(filters()).toEqual([{ first: 700, last: 1_723 }]);
  });

  test.each([
    ['bits that were changed', 'UPDATE search_blocks SET postings = zeroblob(8192)'],
    ['one that is too short', "UPDATE search_blocks SET postings = x'00'"],
    ['one that claims too much', 'UPDATE search_blocks SET last = last + 1'],
    ['one that begins elsewhere', 'UPDATE search_blocks SET first = first + 1'],
    ['a message whose text is another', "UPDATE messages SET text = '别的' WHERE id = 9"],
  ])('a check finds %s', (_, sql) => {
    load(heard(1_100).map(([text], i) => [i === 0 ? '首先' : text, []]));
    expect(differences(filterDifferences(db))).toEqual([]);
    db.exec(sql);
    expect(differences(filterDifferences(db))).not.toEqual([]);
  });
});
