/** What the two chat formats of signalbackup-tools share. */
import { civilTime, NO_TIME, type ReadTime } from '../../time.ts';

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const TIME = /^([A-Z][a-z]{2}) (\d{2}), (\d{4}) (\d{2}):(\d{2}):(\d{2})$/;

/** `Jan 05, 2026 10:00:00` as a wall-clock time. */
export function signalBackupTime(text: string): ReadTime {
  const m = TIME.exec(text);
  if (m === null) return NO_TIME;
  const month = MONTHS.indexOf(m[1] as string) / 3 + 1;
  const [day, year, hour, minute, second] = m.slice(2).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const wallTime = Number.isInteger(month) ? civilTime(year, month, day, hour, minute, second) : null;
  return wallTime === null ? NO_TIME : { instant: null, wallTime };
}

/** Whether a notice is about a call. */
export function isCallNotice(text: string): boolean {
  return /^(?:(?:Incoming|Outgoing|Missed) (?:voice|video) call|Group call)/.test(text);
}
