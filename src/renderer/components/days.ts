/** Days of the viewer's zone as a date field writes them. */

/** `2025-03-01` of an instant. */
export function toDay(instant: number): string {
  const day = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Midnight at the start of the day, `shift` days later; undefined for an empty or unfinished field. */
export function fromDay(day: string, shift: number): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return undefined;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + shift).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** Midnight at the end of the day of an instant. */
export const endOfDay = (instant: number): number => fromDay(toDay(instant), 1) ?? instant;
