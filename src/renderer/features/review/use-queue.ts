import { useRef } from 'react';
import type { Hit } from '../../../core/domain/hit.ts';

/** No verdict yet, or one that says "look again". */
export const isOpen = (hit: Hit): boolean => hit.disposition === null || hit.disposition.verdict === 'unsure';

/**
 * The hit to show after a batch: the next open one below `at`, else an undecided one from the top. Null
 * when nothing is left; a hit just marked unsure does not come round again by itself.
 */
export function nextOpen(rows: readonly Hit[], at: number, decided: ReadonlySet<string>): Hit | null {
  const below = rows.slice(at + 1).find((hit) => isOpen(hit) && !decided.has(hit.id));
  return below ?? rows.slice(0, at).find((hit) => hit.disposition === null && !decided.has(hit.id)) ?? null;
}

interface Queue {
  /** Place of the hit shown among the rows; where it stood last once it has left them; -1 before the first. */
  at: number;
  step: (by: 1 | -1) => void;
}

/** Walks through the rows of a listing, also after the row shown has left it. */
export function useQueue(
  rows: readonly Hit[],
  current: string | undefined,
  show: (id: string) => void,
): Queue {
  const last = useRef(-1);
  const found = current === undefined ? -1 : rows.findIndex((row) => row.id === current);
  if (found >= 0) last.current = found;
  const at = current === undefined ? -1 : found >= 0 ? found : last.current;
  return {
    at,
    step: (by) => {
      // A hit that left the queue made room: the one below now stands in its place.
      const gone = current !== undefined && found < 0 && by === 1;
      const to = gone ? at : at + by;
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (row && row.id !== current) show(row.id);
    },
  };
}
