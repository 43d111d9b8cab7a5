/** Date lines and times of LINE's text export, in the languages that exports were seen in. */
import { type Clock, clockOf, HALF_OF_DAY } from '../../clock.ts';
import { civilTime } from '../../time.ts';

export interface LineDate {
  /** The numbers, year first where the line has it first; `shown` says which order they stand in. */
  readonly parts: readonly [number, number, number];
  readonly shown: 'YMD' | 'year-last';
}

const WEEKDAY = '[\\s,.]*(?:[(（][^()（）\\d]{1,12}[)）]|[^\\d\\s()/（）:]{1,14})?';
const YEAR_FIRST = new RegExp(
  `^(?:[^\\d\\s/:]{1,14},?\\s)?(\\d{4})(?:[/.-]|年\\s?|년\\s?)(\\d{1,2})(?:[/.-]|月\\s?|월\\s?)(\\d{1,2})[日일]?${WEEKDAY}$`,
);
const YEAR_LAST = new RegExp(`^(?:[^\\d\\s/:]{1,14},?\\s)?(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})${WEEKDAY}$`);
const ERA = new RegExp(
  `^(R|H|S|令和|平成|昭和)\\s?(\\d{1,2}|元)(?:[/.-]|年)(\\d{1,2})(?:[/.-]|月)(\\d{1,2})日?${WEEKDAY}$`,
);

/** Years before the first of each Japanese era (元年 is 1). */
const ERAS: Readonly<Record<string, number>> = {
  R: 2018,
  令和: 2018,
  H: 1988,
  平成: 1988,
  S: 1925,
  昭和: 1925,
};

/** Thai exports may count the years of the Buddhist calendar, which began 543 years earlier. */
const BUDDHIST_OFFSET = 543;

/** The date of a line that holds nothing else; null for any other line. */
export function lineDate(text: string): LineDate | null {
  const line = text.trim();
  if (line.length < 6 || line.length > 40) return null;
  const first = YEAR_FIRST.exec(line);
  if (first !== null) return { parts: [Number(first[1]), Number(first[2]), Number(first[3])], shown: 'YMD' };
  const era = ERA.exec(line);
  if (era !== null) {
    const year = (era[2] === '元' ? 1 : Number(era[2])) + (ERAS[era[1] as string] as number);
    return { parts: [year, Number(era[3]), Number(era[4])], shown: 'YMD' };
  }
  const last = YEAR_LAST.exec(line);
  if (last === null) return null;
  return { parts: [Number(last[1]), Number(last[2]), Number(last[3])], shown: 'year-last' };
}

export type LineDateOrder = 'DMY' | 'MDY' | 'YMD';

/** Milliseconds of the day's beginning, as if it were UTC; null where there is no such day. */
export function dayOf({ parts, shown }: LineDate, order: LineDateOrder): number | null {
  const [a, b, c] = parts;
  const year = shown === 'YMD' ? a : c;
  const month = shown === 'YMD' ? b : order === 'DMY' ? b : a;
  const day = shown === 'YMD' ? c : order === 'DMY' ? a : b;
  return civilTime(year > 2400 ? year - BUDDHIST_OFFSET : year, month, day);
}

const TIME = new RegExp(
  `^((?:(${HALF_OF_DAY})\\s?)?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s?([AaPp]\\.?[Mm]\\.?))?)(\\t|\\s+|$)`,
);

export interface LineTime {
  readonly text: string;
  readonly clock: Clock | null;
  /** What stands behind it on the line. */
  readonly rest: string;
  /** Whether a tab stands behind it. */
  readonly tab: boolean;
}

/** The time that a line begins with; null where it begins otherwise. */
export function lineTime(text: string): LineTime | null {
  const m = TIME.exec(text);
  if (m === null) return null;
  const clock = clockOf(Number(m[3]), Number(m[4]), Number(m[5] ?? 0), m[2] ?? m[6]);
  return { text: m[1] as string, clock, rest: text.slice(m[0].length), tab: m[7] === '\t' };
}

/** Signs as a date has them: each digit, and every word as one. */
function signsOf(text: string): string {
  return text
    .trim()
    .replace(/\d/g, '0')
    .replace(/\p{L}+/gu, 'a');
}

/** How many signs must be changed, added or left out to make one text of the other. */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const costs = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1;
      const kept = (above[at - 1] as number) + same;
      costs.push(Math.min(kept, (above[at] as number) + 1, (costs[at - 1] as number) + 1));
    }
    above = costs;
  }
  return above[other.length] as number;
}

/** Whether a line was a date line like the other before damage put signs into it that no date has. */
export function isBrokenDate(text: string, like: string): boolean {
  if (text.length < 6 || text.length > 40 || like.length > 60) return false;
  if (!/[^\d\p{L}\p{M}\s/.,()（）-]/u.test(text) || !/\d.*\d.*\d/.test(text)) return false;
  return distance(signsOf(text), signsOf(like)) <= 3;
}
