/**
 * Two exports of one chat, compared message by message.
 *
 * Passes, from certain to likely; a message that one pass took is out of the next: equal platform ids;
 * equal text, sender and time; equal text and time; a recall in the place of a message; an edited text
 * of the same sender and time; equal rare text at another time. What is left is on one side only.
 * Nothing is decided by names alone: who is who follows from messages that are certainly the same.
 */
import { coarser, STEP } from '../domain/time-shape.ts';
import { anchorsOf, type ClockOffset, clockOffset } from './clock-offset.ts';
import { comparable, type Said, similarity } from './said.ts';

export type RowKind = 'matched' | 'only-a' | 'only-b' | 'differs';
export type Difference = 'recall' | 'edit' | 'clock';

export interface ReconciledRow {
  readonly kind: RowKind;
  readonly differences: readonly Difference[];
  /** Index of the message on each side; null where the side does not have it. */
  readonly a: number | null;
  readonly b: number | null;
  /** On one side only, at a time that the other side's export does not reach. */
  readonly outside: boolean;
  /** B's time minus A's, less the clocks' offset, in milliseconds; null where a time is missing. */
  readonly residual: number | null;
}

export interface Reconciliation {
  /** In the order of time on A's clock. */
  readonly rows: readonly ReconciledRow[];
  readonly offset: ClockOffset;
  /** Milliseconds by which two times may differ beyond the offset and still be the same. */
  readonly tolerance: number;
}

/** What two phones' clocks and a message's way through the network make of one moment, in milliseconds. */
const USUAL_TOLERANCE = 5000;
/** How far apart, beyond the offset, one rare text may stand and still be one message. */
const CLOCK_REACH = 86_400_000;
const RARE_LENGTH = 4;
/** Texts of one sender at one time that share so many character pairs are an edit. */
const EDIT_SIMILARITY = 0.4;

interface Side {
  readonly said: readonly Said[];
  /** Time on A's clock; null where unknown. */
  readonly at: (number | null)[];
  readonly text: string[];
  /** Sender as A's export identifies people. */
  readonly sender: (string | null)[];
  readonly free: boolean[];
  readonly recalled: boolean[];
}

/** `tolerance` in milliseconds replaces the usual one; the coarser export's precision is added to it. */
export function reconcile(
  a: readonly Said[],
  b: readonly Said[],
  options: { tolerance?: number } = {},
): Reconciliation {
  const anchors = anchorsOf(a, b);
  const offset = clockOffset(a, b, anchors);
  const people = whoIsWho(a, b, anchors);
  const left = sideOf(a, 0, (sender) => sender);
  const right = sideOf(b, offset.milliseconds, (sender) => people.get(sender) ?? `b:${sender}`);
  const step = [...a, ...b].reduce<Said['precision']>(
    (worst, said) => coarser(worst, said.precision),
    'second',
  );
  const tolerance = (options.tolerance ?? USUAL_TOLERANCE) + (step === 'second' ? 0 : STEP[step]);
  const known = new Set(people.values());
  const matcher = new Matcher(left, right, tolerance, (sender) => known.has(sender));
  matcher.byPlatformId();
  matcher.byText(true);
  matcher.byText(false);
  matcher.near((one, other, i, j) =>
    (one.kind === 'recall') !== (other.kind === 'recall') && matcher.mayBeSame(i, j) ? 1 : 0,
  );
  matcher.near((one, other) => (one.kind === 'system' && other.kind === 'system' ? 1 : 0));
  matcher.near((one, other, i, j) => {
    if (one.kind === 'recall' || one.kind === 'system' || one.kind !== other.kind) return 0;
    if (!matcher.mayBeSame(i, j)) return 0;
    const alike = similarity(left.text[i] as string, right.text[j] as string);
    return alike >= EDIT_SIMILARITY || one.edited || other.edited ? alike + 0.01 : 0;
  });
  matcher.byRareText();
  return { rows: matcher.rows(), offset, tolerance };
}

/** Folds recall records into the messages that they take back, and brings times to A's clock. */
function sideOf(said: readonly Said[], offset: number, senderOf: (sender: string) => string): Side {
  const places = new Map<string, number>();
  said.forEach((one, index) => {
    if (one.platformId !== null && one.kind !== 'recall') places.set(one.platformId, index);
  });
  const side: Side = {
    said,
    at: said.map(({ at }) => (at === null ? null : at - offset)),
    text: said.map(comparable),
    sender: said.map(({ sender }) => (sender === null ? null : senderOf(sender))),
    free: said.map(() => true),
    recalled: said.map(({ kind }) => kind === 'recall'),
  };
  said.forEach((one, index) => {
    if (one.kind !== 'recall' || one.refersTo === null) return;
    const original = places.get(one.refersTo);
    if (original === undefined) return;
    side.recalled[original] = true;
    side.free[index] = false;
  });
  return side;
}

