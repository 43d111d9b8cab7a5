/** Minutes of the viewer's zone as a date-and-time field writes them. */

const MINUTE = 60_000;

/** `2025-03-01T09:30` of an instant, cut to the minute. */
export function toMinutes(instant: number): string {
  const day = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [String(day.getFullYear()).padStart(4, '0'), two(day.getMonth() + 1), two(day.getDate())].join(
    '-',
  );
  return `${date}T${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** The instant a field names; null for an empty or unfinished one. */
export function fromMinutes(field: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field)) return null;
  const at = new Date(field).getTime();
  return Number.isNaN(at) ? null : Math.floor(at / MINUTE) * MINUTE;
}
