import { type ReactNode, useDeferredValue } from 'react';

/**
 * What it holds is mounted after what stands around it, in slices of a few milliseconds between which
 * the window answers. For the heavy part of something that opens: a screen's body, a panel, a form.
 */
export function Deferred({ children, until }: { children: ReactNode; until?: ReactNode }) {
  return useDeferredValue(true, false) ? children : until;
}
