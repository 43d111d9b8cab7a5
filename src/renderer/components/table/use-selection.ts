import { useCallback, useMemo, useState } from 'react';

export interface Selection {
  ids: ReadonlySet<string>;
  has: (id: string) => boolean;
  set: (ids: Iterable<string>) => void;
  clear: () => void;
}

/** Ids of selected rows. Lives with the screen, so that its buttons can act on it. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set());
  const set = useCallback((next: Iterable<string>) => setIds(new Set(next)), []);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, has: (id: string) => ids.has(id), set, clear }), [ids, set, clear]);
}

/**
 * The selection after a click on row `index`: a plain click toggles it, a shift click adds everything
 * from `anchor` to it.
 */
export function afterClick(
  selected: ReadonlySet<string>,
  idAt: (index: number) => string,
  index: number,
  anchor: number | null,
  shift: boolean,
): Set<string> {
  const next = new Set(selected);
  if (shift && anchor !== null) {
    for (let at = Math.min(anchor, index); at <= Math.max(anchor, index); at += 1) next.add(idAt(at));
    return next;
  }
  const id = idAt(index);
  if (!next.delete(id)) next.add(id);
  return next;
}
