/**
 * Which hit is looked at first: severity × reach × waiting × duty, with weights that the organisation sets.
 * The weights are a choice of the organisation, taken from no law.
 */
import type { PriorityFactors, PriorityFormula } from '../domain/triage.ts';

/** Without any weights set: severity times certainty. */
export const PLAIN: PriorityFormula = { severity: 1, reach: 0, duty: 0, doublingDays: null, categories: [] };

/** What is known of a hit when its priority is computed. */
export interface PriorityFacts {
  readonly category: string;
  /** 1 to 5. */
  readonly severity: number;
  /** 0 to 1. */
  readonly score: number;
  /** People in the conversation; null where nothing tells. */
  readonly members: number | null;
  /** UTC milliseconds when the run that found it began. */
  readonly foundAt: number;
}

const DAY = 86_400_000;
/** Waiting is counted from here, so that stored priorities keep their order while time passes: 2026-01-01 UTC. */
export const PRIORITY_EPOCH = Date.UTC(2026, 0, 1);

/** The factors of a hit's priority at `now`, and their product. */
export function priorityFactors(
  formula: PriorityFormula,
  { category, severity, score, members, foundAt }: PriorityFacts,
  now: number,
): PriorityFactors {
  const factors = {
    severity: severity ** formula.severity,
    score,
    reach: 1 + formula.reach * Math.log10(Math.max(1, members ?? 1)),
    duty: 1 + ((formula.categories as readonly string[]).includes(category) ? formula.duty : 0),
    waiting: formula.doublingDays === null ? 1 : 2 ** ((now - foundAt) / DAY / formula.doublingDays),
  };
  const value = factors.severity * factors.score * factors.reach * factors.duty * factors.waiting;
  return { ...factors, members, value };
}

/**
 * The priority as it is stored. Waiting doubles it at the same pace for every hit, so the order of two hits
 * never changes and the stored value needs no upkeep.
 */
export const storedPriority = (formula: PriorityFormula, facts: PriorityFacts): number =>
  priorityFactors(formula, facts, PRIORITY_EPOCH).value;
