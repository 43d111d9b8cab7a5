import { useCallback } from 'react';

type Search = Record<string, unknown>;

/**
 * Changes of the filters in the address. Each replaces the entry of the history, so that Back leaves
 * the screen instead of walking through every letter typed.
 */
export function useFilters<S extends Search>(
  navigate: (options: { search: (before: S) => S; replace: boolean }) => unknown,
) {
  const set = useCallback(
    (change: Partial<S>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  /** Removes every filter but those named. */
  const clear = useCallback(
    (...keep: (keyof S)[]) =>
      void navigate({
        search: (before) => Object.fromEntries(keep.map((key) => [key, before[key]])) as S,
        replace: true,
      }),
    [navigate],
  );
  return { set, clear };
}

/** A record without its empty values, as the contract's filters want it. */
export function compact<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