/** For each sender of B, the sender of A with whom most of their certain messages are the same. */
function whoIsWho(
  a: readonly Said[],
  b: readonly Said[],
  anchors: readonly (readonly [number, number])[],
): Map<string, string> {
  const votes = new Map<string, Map<string, number>>();
  for (const [i, j] of anchors) {
    const one = a[i]?.sender ?? null;
    const other = b[j]?.sender ?? null;
    if (one === null || other === null) continue;
    const counts = votes.get(other) ?? new Map<string, number>();
    counts.set(one, (counts.get(one) ?? 0) + 1);
    votes.set(other, counts);
  }
  const inA = new Set(a.map(({ sender }) => sender));
  const people = new Map<string, string>();
  for (const sender of new Set(b.map((said) => said.sender))) {
    if (sender === null) continue;
    const best = [...(votes.get(sender) ?? [])].sort((x, y) => y[1] - x[1])[0];
    if (best) people.set(sender, best[0]);
    else if (inA.has(sender)) people.set(sender, sender);
  }
  return people;
}

class Matcher {
  readonly #a: Side;
  readonly #b: Side;
  readonly #tolerance: number;
  readonly #isKnown: (sender: string) => boolean;
  readonly #pairs: [number, number][] = [];

  constructor(a: Side, b: Side, tolerance: number, isKnown: (sender: string) => boolean) {
    this.#a = a;
    this.#b = b;
    this.#tolerance = tolerance;
    this.#isKnown = isKnown;
  }

