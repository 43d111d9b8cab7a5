import fc from 'fast-check';
import { expect, test } from 'vitest';
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
