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
  /**
   * Left out while the table is narrower than this, in pixels; where the rest still does not fit, the
   * highest goes first. Without it always there.
   */
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

/** Columns this narrow do not give way. */
const FIRM = 100;
/** What is left to a column that grows, however little room there is. */
const GROW_MINIMUM = 200;

/** What decides the room that a column takes. */
type Sized = Pick<DataColumn<never>, 'id' | 'width' | 'minWidth' | 'grow' | 'from'>;

/** Width below which a column does not go. The officer's own width stands. */
function leastOf({ id, width, minWidth, grow }: Sized, sized: Readonly<Record<string, number>>): number {
  const own = sized[id];
  if (own !== undefined) return own;
  if (grow) return minWidth ?? Math.min(width, GROW_MINIMUM);
  return minWidth ?? (width <= FIRM ? width : Math.max(FIRM, Math.round(width * 0.55)));
}

/** Columns that a table of this width has room for. A width of 0 is not known yet. */
export function fitting<C extends Sized>(
  columns: readonly C[],
  sized: Readonly<Record<string, number>>,
  width: number,
): C[] {
  if (width === 0) return [...columns];
  const shown = columns.filter(({ from }) => from === undefined || width >= from);
  const leaving = shown
    .filter(({ from }) => from !== undefined)
    .sort((a, b) => (a.from as number) - (b.from as number));
  let least = shown.reduce((sum, column) => sum + leastOf(column, sized), 0);
  while (least > width && leaving.length > 0) {
    const gone = leaving.pop() as C;
    least -= leastOf(gone, sized);
    shown.splice(shown.indexOf(gone), 1);
  }
  return shown;
}

/**
 * Tracks of the table's grid. Columns give way before the table scrolls sideways, and the growing one
 * takes what is left; a column that the officer sized keeps that size. All in pixels, so that every
 * row comes to the same tracks.
 */
export function tracksOf(
  columns: readonly Sized[],
  sized: Readonly<Record<string, number>>,
): { template: string; minimum: number } {
  const tracks = columns.map((column) => {
    const least = leastOf(column, sized);
    if (sized[column.id] !== undefined) return { least, track: `${least}px` };
    return { least, track: `minmax(${least}px, ${column.grow ? '1fr' : `${column.width}px`})` };
  });
  return {
    template: tracks.map((entry) => entry.track).join(' '),
    minimum: tracks.reduce((sum, entry) => sum + entry.least, 0),
  };
}
