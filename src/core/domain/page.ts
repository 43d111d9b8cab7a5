import { z } from 'zod';

/** Opaque place to continue a listing from; only the method that gave it understands it. */
export const Cursor = z.string().min(1);

/** What every listing takes. `limit` counts rows. */
export const PageInput = z.object({
  cursor: Cursor.nullish(),
  limit: z.number().int().min(1).max(500).default(100),
});

/**
 * A page of rows. `next` is null on the last page. `total` counts all rows of the filter; it is given
 * on the first page only (null later), because counting costs more than the page itself.
 */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: Cursor.nullable(), total: z.number().int().nullable() });
}

export interface Page<T> {
  rows: T[];
  next: string | null;
  total: number | null;
}

/** UTC milliseconds since 1970. */
export const Instant = z.number().int();
/** SHA-256 in lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** UUID in lower-case text form; version 7 unless said otherwise. */
export const Uid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const Count = z.number().int().nonnegative();
