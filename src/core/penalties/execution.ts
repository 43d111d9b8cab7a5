/**
 * How a measure is carried out: recommended → instructed → executed → verified, and for one that ends
 * expired → restored. Docket instructs nobody by itself and takes nobody's word without a proof.
 */
import type { MeasureOwed, MeasureState } from '../domain/measure.ts';

export type MeasureStep = 'instruct' | 'execute' | 'verify' | 'restore' | 'withdraw';

const DAY = 86_400_000;

/** What is possible in which state. An executed measure is not withdrawn: it is restored. */
const POSSIBLE: Record<MeasureState, readonly MeasureStep[]> = {
  recommended: ['instruct', 'execute', 'withdraw'],
  instructed: ['execute', 'withdraw'],
  executed: ['verify', 'restore'],
  verified: ['restore'],
  expired: ['restore'],
  restored: [],
  withdrawn: [],
};

export function mayStep(state: MeasureState, step: MeasureStep): boolean {
  return POSSIBLE[state].includes(step);
}

export interface MeasureTimes {
  /** As stored: never `expired`, which follows from the clock. */
  readonly state: Exclude<MeasureState, 'expired'>;
  readonly dueAt: number | null;
  readonly expiresAt: number | null;
}

/** When a measure of so many days ends; null for one without end. UTC milliseconds. */
export function expiryOf(executedAt: number, days: number | null): number | null {
  return days === null ? null : executedAt + days * DAY;
}

/** The state at `now`, what it asks for next, and whether that is late. */
export function standingOf(
  { state, dueAt, expiresAt }: MeasureTimes,
  now: number,
): { state: MeasureState; owed: MeasureOwed | null; overdue: boolean } {
  const done = state === 'executed' || state === 'verified';
  if (done && expiresAt !== null && now >= expiresAt) {
    return { state: 'expired', owed: 'restore', overdue: true };
  }
  const owed: MeasureOwed | null =
    state === 'recommended'
      ? 'instruct'
      : state === 'instructed'
        ? 'execute'
        : state === 'executed'
          ? 'verify'
          : null;
  return { state, owed, overdue: state === 'instructed' && dueAt !== null && now > dueAt };
}
