import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Listing } from '../../src/renderer/api/hooks.ts';
import { startI18n } from '../../src/renderer/app/i18n.ts';
import type { DataColumn, Sort } from '../../src/renderer/components/table/columns.ts';
import { DataTable } from '../../src/renderer/components/table/data-table.tsx';
import { type Selection, useSelection } from '../../src/renderer/components/table/use-selection.ts';
import { stubLayout } from './support.tsx';

interface Row {
  id: string;
  name: string;
  count: number;
}

const COLUMNS: DataColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 200,
    grow: true,
    sort: 'name',
    text: (row) => row.name,
    cell: (row) => row.name,
  },
  { id: 'count', header: 'Count', width: 80, text: (row) => String(row.count), cell: (row) => row.count },
];

const rowsOf = (length: number): Row[] =>
  Array.from({ length }, (_, index) => ({ id: `r${index}`, name: `Row ${index}`, count: index }));

const listing = (rows: Row[], change: Partial<Listing<Row>> = {}): Listing<Row> => ({
  rows,
  total: rows.length,
  loading: false,
  loadingMore: false,
  more: false,
  error: null,
  previous: false,
  changed: false,
  loadMore: () => undefined,
  refresh: () => undefined,
  ...change,
});

interface Shown {
  rows: Listing<Row>;
  onOpen?: (row: Row) => void;
  onSort?: (sort: Sort) => void;
  selectable?: boolean;
}

let selection: Selection;

function Table({ rows, onOpen, onSort, selectable }: Shown) {
  selection = useSelection();
  const [sort, setSort] = useState<Sort | null>(null);
  return (
    <MantineProvider env="test">
      <DataTable
        name="test"
        label="Rows"
        columns={COLUMNS}
        listing={rows}
        idOf={(row) => row.id}
        empty={<p>Nothing here</p>}
        sort={sort}
        onSort={(next) => {
          setSort(next);
          onSort?.(next);
        }}
        {...(onOpen ? { onOpen } : {})}
        {...(selectable ? { selection } : {})}
      />
    </MantineProvider>
  );
}

const show = (shown: Shown) => render(<Table {...shown} />);
const grid = () => screen.getByRole('grid', { name: 'Rows' });
const bodyRows = () => within(grid()).getAllByRole('row').slice(1);
const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more });

/** What the page put on the clipboard through its copy command. */
function catchCopy(): () => string {
  let copied = '';
  document.execCommand = (command) => {
    const event = new Event('copy', { cancelable: true });
    Object.assign(event, {
      clipboardData: {
        setData: (_: string, text: string) => {
          copied = text;
        },
      },
    });
    document.dispatchEvent(event);
    return command === 'copy';
  };
  return () => copied;
}

beforeEach(async () => {
  stubLayout();
  localStorage.clear();
  await startI18n('en');
});
afterEach(cleanup);

