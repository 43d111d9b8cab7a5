import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface DataColumn<T> {
  id: string;
  header: string;
  /** Width in pixels where there is room. */
  width: number;
  /** Down to which it gives way; without it to a little over half. */
  minWidth?: number;
  /** Takes the room that is left; at least one column should. */
  grow?: boolean;
  align?: 'start' | 'end';
  /** Left out while the table is narrower than this, in pixels; without it always there. */
  from?: number;
  /** Key of the contract's `sort.by`; without it the column does not sort. */
  sort?: string;
  /** Not shown until the officer asks for it. */
  hidden?: boolean;
  cell: (row: T) => ReactNode;
  /** What copying takes; without it the cell is left out of copies. */
  text?: (row: T) => string;
}

export interface Sort {
  by: string;
  descending: boolean;
}

/** Rows as tab-separated text with a head, as spreadsheets paste it. */
export function toTabbed<T>(columns: readonly DataColumn<T>[], rows: readonly T[]): string {
  const copied = columns.filter((column) => column.text);
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const lines = rows.map((row) => copied.map((column) => clean(column.text?.(row) ?? '')).join('\t'));
  return [copied.map((column) => clean(column.header)).join('\t'), ...lines].join('\n');
}

/** Columns that a table of this width has room for. A width of 0 is not known yet. */
export function fitting<C extends { from?: number }>(columns: readonly C[], width: number): C[] {
  return columns.filter(({ from }) => width === 0 || from === undefined || width >= from);
}

/** Columns this narrow do not give way. */
const FIRM = 100;
/** What is left to a column that grows, however little room there is. */
const GROW_MINIMUM = 200;

/**
 * Tracks of the table's grid. Columns give way before the table scrolls sideways, and the growing one
 * takes what is left; a column that the officer sized keeps that size. All in pixels, so that every
 * row comes to the same tracks.
 */
export function tracksOf(
  columns: readonly Pick<DataColumn<never>, 'id' | 'width' | 'minWidth' | 'grow'>[],
  sized: Readonly<Record<string, number>>,
): { template: string; minimum: number } {
  const tracks = columns.map(({ id, width, minWidth, grow }) => {
    const own = sized[id];
    if (own !== undefined) return { track: `${own}px`, least: own };
    if (grow) {
      const least = minWidth ?? Math.min(width, GROW_MINIMUM);
      return { track: `minmax(${least}px, 1fr)`, least };
    }
    const least = minWidth ?? (width <= FIRM ? width : Math.max(FIRM, Math.round(width * 0.55)));
    return { track: `minmax(${least}px, ${width}px)`, least };
  });
  return {
    template: tracks.map((entry) => entry.track).join(' '),
    minimum: tracks.reduce((sum, entry) => sum + entry.least, 0),
  };
}
