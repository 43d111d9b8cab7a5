import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ContentLines,
  messageContent,
  occurrenceContent,
} from '../../src/core/storage/messages/batch-content.ts';
import { NumberTable } from '../../src/core/storage/number-table.ts';

test('a number table answers as a Map does, and 0 for what is not there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** 48 }), fc.integer({ min: 1, max: 2 ** 32 - 1 }))),
      fc.array(fc.integer({ min: 0, max: 2 ** 48 })),
      (entries, asked) => {
        const table = new NumberTable();
        const map = new Map<number, number>();
        for (const [key, value] of entries) {
          table.set(key, value);
          map.set(key, value);
        }
        for (const key of [...map.keys(), ...asked]) expect(table.get(key)).toBe(map.get(key) ?? 0);
      },
    ),
  );
});

test('a number table keeps everything while it grows', () => {
  const table = new NumberTable();
  for (let key = 0; key < 50_000; key++) table.set(key * 65_537, key + 1);
  for (let key = 0; key < 50_000; key++) expect(table.get(key * 65_537)).toBe(key + 1);
});

const id = fc.integer({ min: 0, max: 2 ** 32 });
const offset = fc.integer({ min: 0, max: 2 ** 52 });

test('the bytes under a seal are the lines that a check writes', () => {
  const row = fc.record({
    digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    numbers: fc.tuple(id, id, id, id, id),
    sender: fc.option(id),
    flags: fc.option(fc.constantFrom('time-unparsed', 'sender-unknown mojibake-repaired', '时间')),
    identity: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    place: fc.tuple(offset, offset, offset),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const hex = Buffer.from(Buffer.concat(rows.map(({ digest }) => digest)).toString('hex'), 'latin1');
      // Room for one row, so that it has to grow.
      const messages = new ContentLines(1, hex);
      const occurrences = new ContentLines(1, hex);
      let messageLines = '';
      let occurrenceLines = '';
      rows.forEach(({ digest, numbers: [a, b, c, d, e], sender, flags, identity, place }, i) => {
        messages.message(i, a, b, c, d, sender, flags, e, identity);
        messageLines += messageContent(a, b, c, d, sender, flags, e, identity, digest);
        occurrences.occurrence(i, a, b, c, ...place);
        occurrenceLines += occurrenceContent(a, b, c, ...place, digest);
      });
      expect(messages.content.toString()).toBe(messageLines);
      expect(occurrences.content.toString()).toBe(occurrenceLines);
    }),
  );
});
