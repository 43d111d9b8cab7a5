/** Rows of a table, whether text or a sheet of a workbook, with one ledger for both. */
import type { EventBatch } from '../batch.ts';
import { CsvScanner } from '../csv-scanner.ts';
import type { ByteSource, Locator, RangeCode, SourceHead } from '../importer.ts';
import { headerKey } from '../table.ts';
import type { SheetRow } from './workbook.ts';

export interface RowReader {
  /** Goes to the next row. */
  next(): 'row' | 'blank' | 'skip' | 'end';
  readonly fields: number;
  /** Text of a column from 0; empty where the row has none. */
  field(index: number): string;
  /** Why the last step was a `skip`. */
  readonly code: RangeCode;
  /** Line of the file, or row of the sheet. */
  readonly line: number;
  readonly locator: Locator;
  readonly sheet: string | null;
  /** Whether the sheet has more rows than are read. */
  readonly cut: boolean;
  /** Whether decoding replaced bytes of the row. */
  readonly damaged: boolean;
  /** Accounts for the current row; `group` as for `Ledger.add`. */
  book(code: RangeCode, count: number, group?: string): void;
  /** Accounts for what is left. Call once, at the end. */
  finish(): void;
}

/** Rows of delimited text: each has its own bytes in the ledger. */
export function textRows(
  source: ByteSource,
  head: SourceHead,
  delimiter: string,
  batch: EventBatch,
): RowReader {
  const scanner = new CsvScanner(source, head, { delimiter, ragged: true });
  batch.range('byte-order-mark', head.bomLength, 1);
  return {
    next: () => scanner.next(),
    get fields() {
      return scanner.fields;
    },
    field: (index) => scanner.field(index),
    get code() {
      return scanner.code;
    },
    get line() {
      return scanner.line;
    },
    get locator() {
      return { start: scanner.start, end: scanner.end, line: scanner.line };
    },
    sheet: null,
    cut: false,
    get damaged() {
      return scanner.damaged;
    },
    book: (code, count, group) => batch.range(code, scanner.until, scanner.line, count, group ?? null),
    finish: () => undefined,
  };
}

/**
 * Rows of a sheet. They lie compressed among each other, so none has bytes of its own: the workbook is
 * one range, parsed if any row became a record, and a record's place is the whole file and its row.
 */
export function sheetRows(
  sheet: string,
  rows: readonly SheetRow[],
  cut: boolean,
  size: number,
  batch: EventBatch,
): RowReader {
  let index = -1;
  let row: SheetRow | undefined;
  const counts = new Map<RangeCode, number>();
  return {
    next() {
      row = rows[++index];
      return row ? 'row' : 'end';
    },
    get fields() {
      return row?.cells.length ?? 0;
    },
    field: (column) => row?.cells[column] ?? '',
    code: 'bad-row',
    get line() {
      return row?.number ?? 0;
    },
    get locator() {
      return { start: 0, end: size, line: row?.number ?? 0 };
    },
    sheet,
    cut,
    damaged: false,
    book: (code, count) => void counts.set(code, (counts.get(code) ?? 0) + count),
    finish() {
      const parsed = (['message', 'entry'] as const).find((code) => (counts.get(code) ?? 0) > 0);
      let lost = 0;
      for (const code of ['missing-field', 'unknown-record', 'bad-row'] as const)
        lost += counts.get(code) ?? 0;
      batch.range(parsed ?? 'unknown-record', size, 1, parsed ? (counts.get(parsed) ?? 0) : lost);
    },
  };
}

/** Whether a row's cells are this header's, in the form that names are compared in. */
export function isHeaderOf(cells: readonly string[], headers: readonly string[]): boolean {
  if (headers.length === 0) return false;
  return headers.every((header, index) => headerKey(cells[index] ?? '') === headerKey(header));
}
