// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual; a <table> would need them all
import { Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Header, RowData } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { DataColumn, Sort } from './columns.ts';
import classes from './data-table.module.css';
import type { features } from './features.ts';

interface TableHeadProps<T extends RowData> {
  headers: readonly Header<typeof features, T>[];
  columnOf: (id: string) => DataColumn<T>;
  sort: Sort | null;
  onSort: ((sort: Sort) => void) | undefined;
  /** A column is about to be dragged from the width it has on screen. */
  onSized: (id: string, width: number) => void;
  /** All, some or none of the loaded rows are selected; null where the table has no selection. */
  selection: { all: boolean; some: boolean; toggle: () => void } | null;
}

export function TableHead<T extends RowData>({
  headers,
  columnOf,
  sort,
  onSort,
  onSized,
  selection,
}: TableHeadProps<T>) {
  const { t } = useTranslation();
  return (
    <div role="row" aria-rowindex={1} className={classes.head} tabIndex={-1}>
      {selection ? (
        <div role="columnheader" className={classes.check} tabIndex={-1}>
          <Checkbox
            checked={selection.all}
            indeterminate={selection.some && !selection.all}
            onChange={selection.toggle}
            aria-label={t('table.selectAll')}
          />
        </div>
      ) : null}
      {headers.map((header) => {
        const column = columnOf(header.column.id);
        const sorted = column.sort !== undefined && sort?.by === column.sort ? sort : null;
        const ariaSort = sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined;
        return (
          <div
            key={header.id}
            role="columnheader"
            tabIndex={-1}
            aria-sort={ariaSort}
            className={classes.headCell}
            data-align={column.align}
          >
            {column.sort && onSort ? (
              <button
                type="button"
                className={classes.sort}
                onClick={() =>
                  onSort({ by: column.sort as string, descending: sorted ? !sorted.descending : false })
                }
              >
                <span className={classes.headText}>{column.header}</span>
                {sorted ? (
                  sorted.descending ? (
                    <IconArrowDown size={13} aria-label={t('table.sortedDescending')} />
                  ) : (
                    <IconArrowUp size={13} aria-label={t('table.sortedAscending')} />
                  )
                ) : null}
              </button>
            ) : (
              <span className={classes.headText}>{column.header}</span>
            )}
            <div
              role="separator"
              aria-orientation="vertical"
              aria-label={t('table.resize', { column: column.header })}
              aria-valuenow={header.getSize()}
              className={classes.resize}
              tabIndex={-1}
              onMouseDown={(event) => startResize(header, event.currentTarget, event, onSized)}
              onTouchStart={(event) => startResize(header, event.currentTarget, event, onSized)}
              onDoubleClick={() => header.column.resetSize()}
            />
          </div>
        );
      })}
    </div>
  );
}

function startResize<T extends RowData>(
  header: Header<typeof features, T>,
  handle: HTMLElement,
  event: unknown,
  onSized: TableHeadProps<T>['onSized'],
): void {
  onSized(header.column.id, handle.parentElement?.offsetWidth ?? header.getSize());
  header.getResizeHandler()(event);
}
