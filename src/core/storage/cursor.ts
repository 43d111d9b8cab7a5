import { DocketError } from '../../contract/errors.ts';

/** The sort key and the id of the last row of a page: where the next one starts. */
export type CursorValue = string | number | null;

/** Base64url of a JSON array. Opaque to callers: only the listing that wrote it reads it. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * The values of a cursor; null for the first page. `types` gives the type of each value in order, null
 * being allowed everywhere. Throws `invalid-input` for a text that this listing did not write.
 */
export function decodeCursor(
  cursor: string | null | undefined,
  ...types: ('string' | 'number')[]
): CursorValue[] | null {
  if (cursor === null || cursor === undefined) return null;
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    values = null;
  }
  const fits =
    Array.isArray(values) &&
    values.length === types.length &&
    values.every((value, index) => value === null || typeof value === types[index]);
  if (!fits) throw new DocketError('invalid-input', 'the cursor is not one of this listing', 'cursor');
  return values as CursorValue[];
}
