/** Reads a small table that people filled in: XLSX, or CSV in UTF-8 or GB18030, as rows of texts. */
import { memorySource } from '../importers/source.ts';
import { openWorkbook } from '../importers/tables/workbook.ts';
import { cellText } from './csv.ts';

const ZIP = Buffer.from('PK');

/** RFC 4180, with `\n` or `\r\n` between rows; quotes inside fields are doubled. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === ',') {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      rows.push([...row, field.replace(/\r$/, '')]);
      row = [];
      field = '';
    } else field += character;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The rows of the first sheet that has any, or of the text; the head is the first of them. */
export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (!ZIP.equals(Buffer.from(bytes.subarray(0, 2))))
    return parseCsv(decode(bytes)).map((row) => row.map(cellText));
  const book = await openWorkbook(memorySource('table.xlsx', bytes));
  for (const sheet of book?.sheets ?? []) {
    const rows = (await book?.rows(sheet)) ?? [];
    if (rows.length > 0) return rows.map(({ cells }) => [...cells]);
  }
  return [];
}