describe('DataTable', () => {
  it('draws only what is on screen of a hundred thousand rows, and says how many there are', () => {
    show({ rows: listing(rowsOf(100_000)) });
    expect(bodyRows().length).toBeGreaterThan(15);
    expect(bodyRows().length).toBeLessThan(60);
    expect(grid().getAttribute('aria-rowcount')).toBe('100001');
    expect(screen.getByText('100,000 rows')).toBeTruthy();
  });

  it('asks for more when the end comes near, and only then', () => {
    const loadMore = vi.fn();
    const view = show({ rows: listing(rowsOf(30), { more: true, total: 500, loadMore }) });
    expect(loadMore).toHaveBeenCalledTimes(1);
    view.unmount();
    const far = vi.fn();
    show({ rows: listing(rowsOf(5000), { more: true, total: 9000, loadMore: far }) });
    expect(far).not.toHaveBeenCalled();
    expect(screen.getByText('9,000 rows, 5,000 loaded')).toBeTruthy();
  });

  it('does not ask twice while a page is under way', () => {
    const loadMore = vi.fn();
    show({ rows: listing(rowsOf(30), { more: true, loadingMore: true, loadMore }) });
    expect(loadMore).not.toHaveBeenCalled();
  });

  it('says what to do where there are no rows', () => {
    show({ rows: listing([]) });
    expect(screen.getByText('Nothing here')).toBeTruthy();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('walks with the arrow keys and opens with Enter', () => {
    const onOpen = vi.fn();
    show({ rows: listing(rowsOf(50)), onOpen });
    grid().focus();
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowUp');
    press('Enter');
    expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: 'r1' }));
    const active = grid().getAttribute('aria-activedescendant');
    expect(bodyRows()[1]?.id).toBe(active);
  });

  it('opens a row on a press, but not on its checkbox', () => {
    const onOpen = vi.fn();
    show({ rows: listing(rowsOf(5)), onOpen, selectable: true });
    fireEvent.click(within(bodyRows()[2] as HTMLElement).getByText('Row 2'));
    expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: 'r2' }));
    fireEvent.click(within(bodyRows()[3] as HTMLElement).getByRole('checkbox'));
    expect(onOpen).toHaveBeenCalledTimes(1);
    expect([...selection.ids]).toEqual(['r3']);
  });

  it('takes the keys after a press on a row', () => {
    show({ rows: listing(rowsOf(20)), onOpen: () => undefined });
    const cell = within(bodyRows()[4] as HTMLElement).getByText('Row 4');
    cell.closest<HTMLElement>('[role="gridcell"]')?.focus();
    fireEvent.click(cell);
    expect(document.activeElement).toBe(grid());
    press('ArrowDown');
    expect(grid().getAttribute('aria-activedescendant')).toBe(bodyRows()[5]?.id);
  });

  it('takes the keys of a screen where nothing else has them, and takes them from nothing', () => {
    const view = show({ rows: listing(rowsOf(3)) });
    expect(document.activeElement).toBe(grid());
    view.unmount();
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    show({ rows: listing(rowsOf(3)) });
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('is where it was left when the same listing is shown again, and at the start of another', () => {
    const rows = rowsOf(500);
    const view = show({ rows: listing(rows, { key: 'open' }) });
    grid().scrollTop = 3400;
    fireEvent.scroll(grid());
    view.unmount();
    const again = show({ rows: listing(rows, { key: 'open' }) });
    expect(grid().scrollTop).toBe(3400);
    again.unmount();
    show({ rows: listing(rows, { key: 'closed' }) });
    expect(grid().scrollTop).toBe(0);
  });

  it('goes to the start when its filter changes, once the new rows are there', () => {
    const view = show({ rows: listing(rowsOf(500), { key: 'a' }) });
    grid().scrollTop = 3400;
    fireEvent.scroll(grid());
    view.rerender(<Table rows={listing(rowsOf(500), { key: 'b', previous: true })} />);
    expect(grid().scrollTop).toBe(3400);
    view.rerender(<Table rows={listing(rowsOf(400), { key: 'b' })} />);
    expect(grid().scrollTop).toBe(0);
  });

  it('offers by the other button what the keys do', async () => {
    const copied = catchCopy();
    const onOpen = vi.fn();
    show({ rows: listing(rowsOf(9)), onOpen, selectable: true });
    const choose = async (name: RegExp) => {
      fireEvent.contextMenu(within(bodyRows()[3] as HTMLElement).getByText('Row 3'));
      fireEvent.click(await screen.findByRole('menuitem', { name }));
    };
    await choose(/^Copy cell/);
    expect(copied()).toBe('Row 3');
    await choose(/^Copy row/);
    expect(copied()).toBe('Name\tCount\nRow 3\t3');
    await choose(/^Select this row/);
    expect([...selection.ids]).toEqual(['r3']);
    await choose(/^Open/);
    expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ id: 'r3' }));
  });

  it('selects by Space, by shift range and all loaded rows', () => {
    show({ rows: listing(rowsOf(20)), selectable: true });
    grid().focus();
    press(' ');
    expect([...selection.ids]).toEqual(['r0']);
    press('ArrowDown', { shiftKey: true });
    press('ArrowDown', { shiftKey: true });
    expect([...selection.ids].sort()).toEqual(['r0', 'r1', 'r2']);
    const box = (index: number) => within(bodyRows()[index] as HTMLElement).getByRole('checkbox');
    fireEvent.click(box(8));
    fireEvent.click(box(10), { shiftKey: true });
    expect(selection.ids.size).toBe(6);
    press('a', { ctrlKey: true });
    expect(selection.ids.size).toBe(20);
    fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }));
    expect(selection.ids.size).toBe(0);
  });

  it('copies the cell, or the selected rows as a table', () => {
    const copied = catchCopy();
    show({ rows: listing(rowsOf(5)), selectable: true });
    grid().focus();
    press('ArrowDown');
    press('ArrowRight');
    press('c', { ctrlKey: true });
    expect(copied()).toBe('1');
    press('C', { ctrlKey: true, shiftKey: true });
    expect(copied()).toBe('Name\tCount\nRow 1\t1');
    press(' ');
    press('c', { ctrlKey: true });
    expect(copied()).toBe('Name\tCount\nRow 1\t1');
    fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy as table' }));
    expect(copied().split('\n')).toHaveLength(6);
  });

  it('sorts on the host: first ascending, then the other way', () => {
    const onSort = vi.fn();
    show({ rows: listing(rowsOf(5)), onSort });
    const head = screen.getByRole('columnheader', { name: /Name/ });
    fireEvent.click(within(head).getByRole('button', { name: /Name/ }));
    expect(onSort).toHaveBeenLastCalledWith({ by: 'name', descending: false });
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(within(head).getByRole('button', { name: /Name/ }));
    expect(onSort).toHaveBeenLastCalledWith({ by: 'name', descending: true });
    expect(within(screen.getByRole('columnheader', { name: /Count/ })).queryByRole('button')).toBeNull();
  });

  it('hides a column, keeps that, and never hides the last one', async () => {
    const view = show({ rows: listing(rowsOf(3)) });
    fireEvent.click(screen.getByRole('button', { name: 'Columns shown' }));
    fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: /Count/ }));
    expect(screen.queryByRole('columnheader', { name: /Count/ })).toBeNull();
    expect(screen.getByRole('menuitemcheckbox', { name: /Name/ })).toHaveProperty('disabled', true);
    view.unmount();
    show({ rows: listing(rowsOf(3)) });
    expect(screen.queryByRole('columnheader', { name: /Count/ })).toBeNull();
  });

  it('offers to read again when rows changed underneath', () => {
    const refresh = vi.fn();
    show({ rows: listing(rowsOf(3), { changed: true, refresh }) });
    fireEvent.click(screen.getByRole('button', { name: /Refresh list/ }));
    expect(refresh).toHaveBeenCalled();
  });

  it('shows why rows could not be read, and tries again', () => {
    const refresh = vi.fn();
    show({ rows: listing([], { error: new Error('boom'), refresh }) });
    expect(screen.getByRole('alert').textContent).toContain('The program made an error');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refresh).toHaveBeenCalled();
    expect(screen.queryByText('Nothing here')).toBeNull();
  });
});
