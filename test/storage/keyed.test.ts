/** Seals are HMAC-SHA-256, cut to 16 bytes, as RFC 2104 has it. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyed } from '../../src/core/storage/rows.ts';

test('the keyed digest is that of an Hmac object', () => {
  const keys = fc.uint8Array({ minLength: 0, maxLength: 64 }).map((bytes) => Buffer.from(bytes));
  const contents = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(keys, fc.string({ unit: 'grapheme' }), contents, (key, purpose, content) => {
      const hmac = createHmac('sha256', key).update(purpose).update('\0').update(content).digest();
      expect(keyed(key, purpose, content).equals(hmac.subarray(0, 16))).toBe(true);
    }),
  );
});

test('a key of more than a block is refused', () => {
  expect(() => keyed(Buffer.alloc(65), 'row', '')).toThrow(RangeError);
});
