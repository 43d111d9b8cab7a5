/** Days and minutes as a date field keeps and shows them: `2026-11-22`, `2026-11-22T09:30`. */

const DAY = /^(\d{4})(?:[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?|(\d{2})(\d{2}))$/;
const TIME = /^(\d{1,2})[:：](\d{2})$/;

const two = (value: number) => String(value).padStart(2, '0');

/** The value of a day of the calendar; months from 0, days may run over the month's end. */
export function dayOf(year: number, month: number, day: number): string {
  const at = new Date(year, month, day);
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * What was typed as a value, in any of the usual ways of writing (`2026/3/1`, `2026年3月1日`, `20260301`,
 * with ` 9:30` where a time is asked for); empty for what is no day of the calendar or not finished.
 */
export function readDay(typed: string, withTime: boolean): string {
  const [written = '', time = '', ...rest] = typed.trim().split(/[T\s]+(?=\d{1,2}[:：])/);
  const parts = DAY.exec(written.trim());
  if (!parts || rest.length > 0) return '';
  const [year, month, day] = [parts[1], parts[2] ?? parts[4], parts[3] ?? parts[5]].map(Number) as [
    number,
    number,
    number,
  ];
  const value = dayOf(year, month - 1, day);
  // 31 February would be a day of March.
  if (value !== `${parts[1]}-${two(month)}-${two(day)}`) return '';
  if (!withTime) return time === '' ? value : '';
  const clock = TIME.exec(time);
  if (!clock || Number(clock[1]) > 23 || Number(clock[2]) > 59) return '';
  return `${value}T${two(Number(clock[1]))}:${clock[2]}`;
}

/** A value as the field shows it. */
export const shownOf = (value: string): string => value.replace('T', ' ');

/** Six weeks of days from the Monday on or before the month's first. */
export function weeksOf(year: number, month: number): string[] {
  const before = (new Date(year, month, 1).getDay() + 6) % 7;
  return Array.from({ length: 42 }, (_, index) => dayOf(year, month, 1 - before + index));
}

/** The day that an arrow or a page key leads to; undefined for other keys. */
export function stepOf(key: string, value: string): string | undefined {
  const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
  const steps: Record<string, string> = {
    ArrowLeft: dayOf(year, month - 1, day - 1),
    ArrowRight: dayOf(year, month - 1, day + 1),
    ArrowUp: dayOf(year, month - 1, day - 7),
    ArrowDown: dayOf(year, month - 1, day + 7),
    PageUp: dayOf(year, month - 2, Math.min(day, new Date(year, month - 1, 0).getDate())),
    PageDown: dayOf(year, month, Math.min(day, new Date(year, month + 1, 0).getDate())),
  };
  return Object.hasOwn(steps, key) ? steps[key] : undefined;
}
