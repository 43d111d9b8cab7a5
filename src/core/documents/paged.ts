/**
 * A document as lines on pages: A4, every line of a fixed height at a fixed place, so that page numbers and
 * the text of each page are known without drawing. Lengths in millimetres.
 */
import { type Block, columnWidths, type Text } from './document.ts';
import { type LineRun, textLines } from './text-lines.ts';

export const PAGE = { width: 210, height: 297, left: 20, top: 24, textWidth: 170, textHeight: 244 };

/** Looks of lines; `size` in points. */
export const LOOKS = {
  title: { size: 16, height: 11 },
  heading1: { size: 12.5, height: 9 },
  heading2: { size: 10.5, height: 7 },
  plain: { size: 10, height: 5.2 },
  bold: { size: 10, height: 5.2 },
  small: { size: 8, height: 4.2 },
  cell: { size: 9, height: 4.7 },
} as const;
export type Look = keyof typeof LOOKS;

export interface Line {
  readonly look: Look;
  /** Pieces of the line from left to right, each at its distance from the text's left edge. */
  readonly cells: readonly {
    readonly at: number;
    readonly runs: readonly LineRun[];
    readonly centred?: boolean;
  }[];
  /** A rule above the line; a bar at the left of it. */
  readonly rule?: boolean;
  readonly bar?: 'grey' | 'red';
  readonly shaded?: boolean;
  /** Stays with the line that follows. */
  readonly keep?: boolean;
  /** Begins a page. */
  readonly opensPage?: boolean;
}

const POINT = 25.4 / 72;
const emOf = (look: Look) => LOOKS[look].size * POINT;

function* paragraph(
  text: Text,
  look: Look,
  at: number,
  more: Partial<Line> = {},
  width = PAGE.textWidth - at,
): Generator<Line> {
  for (const runs of textLines(text, width / emOf(look))) yield { look, cells: [{ at, runs }], ...more };
}

const bold = (text: Text): Text =>
  (typeof text === 'string' ? [text] : text).map((run) =>
    typeof run === 'string' ? { text: run, bold: true } : { ...run, bold: true },
  );

/** Padding between the columns of a table. */
const GUTTER = 2;

function* tableRow(texts: readonly Text[], widths: readonly number[], more: Partial<Line>): Generator<Line> {
  const columns = texts.map((text, i) => [
    ...textLines(text, ((widths[i] as number) - GUTTER) / emOf('cell')),
  ]);
  const height = Math.max(...columns.map((lines) => lines.length));
  for (let i = 0; i < height; i++) {
    let at = 0;
    const cells = columns.map((lines, column) => {
      const cell = { at, runs: lines[i] ?? [] };
      at += widths[column] as number;
      return cell;
    });
    yield { look: 'cell', cells, ...more, rule: i === 0 };
  }
}

const gap: Line = { look: 'small', cells: [] };

function* paragraphLines(block: Extract<Block, { kind: 'paragraph' }>): Generator<Line> {
  switch (block.look ?? 'plain') {
    case 'small':
      return yield* paragraph(block.text, 'small', 0);
    case 'head':
      return yield* paragraph(block.text, 'small', 0, { keep: true });
    case 'said':
      return yield* paragraph(block.text, 'plain', 4);
    case 'subject':
      return yield* paragraph(block.text, 'plain', 4, { bar: 'red' });
    case 'quote':
      return yield* paragraph(block.text, 'cell', 8, { bar: 'grey' });
    case 'notice':
      return yield* paragraph(bold(block.text), 'bold', 4, { bar: 'red' });
    case 'indent':
      return yield* paragraph(block.text, 'plain', 7);
    default:
      return yield* paragraph(block.text, 'plain', 0);
  }
}

/** The lines of a block. */
export function* linesOf(block: Block): Generator<Line> {
  switch (block.kind) {
    case 'title': {
      for (const runs of textLines(bold(block.text), PAGE.textWidth / emOf('title')))
        yield { look: 'title', cells: [{ at: 0, runs, centred: true }] };
      return;
    }
    case 'heading': {
      const look = block.level === 1 ? 'heading1' : 'heading2';
      return yield* paragraph(bold(block.text), look, 0, { keep: true });
    }
    case 'paragraph':
      yield* paragraphLines(block);
      if (!['head', 'said', 'subject', 'quote'].includes(block.look ?? '')) yield gap;
      return;
    case 'list':
      for (const [i, text] of block.items.entries()) {
        const runs = typeof text === 'string' ? [text] : text;
        yield* paragraph([block.ordered ? `${i + 1}. ` : '· ', ...runs], 'plain', 4);
      }
      return yield gap;
    case 'facts': {
      const widths = [38, PAGE.textWidth - 38];
      for (const [label, value] of block.rows) yield* tableRow([bold(label), value], widths, {});
      return yield { ...gap, rule: true };
    }
    case 'table': {
      const widths = columnWidths(block.columns, PAGE.textWidth);
      yield* tableRow(
        block.columns.map(({ title }) => bold(title)),
        widths,
        { shaded: true, keep: true },
      );
      for (const row of block.rows) yield* tableRow(row, widths, {});
      return yield { ...gap, rule: true };
    }
    case 'page-break':
      return yield { ...gap, opensPage: true };
  }
}

export interface PlacedLine extends Line {
  /** Distance of the line's top from the text's top. */
  readonly top: number;
}

/** Distributes lines over pages; what `keep` holds is not left alone at a page's end. */
export async function* pagesOf<L extends Line>(
  lines: AsyncIterable<L> | Iterable<L>,
): AsyncGenerator<(L & PlacedLine)[]> {
  let page: (L & PlacedLine)[] = [];
  let top = 0;
  const place = (line: L) => {
    page.push({ ...line, top });
    top += LOOKS[line.look].height;
  };
  for await (const line of lines) {
    const full = top + LOOKS[line.look].height > PAGE.textHeight;
    if ((full || line.opensPage) && page.length > 0) {
      let end = page.length;
      while (end > 0 && page[end - 1]?.keep) end--;
      // A page of nothing but kept lines is left as it is.
      const carried = end === 0 ? [] : page.slice(end);
      yield end === 0 ? page : page.slice(0, end);
      page = [];
      top = 0;
      for (const kept of carried) place(kept);
    }
    // An empty line does not begin a page.
    if (page.length > 0 || line.cells.length > 0) place(line);
  }
  if (page.length > 0) yield page;
}

/** The line as text: pieces apart by a tab, as data/pages.ndjson has it. */
export function lineText({ cells }: Line): string {
  return cells
    .map(({ runs }) => runs.map(({ text }) => text).join(''))
    .join('\t')
    .trimEnd();
}
