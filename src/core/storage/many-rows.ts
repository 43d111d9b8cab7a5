/**
 * Inserting many rows of one table, some at a time in one statement. Handing a value over costs as much as
 * storing it, so a statement is handed what differs: columns with the same value in every row stand in it,
 * numbers that count on and repetitions of another column are told once for all its rows.
 *
 * A statement that fails ends its transaction (`OR ROLLBACK`) and calls no function: else SQLite keeps a copy of
 * each page that the statement changes, to take back that statement alone. With three indexes on the table that is
 * some 70 pages for 32 rows, and took as long as storing them.
 */
import { type Database, prepare } from './database.ts';

type Statement = ReturnType<typeof prepare>;
type Cell = string | number | Uint8Array | null | undefined;

/** Rows of one statement: at 16 the same costs a few hundredths more, above 40 it gains nothing. */
const ROWS = 32;

/** What may be expected of some columns; rows that do not keep to it are stored all the same. */
export interface RowShape {
  /** Numbers that are one more in each row. */
  readonly counting?: readonly string[];
  /** Columns that mostly say what an earlier one says: which one. */
  readonly repeating?: Readonly<Record<string, string>>;
}

/** How a column gets its values: from each row, or from what the statement holds or is told once. */
type Source =
  | { readonly from: 'row' }
  | { readonly from: 'literal'; readonly value: Cell }
  | { readonly from: 'count' }
  | { readonly from: 'column'; readonly column: number };

const EACH: Source = { from: 'row' };

/** Whether the value may stand in the statement's text. */
function isLiteral(value: Cell): boolean {
  return (
    value === null || Number.isSafeInteger(value) || (typeof value === 'string' && /^[a-z]+$/.test(value))
  );
}

export class ManyRows {
  readonly #db: Database;
  readonly #table: string;
  readonly #columns: readonly string[];
  readonly #before: ManyRows | null;
  readonly #shape: RowShape;
  /** Unknown before the first row. */
  #sources: Source[] | null = null;
  /** By number of rows. */
  #statements: Statement[] = [];
  /** What is handed over for the rows that wait, and how much of it is filled. */
  #values: Cell[] = [];
  #filled = 0;
  #rows = 0;
  /** The first of each counting column: told once. */
  readonly #firsts: number[] = [];

  /** Rows of `before` are stored first: these refer to them. */
  constructor(
    db: Database,
    table: string,
    columns: readonly string[],
    shape: RowShape = {},
    before: ManyRows | null = null,
  ) {
    this.#before = before;
    this.#db = db;
    this.#table = table;
    this.#columns = columns;
    this.#shape = shape;
  }

  /** Takes a row, its values in the order of the columns; it is stored by the next `flush` at the latest. */
  add(...row: Cell[]): void {
    this.#sources ??= this.#guess(row);
    const sources = this.#sources;
    const begin = this.#filled;
    let at = begin;
    for (let column = 0; column < row.length; column++) {
      const value = row[column];
      const source = sources[column] as Source;
      if (source.from === 'row') this.#values[at++] = value;
      else if (!this.#holds(source, column, value, row)) {
        this.#filled = begin;
        this.#widen(column, row);
        return;
      }
    }
    this.#filled = at;
    if (++this.#rows === ROWS) this.flush();
  }

  #guess(row: readonly Cell[]): Source[] {
    const { counting = [], repeating = {} } = this.#shape;
    return row.map((value, column): Source => {
      const name = this.#columns[column] as string;
      if (counting.includes(name)) return { from: 'count' };
      const other = repeating[name];
      if (other !== undefined) return { from: 'column', column: this.#columns.indexOf(other) };
      return isLiteral(value) ? { from: 'literal', value } : EACH;
    });
  }

  /** Whether the value is what the statement says without it; takes note of what is told once. */
  #holds(
    source: Exclude<Source, { from: 'row' }>,
    column: number,
    value: Cell,
    row: readonly Cell[],
  ): boolean {
    switch (source.from) {
      case 'literal':
        return value === source.value;
      case 'column':
        return value === row[source.column];
      case 'count':
        if (typeof value !== 'number') return false;
        if (this.#rows === 0) this.#firsts[column] = value;
        return value === (this.#firsts[column] as number) + this.#rows;
    }
  }

  /** Stores what waits, and takes a row that does not keep to what was expected of a column. */
  #widen(column: number, row: readonly Cell[]): void {
    this.flush();
    (this.#sources as Source[])[column] = EACH;
    this.#firsts.length = 0;
    this.#statements = [];
    this.add(...row);
  }

  flush(): void {
    this.#before?.flush();
    if (this.#rows === 0) return;
    const rows = this.#rows;
    const statement = this.#statement(rows);
    this.#values.length = this.#filled;
    this.#rows = 0;
    this.#filled = 0;
    statement.run(this.#values, this.#once());
  }

  /** What is told once for all rows of a statement. */
  #once(): Record<string, Cell> {
    const told: Record<string, Cell> = {};
    this.#firsts.forEach((first, column) => {
      told[`c${column}`] = first;
    });
    return told;
  }

  #statement(rows: number): Statement {
    const known = this.#statements[rows];
    if (known !== undefined) return known;
    const sources = this.#sources as Source[];
    let handed = 0;
    const places = sources.map(({ from }) => (from === 'row' ? `column${++handed + 1}` : ''));
    const expression = (column: number): string => {
      const source = sources[column] as Source;
      if (source.from === 'row') return places[column] as string;
      if (source.from === 'literal')
        return typeof source.value === 'string' ? `'${source.value}'` : String(source.value);
      if (source.from === 'count') return `@c${column} + column1`;
      return expression(source.column);
    };
    const given = ', ?'.repeat(handed);
    const values = Array.from({ length: rows }, (_, row) => `(${row}${given})`).join(', ');
    const statement = prepare(
      this.#db,
      `INSERT OR ROLLBACK INTO ${this.#table} (${this.#columns.join(', ')})
       SELECT ${sources.map((_, column) => expression(column)).join(', ')} FROM (VALUES ${values})`,
    );
    this.#statements[rows] = statement;
    return statement;
  }
}
