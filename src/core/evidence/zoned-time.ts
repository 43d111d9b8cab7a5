import { readableTime } from '../domain/zone.ts';

/** Offsets change at quarter hours at the finest, anywhere in the zone database since 1970. */
const STEP = 15 * 60_000;

/**
 * A writer of times as RFC 3339 with milliseconds and the offset of an IANA zone, for example
 * `2026-01-01T09:13:20.000+08:00`. UTC milliseconds in. Offsets are remembered per quarter hour, because
 * asking Intl costs microseconds.
 */
export function zonedTime(zone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, { text: string; ms: number }>();
  const offsetAt = (instant: number) => {
    const slot = Math.floor(instant / STEP);
    let offset = offsets.get(slot);
    if (offset === undefined) {
      const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
      const match = /^GMT([+-])(\d\d):(\d\d)$/.exec(name);
      // Before standard time offsets had seconds, which RFC 3339 cannot write: UTC then.
      offset =
        match === null || name === 'GMT+00:00'
          ? { text: 'Z', ms: 0 }
          : {
              text: `${match[1]}${match[2]}:${match[3]}`,
              ms: (match[1] === '-' ? -60_000 : 60_000) * (Number(match[2]) * 60 + Number(match[3])),
            };
      if (offsets.size >= 4096) offsets.clear();
      offsets.set(slot, offset);
    }
    return offset;
  };
  return (instant) => {
    const { text, ms } = offsetAt(instant);
    return new Date(instant + ms).toISOString().replace('Z', text);
  };
}

/** The same for papers that people sign: `2026-01-01 09:13:20 (UTC+8)`. */
export function paperTime(zone: string): (instant: number) => string {
  const write = zonedTime(zone);
  return (instant) => readableTime(write(instant));
}
