/**
 * From logits to probabilities, and from probabilities to thresholds. Pure.
 *
 * Platt, Probabilistic Outputs for Support Vector Machines (1999), with his targets for small
 * samples, fitted by Newton's method.
 */

export interface Judged {
  readonly logit: number;
  readonly positive: boolean;
}

/** a and b of p = 1 / (1 + exp(-(a * logit + b))); a is positive. */
export function platt(judged: readonly Judged[]): { a: number; b: number } {
  const positives = judged.filter(({ positive }) => positive).length;
  const negatives = judged.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  let a = 1;
  let b = 0;
  for (let round = 0; round < 100; round++) {
    let ga = 0;
    let gb = 0;
    // A small ridge keeps steps finite where the classes do not overlap.
    let haa = 1e-3;
    let hab = 0;
    let hbb = 1e-3;
    for (const { logit, positive } of judged) {
      const p = 1 / (1 + Math.exp(-(a * logit + b)));
      const error = p - (positive ? high : low);
      const weight = Math.max(p * (1 - p), 1e-9);
      ga += error * logit;
      gb += error;
      haa += weight * logit * logit;
      hab += weight * logit;
      hbb += weight;
    }
    const determinant = haa * hbb - hab * hab;
    if (determinant < 1e-12) break;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    const step = Math.min(1, 2 / Math.max(Math.abs(da), Math.abs(db), 1e-9));
    a -= step * da;
    b -= step * db;
    if (Math.abs(da) + Math.abs(db) < 1e-7) break;
  }
  return a > 0.05 && Number.isFinite(b) ? { a, b } : { a: 1, b: 0 };
}

export interface ReliabilityRow {
  /** Probabilities from here to 0.1 more. */
  readonly from: number;
  readonly count: number;
  /** Mean probability said, and share that was right. */
  readonly said: number;
  readonly held: number;
}

/** How probabilities hold, by tenths; tenths without a text are left out. */
export function reliability(
  judged: readonly { readonly probability: number; readonly positive: boolean }[],
): ReliabilityRow[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = judged.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === tenth);
    const sum = inside.reduce((total, { probability }) => total + probability, 0);
    return {
      from: tenth / 10,
      count: inside.length,
      said: sum / inside.length,
      held: inside.filter(({ positive }) => positive).length / inside.length,
    };
  }).filter(({ count }) => count > 0);
}

/** The lowest probability above which at most `share` of `clean` stand. */
export function thresholdFor(clean: readonly number[], share: number): number {
  const sorted = [...clean].sort((x, y) => y - x);
  const allowed = Math.floor(sorted.length * share);
  return (sorted[allowed] ?? 0) + 1e-6;
}
