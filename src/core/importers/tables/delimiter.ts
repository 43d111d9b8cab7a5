/** Which character parts the columns of a text table. */
import { CsvScanner } from '../csv-scanner.ts';
import type { SourceHead } from '../importer.ts';
import { memorySource } from '../source.ts';

export interface TableRow {
  /** Line of the file or row of the sheet, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Rows of the head that are looked at. */
const ROWS = 50;

const CACHE = new WeakMap<SourceHead, Map<string, TableRow[]>>();

/** Rows of the head as a delimiter parts them, with their lines: at most `limit`, up to 1,000. */
export function headRows(head: SourceHead, delimiter: string, limit: number): TableRow[] {
  const known = CACHE.get(head) ?? new Map<string, TableRow[]>();
  CACHE.set(head, known);
  const key = limit <= ROWS ? delimiter : `${delimiter}${limit}`;
  const rows = known.get(key) ?? readHeadRows(head, delimiter, Math.max(limit, ROWS));
  known.set(key, rows);
  return rows.slice(0, limit);
}

function readHeadRows(head: SourceHead, delimiter: string, limit: number): TableRow[] {
  const scanner = new CsvScanner(memorySource(head.name, head.bytes), head, { delimiter, ragged: true });
  const rows: TableRow[] = [];
  for (let step = scanner.next(); step !== 'end' && rows.length < limit; step = scanner.next()) {
    if (step !== 'row' || (!scanner.terminated && head.bytes.length < head.size)) continue;
    const cells: string[] = [];
    for (let i = 0; i < scanner.fields; i++) cells.push(scanner.field(i));
    rows.push({ number: scanner.line, cells });
  }
  return rows;
}

/**
 * The delimiter under which most rows have as many columns as the header, and more than one; a comma
 * where none does. `headerRow` is the header's line, 0 where there is none.
 */
export function findDelimiter(head: SourceHead, headerRow: number): string {
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const rows = headRows(head, delimiter, ROWS);
    const first = rows.find(({ number }) => number >= headerRow);
    const columns = first?.cells.length ?? 0;
    if (columns < 2) continue;
    const alike = rows.filter(({ cells }) => cells.length === columns).length;
    const score = (alike / rows.length) * Math.min(columns, 20);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
