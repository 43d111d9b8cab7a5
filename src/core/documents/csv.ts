/**
 * Tables for spreadsheets as CSV: UTF-8 with byte order mark, RFC 4180. A spreadsheet must neither run a
 * cell nor rewrite it: what begins like a formula or would be read as a number gets an apostrophe in front.
 */
import { FORMULA, NUMBER_LIKE } from '../evidence/messages-csv.ts';
import { visibleText } from '../evidence/visible-text.ts';
import type { Cell, Sheet } from './xlsx.ts';

function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = visibleText(value);
  const safe = FORMULA.test(shown) || NUMBER_LIKE.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as bytes. */
export function writeCsv({ columns, rows }: Omit<Sheet, 'name'>): Buffer {
  const lines = [columns.map(({ title }) => field(title)).join(',')];
  for (const row of rows) lines.push(row.map(field).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8');
}

/** What a cell said before `writeCsv` put an apostrophe in front of it. */
export function cellText(text: string): string {
  return text.startsWith("'") && (FORMULA.test(text.slice(1)) || NUMBER_LIKE.test(text.slice(1)))
    ? text.slice(1)
    : text;
}
