import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/core/storage/cursor.ts';

describe('a cursor', () => {
  it('gives back the values it was made of', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.integer(), (text, number) => {
        expect(decodeCursor(encodeCursor([text, number]), 'string', 'number')).toEqual([text, number]);
      }),
    );
  });

  it('is absent on the first page', () => {
    expect(decodeCursor(null, 'number')).toBeNull();
    expect(decodeCursor(undefined, 'number')).toBeNull();
  });

  it.each([
    ['no base64 of JSON', '%%%'],
    ['of another length', encodeCursor([1, 2])],
    ['of another type', encodeCursor(['1'])],
    ['not an array', Buffer.from('{"length":1}').toString('base64url')],
  ])('is refused when %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 'number')).toThrowError(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});
