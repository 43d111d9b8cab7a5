/**
 * Times as exports write them. Strict: a date that does not exist (30 February, hour 24) is no time.
 * Results are either an instant (UTC milliseconds, where the text states an offset or an epoch) or a
 * wall-clock time (milliseconds as if it were UTC), never both.
 */

export interface ReadTime {
  readonly instant: number | null;
  readonly wallTime: number | null;
}

/** A time that could not be read. */
export const NO_TIME: ReadTime = Object.freeze({ instant: null, wallTime: null });

const MINUTE = 60_000;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month (1–12) of the Gregorian calendar; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** Milliseconds since 1970 of a civil time taken as UTC; null where there is no such time. */
export function civilTime(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
): number | null {
  const exists =
    year >= 1000 &&
    year <= 9999 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59;
  return exists ? Date.UTC(year, month - 1, day, hour, minute, second, millisecond) : null;
}

const ISO =
  /^\s*(\d{4})(?:-|\/|\.|年\s?)(\d{1,2})(?:-|\/|\.|月\s?)(\d{1,2})日?(?:(?:T|\s+|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?\s*$/i;

/**
 * Reads a year-first time: `2024-01-05T09:15:00+08:00`, `2024-01-05 9:15`, `2024/1/5 09:15:30.123`,
 * `2024年1月5日 09:15`, or a date alone. Null for anything else and for times that do not exist.
 */
export function readCivilText(text: string): ReadTime | null {
  const m = ISO.exec(text);
  if (m === null) return null;
  const fraction = m[7] === undefined ? 0 : Math.trunc(Number(`0.${m[7]}`) * 1000);
  const part = (index: number): number => Number(m[index] ?? 0);
  const wallTime = civilTime(part(1), part(2), part(3), part(4), part(5), part(6), fraction);
  if (wallTime === null) return null;
  const zone = m[8];
  if (zone === undefined) return { instant: null, wallTime };
  const offset = offsetMinutes(zone);
  return offset === null ? null : { instant: wallTime - offset * MINUTE, wallTime: null };
}

function offsetMinutes(zone: string): number | null {
  if (!/^[+-]/.test(zone)) return 0;
  const digits = zone.replace(':', '');
  const hours = Number(digits.slice(1, 3));
  const minutes = Number(digits.slice(3, 5));
  if (hours > 14 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * Reads an epoch in seconds, milliseconds or microseconds (told apart by size: below 1e11 seconds,
 * below 1e14 milliseconds), as number or numeric text. UTC milliseconds; null where it is none.
 */
export function readEpoch(value: unknown): number | null {
  let epoch: number;
  if (typeof value === 'number') epoch = value;
  else if (typeof value === 'string' && /^\s*\d{1,17}(?:\.\d+)?\s*$/.test(value)) epoch = Number(value);
  else return null;
  if (!Number.isFinite(epoch) || epoch < 0 || epoch >= 1e17) return null;
  if (epoch < 1e11) return Math.round(epoch * 1000);
  return epoch < 1e14 ? Math.round(epoch) : Math.floor(epoch / 1000);
}

/** Reads an epoch or a year-first text; `NO_TIME` where it is neither. */
export function readTime(value: unknown): ReadTime {
  const instant = readEpoch(value);
  if (instant !== null) return { instant, wallTime: null };
  return (typeof value === 'string' ? readCivilText(value) : null) ?? NO_TIME;
}
