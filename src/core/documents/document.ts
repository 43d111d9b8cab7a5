/**
 * A document as a list of blocks, the same for DOCX (`docx.ts`) and for pages that are printed to PDF
 * (`page.ts`). The text is plain; hidden characters of quoted chat are written out by the writers.
 */

export type Run = string | { readonly text: string; readonly bold?: boolean; readonly mark?: boolean };
export type Text = string | readonly Run[];

export interface TableColumn {
  readonly title: string;
  /** Share of the width; the shares of a table are put in proportion. */
  readonly share: number;
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | {
      readonly kind: 'paragraph';
      readonly text: Text;
      /** `head`, `said` and `subject`: who said something, the words, the words that an exhibit is about. */
      readonly look?:
        | 'plain'
        | 'small'
        | 'quote'
        | 'notice'
        | 'indent'
        | 'right'
        | 'head'
        | 'said'
        | 'subject';
    }
  | { readonly kind: 'list'; readonly items: readonly Text[]; readonly ordered?: boolean }
  /** Label and value, two columns without a head. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: Text])[] }
  | { readonly kind: 'table'; readonly columns: readonly TableColumn[]; readonly rows: readonly Text[][] }
  | { readonly kind: 'page-break' };

export interface Document {
  /** BCP 47: chooses the fonts and the words for page numbers. */
  readonly language: 'zh-CN' | 'en';
  /** In the file's properties. */
  readonly title: string;
  /** At the top of every page, for example the case number. */
  readonly header: string;
  /** At the foot of every page, before `page n of m`. */
  readonly footer: string;
  /** UTC milliseconds, in the file's properties. The same content and time give the same bytes. */
  readonly at: number;
  readonly landscape?: boolean;
  /** Across every page, pale; for example whom a copy is for. */
  readonly watermark?: string;
  readonly blocks: readonly Block[];
}

export const runsOf = (text: Text): { text: string; bold: boolean; mark: boolean }[] =>
  (typeof text === 'string' ? [text] : text).map((run) =>
    typeof run === 'string'
      ? { text: run, bold: false, mark: false }
      : { text: run.text, bold: run.bold ?? false, mark: run.mark ?? false },
  );

/** Widths of a table's columns that sum to `total`. */
export function columnWidths(columns: readonly TableColumn[], total: number): number[] {
  const sum = columns.reduce((all, { share }) => all + share, 0) || 1;
  const widths = columns.map(({ share }) => Math.floor((share / sum) * total));
  const left = total - widths.reduce((all, width) => all + width, 0);
  return widths.map((width, index) => (index === widths.length - 1 ? width + left : width));
}
