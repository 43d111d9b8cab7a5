import { z } from 'zod';
import { ListKind } from './list.ts';
import { Platform } from './message.ts';

/** What a column of a table of messages can be. */
export const MessageField = z.enum([
  'text',
  'sentAt',
  /** The day, where the time of day stands in a column of its own. */
  'sentOn',
  'senderId',
  'senderName',
  'conversationId',
  'conversationName',
  'conversationType',
  'kind',
  'messageId',
  'replyTo',
  'recalled',
]);
export type MessageField = z.infer<typeof MessageField>;

/** Fields of a mapping are names of `MessageField`, or of the list kind's fields. */
const FieldName = z.string().regex(/^[A-Za-z][\w-]{0,63}$/);

/** A column by its header, or by its number from 1 as `#3`. */
const ColumnName = z.string().min(1).max(500);

export const TableEncoding = z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'gb18030']);
export const TableDelimiter = z.enum(['auto', ',', '\t', ';', '|']);

/**
 * How to read a table whose layout no importer knows: which columns are what, what holds for all rows,
 * and how times are written. docs/import-mapping.md is its reference.
 */
export const TableMapping = z
  .object({
    docketMapping: z.literal(1),
    name: z.string().trim().min(1).max(100),
    /** `messages`, or the list that the rows belong to. */
    target: z.union([z.literal('messages'), ListKind]),
    platform: Platform.default('other'),
    table: z
      .object({
        encoding: TableEncoding.default('auto'),
        delimiter: TableDelimiter.default('auto'),
        /** Sheet of a workbook by name; null for the first with rows. */
        sheet: z.string().nullable().default(null),
        /** 1-based line (or row of the sheet) of the header; 0 for a table without one. */
        headerRow: z.number().int().min(0).max(1000).default(1),
      })
      .strict()
      .prefault({}),
    columns: z.record(FieldName, ColumnName).default({}),
    constants: z.record(FieldName, z.string().max(1000)).default({}),
    /** `auto`, `epoch-seconds`, `epoch-milliseconds`, `excel-serial`, or a pattern such as `yyyy-MM-dd HH:mm:ss`. */
    timeFormat: z.string().min(1).max(60).default('auto'),
    /** IANA zone of the times; null where the officer is asked. */
    zone: z.string().nullable().default(null),
    /** The header's cells, in order, by which the next such table is recognised; null for never. */
    headers: z.array(z.string()).max(500).nullable().default(null),
  })
  .strict();
export type TableMapping = z.infer<typeof TableMapping>;
