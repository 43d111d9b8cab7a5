import type { UseQueryResult } from '@tanstack/react-query';
import type { Listing } from '../api/hooks.ts';
import type { Sort } from './table/columns.ts';

/** A whole answer as a listing, for methods that give all their rows at once. */
export function listingOf<T>(query: UseQueryResult<T[]>, rows: T[] | undefined = query.data): Listing<T> {
  return {
    rows: rows ?? [],
    total: rows?.length ?? null,
    loading: query.isPending,
    loadingMore: false,
    more: false,
    error: query.error,
    previous: query.isPlaceholderData,
    changed: false,
    loadMore: () => undefined,
    refresh: () => void query.refetch(),
  };
}

/** Rows in the order of one of their values; equal ones keep their order. */
export function sorted<T>(
  rows: readonly T[],
  sort: Sort | null | undefined,
  keyOf: (row: T, by: string) => string | number,
): T[] {
  if (!sort) return [...rows];
  const direction = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = keyOf(a, sort.by);
    const right = keyOf(b, sort.by);
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right));
    return order * direction;
  });
}