  #take(i: number, j: number): void {
    this.#a.free[i] = false;
    this.#b.free[j] = false;
    this.#pairs.push([i, j]);
  }

  /** Whether the senders are the same person, or nothing says who one of them is. */
  mayBeSame(i: number, j: number): boolean {
    const one = this.#a.sender[i] ?? null;
    const other = this.#b.sender[j] ?? null;
    if (one === null || other === null || one === other) return true;
    return other.startsWith('b:') && !this.#isKnown(one);
  }

  #isNear(i: number, j: number): boolean {
    const one = this.#a.at[i] ?? null;
    const other = this.#b.at[j] ?? null;
    return one !== null && other !== null && Math.abs(other - one) <= this.#tolerance;
  }

  byPlatformId(): void {
    const places = new Map<string, number>();
    this.#b.said.forEach(({ platformId }, j) => {
      if (platformId !== null && this.#b.free[j]) places.set(platformId, j);
    });
    this.#a.said.forEach(({ platformId }, i) => {
      const j = platformId === null ? undefined : places.get(platformId);
      if (j !== undefined && this.#a.free[i] && this.#b.free[j]) this.#take(i, j);
    });
  }

  /** Equal text within the tolerance, in the order of time; with `strict`, of the same sender. */
  byText(strict: boolean): void {
    const keyOf = (side: Side, index: number) =>
      `${strict ? (side.sender[index] ?? '') : ''}\0${side.said[index]?.kind === 'recall'}\0${side.text[index]}`;
    const queues = new Map<string, number[]>();
    for (const j of this.#ordered(this.#b)) {
      const key = keyOf(this.#b, j);
      const queue = queues.get(key);
      if (queue) queue.push(j);
      else queues.set(key, [j]);
    }
    const heads = new Map<string, number>();
    for (const i of this.#ordered(this.#a)) {
      const key = keyOf(this.#a, i);
      const queue = queues.get(key);
      if (!queue) continue;
      const at = this.#a.at[i] as number;
      let head = heads.get(key) ?? 0;
      while (head < queue.length && (this.#b.at[queue[head] as number] as number) < at - this.#tolerance)
        head++;
      for (let k = head; k < queue.length; k++) {
        const j = queue[k] as number;
        if (!this.#isNear(i, j)) break;
        if (!this.#b.free[j] || !(strict || this.mayBeSame(i, j))) continue;
        this.#take(i, j);
        break;
      }
      heads.set(key, head);
    }
  }

  /** Free messages with a time, earliest first. */
  #ordered(side: Side): number[] {
    const found: number[] = [];
    for (let i = 0; i < side.said.length; i++) if (side.free[i] && side.at[i] !== null) found.push(i);
    return found.sort((x, y) => (side.at[x] as number) - (side.at[y] as number) || x - y);
  }

  /** For each free message of A, the free one of B within the tolerance that `rank` likes best (0: none). */
  near(rank: (one: Said, other: Said, i: number, j: number) => number): void {
    const others = this.#ordered(this.#b);
    let head = 0;
    for (const i of this.#ordered(this.#a)) {
      const at = this.#a.at[i] as number;
      while (head < others.length && (this.#b.at[others[head] as number] as number) < at - this.#tolerance)
        head++;
      let best = -1;
      let bestRank = 0;
      let bestDistance = 0;
      for (let k = head; k < others.length; k++) {
        const j = others[k] as number;
        if (!this.#isNear(i, j)) break;
        if (!this.#b.free[j]) continue;
        const value = rank(this.#a.said[i] as Said, this.#b.said[j] as Said, i, j);
        const distance = Math.abs((this.#b.at[j] as number) - at);
        if (value > bestRank || (value === bestRank && value > 0 && distance < bestDistance)) {
          best = j;
          bestRank = value;
          bestDistance = distance;
        }
      }
      if (best >= 0) this.#take(i, best);
    }
  }

  /** A text of some length that is left once on each side is one message, whatever its time. */
  byRareText(): void {
    const inB = this.#leftOnce(this.#b);
    for (const [text, i] of this.#leftOnce(this.#a)) {
      const j = inB.get(text);
      if (i < 0 || j === undefined || j < 0 || !this.mayBeSame(i, j)) continue;
      const one = this.#a.at[i] ?? null;
      const other = this.#b.at[j] ?? null;
      if (one === null || other === null || Math.abs(other - one) <= CLOCK_REACH) this.#take(i, j);
    }
  }

  #leftOnce(side: Side): Map<string, number> {
    const found = new Map<string, number>();
    side.text.forEach((text, index) => {
      if (!side.free[index] || text.length < RARE_LENGTH || side.said[index]?.kind !== 'text') return;
      found.set(text, found.has(text) ? -1 : index);
    });
    return found;
  }

  rows(): ReconciledRow[] {
    const rows: (ReconciledRow & { at: number })[] = [];
    for (const [i, j] of this.#pairs) {
      const differences = this.#differences(i, j);
      const one = this.#a.at[i] ?? null;
      const other = this.#b.at[j] ?? null;
      rows.push({
        kind: differences.length > 0 ? 'differs' : 'matched',
        differences,
        a: i,
        b: j,
        outside: false,
        residual: one === null || other === null ? null : other - one,
        at: one ?? other ?? 0,
      });
    }
    const spanA = spanOf(this.#a);
    const spanB = spanOf(this.#b);
    const alone = (side: Side, span: Span, kind: 'only-a' | 'only-b') => {
      let last = 0;
      side.said.forEach((_, index) => {
        const at = side.at[index] ?? null;
        last = at ?? last;
        if (!side.free[index]) return;
        const outside =
          at !== null && (span === null || at < span[0] - this.#tolerance || at > span[1] + this.#tolerance);
        const place = kind === 'only-a' ? { a: index, b: null } : { a: null, b: index };
        rows.push({ kind, differences: [], ...place, outside, residual: null, at: last });
      });
    };
    alone(this.#a, spanB, 'only-a');
    alone(this.#b, spanA, 'only-b');
    rows.sort((x, y) => x.at - y.at || (x.a ?? x.b ?? 0) - (y.a ?? y.b ?? 0));
    return rows.map(({ at: _, ...row }) => row);
  }

  #differences(i: number, j: number): Difference[] {
    const one = this.#a.said[i] as Said;
    const other = this.#b.said[j] as Said;
    if (one.kind === 'system' && other.kind === 'system') return [];
    const found: Difference[] = [];
    const recall = this.#a.recalled[i] !== this.#b.recalled[j];
    if (recall) found.push('recall');
    if (!recall && this.#a.text[i] !== this.#b.text[j]) found.push('edit');
    if (this.#a.at[i] != null && this.#b.at[j] != null && !this.#isNear(i, j)) found.push('clock');
    return found;
  }
}

type Span = readonly [number, number] | null;

function spanOf(side: Side): Span {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const at of side.at) {
    if (at === null) continue;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  return first <= last ? [first, last] : null;
}
