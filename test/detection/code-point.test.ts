// The code point at a place of a text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePointAt } from '../../src/core/domain/code-point.ts';

test('is what the language says, also for halves of pairs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      const text = one + other.slice(1);
      for (let at = 0; at < text.length; at++) expect(codePointAt(text, at)).toBe(text.codePointAt(at));
    }),
  );
});

test('is no number behind the end', () => {
  expect(codePointAt('a', 1)).toBeNaN();
});
