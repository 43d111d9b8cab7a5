/** Which format a source is read in: an importer, and for tables the mapping that goes with it. */
import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { ImportFile } from '../../domain/source.ts';
import type { ByteSource, Importer } from '../../importers/importer.ts';
import { findHeaderIn, rateHeader } from '../../importers/lists/list-header.ts';
import { LIST_KINDS } from '../../importers/lists/list-kinds.ts';
import { listTableOf } from '../../importers/lists/list-table.ts';
import { importerById } from '../../importers/registry.ts';
import { rankImporters, readHead } from '../../importers/sniff.ts';
import { mappedTable } from '../../importers/tables/mapped-table.ts';
import { fitMapping } from '../../importers/tables/match-mapping.ts';
import { SHIPPED_MAPPINGS } from '../../importers/tables/shipped-mappings.ts';
import { activeMappings } from '../../storage/sources/mappings.ts';
import type { Session } from '../session.ts';
import { guessMapping, type TableView, viewTable } from './table-view.ts';

export interface Candidate {
  /** The importer's id, or `mapping:<id>`. */
  readonly format: string;
  readonly importer: Importer;
  readonly table: TableMapping | null;
  readonly title: Bilingual;
  /** 0 … 1, see `Importer.sniff`. */
  readonly confidence: number;
}

/** A mapping that somebody drew up for this header is surer than any guess at names. */
const SAVED = 0.99;
const SHIPPED = 0.98;
/** Names of columns alone: less sure than any importer that knows its layout. */
const GUESSED = 0.45;
/** Where a column names the sender and no importer of chats knows the table: surer than any list. */
const GUESSED_CHAT = 0.96;
const GUESS = { zh: '未知表格（按列名读取）', en: 'Unknown table, by the names of its columns' };

/** The importer that a mapping's target is read with. */
export function importerOf(mapping: TableMapping): Importer {
  return mapping.target === 'messages' ? mappedTable : listTableOf(mapping.target);
}

/** What may read the source, most likely first. */
export async function rankFormats(session: Session, source: ByteSource): Promise<Candidate[]> {
  const head = readHead(source);
  const found: Candidate[] = rankImporters(head).map(({ importer, confidence }) => ({
    format: importer.id,
    importer,
    table: null,
    title: importer.title,
    confidence,
  }));
  const view = await viewTable(source, head);
  const known = found.some(({ importer }) => importer.holds === 'chat');
  if (view) found.push(...ofTable(session, source.name, view, known));
  return found.sort((a, b) => b.confidence - a.confidence);
}

function ofTable(session: Session, name: string, view: TableView, known: boolean): Candidate[] {
  const found: Candidate[] = [];
  const mapped = (id: string, mapping: TableMapping, confidence: number): void => {
    const table = fitMapping(mapping, view.rows);
    if (!table || (table.table.sheet !== null && view.sheet !== null && table.table.sheet !== view.sheet))
      return;
    const title = { zh: mapping.name, en: mapping.name };
    found.push({ format: `mapping:${id}`, importer: importerOf(mapping), table, title, confidence });
  };
  for (const row of activeMappings(session.workspace.store.db)) {
    mapped(row.id, TableMapping.parse(JSON.parse(row.body)), SAVED);
  }
  for (const { id, mapping } of SHIPPED_MAPPINGS) mapped(id, mapping, SHIPPED);
  const guess = guessMapping(name, view);
  if (guess) {
    const format = { format: 'mapping:guess', importer: mappedTable, table: guess.mapping, title: GUESS };
    found.push({ ...format, confidence: guess.plain && !known ? GUESSED_CHAT : GUESSED });
  }
  if (view.kind === 'workbook') {
    for (const definition of LIST_KINDS) {
      const confidence = rateHeader(findHeaderIn(view.rows, definition), definition);
      if (confidence > 0) {
        const importer = listTableOf(definition.kind);
        found.push({ format: importer.id, importer, table: null, title: importer.title, confidence });
      }
    }
  }
  return found;
}

/** The format of an import. Throws `format-unknown`, or `mapping-unfit` for a mapping that cannot be used. */
export async function chooseFormat(
  session: Session,
  source: ByteSource,
  file: Pick<ImportFile, 'format' | 'mapping'>,
): Promise<{ importer: Importer; table: TableMapping | null; format: string }> {
  if (file.mapping) {
    const importer = importerOf(file.mapping);
    return { importer, table: file.mapping, format: importer.id };
  }
  const { format } = file;
  if (format && !format.startsWith('mapping:')) {
    const named = importerById(format);
    if (!named) throw new DocketError('format-unknown', `no importer ${format}`, source.name);
    return { importer: named, table: null, format };
  }
  const ranked = await rankFormats(session, source);
  const best = format ? ranked.find((candidate) => candidate.format === format) : ranked[0];
  if (!best && format)
    throw new DocketError('format-unknown', 'the mapping is not for this table', source.name);
  if (!best) throw new DocketError('format-unknown', 'no importer knows this file', source.name);
  return best;
}
