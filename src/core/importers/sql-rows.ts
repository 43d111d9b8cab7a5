/**
 * Rows of `INSERT` statements as exporters write them: one row a line, texts between single quotes with
 * doubled quotes inside, and line breaks of a text as they are. Inside a text quotes stand in pairs only,
 * so that a line which begins like a row and goes on with one quote alone begins a row: no text can pass
 * for it, and a lost quote costs its own row.
 */
import type { Line } from './each-line.ts';
import { LINE_LIMIT } from './line-scanner.ts';

/** A value of a row: text, `NULL`, or a bare word or number as written. */
export type SqlValue = string | null;

/** The values of `('…', 1, NULL)`, without the parentheses; null where they are not sound. */
export function sqlValues(text: string): SqlValue[] | null {
  const values: SqlValue[] = [];
  let at = 0;
  for (;;) {
    while (text.charCodeAt(at) === 0x20) at++;
    if (text.charCodeAt(at) === 0x27) {
      const end = closingQuote(text, at + 1);
      if (end < 0) return null;
      values.push(text.slice(at + 1, end).replaceAll("''", "'"));
      at = end + 1;
    } else {
      const word = /^(?:NULL|TRUE|FALSE|-?\d{1,20}(?:\.\d{1,20})?)(?=[ ,]|$)/i.exec(
        text.slice(at, at + 48),
      )?.[0];
      if (word === undefined) return null;
      values.push(/^null$/i.test(word) ? null : word);
      at += word.length;
    }
    while (text.charCodeAt(at) === 0x20) at++;
    if (at === text.length) return values;
    if (text.charCodeAt(at++) !== 0x2c) return null;
  }
}

/** The place of the quote that closes a text; -1 where none does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf("'", from); at >= 0; at = text.indexOf("'", at + 2)) {
    if (text.charCodeAt(at + 1) !== 0x27) return at;
  }
  return -1;
}

/** The names between the parentheses of `INSERT INTO table (a, b)`. */
export function sqlColumns(list: string): string[] {
  return list.split(',').map((name) => name.trim().replace(/^["`]|["`]$/g, ''));
}

/** A row that is being read, over the lines of its texts. */
export class OpenRow {
  readonly start: number;
  readonly line: number;
  end: number;
  until: number;
  damaged: boolean;
  #text = '';
  /** Whether the lines so far end inside a text. */
  inText = false;

  constructor(line: Line, row: string) {
    this.start = line.start;
    this.line = line.line;
    this.end = line.end;
    this.until = line.until;
    this.damaged = line.damaged;
    this.#add(row);
  }

  #add(text: string): void {
    this.#text += text;
    for (let at = text.indexOf("'"); at >= 0; at = text.indexOf("'", at + 1)) this.inText = !this.inText;
  }

  /** Takes the next line in; false where the row would become longer than any row is. */
  more(line: Line): boolean {
    const text = line.text as string;
    if (this.#text.length + text.length > LINE_LIMIT) return false;
    this.#add(`\n${text}`);
    this.end = line.end;
    this.until = line.until;
    this.damaged ||= line.damaged;
    return true;
  }

  /** The row's values where its lines end with it; null where they do not, or it is not sound. */
  values(): SqlValue[] | null {
    const m = /^\((.*)\) ?[;,]? *$/s.exec(this.#text);
    return m === null ? null : sqlValues(m[1] as string);
  }
}
