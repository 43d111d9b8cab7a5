/** Intervals of shares, 95% two-sided. */

const Z = 1.959963984540054;

/** A share with its interval. `value` is null where nothing was counted; the interval is then 0 to 1. */
export interface ShareInterval {
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const NOTHING = { value: null, low: 0, high: 1, n: 0 } as const;

/** The score interval (E. B. Wilson, 1927, JASA 22:209). */
export function wilson(count: number, n: number): ShareInterval {
  if (n === 0) return NOTHING;
  const p = count / n;
  const z2 = (Z * Z) / n;
  const middle = p + z2 / 2;
  const spread = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n));
  return {
    value: p,
    low: count === 0 ? 0 : (middle - spread) / (1 + z2),
    high: count === n ? 1 : (middle + spread) / (1 + z2),
    n,
  };
}

/** P(X ≤ count) of a binomial distribution. */
function atMost(count: number, n: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return count >= n ? 1 : 0;
  let log = n * Math.log1p(-p);
  let sum = Math.exp(log);
  for (let k = 1; k <= count; k++) {
    log += Math.log((n - k + 1) / k) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

/** The p at which a falling function of p reaches a value, by bisection. */
function solve(value: (p: number) => number, wanted: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (value(middle) > wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The exact interval, which never covers less than it says (Clopper, Pearson, 1934, Biometrika 26:404). */
export function clopperPearson(count: number, n: number): ShareInterval {
  if (n === 0) return NOTHING;
  return {
    value: count / n,
    low: count === 0 ? 0 : solve((p) => atMost(count - 1, n, p), 0.975),
    high: count === n ? 1 : solve((p) => atMost(count, n, p), 0.025),
    n,
  };
}
