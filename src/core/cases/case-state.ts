/** The life of a case: open → awaiting-approval → decided → closed, and back by refusal or reopening. */
import type { CaseState, Decision } from '../domain/case.ts';

/**
 * The state of a case that is not closed, from where its parties stand: for each party that can be the
 * subject of a measure, the state of its latest decision, or null where there is none yet. A case is
 * decided once nothing is left to decide; a refused decision has to be made again.
 */
export function stateOfDecisions(
  latest: readonly (Decision['state'] | null)[],
): Exclude<CaseState, 'closed'> {
  if (latest.includes('awaiting-approval')) return 'awaiting-approval';
  return latest.length > 0 && latest.every((state) => state === 'final') ? 'decided' : 'open';
}

/**
 * What somebody wants to do to a case: add to or describe it; take something out of it; decide about a
 * party; end it; take it up again.
 */
export type CaseAct = 'add' | 'take-out' | 'decide' | 'close' | 'reopen';

/**
 * What is possible in which state. While a decision waits for the second officer, what it rests on
 * stays, and the case cannot end; a closed case is first reopened.
 */
const POSSIBLE: Record<CaseState, readonly CaseAct[]> = {
  open: ['add', 'take-out', 'decide', 'close'],
  'awaiting-approval': ['add', 'decide'],
  decided: ['add', 'take-out', 'decide', 'close'],
  closed: ['reopen'],
};

export function mayDo(state: CaseState, act: CaseAct): boolean {
  return POSSIBLE[state].includes(act);
}
