/** Time zones by IANA name, with the platform's own rules (Intl). */

const HOUR = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Offset of a zone from UTC at an instant, in milliseconds, east positive. Kept per quarter of an hour. */
export function zoneOffset(instant: number, zone: string): number {
  let known = offsets.get(zone);
  if (!known) {
    known = new Map();
    offsets.set(zone, known);
  }
  const slot = Math.floor(instant / (HOUR / 4));
  let offset = known.get(slot);
  if (offset === undefined) {
    const at = slot * (HOUR / 4);
    const part: Record<string, number> = {};
    for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
    const wall = Date.UTC(
      part.year ?? 0,
      (part.month ?? 1) - 1,
      part.day ?? 1,
      part.hour ?? 0,
      part.minute ?? 0,
      part.second ?? 0,
    );
    offset = wall - Math.floor(at / 1000) * 1000;
    known.set(slot, offset);
  }
  return offset;
}

/**
 * The instant at which clocks of a zone show a wall-clock time (both in milliseconds, the wall clock as
 * if it were UTC). A time that occurs twice gives its first instant; one that is skipped, the instant
 * an unchanged clock would have shown it.
 */
export function wallToInstant(wall: number, zone: string): number {
  const early = wall - zoneOffset(wall - 12 * HOUR, zone);
  if (early + zoneOffset(early, zone) === wall) return early;
  const late = wall - zoneOffset(wall + 12 * HOUR, zone);
  return late + zoneOffset(late, zone) === wall ? late : early;
}

/** RFC 3339 with the zone's offset, to the millisecond only where there are milliseconds. */
export function formatInstant(instant: number, zone: string): string {
  const offset = zoneOffset(instant, zone);
  const text = new Date(instant + offset)
    .toISOString()
    .slice(0, -1)
    .replace(/\.000$/, '');
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The offset of a time as people say it: `UTC+8`, `UTC-3:30`, `UTC`. Takes it as RFC 3339 writes it. */
function offsetWords(offset: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  if (sign === undefined || (hours === '00' && minutes === '00')) return 'UTC';
  return `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}

/** A time of RFC 3339 as people read it, to the second: `2026-11-22 14:05:09 (UTC+8)`; other texts as they are. */
export function readableTime(rfc3339: string): string {
  return rfc3339.replace(
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    (_, day: string, time: string, offset: string) => `${day} ${time} (${offsetWords(offset)})`,
  );
}

/** An instant in a zone as people read it, to the minute: `2026-11-22 14:05 (UTC+8)`. */
export function readableMinute(instant: number, zone: string): string {
  return readableTime(formatInstant(instant, zone)).replace(/:\d\d (?=\()/, ' ');
}
