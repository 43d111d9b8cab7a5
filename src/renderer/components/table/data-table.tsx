// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual; a <table> would need them all
import { useLocalStorage, useMergedRef } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type ColumnDef, type RowData, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type MouseEvent,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../../api/hooks.ts';
import { copyText } from '../copy.tsx';
import { FailureView } from '../failure-view.tsx';
import { Loading } from '../loading.tsx';
import { type DataColumn, fitting, type Sort, toTabbed, tracksOf } from './columns.ts';
import classes from './data-table.module.css';
import { features } from './features.ts';
import { keepPlace, placeOf } from './place.ts';
import { type MenuPlace, RowMenu } from './row-menu.tsx';
import { TableBar } from './table-bar.tsx';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { useContentSize } from './use-content-size.ts';
import { type GridPosition, handleGridKey } from './use-grid-keys.ts';
import { afterClick, type Selection } from './use-selection.ts';

interface DataTableProps<T extends RowData> {
  /** Names the table to screen readers and keeps its columns on this workstation. */
  name: string;
  label: string;
  columns: readonly DataColumn<T>[];
  listing: Listing<T>;
  idOf: (row: T) => string;
  /** Enter or a click on a row. */
  onOpen?: (row: T) => void;
  /** The row shown in a panel beside the table. */
  currentId?: string | null | undefined;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  selection?: Selection;
  /** Shown in place of rows when there are none. */
  empty: ReactNode;
  /** Buttons for the selected rows, left in the bar. */
  actions?: ReactNode;
  rowHeight?: number;
}

const NO_ROWS: never[] = [];
const CHECK_WIDTH = 36;

/** Rows from the end at which the next page is asked for. */
const AHEAD = 40;

