/** Dates and times as KakaoTalk's exports write them on phones and computers, in the app's languages. */
import { civilTime } from '../../time.ts';

/** A time at the beginning of a line, and where it ends. */
export interface KakaoTime {
  /** As written. */
  readonly text: string;
  /** Wall-clock time as if it were UTC, in milliseconds; null for one that does not exist. */
  readonly wallTime: number | null;
  /** Index behind it. */
  readonly end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const GAP = '[ \\u00a0\\u2009\\u202f]?';
const HALF = '(?:오전|오후|午前|午後|上午|下午|[AaPp]\\.?[Mm]\\.?)';
const CLOCK = `(?:(?<before>${HALF})${GAP})?(?<h>\\d{1,2}):(?<mi>\\d{2})(?::(?<s>\\d{2}))?(?:${GAP}(?<after>${HALF}))?`;
const WEEKDAY = '(?:,?\\s?[^\\s\\d,:]{1,12})?';
const NUMBERED =
  '(?<y>\\d{4})(?:년|年|\\.|-|/) ?(?<mo>\\d{1,2})(?:월|月|\\.|-|/) ?(?<d>\\d{1,2})(?:일|日|\\.)?';
const NAMED = '(?<name>[A-Z][a-z]{2,8})\\.? (?<d>\\d{1,2}), (?<y>\\d{4})';
const DAY_FIRST = '(?<d>\\d{1,2}) (?<name>[A-Z][a-z]{2,8})\\.? (?<y>\\d{4})';

/** Times at the beginning of a line. */
const TIMES = [
  new RegExp(`^${NUMBERED},? (?:${CLOCK})`),
  new RegExp(
    `^(?:${NAMED}|${DAY_FIRST.replaceAll('<d>', '<d2>').replaceAll('<name>', '<name2>').replaceAll('<y>', '<y2>')})(?:,| at)? (?:${CLOCK})`,
  ),
  new RegExp(`^(?:${CLOCK}), (?:${NAMED})`),
];

/** Days alone: a heading. */
const DAYS = [
  new RegExp(`^${NUMBERED}${WEEKDAY}$`),
  new RegExp(`^(?:[A-Z][a-z]{2,8}, )?(?:${NAMED})$`),
  new RegExp(`^(?:[A-Z][a-z]{2,8}, )?(?:${DAY_FIRST})$`),
];

type Groups = Readonly<Record<string, string | undefined>>;

function dayOf(groups: Groups): readonly [number, number, number] {
  const name = groups.name ?? groups.name2;
  const month = name === undefined ? Number(groups.mo) : MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  return [Number(groups.y ?? groups.y2), month, Number(groups.d ?? groups.d2)];
}

function hourOf(groups: Groups): number {
  const hour = Number(groups.h);
  const half = groups.before ?? groups.after;
  if (half === undefined) return hour;
  // An hour above 12 beside a half of the day is one of 24 already.
  if (hour > 12) return hour;
  return (hour % 12) + (/오후|午後|下午|^p/i.test(half) ? 12 : 0);
}

/** The time that a line begins with; null where it begins with none. */
export function kakaoTime(line: string): KakaoTime | null {
  if (!/^[\dA-Z오午上下]/.test(line)) return null;
  for (const pattern of TIMES) {
    const m = pattern.exec(line);
    if (m === null) continue;
    const groups = m.groups ?? {};
    const [year, month, day] = dayOf(groups);
    const wallTime = civilTime(year, month, day, hourOf(groups), Number(groups.mi), Number(groups.s ?? 0));
    return { text: m[0], wallTime, end: m[0].length };
  }
  return null;
}

/** Midnight of a day's heading, as if it were UTC; null where the text is none. */
export function kakaoDay(text: string): number | null {
  for (const pattern of DAYS) {
    const m = pattern.exec(text);
    if (m === null) continue;
    const [year, month, day] = dayOf(m.groups ?? {});
    return civilTime(year, month, day);
  }
  return null;
}

const CLOCK_ALONE = new RegExp(`^(?:${CLOCK})$`);

/** Milliseconds since midnight of a clock alone (`오후 3:20`, `3:20 PM`, `15:20`); null where it is none. */
export function kakaoClock(text: string): number | null {
  const groups = CLOCK_ALONE.exec(text)?.groups;
  if (groups === undefined) return null;
  const hour = hourOf(groups);
  const minute = Number(groups.mi);
  if (hour > 23 || minute > 59) return null;
  return ((hour * 60 + minute) * 60 + Number(groups.s ?? 0)) * 1000;
}
