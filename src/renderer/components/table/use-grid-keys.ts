import type { KeyboardEvent } from 'react';

export interface GridPosition {
  row: number;
  column: number;
}

interface GridKeys {
  rows: number;
  columns: number;
  /** Rows that fit on the screen. */
  pageRows: number;
  position: GridPosition;
  /** Moves to a cell; `extend` while shift is held. */
  move: (to: GridPosition, extend: boolean) => void;
  open: (() => void) | null;
  toggle: (() => void) | null;
  selectAll: (() => void) | null;
  copy: () => void;
  copyRow: () => void;
}

const clamp = (value: number, limit: number) => Math.max(0, Math.min(limit - 1, value));

/** Where a key leads, or null for keys that do not move. */
export function targetOf(
  key: string,
  { row, column }: GridPosition,
  rows: number,
  columns: number,
  pageRows: number,
): GridPosition | null {
  const steps: Record<string, GridPosition> = {
    ArrowDown: { row: row + 1, column },
    ArrowUp: { row: row - 1, column },
    ArrowRight: { row, column: column + 1 },
    ArrowLeft: { row, column: column - 1 },
    PageDown: { row: row + pageRows, column },
    PageUp: { row: row - pageRows, column },
    Home: { row: 0, column },
    End: { row: rows - 1, column },
  };
  const to = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return to ? { row: clamp(to.row, rows), column: clamp(to.column, columns) } : null;
}

/** Keyboard of a table, on the element that holds the focus. Keys inside fields and links are theirs. */
export function handleGridKey(event: KeyboardEvent<HTMLElement>, grid: GridKeys): void {
  if (event.target !== event.currentTarget || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === 'c') {
    // Text marked by the mouse is what the officer means to copy.
    if (window.getSelection()?.isCollapsed === false) return;
    if (event.shiftKey) grid.copyRow();
    else grid.copy();
  } else if (command && event.key.toLowerCase() === 'a' && grid.selectAll) {
    grid.selectAll();
  } else if (command) {
    return;
  } else if (event.key === 'Enter' && grid.open) {
    grid.open();
  } else if (event.key === ' ' && grid.toggle) {
    grid.toggle();
  } else {
    const to = targetOf(event.key, grid.position, grid.rows, grid.columns, grid.pageRows);
    if (!to || grid.rows === 0) return;
    grid.move(to, event.shiftKey);
  }
  event.preventDefault();
}
