/**
 * Reads XLSX workbooks: names of the sheets, and a sheet's rows as texts with their row numbers.
 *
 * A workbook is a zip of XML. Its parts are read under the archive limits and parsed as a stream; a
 * row's place is its sheet and row number, because its bytes lie compressed among others.
 */
import { StringDecoder } from 'node:string_decoder';
import { Parser } from 'htmlparser2';
import { ArchiveError, type ArchiveMember, openZip, type ZipArchive } from '../archive/zip-archive.ts';
import type { ByteSource } from '../importer.ts';
import { isBuiltInDate, isDateCode, serialText } from './xlsx-dates.ts';

export interface SheetRow {
  /** 1-based, as the program shows it. */
  readonly number: number;
  readonly cells: readonly string[];
}

export interface Workbook {
  readonly sheets: readonly string[];
  /** Sheets of which `rows` left some out, because they hold more cells than are kept in memory. */
  readonly cut: ReadonlySet<string>;
  /** The rows of a sheet that have any text. Throws `ArchiveError` where its part is damaged. */
  rows(sheet: string, limit?: number): Promise<SheetRow[]>;
}

/** Columns of the format (XFD); a cell that claims to stand beyond is dropped. */
const MAX_COLUMNS = 16_384;
/** Cells held of one sheet, so that a small file cannot claim all memory. */
const MAX_CELLS = 20_000_000;

type Attributes = Readonly<Record<string, string>>;

interface Handlers {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Whether enough was read. */
  done?(): boolean;
}

/** A part's elements without namespace prefixes. */
async function parse(zip: ZipArchive, member: ArchiveMember, handlers: Handlers): Promise<void> {
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handlers.open?.(bare(name), attributes),
      ontext: (text) => handlers.text?.(text),
      onclosetag: (name) => handlers.close?.(bare(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new StringDecoder('utf8');
  for await (const chunk of zip.read(member)) {
    parser.write(decoder.write(chunk));
    if (handlers.done?.()) return;
  }
  parser.end(decoder.end());
}

/** A part of the workbook; null where it has none. Throws `ArchiveError` for one that cannot be read. */
function part(zip: ZipArchive, path: string): ArchiveMember | null {
  const found = zip.members.find((member) => member.path.toLowerCase() === path.toLowerCase());
  if (found?.refusal) throw new ArchiveError(found.refusal, `${path} cannot be read`);
  return found ?? null;
}

/** Escapes such as `_x000D_` that the format uses for characters XML cannot hold. */
function withoutEscapes(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
}

/** Opens a workbook; null where the source is a zip but none. Throws `ArchiveError` for no zip at all. */
export async function openWorkbook(source: ByteSource): Promise<Workbook | null> {
  const zip = await openZip(source);
  const book = part(zip, 'xl/workbook.xml');
  if (!book) return null;
  const listed: { name: string; id: string }[] = [];
  let date1904 = false;
  await parse(zip, book, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name === 'sheet') listed.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' });
    },
  });
  const targets = new Map<string, string>();
  const relations = part(zip, 'xl/_rels/workbook.xml.rels');
  if (relations) {
    await parse(zip, relations, {
      open(name, { Id, Target }) {
        if (name === 'Relationship' && Id && Target) targets.set(Id, Target);
      },
    });
  }
  const members = new Map<string, ArchiveMember>();
  for (const [index, { name, id }] of listed.entries()) {
    const target = targets.get(id) ?? `worksheets/sheet${index + 1}.xml`;
    const member = part(zip, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    if (member && !members.has(name)) members.set(name, member);
  }
  let shared: string[] | null = null;
  let dates: boolean[] | null = null;
  const cut = new Set<string>();
  return {
    sheets: [...members.keys()],
    cut,
    async rows(sheet, limit = Number.POSITIVE_INFINITY) {
      const member = members.get(sheet);
      if (!member) return [];
      shared ??= await sharedStrings(zip);
      dates ??= await dateStyles(zip);
      const read = await readSheet(zip, member, shared, dates, date1904, limit);
      if (read.cut) cut.add(sheet);
      return read.rows;
    },
  };
}

async function sharedStrings(zip: ZipArchive): Promise<string[]> {
  const strings: string[] = [];
  const member = part(zip, 'xl/sharedStrings.xml');
  if (!member) return strings;
  let text = '';
  let inText = false;
  let phonetic = 0;
  await parse(zip, member, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') inText = phonetic === 0;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'si') strings.push(withoutEscapes(text));
    },
  });
  return strings;
}

/** By cell style: whether it shows a date. */
async function dateStyles(zip: ZipArchive): Promise<boolean[]> {
  const styles: boolean[] = [];
  const member = part(zip, 'xl/styles.xml');
  if (!member) return styles;
  const codes = new Map<number, string>();
  let inCells = false;
  await parse(zip, member, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = codes.get(id);
        styles.push(code === undefined ? isBuiltInDate(id) : isDateCode(code));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** 0-based column of a reference such as `AB12`; -1 where it has none. */
function columnOf(reference: string): number {
  let column = 0;
  let i = 0;
  for (; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > MAX_COLUMNS) return MAX_COLUMNS;
  }
  return column - 1;
}

async function readSheet(
  zip: ZipArchive,
  member: ArchiveMember,
  shared: readonly string[],
  dates: readonly boolean[],
  date1904: boolean,
  limit: number,
): Promise<{ rows: SheetRow[]; cut: boolean }> {
  const rows: SheetRow[] = [];
  let cells: string[] = [];
  let number = 0;
  let column = -1;
  let type = '';
  let isDate = false;
  let text = '';
  let reading = false;
  let held = 0;
  let phonetic = 0;
  const cellText = (): string => {
    if (type === 's') return shared[Number(text)] ?? '';
    if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    if (type !== '' && type !== 'n') return withoutEscapes(text);
    if (isDate && text !== '') return serialText(Number(text), date1904) ?? text;
    // Programs write long numbers with an exponent; ids must read as they are shown.
    const value = /e/i.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? String(value) : text;
  };
  await parse(zip, member, {
    open(name, attributes) {
      if (name === 'row') {
        number = Number(attributes.r) || number + 1;
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        type = attributes.t ?? '';
        isDate = dates[Number(attributes.s ?? 0)] ?? false;
        text = '';
      } else if (name === 'rPh') phonetic++;
      else if (name === 'v' || name === 't') reading = phonetic === 0;
    },
    text(piece) {
      if (reading) text += piece;
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'c' && column >= 0 && column < MAX_COLUMNS) {
        const value = cellText();
        if (value === '') return;
        while (cells.length < column) cells.push('');
        cells[column] = value;
      } else if (name === 'row' && cells.some((cell) => cell.trim() !== '')) {
        held += cells.length;
        if (held <= MAX_CELLS) rows.push({ number, cells });
      }
    },
    done: () => rows.length >= limit || held > MAX_CELLS,
  });
  return { rows: rows.length > limit ? rows.slice(0, limit) : rows, cut: held > MAX_CELLS };
}
