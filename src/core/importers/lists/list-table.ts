/** Reads a list of a known kind from delimited text or a workbook, by header names or by a mapping. */
import type { ListKind } from '../../domain/list.ts';
import type { TableMapping } from '../../domain/mapping.ts';
import type { Platform } from '../../domain/message.ts';
import { platformOfId } from '../accounts/list-reader.ts';
import { EventBatch } from '../batch.ts';
import type {
  ImportEvent,
  ImportedListRow,
  Importer,
  ImportOptions,
  ListRowError,
  SourceHead,
} from '../importer.ts';
import { headRows } from '../tables/delimiter.ts';
import { columnIndex, skipHeader } from '../tables/mapped-table.ts';
import { isWorkbook, openRows, sheetOf } from '../tables/open-rows.ts';
import { isHeaderOf, type RowReader } from '../tables/row-reader.ts';
import { setField } from '../text.ts';
import { readTime } from '../time.ts';
import { findHeaderIn, findHeaderInHead, type ListHeader, rateHeader } from './list-header.ts';
import { LIST_KINDS, type ListDefinition } from './list-kinds.ts';
import { projectRow } from './list-projection.ts';
import { dateText, isRounded, isRowNumber, isTotals, platformOfBook } from './row-rules.ts';

/** Characters of a wrong value that an error repeats. */
const SHOWN = 200;
/** Rows whose ids are looked at for their platform. */
const LOOKED_AT = 20;
/** Errors of one list that are kept by name; the rest is only counted. */
const MOST_ERRORS = 10_000;

type Table = Pick<TableMapping, 'table' | 'columns' | 'constants'>;

/** How the table is to be read: by the mapping, else by the header that its names show. */
async function layoutOf(
  definition: ListDefinition,
  source: Parameters<Importer['read']>[0],
  options: ImportOptions,
): Promise<Table | null> {
  if (options.table) return options.table;
  const { head } = options;
  let header: ListHeader | null;
  let sheet: string | null = null;
  if (isWorkbook(head)) {
    try {
      const first = await sheetOf(source, null, 50);
      sheet = first.sheet;
      header = findHeaderIn(first.rows, definition);
    } catch {
      header = null;
    }
  } else {
    header = findHeaderInHead(head, definition);
  }
  if (header === null) return null;
  const columns = Object.fromEntries(
    Object.entries(header.columns).map(([field, index]) => [field, `#${index + 1}`]),
  );
  const delimiter = header.delimiter as TableMapping['table']['delimiter'];
  return { table: { encoding: 'auto', delimiter, sheet, headerRow: header.row }, columns, constants: {} };
}

class ListTableRun {
  readonly #definition: ListDefinition;
  readonly #layout: Table;
  readonly #reader: RowReader;
  readonly #batch: EventBatch;
  readonly #headers: readonly string[];
  readonly #columns = new Map<string, number>();
  readonly #own: readonly { readonly index: number; readonly name: string }[];
  readonly #platform: Platform | null;
  readonly #keys = new Set<string>();
  #errors = 0;

