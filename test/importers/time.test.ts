import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilTime, readCivilText, readEpoch, readTime } from '../../src/core/importers/time.ts';

describe('times as text', () => {
  test.each([
    ['2024-01-05 09:15:00', null, Date.UTC(2024, 0, 5, 9, 15)],
    ['2024-1-5 9:15', null, Date.UTC(2024, 0, 5, 9, 15)],
    ['2024/01/05 09:15', null, Date.UTC(2024, 0, 5, 9, 15)],
    ['2024年1月5日 09:15', null, Date.UTC(2024, 0, 5, 9, 15)],
    ['2024-01-05', null, Date.UTC(2024, 0, 5)],
    ['2024-01-05T09:15:00.248', null, Date.UTC(2024, 0, 5, 9, 15, 0, 248)],
    ['2024-01-05T09:15:00Z', Date.UTC(2024, 0, 5, 9, 15), null],
    ['2024-01-05T09:15:00+08:00', Date.UTC(2024, 0, 5, 1, 15), null],
    ['2024-01-05T09:15:00-0330', Date.UTC(2024, 0, 5, 12, 45), null],
    ['2024-02-29 00:00', null, Date.UTC(2024, 1, 29)],
  ])('%s', (text, instant, wallTime) => {
    expect(readCivilText(text)).toEqual({ instant, wallTime });
  });

  test.each([
    '2023-02-29',
    '2024-02-30 10:00',
    '2024-13-01',
    '2024-00-10',
    '2024-01-05 24:00',
    '2024-01-05 10:60',
    '2024-01-05T10:00+15:00',
    'soon',
    '5/1/2024',
    '',
  ])('no time: %s', (text) => {
    expect(readCivilText(text)).toBeNull();
    expect(readTime(text)).toEqual({ instant: null, wallTime: null });
  });

  test('a civil time exists exactly where the calendar gives it back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day));
          const exists =
            date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          expect(civilTime(year, month, day)).toBe(exists ? date.getTime() : null);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('epochs', () => {
  test.each([
    [1703001600, 1703001600000],
    ['1703001600', 1703001600000],
    [1703001600123, 1703001600123],
    ['1703001600123456', 1703001600123],
    [1703001600.5, 1703001600500],
    [0, 0],
    [-5, null],
    [Number.NaN, null],
    ['1e9', null],
    ['', null],
    [null, null],
    ['2024-01-05', null],
  ])('%s', (value, instant) => {
    expect(readEpoch(value)).toBe(instant);
  });
});
