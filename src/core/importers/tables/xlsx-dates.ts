/** Dates in workbooks: serial numbers that only the cell's number format tells from other numbers. */

const DAY = 86_400_000;
/** Day 0 of the serial numbers: 1900-01-00 with the 29 February 1900 that never was, or 1904-01-01. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Last serial number of the format: 9999-12-31. */
const MAX_SERIAL = 2_958_466;

/** Whether a built-in number format shows a date or time (ECMA-376 part 1, 18.8.30, with the Chinese ones). */
export function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a number format's code shows a date or time. */
export function isDateCode(code: string): boolean {
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/\[[^\]]*\]/g, '');
  return /[ymdhs年月日时分秒]/i.test(bare.replace(/general/gi, ''));
}

/** Wall-clock time of a serial number, in milliseconds as if it were UTC; null outside the format's range. */
export function serialTime(serial: number, date1904 = false): number | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= MAX_SERIAL) return null;
  // Serials are decimals of a day: rounding to milliseconds undoes what binary fractions lose.
  return (date1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(serial * DAY);
}

/** A serial number as the text that the table shows: date, time of day, or both. */
export function serialText(serial: number, date1904: boolean): string | null {
  const time = serialTime(serial, date1904);
  if (time === null) return null;
  const iso = new Date(time).toISOString();
  const clock = iso.slice(11, 19);
  if (serial < 1) return clock;
  const millis = iso.slice(20, 23);
  const day = iso.slice(0, 10);
  if (clock === '00:00:00' && millis === '000') return day;
  return `${day} ${clock}${millis === '000' ? '' : `.${millis}`}`;
}
