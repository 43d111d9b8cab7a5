import type { CategoryId, Tier } from '../domain/category.ts';

const TIER_RANK: Record<Tier, number> = { illegal: 3, harmful: 2, 'house-rule': 1 };

export interface Grave {
  readonly category: CategoryId;
  readonly tier: Tier;
  readonly severity: number;
  readonly sentAt: number | null;
}

/**
 * The gravest of several findings: by tier, then severity, then the latest act, because a decision is
 * measured by the worst thing done and its priors are counted back from it. Null for none.
 */
export function gravest<T extends Grave>(findings: readonly T[]): T | null {
  let found: T | null = null;
  for (const finding of findings) if (found === null || compare(finding, found) > 0) found = finding;
  return found;
}

function compare(a: Grave, b: Grave): number {
  return (
    TIER_RANK[a.tier] - TIER_RANK[b.tier] ||
    a.severity - b.severity ||
    (a.sentAt ?? Number.NEGATIVE_INFINITY) - (b.sentAt ?? Number.NEGATIVE_INFINITY) ||
    0
  );
}
