/** Messages from any table, by a mapping: CSV, other delimited text, XLSX. */
import type { MessageField, TableMapping } from '../../domain/mapping.ts';
import { EventBatch, previewConversations } from '../batch.ts';
import type { ImportEvent, Importer, ImportOptions, MessageFlag, SourceHead } from '../importer.ts';
import { headerKey } from '../table.ts';
import { baseName, cleanName, hasLoneSurrogate, replaceLoneSurrogates, setField } from '../text.ts';
import { conversationTypeOf, kindOfWord, saysYes } from './message-columns.ts';
import { openRows } from './open-rows.ts';
import { isHeaderOf, type RowReader } from './row-reader.ts';
import { readTimeBy } from './time-formats.ts';

/** Index of a column by header or `#number`; -1 where the header has none of that name. */
export function columnIndex(column: string, headers: readonly string[]): number {
  const numbered = /^#(\d{1,5})$/.exec(column);
  if (numbered) return Number(numbered[1]) - 1;
  const key = headerKey(column);
  return headers.findIndex((header) => headerKey(header) === key);
}

/** Goes below the header of a table and tells its cells; none where the mapping says there is no header. */
export function skipHeader(reader: RowReader, headerRow: number, first: () => boolean): string[] {
  if (headerRow === 0) return [];
  while (first()) {
    const cells: string[] = [];
    for (let i = 0; i < reader.fields; i++) cells.push(reader.field(i));
    reader.book('header', 0);
    if (reader.line >= headerRow) return cells.map(cleanName);
  }
  return [];
}

class MappedRun {
  readonly #mapping: TableMapping;
  readonly #batch: EventBatch;
  readonly #reader: RowReader;
  readonly #headers: readonly string[];
  readonly #columns = new Map<MessageField, number>();
  readonly #own: readonly { readonly index: number; readonly name: string }[];
  readonly #file: string;
  readonly #conversations = new Map<string, string | null>();
  readonly #accounts = new Map<string, string | null>();
  #ordinal = 0;

