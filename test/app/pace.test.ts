import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOf } from '../../src/core/app/pace.ts';

/** Over two pieces that are sorted at once. */
const COUNT = 20_000;

const sorted = (keys: readonly number[]) =>
  keys.map((_, place) => place).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);

const order = async (keys: readonly number[]) =>
  Array.from(
    (await orderOf(
      keys.length,
      (place) => keys[place] as number,
      () => false,
    )) ?? [],
  );

test.each<[string, (place: number) => number]>([
  ['rising', (place) => place],
  ['falling', (place) => -place],
  ['all the same', () => 7],
  ['rising, with one late', (place) => (place === 15_000 ? -1 : place)],
  ['rising in two stretches over each other', (place) => (place < 9000 ? place : place - 5000)],
  ['few keys many times', (place) => (place * 7919) % 13],
])('a sort in pieces keeps equal keys in their order: %s', async (_, keyOf) => {
  const keys = Array.from({ length: COUNT }, (_, place) => keyOf(place));
  expect(await order(keys)).toEqual(sorted(keys));
});

test('a sort in pieces gives what a plain one gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 0, maxLength: 40 }),
      fc.integer({ min: 1, max: 700 }),
      async (some, times) => {
        const keys = Array.from(
          { length: some.length * times },
          (_, at) => (some[at % some.length] as number) + (at >> 12),
        );
        expect(await order(keys)).toEqual(sorted(keys));
      },
    ),
    { numRuns: 20 },
  );
});

test('a sort that is cancelled answers nothing', async () => {
  expect(
    await orderOf(
      COUNT,
      (place) => -place,
      () => true,
    ),
  ).toBeNull();
});
