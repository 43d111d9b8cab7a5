/** Two officers' verdicts on the same hits: how often they agree, beyond what chance would give. */

export type Pair = readonly [first: string, second: string];

/**
 * Cohen's kappa: (observed − expected agreement) / (1 − expected), where the expected one follows from how
 * often each officer gives each verdict (J. Cohen, A coefficient of agreement for nominal scales, 1960). Null
 * for no pairs, and where both gave one and the same verdict throughout: then chance explains everything.
 */
export function kappaOf(pairs: readonly Pair[]): number | null {
  const n = pairs.length;
  if (n === 0) return null;
  const observed = pairs.filter(([first, second]) => first === second).length / n;
  let expected = 0;
  for (const verdict of new Set(pairs.flat())) {
    const share = (place: 0 | 1) => pairs.filter((pair) => pair[place] === verdict).length / n;
    expected += share(0) * share(1);
  }
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}

/**
 * Whether an item falls into a sample of a given share (0 to 1), by a digest of seed and item as 64 hex
 * digits: the same seed draws the same items, and nobody chooses them.
 */
export function isDrawn(digest: string, share: number): boolean {
  return Number.parseInt(digest.slice(0, 12), 16) / 2 ** 48 < share;
}
