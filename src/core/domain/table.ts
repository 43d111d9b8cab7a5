import { z } from 'zod';
import { TableMapping } from './mapping.ts';
import { Count, Instant } from './page.ts';

/** What a table looks like, and how it would be read. */
export const TableInspection = z.object({
  path: z.string(),
  kind: z.enum(['text', 'workbook']),
  encoding: z.string(),
  delimiter: z.string(),
  sheets: z.array(z.string()),
  /** Columns of the widest of the rows. */
  width: Count,
  /** Cells of the header; empty for a table without one. */
  headers: z.array(z.string()),
  /** The first 30 rows, with their line or row of the sheet. */
  rows: z.array(z.object({ number: Count, cells: z.array(z.string()) })),
  /** The mapping asked for, else one that the names of the columns suggest. */
  mapping: TableMapping,
  /** Of the first thousand times: how many each format reads, best first, and the first that the chosen one does not. */
  times: z.object({
    total: Count,
    formats: z.array(z.object({ format: z.string(), read: Count })),
    unread: z.array(z.string()),
  }),
  /** Whether the chosen time format is one. */
  timeFormatKnown: z.boolean(),
});
export type TableInspection = z.infer<typeof TableInspection>;

/** A mapping that the workspace keeps. */
export const SavedMapping = z.object({
  id: z.string(),
  savedAt: Instant,
  officer: z.string(),
  mapping: TableMapping,
});
export type SavedMapping = z.infer<typeof SavedMapping>;
