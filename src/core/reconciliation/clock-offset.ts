/**
 * How far two exports' clocks are apart. Anchors are messages that are certainly the same: equal platform
 * ids, or a text that each side has once. The offset is the difference that most anchors agree on, so
 * that a few wrong anchors do not move it.
 */
import { coarser, type Precision, STEP } from '../domain/time-shape.ts';
import { comparable, type Said } from './said.ts';

export interface ClockOffset {
  /** Milliseconds that B's times lie behind A's (B − A), 0 where too few anchors agree. */
  readonly milliseconds: number;
  readonly anchors: number;
  readonly agreeing: number;
  /** The offset is a whole number of quarter hours: more likely a wrong zone than a wrong clock. */
  readonly zoneLike: boolean;
}

const QUARTER = 15 * 60_000;
/** Shorter texts are said too often to be certain. */
const ANCHOR_LENGTH = 2;

/** Indices of messages in A and B that are certainly the same. */
export function anchorsOf(a: readonly Said[], b: readonly Said[]): [number, number][] {
  const found: [number, number][] = [];
  const takenA = new Set<number>();
  const join = (keyOf: (said: Said) => string | null) => {
    const inA = onceBy(a, keyOf);
    const inB = onceBy(b, keyOf);
    for (const [key, index] of inA) {
      const other = inB.get(key);
      if (index < 0 || other === undefined || other < 0 || takenA.has(index)) continue;
      takenA.add(index);
      found.push([index, other]);
    }
  };
  join((said) => said.platformId);
  join((said) => {
    if (said.kind !== 'text') return null;
    const text = comparable(said);
    return text.length < ANCHOR_LENGTH ? null : text;
  });
  return found;
}

/** Index of each key that occurs once; −1 for the others. */
function onceBy(said: readonly Said[], keyOf: (said: Said) => string | null): Map<string, number> {
  const found = new Map<string, number>();
  said.forEach((one, index) => {
    const key = keyOf(one);
    if (key !== null) found.set(key, found.has(key) ? -1 : index);
  });
  return found;
}

export function clockOffset(
  a: readonly Said[],
  b: readonly Said[],
  anchors: readonly (readonly [number, number])[],
): ClockOffset {
  const deltas: number[] = [];
  let precision: Precision = 'second';
  for (const [i, j] of anchors) {
    const one = a[i] as Said;
    const other = b[j] as Said;
    if (one.at === null || other.at === null) continue;
    precision = coarser(precision, coarser(one.precision, other.precision));
    deltas.push(other.at - one.at);
  }
  const step = STEP[precision];
  const counts = new Map<number, number>();
  for (const delta of deltas) {
    const slot = Math.round(delta / step);
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  const near = (slot: number) =>
    (counts.get(slot - 1) ?? 0) + (counts.get(slot) ?? 0) + (counts.get(slot + 1) ?? 0);
  let best = 0;
  let bestRank = [-1, -1, 0] as [number, number, number];
  for (const [slot, count] of counts) {
    const rank: [number, number, number] = [near(slot), count, -Math.abs(slot)];
    if (isAbove(rank, bestRank)) {
      best = slot;
      bestRank = rank;
    }
  }
  const inside = deltas.filter((delta) => Math.abs(delta - best * step) <= step * 1.5).sort((x, y) => x - y);
  const agreeing = inside.length;
  const enough = agreeing >= 2 && agreeing * 5 >= deltas.length;
  // Times cut to the minute tell no finer offset; a zero step among them is the likeliest.
  const median = inside[inside.length >> 1] ?? 0;
  const milliseconds = !enough ? 0 : step > 1000 ? best * step : median;
  const quarters = Math.round(milliseconds / QUARTER);
  return {
    milliseconds,
    anchors: deltas.length,
    agreeing: enough ? agreeing : 0,
    zoneLike: quarters !== 0 && Math.abs(milliseconds - quarters * QUARTER) <= 60_000,
  };
}

function isAbove(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return (a[i] as number) > (b[i] as number);
  }
  return false;
}