  constructor(
    mapping: TableMapping,
    reader: RowReader,
    headers: readonly string[],
    batch: EventBatch,
    file: string,
  ) {
    this.#mapping = mapping;
    this.#reader = reader;
    this.#batch = batch;
    this.#headers = headers;
    this.#file = file;
    for (const [field, column] of Object.entries(mapping.columns)) {
      const index = columnIndex(column, headers);
      if (index >= 0) this.#columns.set(field as MessageField, index);
    }
    const used = new Set(this.#columns.values());
    this.#own = headers.map((name, index) => ({ index, name })).filter(({ index }) => !used.has(index));
  }

  /** Takes the current row; of conversations that are not wanted, rows are only counted. */
  row(wanted: ImportOptions['conversations']): void {
    const reader = this.#reader;
    if (this.#isHeaderAgain()) {
      reader.book('duplicate-header', 0);
      return;
    }
    const text = this.#value('text', false);
    const senderId = this.#value('senderId');
    const senderName = this.#value('senderName');
    const sentAtText = [this.#value('sentOn'), this.#value('sentAt')].filter((part) => part !== '').join(' ');
    if (text === '' && sentAtText === '' && senderId === '' && senderName === '') {
      reader.book('missing-field', 1);
      return;
    }
    const { key: conversationKey, id, name } = this.#conversation();
    const ordinal = this.#ordinal++;
    if (wanted !== 'all' && !wanted.has(conversationKey)) {
      reader.book('conversation-not-selected', 1, conversationKey);
      return;
    }
    this.#announce(conversationKey, id, name);
    const flags: MessageFlag[] = [];
    const time = readTimeBy(this.#mapping.timeFormat, sentAtText);
    if (time.instant === null && time.wallTime === null) flags.push('time-unparsed');
    if (reader.damaged) flags.push('invalid-bytes-replaced');
    if (hasLoneSurrogate(text)) flags.push('lone-surrogate-replaced');
    const recalled = saysYes(this.#value('recalled'));
    const kind = recalled ? 'recall' : kindOfWord(this.#value('kind'));
    const senderKey = this.#sender(senderId, senderName, kind === 'system');
    if (senderKey === null && kind !== 'system') flags.push('sender-unknown');
    this.#batch.message({
      ordinal,
      conversationKey,
      platformId: this.#value('messageId') || null,
      senderKey,
      senderName: senderName || null,
      sentAtText,
      ...time,
      kind,
      text: replaceLoneSurrogates(text),
      forwarded: false,
      carried: [],
      refersTo: this.#value('replyTo') || null,
      editedAtText: null,
      attachments: [],
      extra: this.#extra(),
      flags,
      locator: reader.locator,
    });
    reader.book('message', 1);
  }

  #isHeaderAgain(): boolean {
    if (this.#reader.fields < this.#headers.length || this.#headers.length === 0) return false;
    const cells: string[] = [];
    for (let i = 0; i < this.#headers.length; i++) cells.push(this.#reader.field(i));
    return isHeaderOf(cells, this.#headers);
  }

  /** A field's cell, or the constant where the mapping has no such column or the cell is empty. */
  #value(field: MessageField, trim = true): string {
    const cell = this.#reader.field(this.#columns.get(field) ?? -1);
    const value = trim ? cell.trim() : cell;
    return value === '' ? (this.#mapping.constants[field] ?? '') : value;
  }

  #conversation(): { readonly key: string; readonly id: string; readonly name: string } {
    const id = this.#value('conversationId');
    const name = cleanName(this.#value('conversationName')) || (id === '' ? baseName(this.#file) : '');
    return { key: id || `name:${name}`, id, name };
  }

  #announce(key: string, id: string, name: string): void {
    const known = this.#conversations.get(key);
    if (known !== undefined && (known !== null || name === '')) return;
    this.#conversations.set(key, name || null);
    const type = conversationTypeOf(this.#value('conversationType'));
    this.#batch.conversation({ key, platformId: id || null, name: name || null, type });
  }

  #sender(id: string, name: string, system: boolean): string | null {
    if (id === '' && name === '') return null;
    if (system && /^(?:系统消息|系统|system)$/i.test(name || id)) return null;
    const key = id || `name:${cleanName(name)}`;
    const known = this.#accounts.get(key);
    if (known === undefined || (name !== '' && known !== name)) {
      this.#accounts.set(key, name || null);
      this.#batch.account({ key, platformId: id || null, name: name || null });
    }
    return key;
  }

  #extra(): Record<string, unknown> | null {
    let extra: Record<string, unknown> | null = null;
    for (const { index, name } of this.#own) {
      const value = this.#reader.field(index);
      if (value === '') continue;
      extra ??= {};
      setField(extra, name || `#${index + 1}`, value);
    }
    if (this.#reader.sheet !== null) extra = { ...extra, sheet: this.#reader.sheet };
    return extra;
  }
}

async function* read(
  source: Parameters<Importer['read']>[0],
  options: ImportOptions,
): AsyncGenerator<ImportEvent> {
  const mapping = options.table;
  let ending: Record<string, string> = {};
  const batch = new EventBatch(source.size, () => ({
    formatVersion: null,
    needsZone: true,
    assumptions: mapping
      ? {
          ...ending,
          mapping: mapping.name,
          'time-format': mapping.timeFormat,
          columns: Object.entries(mapping.columns)
            .map(([field, column]) => `${field}=${column}`)
            .join(', '),
        }
      : {},
  }));
  const reader = await openRows(source, options.head, mapping ?? { table: NO_TABLE }, batch);
  if (reader.cut) ending = { ending: 'cut-off' };
  const step = (): 'row' | 'end' => {
    for (let next = reader.next(); ; next = reader.next()) {
      if (next === 'row' || next === 'end') return next;
      reader.book(next === 'blank' ? 'blank' : reader.code, next === 'blank' ? 0 : 1);
    }
  };
  if (mapping) {
    const headers = skipHeader(reader, mapping.table.headerRow, () => step() === 'row');
    const run = new MappedRun(mapping, reader, headers, batch, source.name);
    while (step() === 'row') {
      run.row(options.conversations);
      if (batch.full) yield* batch.drain();
    }
  } else {
    while (step() === 'row') {
      reader.book('unknown-record', 1);
      if (batch.full) yield* batch.drain();
    }
  }
  reader.finish();
  yield* batch.finish();
}

const NO_TABLE: TableMapping['table'] = { encoding: 'auto', delimiter: 'auto', sheet: null, headerRow: 0 };

/**
 * Reads what `options.table` describes. It recognises nothing by itself: the host matches mappings to
 * tables (match-mapping.ts), because that needs more of a workbook than its head.
 */
export const mappedTable: Importer = {
  id: 'other-mapped-table',
  version: 2,
  platform: 'other',
  holds: 'chat',
  title: { zh: '表格（按映射）', en: 'Table (by a mapping)' },
  extensions: ['.csv', '.tsv', '.txt', '.xlsx'],
  sniff: () => 0,
  read,
};

/** What the file holds under a mapping, read once. */
export function previewMapped(
  source: Parameters<Importer['read']>[0],
  head: SourceHead,
  table: TableMapping,
) {
  const importer = {
    ...mappedTable,
    read: (from, options) => read(from, { ...options, table }),
  } satisfies Importer;
  return previewConversations(importer, source, head);
}