  constructor(
    definition: ListDefinition,
    layout: Table,
    reader: RowReader,
    headers: readonly string[],
    batch: EventBatch,
    fileName: string,
  ) {
    this.#definition = definition;
    this.#layout = layout;
    this.#reader = reader;
    this.#headers = headers;
    this.#batch = batch;
    for (const [field, column] of Object.entries(layout.columns)) {
      const index = columnIndex(column, headers);
      if (index >= 0) this.#columns.set(field, index);
    }
    const used = new Set(this.#columns.values());
    this.#own = headers
      .map((name, index) => ({ index, name }))
      .filter(({ index, name }) => !used.has(index) && !isRowNumber(name));
    this.#platform = platformOfBook(fileName, headers);
  }

  row(): void {
    const reader = this.#reader;
    const cells: string[] = [];
    for (let i = 0; i < this.#headers.length; i++) cells.push(reader.field(i));
    if (isHeaderOf(cells, this.#headers)) {
      reader.book('duplicate-header', 0);
      return;
    }
    if (isTotals(cells)) {
      reader.book('structure', 0);
      return;
    }
    const fields = this.#fields();
    const key = keyOf(this.#definition, fields);
    const lacking = this.#definition.fields.find(({ id, required }) => required && fields[id] === undefined);
    if (key === null || lacking) {
      this.#error('missing-field', lacking?.id ?? null, Object.values(fields).join(' | '));
      reader.book('missing-field', 1);
    } else if (this.#keys.has(key)) {
      this.#error('duplicate-key', null, key);
      reader.book('bad-row', 1);
    } else {
      this.#keys.add(key);
      for (const { id, type } of this.#definition.fields) {
        const value = fields[id];
        if (value === undefined) continue;
        if (type === 'date' ? !isDate(value) : isRounded(value)) this.#error('bad-value', id, value);
      }
      const row: ImportedListRow = {
        key,
        fields,
        ...(reader.sheet === null ? {} : { sheet: reader.sheet }),
        locator: reader.locator,
      };
      this.#batch.listRow(this.#definition.kind, row);
      projectRow(this.#definition.kind, row, this.#platform, this.#batch);
      reader.book('entry', 1);
    }
  }

  bad(): void {
    this.#error('bad-row', null, this.#reader.field(0));
  }

  #fields(): Record<string, string> {
    const fields: Record<string, string> = {};
    const { constants } = this.#layout;
    for (const { id, type } of this.#definition.fields) {
      const value = this.#reader.field(this.#columns.get(id) ?? -1).trim() || (constants[id] ?? '');
      if (value !== '') fields[id] = type === 'date' ? dateText(value) : value;
    }
    for (const { index, name } of this.#own) {
      const value = this.#reader.field(index).trim();
      if (value !== '') setField(fields, name || `#${index + 1}`, value);
    }
    return fields;
  }

  #error(code: ListRowError['code'], field: string | null, value: string): void {
    if (++this.#errors > MOST_ERRORS) return;
    const { sheet, line } = this.#reader;
    this.#batch.listError(this.#definition.kind, {
      ...(sheet === null ? {} : { sheet }),
      line,
      code,
      field,
      value: value.slice(0, SHOWN),
    });
  }
}

/**
 * The key that identifies a row: its first complete set of key fields. Null where it has none. A number that
 * a program rounded identifies nobody: several people have it.
 */
function keyOf(definition: ListDefinition, fields: Readonly<Record<string, string>>): string | null {
  const set = definition.keys.find((names) =>
    names.every((name) => fields[name] !== undefined && !isRounded(fields[name])),
  );
  return set ? set.map((name) => `${name}=${fields[name]}`).join('\u0001') : null;
}

/** Days and times as lists write them; words such as 长期 (no end) are dates too. */
function isDate(value: string): boolean {
  if (/^(?:长期|永久|无固定期限|至今|在职|none|permanent|-|—)$/i.test(value)) return true;
  const { instant, wallTime } = readTime(value);
  return instant !== null || wallTime !== null;
}

async function* read(
  definition: ListDefinition,
  source: Parameters<Importer['read']>[0],
  options: ImportOptions,
): AsyncGenerator<ImportEvent> {
  const layout = await layoutOf(definition, source, options);
  let ending: Record<string, string> = {};
  const batch = new EventBatch(source.size, () => ({
    formatVersion: null,
    needsZone: false,
    assumptions: ending,
  }));
  const plain: Table = {
    table: { encoding: 'auto', delimiter: 'auto', sheet: null, headerRow: 0 },
    columns: {},
    constants: {},
  };
  const reader = await openRows(source, options.head, layout ?? plain, batch);
  if (reader.cut) ending = { ending: 'cut-off' };
  let run: ListTableRun | null = null;
  const step = (): 'row' | 'end' => {
    for (let next = reader.next(); ; next = reader.next()) {
      if (next === 'row' || next === 'end') return next;
      if (next === 'skip') run?.bad();
      reader.book(next === 'blank' ? 'blank' : reader.code, next === 'blank' ? 0 : 1);
    }
  };
  if (layout !== null) {
    const headers = skipHeader(reader, layout.table.headerRow, () => step() === 'row');
    run = new ListTableRun(definition, layout, reader, headers, batch, source.name);
  }
  while (step() === 'row') {
    if (run) run.row();
    else reader.book('unknown-record', 1);
    if (batch.full) yield* batch.drain();
  }
  reader.finish();
  yield* batch.finish();
}

/** The platform of a list by its file's name, its columns, or the shape of the ids in its first rows. */
function platformOf(definition: ListDefinition, head: SourceHead): Platform {
  const header = isWorkbook(head) ? null : findHeaderInHead(head, definition);
  const told = platformOfBook(head.name, header?.cells ?? []);
  if (told !== null || header === null) return told ?? 'other';
  const ids = ['groupId', 'userId', 'accountId', 'id'].map((field) => header.columns[field] ?? -1);
  const found = headRows(head, header.delimiter, LOOKED_AT)
    .filter(({ number }) => number > header.row)
    .flatMap(({ cells }) => ids.map((index) => platformOfId((cells[index] ?? '').trim())));
  return found.find((platform) => platform !== null) ?? 'other';
}

function listTable(definition: ListDefinition): Importer {
  return {
    id: `list-${definition.kind}`,
    version: 2,
    platform: 'other',
    holds: 'list',
    title: definition.title,
    extensions: ['.csv', '.tsv', '.xlsx'],
    sniff: (head: SourceHead) =>
      isWorkbook(head) ? 0 : rateHeader(findHeaderInHead(head, definition), definition),
    platformOf: (head) => platformOf(definition, head),
    read: (source, options) => read(definition, source, options),
  };
}

export const LIST_TABLES: readonly Importer[] = LIST_KINDS.map(listTable);

export function listTableOf(kind: ListKind): Importer {
  return LIST_TABLES[LIST_KINDS.findIndex((definition) => definition.kind === kind)] as Importer;
}
