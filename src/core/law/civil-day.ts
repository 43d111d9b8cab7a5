/**
 * Calendar days as Chinese law counts them.
 *
 * Laws take effect, and periods end, on civil days of China Standard Time (UTC+8, no summer time
 * since 1992). A day is an ISO date `YYYY-MM-DD`; such strings order like the days they name.
 */
import { z } from 'zod';

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** An ISO date that exists in the calendar. */
export const CivilDay = z.iso.date();
export type CivilDay = z.infer<typeof CivilDay>;

/** The civil day in China of an instant in UTC milliseconds. */
export function civilDayOf(instant: number): CivilDay {
  return new Date(instant + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * The last day of a period of `years` whole years that began on `day`.
 *
 * The first day is not counted and the period ends with the corresponding day of the last month, or
 * with that month's last day where there is none: 2024-02-29 plus one year ends on 2025-02-28
 * (Civil Code arts. 201–202; from general knowledge, not re-read).
 */
export function lastDayOfYears(day: CivilDay, years: number): CivilDay {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(date, last))).toISOString().slice(0, 10);
}
