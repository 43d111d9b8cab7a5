/**
 * The score of a hit: a provisional estimate of the probability that it is right, until the
 * figures are calibrated on reviewed decisions. Documented in docs/detection.md.
 *
 *   base      0.90 for status `hit`, 0.40 for `proposal`
 *   severity  +0.01 for each level above 3, -0.01 below
 *   parts     +0.02 where more than one word or datum makes the hit
 *   others    +0.03 for each other rule of the same category in the same text, at most two
 *
 * kept within 0.70 to 0.99 for `hit` and 0.10 to 0.65 for `proposal`, so that a proposal never
 * ranks above a hit.
 */
import type { HitStatus } from '../domain/hit.ts';

const BASE = { hit: 0.9, proposal: 0.4 } as const;
const LIMITS = { hit: [0.7, 0.99], proposal: [0.1, 0.65] } as const;

export interface ScoreInput {
  readonly status: HitStatus;
  /** 1 to 5. */
  readonly severity: number;
  readonly parts: number;
  /** Other rules of the same category that hit the same text. */
  readonly others: number;
}

/** What the score is made of before it is kept within its limits, leaving out what adds nothing. */
export function scoreParts({
  status,
  severity,
  parts,
  others,
}: ScoreInput): { code: string; value: number }[] {
  return [
    { code: 'base', value: BASE[status] },
    { code: 'severity', value: (severity - 3) * 0.01 },
    { code: 'parts', value: parts > 1 ? 0.02 : 0 },
    { code: 'others', value: Math.min(others, 2) * 0.03 },
  ].filter(({ value }) => value !== 0);
}

/** 0 to 1, with two decimals. */
export function scoreOf(input: ScoreInput): number {
  const raw = scoreParts(input).reduce((sum, { value }) => sum + value, 0);
  const [low, high] = LIMITS[input.status];
  return Math.round(Math.min(high, Math.max(low, raw)) * 100) / 100;
}
