/** Pieces of typed search parameters. A value that does not fit is dropped, never an error page. */
import { z } from 'zod';

export const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** A sort order as it stands in the address. */
export const sortBy = <const K extends readonly [string, ...string[]]>(...keys: K) =>
  optional(z.object({ by: z.enum(keys), descending: z.boolean() }));
