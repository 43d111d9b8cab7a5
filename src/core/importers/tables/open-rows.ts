/** Opens a table by its mapping: text or workbook, the right sheet, below the header. */
import type { TableMapping } from '../../domain/mapping.ts';
import { isZip } from '../archive/zip-archive.ts';
import type { EventBatch } from '../batch.ts';
import { decoderOf } from '../encoding.ts';
import type { ByteSource, SourceHead } from '../importer.ts';
import { findDelimiter } from './delimiter.ts';
import { type RowReader, sheetRows, textRows } from './row-reader.ts';
import { openWorkbook, type SheetRow } from './workbook.ts';

/** Whether a source is a workbook by its first bytes. */
export function isWorkbook(head: SourceHead): boolean {
  return isZip(head.bytes);
}

/** The head as it reads in the encoding that the mapping states. */
export function headIn(head: SourceHead, encoding: TableMapping['table']['encoding']): SourceHead {
  if (encoding === 'auto' || encoding === head.encoding) return head;
  return {
    ...head,
    encoding,
    bomLength: 0,
    text: decoderOf(encoding).decode(head.bytes),
  };
}

/** Rows of a sheet that are looked at to find the one with the table. */
const PEEKED = 30;
/** Cells of a row that make a sheet a table; fewer are a title page or notes. */
const TABLE_WIDTH = 3;

/**
 * The sheet that a mapping names; without a name, or where it is not there, the first with a table,
 * else the first with rows.
 */
export async function sheetOf(
  source: ByteSource,
  wanted: string | null,
  limit?: number,
): Promise<{ sheet: string; sheets: readonly string[]; rows: SheetRow[]; cut: boolean }> {
  const book = await openWorkbook(source);
  const sheets = book?.sheets ?? [];
  if (book && wanted !== null && sheets.includes(wanted)) {
    const rows = await book.rows(wanted, limit);
    return { sheet: wanted, sheets, rows, cut: book.cut.has(wanted) };
  }
  let chosen: string | null = null;
  for (const sheet of sheets) {
    const top = (await book?.rows(sheet, PEEKED)) ?? [];
    if (top.length > 0) chosen ??= sheet;
    if (!top.some(({ cells }) => cells.filter((cell) => cell !== '').length >= TABLE_WIDTH)) continue;
    chosen = sheet;
    break;
  }
  if (!book || chosen === null) return { sheet: sheets[0] ?? '', sheets, rows: [], cut: false };
  const rows = await book.rows(chosen, limit);
  return { sheet: chosen, sheets, rows, cut: book.cut.has(chosen) };
}

/** A reader of the table's rows, from its first one; damage of a workbook leaves it without rows. */
export async function openRows(
  source: ByteSource,
  head: SourceHead,
  mapping: Pick<TableMapping, 'table'>,
  batch: EventBatch,
): Promise<RowReader> {
  const { table } = mapping;
  if (isWorkbook(head)) {
    try {
      const { sheet, rows, cut } = await sheetOf(source, table.sheet);
      return sheetRows(sheet, rows, cut, source.size, batch);
    } catch {
      return sheetRows('', [], false, source.size, batch);
    }
  }
  const read = headIn(head, table.encoding);
  const delimiter = table.delimiter === 'auto' ? findDelimiter(read, table.headerRow) : table.delimiter;
  return textRows(source, read, delimiter, batch);
}
