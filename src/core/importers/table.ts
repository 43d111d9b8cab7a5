/**
 * Header rows of tables: columns are found by their names, in any order, in Chinese or English, with
 * or without the decorations people add. Unknown columns are kept by the importers under their name.
 */
import type { SourceHead } from './importer.ts';
import { cleanName } from './text.ts';

/** Field → the column names it may have, in the form `headerKey` gives; earlier names win. */
export type Synonyms<F extends string> = Readonly<Record<F, readonly string[]>>;

export interface TableHeader<F extends string> {
  readonly delimiter: string;
  /** The header's cells as written, trimmed. */
  readonly names: readonly string[];
  /** Index of the column of each field that the table has. */
  readonly columns: Readonly<Partial<Record<F, number>>>;
}

interface Row {
  readonly delimiter: string;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', '\t', ';', '|'];
/** How many lines at the top may be a title or instructions before the header. */
const HEADER_REACH = 20;

const ROWS = new WeakMap<SourceHead, readonly Row[]>();

/** A header's name without case, width, spaces, marks and a bracketed remark: `用户 ID（必填）` is `用户id`. */
export function headerKey(name: string): string {
  return cleanName(name)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【].*?[)\]】]/g, '')
    .replace(/[\s_\-*:."'#]/g, '');
}

/** The first lines of the head, split at each delimiter that they have. */
function firstRows(head: SourceHead): readonly Row[] {
  const known = ROWS.get(head);
  if (known !== undefined) return known;
  const rows: Row[] = [];
  // JSON and markup are no tables, whatever their first lines hold.
  let from = /^\s*[[{<]/.test(head.text) ? head.text.length : 0;
  for (let line = 0; line < HEADER_REACH && from < head.text.length; line++) {
    const rest = /\r\n?|\n/g;
    rest.lastIndex = from;
    const end = rest.exec(head.text);
    const text = head.text.slice(from, Math.min(end?.index ?? head.text.length, from + 10_000));
    from = end === null ? head.text.length : rest.lastIndex;
    for (const delimiter of DELIMITERS) {
      if (text.includes(delimiter)) rows.push({ delimiter, cells: splitCells(text, delimiter) });
    }
  }
  ROWS.set(head, rows);
  return rows;
}

function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  for (let i = 0; i <= line.length; ) {
    const quoted = line[i] === '"' ? /"((?:[^"]|"")*)"/y : null;
    if (quoted !== null) quoted.lastIndex = i;
    const m = quoted?.exec(line) ?? null;
    const end = line.indexOf(delimiter, m === null ? i : i + m[0].length);
    const until = end < 0 ? line.length : end;
    // What goes on behind its quote is no quoted cell: the members of a JSON object are no header.
    const quotedCell = m !== null && line.slice(i + m[0].length, until).trim() === '';
    cells.push(quotedCell ? (m[1] as string).replaceAll('""', '"') : line.slice(i, until));
    i = until + 1;
  }
  return cells.map(cleanName);
}

/** Index of the column of each field, by `mapping` (header → field) first and by name second. */
export function matchColumns<F extends string>(
  names: readonly string[],
  synonyms: Synonyms<F>,
  mapping: Readonly<Record<string, string>> = {},
): Partial<Record<F, number>> {
  const keys = names.map(headerKey);
  const columns: Partial<Record<F, number>> = {};
  const taken = new Set<number>();
  for (const [header, field] of Object.entries(mapping)) {
    const at = keys.indexOf(headerKey(header));
    if (at < 0 || !Object.hasOwn(synonyms, field)) continue;
    columns[field as F] = at;
    taken.add(at);
  }
  for (const field in synonyms) {
    if (columns[field] !== undefined) continue;
    for (const name of synonyms[field]) {
      const at = keys.findIndex((key, index) => key === name && !taken.has(index));
      if (at < 0) continue;
      columns[field] = at;
      taken.add(at);
      break;
    }
  }
  return columns;
}

/** Names of a header that may be damaged, of a layout in which all others stand at their places. */
const DAMAGED_NAMES = 2;

/** The layout that a row is, but for a name or two; null where it is none, or wholly one. */
function damagedLayout(
  cells: readonly string[],
  layouts: readonly (readonly string[])[],
): readonly string[] | null {
  for (const names of layouts) {
    if (names.length !== cells.length) continue;
    const damaged = names.filter((name, i) => headerKey(name) !== headerKey(cells[i] as string)).length;
    if (damaged > 0 && damaged <= DAMAGED_NAMES && damaged * 3 <= names.length) return names;
  }
  return null;
}

/**
 * The row of the head that makes the best header: `rate` gives 0 for no header at all up to 1. Null
 * where every row rates 0. `layouts` are headers as their exporter always writes them: a row that is one
 * of them but for a damaged name is read as it.
 */
export function findHeader<F extends string>(
  head: SourceHead,
  synonyms: Synonyms<F>,
  rate: (columns: Readonly<Partial<Record<F, number>>>, names: readonly string[]) => number,
  mapping?: Readonly<Record<string, string>>,
  layouts: readonly (readonly string[])[] = [],
): { readonly header: TableHeader<F>; readonly rating: number } | null {
  let best: { header: TableHeader<F>; rating: number } | null = null;
  for (const { delimiter, cells } of firstRows(head)) {
    const columns = matchColumns(cells, synonyms, mapping);
    const rating = rate(columns, cells);
    if (rating > (best?.rating ?? 0)) best = { header: { delimiter, names: cells, columns }, rating };
    const names = damagedLayout(cells, layouts);
    if (names === null) continue;
    const meant = matchColumns(names, synonyms, mapping);
    // An undamaged header, of whatever layout, is surer.
    const worth = rate(meant, names) * 0.9;
    if (worth > (best?.rating ?? 0))
      best = { header: { delimiter, names: cells, columns: meant }, rating: worth };
  }
  return best;
}

/** Whether the cells of a row are the header's own. */
export function isHeaderRow(
  names: readonly string[],
  fields: number,
  field: (index: number) => string,
): boolean {
  if (fields < names.length) return false;
  for (let i = 0; i < names.length; i++) if (cleanName(field(i)) !== names[i]) return false;
  return true;
}
