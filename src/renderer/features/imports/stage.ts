/** Files dropped or chosen and not yet imported. They outlive a change of screen, not a restart. */
import { useSyncExternalStore } from 'react';

let staged: readonly string[] = [];
const listeners = new Set<() => void>();

function set(next: readonly string[]): void {
  staged = next;
  for (const listener of listeners) listener();
}

export const stage = {
  add: (paths: readonly string[]) => set([...new Set([...staged, ...paths])]),
  remove: (path: string) => set(staged.filter((entry) => entry !== path)),
  clear: () => set([]),
};

export function useStaged(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => staged,
  );
}
