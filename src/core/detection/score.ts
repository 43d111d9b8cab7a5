/**
 * The score of a rule's hit: how probable it is that it is right. Documented in docs/detection.md.
 *
 * Where the classifier knows the category, its probability p and the rule speak together:
 *
 *   logit(score) = BASE + SLOPE * logit(p)
 *
 * fitted to the share of hits that were right among measured texts, by p and by whether the rule makes
 * hits, makes proposals or makes hits by asking the classifier (the table in docs/detection.md). What only the
 * classifier proposes has a fit of its own: where no rule finds anything it is right less often than p says.
 *
 * Elsewhere it is a fixed estimate:
 *
 *   base      0.90 for a rule that makes hits, 0.40 for one that makes proposals
 *   severity  +0.01 for each level above 3, -0.01 below
 *   parts     +0.02 where more than one word or datum makes the hit
 *   others    +0.03 for each other rule of the same category in the same text, at most two
 *
 * kept within 0.70 to 0.99 and 0.10 to 0.65.
 */
import type { HitStatus } from '../domain/hit.ts';

const FITTED = {
  hit: { base: 2.32, slope: 0.49 },
  proposal: { base: 1.36, slope: 0.39 },
  asking: { base: 0.84, slope: 0.59 },
  alone: { base: 0.36, slope: 0.47 },
} as const;
/** What is said of a text is never surer than this, nor less sure than what is left. */
const MOST_SURE = 0.995;
const BASE = { hit: 0.9, proposal: 0.4 } as const;
const LIMITS = { hit: [0.7, 0.99], proposal: [0.1, 0.65] } as const;

export interface ScoreInput {
  /** What the rule makes by itself. */
  readonly status: HitStatus;
  /** 1 to 5. */
  readonly severity: number;
  readonly parts: number;
  /** Other rules of the same category that hit the same text. */
  readonly others: number;
  /** Whether the rule itself asks the classifier. */
  readonly asksClassifier?: boolean;
  /** The classifier's probability of the category; undefined where it does not know it. */
  readonly probability?: number | undefined;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** What the fit of `kind` makes of the classifier's probability. */
function fitted(kind: keyof typeof FITTED, probability: number): number {
  const { base, slope } = FITTED[kind];
  const p = Math.min(MOST_SURE, Math.max(1 - MOST_SURE, probability));
  return sigmoid(base + slope * Math.log(p / (1 - p)));
}

/** The score of what only the classifier proposes, with three decimals. */
export const scoreAlone = (probability: number): number =>
  Math.round(fitted('alone', probability) * 1000) / 1000;

/** What the score is made of before it is kept within its limits, leaving out what adds nothing. */
export function scoreParts({
  status,
  severity,
  parts,
  others,
  asksClassifier = false,
  probability,
}: ScoreInput): { code: string; value: number }[] {
  if (probability !== undefined) {
    const kind = asksClassifier && status === 'hit' ? 'asking' : status;
    const base = fitted(kind, 0.5);
    return [
      { code: 'base', value: base },
      { code: 'classifier', value: fitted(kind, probability) - base },
    ];
  }
  return [
    { code: 'base', value: BASE[status] },
    { code: 'severity', value: (severity - 3) * 0.01 },
    { code: 'parts', value: parts > 1 ? 0.02 : 0 },
    { code: 'others', value: Math.min(others, 2) * 0.03 },
  ].filter(({ value }) => value !== 0);
}

/** 0 to 1, with three decimals where the classifier speaks, so that the surest stand first; else with two. */
export function scoreOf(input: ScoreInput): number {
  const raw = scoreParts(input).reduce((sum, { value }) => sum + value, 0);
  if (input.probability !== undefined) return Math.round(raw * 1000) / 1000;
  const [low, high] = LIMITS[input.status];
  return Math.round(Math.min(high, Math.max(low, raw)) * 100) / 100;
}
