/**
 * data/messages.xlsx: the table as a workbook (ISO/IEC 29500), written as a stream. Every text is an inline
 * string, which no program runs or rewrites; XML has no control characters, so hidden ones are written out.
 */
import { Readable, type Transform } from 'node:stream';
import { ZipFile } from 'yazl';
import { xmlText } from '../documents/archive.ts';
import { COLUMNS } from './messages-csv.ts';

/** Rows of a sheet that Excel opens, without its head. */
const SHEET_ROWS = 1_048_575;
/** The earliest time that a zip can write: packs of the same content have the same bytes. */
const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Width of each column in characters. */
const WIDTHS = [10, 16, 16, 20, 24, 20, 32, 24, 10, 60, 30, 24, 16, 24, 20, 22, 20, 10, 10, 8, 20, 18];

/** Columns whose texts are broken into lines: texts, what they carry, media, hits, what was altered. */
const WRAPPED: ReadonlySet<number> = new Set([9, 10, 11, 12, 13, 21]);
const PLAIN = 3;
/** Height of a line in points, and the largest that a row may have. */
const LINE = 15;
const TALLEST = 409;

const column = (i: number) => String.fromCharCode(65 + i);

function cell(value: string | number, i: number, row: number, style: number): string {
  const place = `r="${column(i)}${row}" s="${style}"`;
  if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
  if (value === '') return '';
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
}

/** Lines that a text takes in a column, as far as a row can show them; wide characters count as two. */
function linesOf(text: string, width: number): number {
  let lines = 1;
  let filled = 0;
  for (let i = 0; i < text.length && lines * LINE < TALLEST; i++) {
    const code = text.charCodeAt(i);
    const own = code < 0x2e80 ? 1 : 2;
    filled += own;
    if (code !== 10 && filled <= width) continue;
    lines++;
    filled = code === 10 ? 0 : own;
  }
  return lines;
}

/** The height is stated: not every program finds it by itself. */
function rowXml(values: readonly (string | number)[], row: number): string {
  let lines = 1;
  const cells = values.map((value, i) => {
    if (typeof value === 'string' && WRAPPED.has(i)) lines = Math.max(lines, linesOf(value, WIDTHS[i] ?? 0));
    return cell(value, i, row, WRAPPED.has(i) ? 2 : PLAIN);
  });
  const height = lines > 1 ? ` ht="${Math.min(TALLEST, lines * LINE)}" customHeight="1"` : '';
  return `<row r="${row}"${height}>${cells.join('')}</row>\n`;
}

const headXml = () => `<row r="1">${COLUMNS.map((title, i) => cell(title, i, 1, 1)).join('')}</row>\n`;

type Rows = AsyncGenerator<readonly (string | number)[]>;

async function* sheet(rows: Rows, limit: number): AsyncGenerator<string> {
  const widths = WIDTHS.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`;
  yield headXml();
  for (let row = 2; row <= limit + 1; row++) {
    const next = await rows.next();
    if (next.done) break;
    yield rowXml(next.value, row);
  }
  yield '</sheetData></worksheet>';
}

/** Texts in pieces of some size: a stream of single rows spends its time in the stream. */
async function* pieces(texts: AsyncGenerator<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < 32_768) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  yield Buffer.from(waiting, 'utf8');
}

function frame(sheets: number): [string, string][] {
  const numbers = Array.from({ length: sheets }, (_, i) => i + 1);
  const part = (i: number) => `xl/worksheets/sheet${i}.xml`;
  const styles =
    `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="10"/><name val="Microsoft YaHei"/></font><font><b/><sz val="10"/><name val="Microsoft YaHei"/></font></fonts>` +
    `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
    `<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf><xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf quotePrefix="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`;
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>` +
        `${numbers.map((i) => `<Override PartName="/${part(i)}" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers.map((i) => `<sheet name="消息 messages ${i}" sheetId="${i}" r:id="rId${i}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((i) => `<Relationship Id="rId${i}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
  ];
}

/** The workbook in chunks; `count` is the number of rows that will come. */
export async function* messagesXlsx(rows: Rows, count: number): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Transform;
  const sheets = Math.max(1, Math.ceil(count / SHEET_ROWS));
  for (const [path, xml] of frame(sheets)) zip.addBuffer(Buffer.from(xml, 'utf8'), path, ENTRY);
  for (let i = 1; i <= sheets; i++) {
    zip.addReadStreamLazy(`xl/worksheets/sheet${i}.xml`, { ...ENTRY, compressionLevel: 1 }, (give) => {
      const stream = Readable.from(pieces(sheet(rows, SHEET_ROWS)), { objectMode: false });
      // The library pipes, and a pipe does not carry errors on.
      stream.on('error', (error) => output.destroy(error));
      give(null, stream);
    });
  }
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end({ forceZip64Format: false, comment: '' });
  yield* output as AsyncIterable<Uint8Array>;
}