/**
 * A listing of the contract as a table. Only rows on screen exist in the page and in the table
 * model; a loaded row costs one array slot, so a hundred thousand of them scroll like a hundred.
 */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { name, columns, listing, idOf, onOpen, selection, rowHeight = 34 } = props;
  // Rows that come are drawn in slices, between which the window answers.
  const rows = useDeferredValue(listing.rows, NO_ROWS);
  const { t } = useTranslation();
  const domId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const size = useContentSize<HTMLDivElement>();
  const placeKey = `${name}\n${listing.key ?? ''}`;
  const [position, setPosition] = useState<GridPosition>(() => ({ row: placeOf(placeKey).row, column: 0 }));
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [focusWithin, setFocusWithin] = useState(false);
  const anchor = useRef<number | null>(null);

  const hidden = useMemo(
    () => Object.fromEntries(columns.filter((column) => column.hidden).map((column) => [column.id, false])),
    [columns],
  );
  const [columnVisibility, setVisibility] = useLocalStorage<Record<string, boolean>>({
    key: `docket.columns.${name}`,
    defaultValue: hidden,
    getInitialValueInEffect: false,
  });
  const [columnSizing, setSizing] = useLocalStorage<Record<string, number>>({
    key: `docket.widths.${name}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, T> => ({
          id: column.id,
          header: column.header,
          size: column.width,
          minSize: column.minWidth ?? 56,
          maxSize: 1200,
        }),
      ),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS as T[],
    columnResizeMode: 'onChange',
    state: { columnVisibility, columnSizing },
    onColumnVisibilityChange: setVisibility,
    onColumnSizingChange: setSizing,
  });
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const columnOf = (id: string) => byId.get(id) as DataColumn<T>;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const check = selection ? CHECK_WIDTH : 0;
  const chosen = headers.flatMap((header) => byId.get(header.column.id) ?? []);
  const shownIds = fitting(chosen, columnSizing, Math.max(0, size.width - check))
    .map((column) => column.id)
    .join('\n');
  const shown = useMemo(() => shownIds.split('\n').flatMap((id) => byId.get(id) ?? []), [shownIds, byId]);
  const tracks = tracksOf(shown, columnSizing);
  const template = selection ? `${CHECK_WIDTH}px ${tracks.template}` : tracks.template;

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    // Rows beyond the edge stand already: scrolling need not wait until the next ones are drawn.
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  const { more, loadMore, loadingMore } = listing;
  useEffect(() => {
    if (more && !loadingMore && lastShown >= 0 && lastShown >= rows.length - AHEAD) loadMore();
  }, [more, loadingMore, lastShown, rows.length, loadMore]);

  const clamped = Math.min(position.row, Math.max(0, rows.length - 1));
  const go = useCallback(
    (to: GridPosition) => {
      setPosition(to);
      virtual.scrollToIndex(to.row, { align: 'auto' });
    },
    [virtual],
  );

  const latest = useRef({ rows, idOf, onOpen, selection, row: clamped });
  latest.current = { rows, idOf, onOpen, selection, row: clamped };
  // Coming back to a listing finds it where it was left; another filter begins at its start.
  const drawn = rows.length > 0 && !listing.previous;
  const seen = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!drawn || !element || seen.current === placeKey) return;
    const place = seen.current === null ? placeOf(placeKey) : { row: 0, top: 0 };
    // A screen that was gone to by a key has nothing in focus; its rows are what the next key is for.
    const { activeElement } = document;
    if (seen.current === null && (activeElement === document.body || activeElement?.matches('[data-layout]')))
      element.focus({ preventScroll: true });
    seen.current = placeKey;
    element.scrollTop = place.top;
    setPosition(({ column }) => ({ row: place.row, column }));
  }, [drawn, placeKey]);
  // The open row comes into view and under the keys, whoever opened it.
  const { currentId } = props;
  useEffect(() => {
    if (!currentId || !drawn) return;
    const row = latest.current.rows.findIndex((record) => latest.current.idOf(record) === currentId);
    if (row < 0) return;
    setPosition(({ column }) => ({ row, column }));
    virtual.scrollToIndex(row, { align: 'auto' });
  }, [currentId, drawn, virtual]);
  const idAt = useCallback((index: number) => latest.current.idOf(latest.current.rows[index] as T), []);
  const onSelect = useCallback(
    (index: number, shift: boolean) => {
      const chosen = latest.current.selection;
      chosen?.set(afterClick(chosen.ids, idAt, index, anchor.current, shift));
      anchor.current = index;
      setPosition((before) => ({ ...before, row: index }));
    },
    [idAt],
  );
  const onPress = useCallback(
    (row: number, column: number, event: MouseEvent) => {
      setPosition({ row, column });
      if (event.shiftKey && latest.current.selection) return onSelect(row, true);
      anchor.current = row;
      const onControl = (event.target as HTMLElement).closest('a, button, input');
      // The keys are the grid's: a press that leaves the focus on a cell would take the arrows away.
      if (!onControl) scroller.current?.focus({ preventScroll: true });
      const marked = window.getSelection()?.isCollapsed === false;
      const record = latest.current.rows[row];
      if (!onControl && !marked && record !== undefined) latest.current.onOpen?.(record);
    },
    [onSelect],
  );

  const put = (text: string, message: string) => {
    if (copyText(text)) notifications.show({ message, autoClose: 2500 });
  };
  const copyRows = () => {
    const chosen = selection?.ids.size ? rows.filter((row) => selection.has(idOf(row))) : rows;
    put(toTabbed(shown, chosen), t('table.copiedRows', { count: chosen.length }));
  };
  const copy = () => (selection?.ids.size ? copyRows() : copyCell());
  const copyCell = () => {
    const record = rows[clamped];
    const text = record === undefined ? undefined : shown[position.column]?.text?.(record);
    if (text !== undefined) put(text, t('table.copiedCell'));
  };
  const copyRow = () => {
    const record = rows[clamped];
    if (record !== undefined) put(toTabbed(shown, [record]), t('table.copiedRows', { count: 1 }));
  };
  const selectAll = () => selection?.set(rows.map(idOf));
  const allSelected = selection !== undefined && rows.length > 0 && selection.ids.size >= rows.length;

  /** By the other button on a row, or by the menu key on the focused one. Marked text has the system's menu. */
  const openMenu = (event: MouseEvent<HTMLElement>) => {
    if (window.getSelection()?.isCollapsed === false) return;
    const target = event.target as HTMLElement;
    if (target.closest('a, button, input')) return;
    const onRow = target.closest('[role="row"][aria-rowindex]:not([aria-rowindex="1"])');
    const byKey = target === scroller.current;
    const row = onRow ? Number(onRow.getAttribute('aria-rowindex')) - 2 : clamped;
    const element = onRow ?? document.getElementById(`${domId}-${row}`);
    if ((!onRow && !byKey) || !element) return;
    event.preventDefault();
    const cell = target.closest('[data-column]');
    const column = cell ? Number(cell.getAttribute('data-column')) : position.column;
    const box = element.getBoundingClientRect();
    setPosition({ row, column });
    setMenu({
      row,
      column,
      ...(byKey ? { x: box.left + 48, y: box.bottom } : { x: event.clientX, y: event.clientY }),
    });
  };
  const menuRow = menu ? rows[menu.row] : undefined;

  const grid = useMergedRef(scroller, size.ref);
  return (
    <div className={classes.root}>
      <TableBar
        listing={listing}
        columns={columns}
        isShown={(id) => columnVisibility[id] !== false}
        onShow={(id, show) => setVisibility({ ...columnVisibility, [id]: show })}
        onResetWidths={() => setSizing({})}
        onCopy={copyRows}
        selection={selection}
        actions={props.actions}
      />
      {listing.error ? <FailureView error={listing.error} onRetry={listing.refresh} /> : null}
      {listing.loading ? (
        <Loading lines={12} height={20} />
      ) : listing.rows.length === 0 && !listing.error ? (
        props.empty
      ) : (
        <div
          ref={grid}
          role="grid"
          tabIndex={0}
          aria-label={props.label}
          aria-rowcount={(listing.total ?? rows.length) + 1}
          aria-multiselectable={selection ? true : undefined}
          aria-activedescendant={rows.length > 0 ? `${domId}-${clamped}` : undefined}
          aria-busy={listing.previous || undefined}
          className={classes.grid}
          data-opens={onOpen ? true : undefined}
          style={
            {
              '--columns': template,
              '--least': `${tracks.minimum + check}px`,
              '--row-height': `${rowHeight}px`,
            } as React.CSSProperties
          }
          onScroll={(event) =>
            seen.current === placeKey &&
            keepPlace(placeKey, { row: latest.current.row, top: event.currentTarget.scrollTop })
          }
          onContextMenu={openMenu}
          onFocus={() => setFocusWithin(true)}
          onBlur={() => setFocusWithin(false)}
          onKeyDown={(event) =>
            handleGridKey(event, {
              rows: rows.length,
              columns: shown.length,
              pageRows: Math.max(1, Math.floor(size.height / rowHeight) - 2),
              position: { row: clamped, column: position.column },
              move: (to, extend) => {
                if (extend && selection && to.row !== clamped) {
                  selection.set(afterClick(selection.ids, idAt, to.row, clamped, true));
                }
                go(to);
              },
              open: onOpen ? () => rows[clamped] !== undefined && onOpen(rows[clamped] as T) : null,
              toggle: selection ? () => onSelect(clamped, false) : null,
              selectAll: selection ? selectAll : null,
              copy,
              copyRow,
            })
          }
        >
          <TableHead
            headers={headers.filter((header) => shown.includes(columnOf(header.column.id)))}
            columnOf={columnOf}
            onSized={(id, width) => flushSync(() => setSizing({ ...columnSizing, [id]: width }))}
            sort={props.sort ?? null}
            onSort={props.onSort}
            selection={
              selection
                ? {
                    all: allSelected,
                    some: selection.ids.size > 0,
                    toggle: () => (allSelected ? selection.clear() : selectAll()),
                  }
                : null
            }
          />
          <div className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const id = idOf(row);
              return (
                <TableRow
                  key={id}
                  id={`${domId}-${item.index}`}
                  row={row}
                  index={item.index}
                  top={item.start}
                  columns={shown}
                  focused={focusWithin && item.index === clamped ? position.column : null}
                  selected={selection?.has(id) ?? false}
                  selectLabel={selection ? t('table.selectRow') : null}
                  current={props.currentId === id}
                  onSelect={onSelect}
                  onPress={onPress}
                />
              );
            })}
          </div>
        </div>
      )}
      <RowMenu
        place={menuRow === undefined ? null : menu}
        onClose={() => {
          setMenu(null);
          scroller.current?.focus({ preventScroll: true });
        }}
        onOpen={onOpen && menuRow !== undefined ? () => onOpen(menuRow) : null}
        onToggle={selection && menu ? () => onSelect(menu.row, false) : null}
        selected={menuRow !== undefined && selection?.has(idOf(menuRow)) === true}
        onCopyCell={menuRow !== undefined && shown[menu?.column ?? 0]?.text ? copyCell : null}
        onCopyRow={copyRow}
      />
    </div>
  );
}
