import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zonedTime } from '../../src/core/evidence/zoned-time.ts';

it.each([
  ['Asia/Shanghai', Date.UTC(2026, 0, 5, 1), '2026-01-05T09:00:00.000+08:00'],
  ['UTC', Date.UTC(2026, 0, 5, 1, 2, 3, 4), '2026-01-05T01:02:03.004Z'],
  ['Asia/Kathmandu', Date.UTC(2026, 0, 4, 20), '2026-01-05T01:45:00.000+05:45'],
  // Clocks went back at 01:00 UTC: the same wall time twice, told apart by its offset.
  ['Europe/Berlin', Date.UTC(2025, 9, 26, 0, 30), '2025-10-26T02:30:00.000+02:00'],
  ['Europe/Berlin', Date.UTC(2025, 9, 26, 1, 30), '2025-10-26T02:30:00.000+01:00'],
  ['America/St_Johns', Date.UTC(2026, 6, 1, 12), '2026-07-01T09:30:00.000-02:30'],
  ['Australia/Lord_Howe', Date.UTC(2025, 9, 4, 15, 29, 59), '2025-10-05T01:59:59.000+10:30'],
  ['Australia/Lord_Howe', Date.UTC(2025, 9, 4, 15, 30), '2025-10-05T02:30:00.000+11:00'],
])('%s %i is %s', (zone, instant, text) => {
  expect(zonedTime(zone)(instant)).toBe(text);
});

it('writes every instant so that it reads back as itself', () => {
  const time = zonedTime('Asia/Shanghai');
  const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(instants, (instant) => {
      expect(Date.parse(time(instant))).toBe(instant);
    }),
  );
});
