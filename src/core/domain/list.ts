import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Count, Instant } from './page.ts';

/** Kinds of lists: what a row of the list is about. */
export const ListKind = z.enum([
  'accounts',
  'members',
  'groups',
  'public-accounts',
  'roster',
  'licences',
  'agreements',
  'published-items',
  'user-reports',
  'links',
]);
export type ListKind = z.infer<typeof ListKind>;

/** A kind of list with its fields, for choosing columns and for templates. */
export const ListKindInfo = z.object({
  kind: ListKind,
  title: Bilingual,
  fields: z.array(z.object({ id: z.string(), title: Bilingual, required: z.boolean() })),
});
export type ListKindInfo = z.infer<typeof ListKindInfo>;

/** One import of a list. */
export const ListImport = z.object({
  sourceId: z.string(),
  file: z.string(),
  at: Instant,
  rows: Count,
  added: Count,
  changed: Count,
  removed: Count,
  errors: Count,
});
export type ListImport = z.infer<typeof ListImport>;

/** What an import changes in a list, against the import before it. */
export const ListChanges = z.object({
  kind: ListKind,
  name: z.string(),
  /** Null for the first import of the list. */
  previous: ListImport.nullable(),
  added: Count,
  changed: Count,
  removed: Count,
  unchanged: Count,
  /** The first 200 of each sort. */
  changes: z.array(
    z.object({
      change: z.enum(['added', 'changed', 'removed']),
      before: z.record(z.string(), z.string()).nullable(),
      after: z.record(z.string(), z.string()).nullable(),
    }),
  ),
  /** Rows that were not taken, or not as they are written; the first 200. */
  errors: z.array(
    z.object({
      sheet: z.string().nullable(),
      line: Count,
      code: z.enum(['missing-field', 'bad-value', 'duplicate-key', 'bad-row']),
      field: z.string().nullable(),
      value: z.string(),
    }),
  ),
  errorCount: Count,
});
export type ListChanges = z.infer<typeof ListChanges>;

export const ListSummary = z.object({
  id: z.string(),
  kind: ListKind,
  name: z.string(),
  /** Entries that the last import has. */
  entries: Count,
  /** Newest first. */
  imports: z.array(ListImport),
});
export type ListSummary = z.infer<typeof ListSummary>;

export const ListEntry = z.object({
  id: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Line of the file, or row of the sheet. */
  line: Count,
  sheet: z.string().nullable(),
});
export type ListEntry = z.infer<typeof ListEntry>;

/** Counts of one list that an import changed. */
export const ListCounts = ListImport.omit({ sourceId: true, file: true, at: true }).extend({
  kind: ListKind,
  name: z.string(),
});
