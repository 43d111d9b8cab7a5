/**
 * What is missing or odd in a stretch of messages, as far as the file itself can show it: days without a
 * message, time running backwards, holes in sequence numbers, damaged characters. Deletions before
 * the export leave no trace, so a scope without findings is complete relative to this file, not to the chat.
 *
 * Messages are taken one at a time in the order of the file; nothing but counts and findings is kept.
 */

export type GapKind = 'missing-days' | 'backwards' | 'sequence-hole' | 'damage';

export interface GapMessage {
  /** Row id of the message. */
  readonly id: number;
  /** UTC milliseconds; null where the time could not be read. */
  readonly at: number | null;
  /** Number of the day in the zone that days are counted in (days since 1970-01-01). */
  readonly day: number | null;
  /** Sequence number of the format; null where it has none. */
  readonly sequence: number | null;
  /** Flags of damaged characters. */
  readonly damage: readonly string[];
}

export interface Gap {
  readonly kind: GapKind;
  /** Messages on both sides; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** First and last missing day; null for other kinds. */
  readonly fromDay: number | null;
  readonly toDay: number | null;
  /** Days, milliseconds, numbers or damaged messages, by kind. */
  readonly size: number;
  /** Messages that usual density would have brought into missing days; 0 for other kinds. */
  readonly expected: number;
  readonly detail: string | null;
}

export interface GapReport {
  readonly messages: number;
  readonly untimed: number;
  /** Messages of each day that has some, by day. */
  readonly days: readonly { readonly day: number; readonly messages: number }[];
  readonly counts: Readonly<Record<GapKind, number>>;
  readonly gaps: readonly Gap[];
  /** `none`: the format has no numbers; `loose`: they are not consecutive here, so holes say nothing. */
  readonly sequence: 'none' | 'loose' | 'consecutive';
}

interface Numbered {
  readonly id: number;
  readonly sequence: number;
}

/** Findings of one kind that are listed; all are counted. */
const LISTED = 500;
/** Share of steps by 1 from which on a missing number is a finding: below, other chats share the numbers. */
const CONSECUTIVE = 0.9;
/** Steps needed before numbers are judged at all. */
const FEWEST_STEPS = 5;
/** Days before and after a gap whose density counts as usual. */
const NEIGHBOURHOOD = 14;
/** Phones write times of one second in any order. */
const BACKWARDS_SLACK = 1000;

export class GapFinder {
  readonly #days = new Map<
    number,
    { messages: number; first: number; firstAt: number; last: number; lastAt: number }
  >();
  readonly #gaps: Record<GapKind, Gap[]> = {
    'missing-days': [],
    backwards: [],
    'sequence-hole': [],
    damage: [],
  };
  readonly #counts: Record<GapKind, number> = {
    'missing-days': 0,
    backwards: 0,
    'sequence-hole': 0,
    damage: 0,
  };
  #messages = 0;
  #untimed = 0;
  #last: { id: number; at: number } | null = null;
  readonly #numbers: Numbered[] = [];

  take(message: GapMessage): void {
    this.#messages++;
    if (message.damage.length > 0) {
      this.#add({
        kind: 'damage',
        before: null,
        after: message.id,
        size: 1,
        detail: message.damage.join(' '),
      });
    }
    if (message.sequence !== null) this.#numbers.push({ id: message.id, sequence: message.sequence });
    if (message.at === null || message.day === null) {
      this.#untimed++;
      return;
    }
    const { at } = message;
    if (this.#last !== null && at < this.#last.at - BACKWARDS_SLACK) {
      this.#add({
        kind: 'backwards',
        before: this.#last.id,
        after: message.id,
        size: this.#last.at - at,
        detail: null,
      });
    }
    this.#last = { id: message.id, at };
    const day = this.#days.get(message.day);
    if (!day) {
      this.#days.set(message.day, {
        messages: 1,
        first: message.id,
        firstAt: at,
        last: message.id,
        lastAt: at,
      });
      return;
    }
    day.messages++;
    if (at < day.firstAt) Object.assign(day, { first: message.id, firstAt: at });
    if (at >= day.lastAt) Object.assign(day, { last: message.id, lastAt: at });
  }

  /** Holes between the numbers that are there, whatever their order in the file. */
  #findHoles(): GapReport['sequence'] {
    const numbers = this.#numbers.sort((a, b) => a.sequence - b.sequence);
    let steps = 0;
    let single = 0;
    for (let i = 1; i < numbers.length; i++) {
      const step = (numbers[i]?.sequence ?? 0) - (numbers[i - 1]?.sequence ?? 0);
      if (step > 0) steps++;
      if (step === 1) single++;
    }
    if (steps === 0) return 'none';
    if (steps < FEWEST_STEPS || single / steps < CONSECUTIVE) return 'loose';
    for (let i = 1; i < numbers.length; i++) {
      const before = numbers[i - 1] as Numbered;
      const after = numbers[i] as Numbered;
      const size = after.sequence - before.sequence - 1;
      if (size < 1) continue;
      const first = before.sequence + 1;
      const detail = size === 1 ? String(first) : `${first}–${after.sequence - 1}`;
      this.#add({ kind: 'sequence-hole', before: before.id, after: after.id, size, detail });
    }
    return 'consecutive';
  }

  #add(gap: Pick<Gap, 'kind' | 'before' | 'after' | 'size' | 'detail'> & Partial<Gap>): void {
    this.#counts[gap.kind]++;
    const listed = this.#gaps[gap.kind];
    if (listed.length < LISTED) listed.push({ fromDay: null, toDay: null, expected: 0, ...gap });
  }

  finish(): GapReport {
    const days = [...this.#days].sort((a, b) => a[0] - b[0]);
    days.forEach(([day, { first }], index) => {
      const previous = days[index - 1];
      if (!previous || day === previous[0] + 1) return;
      const size = day - previous[0] - 1;
      this.#counts['missing-days']++;
      this.#gaps['missing-days'].push({
        kind: 'missing-days',
        before: previous[1].last,
        after: first,
        fromDay: previous[0] + 1,
        toDay: day - 1,
        size,
        expected: Math.round(size * density(days, index)),
        detail: null,
      });
    });
    const sequence = this.#findHoles();
    const byWeight = (a: Gap, b: Gap) => b.expected - a.expected || b.size - a.size;
    return {
      messages: this.#messages,
      untimed: this.#untimed,
      days: days.map(([day, { messages }]) => ({ day, messages })),
      counts: this.#counts,
      gaps: [
        ...this.#gaps['missing-days'].sort(byWeight).slice(0, LISTED),
        ...this.#gaps['sequence-hole'],
        ...this.#gaps.backwards.sort(byWeight),
        ...this.#gaps.damage,
      ],
      sequence,
    };
  }
}

/** Messages a day around the gap before `index`, over the days of its neighbourhood, empty ones included. */
function density(days: readonly [number, { messages: number }][], index: number): number {
  const after = days[index]?.[0] ?? 0;
  const before = days[index - 1]?.[0] ?? 0;
  let messages = 0;
  let first = before;
  let last = after;
  for (let i = index - 1; i >= 0; i--) {
    const [day, count] = days[i] as [number, { messages: number }];
    if (day <= before - NEIGHBOURHOOD) break;
    messages += count.messages;
    first = day;
  }
  for (let i = index; i < days.length; i++) {
    const [day, count] = days[i] as [number, { messages: number }];
    if (day >= after + NEIGHBOURHOOD) break;
    messages += count.messages;
    last = day;
  }
  return messages / (before - first + 1 + last - after + 1);
}
