/**
 * Writes workbooks (ECMA-376 SpreadsheetML). Every text is an inline string, so that nothing is a formula
 * and no id loses digits; only numbers given as numbers are numbers. A cell ends at 32,767 code units and
 * XML forbids most control characters: longer texts are cut and marked, hidden characters written out.
 */
import { visibleText } from '../evidence/visible-text.ts';
import { type Part, xmlText, xmlTime, zipParts } from './archive.ts';

export type Cell = string | number | null;

export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  /** Width in characters. */
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: Iterable<readonly Cell[]>;
}

/** What a cell of Excel and LibreOffice holds, less the mark of the cut. */
const CELL_LIMIT = 32_700;
const CUT = ' ⟦…⟧';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** `A` for 0, `AA` for 26. */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

function textOf(value: string): string {
  const shown = visibleText(value);
  if (shown.length <= CELL_LIMIT) return shown;
  // A pair of surrogates is not cut in two.
  const end = /[\ud800-\udbff]$/.test(shown.slice(0, CELL_LIMIT)) ? CELL_LIMIT - 1 : CELL_LIMIT;
  return shown.slice(0, end) + CUT;
}

function cell(value: Cell, reference: string, style: number): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number' && Number.isFinite(value)) {
    return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  }
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(textOf(String(value)))}</t></is></c>`;
}

function sheetXml({ columns, rows }: Sheet): string {
  const line = (values: readonly Cell[], row: number, style: number) =>
    `<row r="${row}">${values.map((value, index) => cell(value, columnName(index) + row, style)).join('')}</row>`;
  const lines = [
    line(
      columns.map(({ title }) => title),
      1,
      1,
    ),
  ];
  for (const values of rows) lines.push(line(values, lines.length + 1, 2));
  const last = `${columnName(Math.max(columns.length - 1, 0))}${lines.length}`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
    .map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('')}</cols><sheetData>${lines.join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Noto Sans CJK SC"/></font><font><b/><sz val="11"/><name val="Noto Sans CJK SC"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF1F3F5"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

/** The workbook. `at` is UTC milliseconds; the same sheets and time give the same bytes. */
export function writeXlsx(sheets: readonly Sheet[], about: { title: string; at: number }): Promise<Buffer> {
  const names = sheets.map(({ name }) => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  const override = (part: string, type: string) => `<Override PartName="${part}" ContentType="${type}"/>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
  const relations = (content: string) =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  const parts: Part[] = [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', `${TYPE}.sheet.main+xml`)}${override('/xl/styles.xml', `${TYPE}.styles+xml`)}${override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}${names.map((_, index) => override(`/xl/worksheets/sheet${index + 1}.xml`, `${TYPE}.worksheet+xml`)).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      relations(
        relation('rId1', `${OFFICE}/officeDocument`, 'xl/workbook.xml') +
          relation('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'),
      ),
    ],
    [
      'docProps/core.xml',
      `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(visibleText(about.title))}</dc:title><dc:creator>Docket</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${xmlTime(about.at)}</dcterms:created></cp:coreProperties>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.map((name, index) => `<sheet name="${xmlText(visibleText(name))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        names
          .map((_, index) =>
            relation(`rId${index + 1}`, `${OFFICE}/worksheet`, `worksheets/sheet${index + 1}.xml`),
          )
          .join('') + relation(`rId${names.length + 1}`, `${OFFICE}/styles`, 'styles.xml'),
      ),
    ],
    ['xl/styles.xml', STYLES],
    ...sheets.map((sheet, index): Part => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
  ];
  return zipParts(parts, about.at);
}
