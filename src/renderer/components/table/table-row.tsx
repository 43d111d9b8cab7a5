// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual; a <table> would need them all
import { Checkbox } from '@mantine/core';
import { type MouseEvent, memo, type ReactNode } from 'react';
import type { DataColumn } from './columns.ts';
import classes from './data-table.module.css';

interface TableRowProps<T> {
  id: string;
  row: T;
  index: number;
  top: number;
  columns: readonly DataColumn<T>[];
  /** Index of the focused cell; null where the focus is elsewhere. */
  focused: number | null;
  selected: boolean;
  /** Null where the table has no selection. */
  selectLabel: string | null;
  current: boolean;
  onSelect: (index: number, shift: boolean) => void;
  onPress: (index: number, column: number, event: MouseEvent) => void;
}

/** One row on screen. It renders again only when its own record or marks change. */
function TableRowView<T>(props: TableRowProps<T>) {
  const { row, index, columns, focused, selected, selectLabel, current } = props;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled on the grid
    <div
      role="row"
      id={props.id}
      aria-rowindex={index + 2}
      aria-selected={selectLabel ? selected : undefined}
      aria-current={current || undefined}
      className={classes.row}
      data-odd={index % 2 === 1 || undefined}
      data-focused={focused !== null || undefined}
      data-selected={selected || undefined}
      data-current={current || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => {
        const cell = (event.target as HTMLElement).closest('[data-column]');
        props.onPress(index, Number(cell?.getAttribute('data-column') ?? 0), event);
      }}
    >
      {selectLabel ? (
        // biome-ignore lint/a11y/useFocusableInteractive: a cell, not a control
        // biome-ignore lint/a11y/useKeyWithClickEvents: Space does the same on the grid
        <div
          role="gridcell"
          className={classes.check}
          // The box takes no focus, or the keys of the screen would count as typing.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            event.stopPropagation();
            props.onSelect(index, event.shiftKey);
          }}
        >
          <Checkbox checked={selected} readOnly tabIndex={-1} aria-label={selectLabel} />
        </div>
      ) : null}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          tabIndex={-1}
          data-column={at}
          className={classes.cell}
          data-align={column.align}
          data-focused={focused === at || undefined}
        >
          {inBox(column.cell(row))}
        </div>
      ))}
    </div>
  );
}

export const TableRow = memo(TableRowView) as typeof TableRowView;

/** Bare text of a flex container is cut without dots; in a box of its own it ends in them, and tells the whole under the pointer. */
function inBox(content: ReactNode): ReactNode {
  return typeof content === 'string' && content !== '' ? <span title={content}>{content}</span> : content;
}
