/** Lines of the pages to file: what belongs together is not torn apart, and nothing is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textLines } from '../../src/core/documents/text-lines.ts';

const linesOf = (text: string, width: number) =>
  [...textLines(text, width)].map((line) => line.map((run) => run.text).join(''));

test.each([
  ['二手交易 · 2026-04-25 21:50:00 (UTC+8)', 8, ['二手交易 · ', '2026-04-25 ', '21:50:00 ', '(UTC+8)']],
  ['law:csl-2025-49；house:wg-lawful', 12, ['law:csl-2025-49；', 'house:wg-lawful']],
  ['导出之前 conversations shown', 9, ['导出之前 ', 'conversations ', 'shown']],
])('%s in %i em', (text, width, lines) => {
  expect(linesOf(text, width)).toEqual(lines);
});

test('an id that is longer than a line is cut where the line ends', () => {
  const digest = 'f15e49d3067f2ae939f418c754c28af29fcc6be4ee3a5608b7261c3c6c6c85fc';
  const lines = linesOf(digest, 20);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join('')).toBe(digest);
});

test('no character of a text without spaces is lost', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '7', '-', ':', '(', '字', '，', '。') });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (given, width) => {
      expect(linesOf(given, width).join('')).toBe(given);
    }),
  );
});
