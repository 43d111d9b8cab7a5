/** Opens a table for an importer: goes behind its header and books everything on the way. */
import type { EventBatch } from './batch.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { ByteSource, SourceHead } from './importer.ts';
import { isHeaderRow, type TableHeader } from './table.ts';

/** Rows after which a header that the head showed is given up. */
const HEADER_ROWS = 40;

export interface TableOptions {
  /** Null for a table without a header, which is then read from its first row. */
  readonly header: TableHeader<string> | null;
  readonly delimiter: string;
  readonly columns: number;
  readonly ragged?: boolean;
}

/** A scanner whose next row is the first below the header. */
export function openTable(
  source: ByteSource,
  head: SourceHead,
  batch: EventBatch,
  options: TableOptions,
): CsvScanner {
  const scanner = new CsvScanner(source, head, {
    delimiter: options.delimiter,
    ragged: options.ragged ?? false,
  });
  batch.range('byte-order-mark', head.bomLength, 1);
  if (options.header !== null) skipToHeader(scanner, options.header, batch);
  scanner.columns = options.columns;
  return scanner;
}

function skipToHeader(scanner: CsvScanner, header: TableHeader<string>, batch: EventBatch): void {
  const passed: { readonly until: number; readonly line: number; readonly blank: boolean }[] = [];
  let found = false;
  while (!found && passed.length < HEADER_ROWS) {
    const step = scanner.next();
    if (step === 'end') break;
    found = step === 'row' && isHeaderRow(header.names, scanner.fields, (index) => scanner.field(index));
    passed.push({ until: scanner.until, line: scanner.line, blank: step === 'blank' });
  }
  for (const row of passed) {
    const code = row.blank ? 'blank' : found ? 'header' : 'unknown-record';
    batch.range(code, row.until, row.line, code === 'unknown-record' ? 1 : 0);
  }
}

/** Books a row that is no record: blank, unreadable, or the header once more. */
export function bookOther(
  scanner: CsvScanner,
  step: 'row' | 'blank' | 'skip',
  header: TableHeader<string> | null,
  batch: EventBatch,
): void {
  if (step === 'blank') {
    batch.range('blank', scanner.until, scanner.line);
  } else if (header !== null && isHeaderRow(header.names, scanner.fields, (index) => scanner.field(index))) {
    batch.range('duplicate-header', scanner.until, scanner.line);
  } else {
    batch.range(step === 'skip' ? scanner.code : 'bad-row', scanner.until, scanner.line, 1);
  }
}
