import { z } from 'zod';

export const Nothing = z.object({});
export const JobId = z.string().min(1).max(64);
export const sorted = <const K extends readonly [string, ...string[]]>(...keys: K) =>
  z.object({ by: z.enum(keys), descending: z.boolean() });

/** Declares a method. */
export const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
