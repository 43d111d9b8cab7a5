/** The loop that WeChat's table importers share: rows to messages, everything else booked by what it is. */
import type { ChatRun, Place } from '../../chat-run.ts';
import type { CsvScanner } from '../../csv-scanner.ts';
import type { ByteSource, ImportEvent, ImportOptions, MessageFlag } from '../../importer.ts';
import type { TableHeader } from '../../table.ts';
import { bookOther, openTable } from '../../table-reader.ts';
import { NONE, setField } from '../../text.ts';

export interface Cells<F extends string> {
  /** The cell of this column; empty where the table has none. */
  of(field: F): string;
  /** Columns that no field names, where they are not empty. */
  other(): Record<string, unknown> | null;
  readonly flags: readonly MessageFlag[];
}

const DAMAGED: readonly MessageFlag[] = ['invalid-bytes-replaced'];

/** The events of a table, without the last ones: `finish` of the run gives those. */
export function* readRows<F extends string>(
  source: ByteSource,
  options: ImportOptions,
  run: ChatRun,
  table: {
    readonly header: TableHeader<F> | null;
    /** Whether the cells can be a row of this table. */
    readonly accept: (cells: Cells<F>) => boolean;
    readonly row: (cells: Cells<F>, place: Place) => void;
  },
): Generator<ImportEvent> {
  const { header } = table;
  const scanner = openTable(source, options.head, run.batch, {
    header,
    delimiter: header?.delimiter ?? ',',
    columns: header?.names.length ?? 0,
  });
  const cells = new RowCells<F>(scanner, header);
  scanner.accept = () => header !== null && table.accept(cells);
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') {
      const { start, end, until, line } = scanner;
      table.row(cells, { start, end, until, line });
    } else bookOther(scanner, step, header, run.batch);
    if (run.full) yield* run.batch.drain();
  }
}

class RowCells<F extends string> implements Cells<F> {
  readonly #scanner: CsvScanner;
  readonly #columns: Readonly<Partial<Record<F, number>>>;
  readonly #others: readonly { readonly index: number; readonly name: string }[];

  constructor(scanner: CsvScanner, header: TableHeader<F> | null) {
    this.#scanner = scanner;
    this.#columns = header === null ? ({} as Partial<Record<F, number>>) : header.columns;
    const known = new Set(Object.values(this.#columns));
    this.#others = (header?.names ?? [])
      .map((name, index) => ({ index, name }))
      .filter(({ index }) => !known.has(index));
  }

  of(field: F): string {
    return this.#scanner.field(this.#columns[field] ?? -1);
  }

  other(): Record<string, unknown> | null {
    let found: Record<string, unknown> | null = null;
    for (const { index, name } of this.#others) {
      const value = this.#scanner.field(index);
      if (value === '') continue;
      found ??= {};
      setField(found, name || `column ${index + 1}`, value);
    }
    return found;
  }

  get flags(): readonly MessageFlag[] {
    return this.#scanner.damaged ? DAMAGED : NONE;
  }
}
