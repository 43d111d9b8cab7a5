/** Whether a mapping fits a table, by the table's own header; and a first mapping for an unknown table. */
import { MessageField, type TableMapping } from '../../domain/mapping.ts';
import { headerKey, matchColumns } from '../table.ts';
import type { TableRow } from './delimiter.ts';
import { columnIndex } from './mapped-table.ts';
import { MESSAGE_SYNONYMS } from './message-columns.ts';
import { COMMON_TIME_FORMATS, readTimeBy } from './time-formats.ts';

/** Share of the first times that a format must read to be the table's. */
export const READ_SHARE = 0.8;
/** Rows at the top among which a header is looked for. */
const HEADER_REACH = 20;

/**
 * The mapping with the line at which this table has its header; null where the table is another one.
 * Every header that the mapping was made for must be there in the same order; further columns may
 * stand between (exporters add some by option).
 */
export function fitMapping(mapping: TableMapping, rows: readonly TableRow[]): TableMapping | null {
  const { headers } = mapping;
  if (headers === null || headers.length < 2) return null;
  const wanted = headers.map(headerKey);
  for (const row of rows.slice(0, HEADER_REACH)) {
    const cells = row.cells.map(headerKey);
    let at = 0;
    for (const cell of cells) if (cell === wanted[at]) at++;
    const columns = Object.values(mapping.columns).every(
      (column) => column.startsWith('#') || cells.includes(headerKey(column)),
    );
    if (at === wanted.length && columns && cells.length <= wanted.length + 4) {
      return { ...mapping, table: { ...mapping.table, headerRow: row.number } };
    }
  }
  return null;
}

/** The row that looks most like a header of messages, and which columns its names say. Null where none does. */
export function proposeColumns(
  rows: readonly TableRow[],
): { headerRow: number; columns: Partial<Record<MessageField, string>> } | null {
  let best: { headerRow: number; columns: Partial<Record<MessageField, string>>; score: number } | null =
    null;
  for (const row of rows.slice(0, HEADER_REACH)) {
    const matched = matchColumns(row.cells, MESSAGE_SYNONYMS);
    const score =
      Object.keys(matched).length +
      (matched.text === undefined ? 0 : 1) +
      (matched.sentAt === undefined ? 0 : 1);
    if (score <= (best?.score ?? 1)) continue;
    const columns: Partial<Record<MessageField, string>> = {};
    for (const field of MessageField.options) {
      const index = matched[field];
      if (index !== undefined) columns[field] = row.cells[index] || `#${index + 1}`;
    }
    best = { headerRow: row.number, columns, score };
  }
  return best && { headerRow: best.headerRow, columns: best.columns };
}

/** The times of rows as `columns` say; a day of its own column stands before its time. */
export function timeCells(
  rows: readonly TableRow[],
  headers: readonly string[],
  columns: Readonly<Partial<Record<string, string>>>,
): string[] {
  const on = columns.sentOn === undefined ? -1 : columnIndex(columns.sentOn, headers);
  const at = columns.sentAt === undefined ? -1 : columnIndex(columns.sentAt, headers);
  return rows
    .map(({ cells }) => [cells[on] ?? '', cells[at] ?? ''].filter((cell) => cell.trim() !== '').join(' '))
    .filter((cell) => cell !== '');
}

/**
 * The columns without the day's own one where the times can be read without it: tables repeat the day beside
 * a whole time, for sorting.
 */
export function withoutIdleDay(
  rows: readonly TableRow[],
  headers: readonly string[],
  columns: Readonly<Partial<Record<MessageField, string>>>,
): Partial<Record<MessageField, string>> {
  const { sentOn, ...others } = columns;
  if (sentOn === undefined) return others;
  const alone = timeCells(rows, headers, others);
  const best = tryTimeFormats(alone)[0];
  const reads = best !== undefined && best.read > 0 && best.read >= alone.length * READ_SHARE;
  return reads ? others : columns;
}

/** The row that is likeliest the header where no name tells: the first as wide as most rows are; 1 for none. */
export function widestHeader(rows: readonly TableRow[]): number {
  const filled = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
  const counts = new Map<number, number>();
  for (const width of filled) counts.set(width, (counts.get(width) ?? 0) + 1);
  const usual = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  return rows[filled.findIndex((width) => width >= usual)]?.number ?? 1;
}

/** How many of the cells each usual format reads, best first; `auto` first among equals. */
export function tryTimeFormats(
  cells: readonly string[],
  extra: readonly string[] = [],
): { format: string; read: number }[] {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const formats = [...new Set([...COMMON_TIME_FORMATS, ...extra])];
  return formats
    .map((format) => ({
      format,
      read: filled.filter((cell) => {
        const { instant, wallTime } = readTimeBy(format, cell);
        return instant !== null || wallTime !== null;
      }).length,
    }))
    .sort((a, b) => b.read - a.read);
}
