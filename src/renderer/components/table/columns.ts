import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface DataColumn<T> {
  id: string;
  header: string;
  /** Width in pixels at first. */
  width: number;
  minWidth?: number;
  /** Takes the room that is left; at least one column should. */
  grow?: boolean;
  align?: 'start' | 'end';
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
