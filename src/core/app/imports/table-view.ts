/** What a table looks like before anybody has said what its columns mean. */
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { TableInspection } from '../../domain/table.ts';
import type { ByteSource, SourceHead } from '../../importers/importer.ts';
import { readHead } from '../../importers/sniff.ts';
import { findDelimiter, headRows, type TableRow } from '../../importers/tables/delimiter.ts';
import {
  proposeColumns,
  READ_SHARE,
  timeCells,
  tryTimeFormats,
  widestHeader,
  withoutIdleDay,
} from '../../importers/tables/match-mapping.ts';
import { headIn, isWorkbook, sheetOf } from '../../importers/tables/open-rows.ts';
import { isTimeFormat, readTimeBy } from '../../importers/tables/time-formats.ts';
import { openFile } from './origin.ts';

/** Rows at the top that formats are recognised by. */
const TOP = 30;
/** Rows on which time formats are tried. */
const TRIED = 1000;
/** Rows that the wizard shows. */
const SHOWN = 30;

export interface TableView {
  readonly kind: 'text' | 'workbook';
  readonly delimiter: string;
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  readonly rows: readonly TableRow[];
}

/** The top of a table; null where the source is none (JSON, pages, binary, plain lines). */
export async function viewTable(
  source: ByteSource,
  head: SourceHead,
  how: Partial<TableMapping['table']> = {},
  limit = TOP,
): Promise<TableView | null> {
  if (isWorkbook(head)) {
    try {
      const { sheet, sheets, rows } = await sheetOf(source, how.sheet ?? null, limit);
      return sheets.length === 0 ? null : { kind: 'workbook', delimiter: '', sheet, sheets, rows };
    } catch {
      return null;
    }
  }
  const read = headIn(head, how.encoding ?? 'auto');
  if (/^\s*[[{<]/.test(read.text) || read.text.includes('\0')) return null;
  const stated = how.delimiter ?? 'auto';
  const delimiter = stated === 'auto' ? findDelimiter(read, how.headerRow ?? 1) : stated;
  const rows = headRows(read, delimiter, limit);
  const wide = rows.filter(({ cells }) => cells.length > 1).length;
  if (stated === 'auto' && wide * 2 < rows.length) return null;
  return rows.length === 0 ? null : { kind: 'text', delimiter, sheet: null, sheets: [], rows };
}

/**
 * A table's first rows, its header, what its columns seem to be, and how many of the first thousand
 * times each format reads. With a mapping, under that mapping. Throws `not-a-table`.
 */
export async function inspectTable(path: string, given: TableMapping | null): Promise<TableInspection> {
  const source = openFile(path);
  try {
    const head = readHead(source);
    const view = await viewTable(source, head, given?.table, TRIED);
    if (!view) throw new DocketError('format-unknown', 'this is no table', path);
    const proposed = proposeColumns(view.rows);
    const headerRow = given?.table.headerRow ?? proposed?.headerRow ?? widestHeader(view.rows.slice(0, TOP));
    const headers = view.rows.find(({ number }) => number >= headerRow && headerRow > 0)?.cells ?? [];
    const body = view.rows.filter(({ number }) => number > headerRow);
    const columns: Record<string, string> = {
      ...(given?.columns ?? withoutIdleDay(body, headers, proposed?.columns ?? {})),
    };
    const filled = timeCells(body, headers, columns);
    const stated = given?.timeFormat;
    const formats = tryTimeFormats(filled, stated && isTimeFormat(stated) ? [stated] : []);
    const best = formats[0];
    const mapping: TableMapping =
      given ??
      TableMapping.parse({
        docketMapping: 1,
        name: source.name.slice(0, 100),
        target: 'messages',
        table: { sheet: view.sheet, headerRow },
        columns,
        timeFormat: best && best.read > 0 ? best.format : 'auto',
        headers: [...headers],
      });
    return {
      path,
      kind: view.kind,
      encoding: head.encoding,
      delimiter: view.delimiter,
      sheets: [...view.sheets],
      width: Math.max(...view.rows.slice(0, SHOWN).map((row) => row.cells.length)),
      headers: [...headers],
      rows: view.rows.slice(0, SHOWN).map(({ number, cells: row }) => ({ number, cells: row.map(short) })),
      mapping: { ...mapping, headers: headers.length > 0 ? [...headers] : null },
      times: { total: filled.length, formats, unread: unread(filled, mapping.timeFormat) },
      timeFormatKnown: isTimeFormat(mapping.timeFormat),
    };
  } finally {
    source.close();
  }
}

/** Column names of who sent a message, and of nobody in a list. */
const SENDER = /^(?:发送|发言|sender|from[ _]|from$)/i;

/**
 * A mapping of a table of messages that nobody described, by the names of its columns; null where text,
 * time or sender has no telling name, or the times cannot be read. `plain`: a column names a sender in so
 * many words, as no list has.
 */
export function guessMapping(
  name: string,
  view: TableView,
): { readonly mapping: TableMapping; readonly plain: boolean } | null {
  const proposed = proposeColumns(view.rows);
  const { text, sentAt, senderId, senderName } = proposed?.columns ?? {};
  if (!proposed || !text || !sentAt || !(senderId ?? senderName)) return null;
  const { headerRow } = proposed;
  const headers = view.rows.find(({ number }) => number === headerRow)?.cells ?? [];
  const body = view.rows.filter(({ number }) => number > headerRow);
  const columns = withoutIdleDay(body, headers, proposed.columns);
  const times = timeCells(body, headers, columns);
  const best = tryTimeFormats(times)[0];
  if (!best || best.read === 0 || best.read < times.length * READ_SHARE) return null;
  const mapping = TableMapping.parse({
    docketMapping: 1,
    name: name.slice(0, 100),
    target: 'messages',
    table: { sheet: view.sheet, headerRow },
    columns,
    timeFormat: best.format,
    headers: [...headers],
  });
  return { mapping, plain: [senderId, senderName].some((column) => SENDER.test(column ?? '')) };
}

/** The first cells that the chosen format does not read. */
function unread(cells: readonly string[], format: string): string[] {
  return cells
    .filter((cell) => {
      const { instant, wallTime } = readTimeBy(format, cell);
      return instant === null && wallTime === null;
    })
    .slice(0, 5);
}

/** Characters of a cell that the wizard shows. */
const short = (cell: string): string => (cell.length > 300 ? `${cell.slice(0, 300)}…` : cell);
