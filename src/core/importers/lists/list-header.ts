/** Finds the header of a list of a known kind, by the names of its columns. */

import type { SourceHead } from '../importer.ts';
import { headerKey, matchColumns, type Synonyms } from '../table.ts';
import { headRows, type TableRow } from '../tables/delimiter.ts';
import type { ListDefinition } from './list-kinds.ts';

export interface ListHeader {
  /** Line or row of the header. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Field → column from 0. */
  readonly columns: Readonly<Record<string, number>>;
  /** Parts the columns of text. */
  readonly delimiter: string;
}

const REACH = 20;
const DELIMITERS = [',', '\t', ';', '|'];

const SYNONYMS = new WeakMap<ListDefinition, Synonyms<string>>();

export function synonymsOf(definition: ListDefinition): Synonyms<string> {
  let synonyms = SYNONYMS.get(definition);
  if (!synonyms) {
    // The titles come first: a filled-in template is always its own kind.
    synonyms = Object.fromEntries(
      definition.fields.map(({ id, title, names }) => [
        id,
        [headerKey(title.zh), headerKey(title.en), ...names],
      ]),
    );
    SYNONYMS.set(definition, synonyms);
  }
  return synonyms;
}

/** Fields that some key set needs, so that a table without any of them cannot be this list. */
function canIdentify(definition: ListDefinition, columns: Readonly<Record<string, number>>): boolean {
  return definition.keys.some((fields) => fields.some((field) => columns[field] !== undefined));
}

/** The row with the most columns of this kind; null where no row has two, or none by which rows are known again. */
export function findHeaderIn(
  rows: readonly TableRow[],
  definition: ListDefinition,
  delimiter = ',',
): ListHeader | null {
  let best: ListHeader | null = null;
  for (const row of rows.slice(0, REACH)) {
    const columns = matchColumns(row.cells, synonymsOf(definition)) as Record<string, number>;
    const found = Object.keys(columns).length;
    if (found < Math.min(2, row.cells.length) || found === 0 || !canIdentify(definition, columns)) continue;
    if (found > Object.keys(best?.columns ?? {}).length) {
      best = { row: row.number, cells: row.cells, columns, delimiter };
    }
  }
  return best;
}

/** The same for the head of a text, under whichever delimiter shows most columns. */
export function findHeaderInHead(head: SourceHead, definition: ListDefinition): ListHeader | null {
  // JSON and markup are no tables, whatever their first lines hold.
  if (/^\s*[[{<]/.test(head.text)) return null;
  let best: ListHeader | null = null;
  for (const delimiter of DELIMITERS) {
    if (!head.text.includes(delimiter)) continue;
    const found = findHeaderIn(headRows(head, delimiter, REACH), definition, delimiter);
    if (Object.keys(found?.columns ?? {}).length > Object.keys(best?.columns ?? {}).length) best = found;
  }
  return best;
}

/** How surely a table with this header is the list: 0 where it lacks every set of telling fields. */
export function rateHeader(header: ListHeader | null, definition: ListDefinition): number {
  if (!header) return 0;
  const has = (field: string) => header.columns[field] !== undefined;
  if (!definition.tell.some((fields) => fields.every(has))) return 0;
  if (header.cells.some((cell) => definition.unlike?.includes(headerKey(cell)))) return 0;
  const known = Object.keys(header.columns).length;
  const share = known / header.cells.filter((cell) => cell !== '').length;
  return Math.min(definition.surest, 0.7 + 0.04 * known) * Math.min(1, 0.5 + share);
}
