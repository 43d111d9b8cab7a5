/** Numbers, sizes, spans of time and instants in the viewer's language and zone. */
import { useTranslation } from 'react-i18next';

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** The zone of this workstation, IANA name. */
export function localZone(): string {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
}
let zone: string | undefined;

/** Offset of the zone at an instant: `UTC+08:00`. */
export function offsetAt(instant: number): string {
  const minutes = -new Date(instant).getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `UTC${sign}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

export interface Format {
  number(value: number): string;
  /** 0..1 as a percentage. */
  percent(value: number, digits?: number): string;
  bytes(value: number): string;
  /** Seconds in the two largest units that say something. */
  duration(seconds: number): string;
  date(instant: number): string;
  /** Month and day, for the ticks of a chart. */
  monthDay(instant: number): string;
  /** To the second. */
  dateTime(instant: number): string;
  /** To the minute, for dense lists. */
  shortTime(instant: number): string;
  list(items: readonly string[]): string;
}

function createFormat(language: string): Format {
  const number = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const short = new Intl.DateTimeFormat(language, { ...options, hourCycle: 'h23' });
  const full = new Intl.DateTimeFormat(language, { ...options, second: '2-digit', hourCycle: 'h23' });
  const monthDay = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' });
  const list = new Intl.ListFormat(language, { type: 'conjunction', style: 'long' });
  const numbers = new Map<string, Intl.NumberFormat>();
  const made = (options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    const format = numbers.get(key) ?? new Intl.NumberFormat(language, options);
    numbers.set(key, format);
    return format;
  };
  const unit = (value: number, name: string, digits: number) =>
    made({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
  return {
    number: (value) => number.format(value),
    percent: (value, digits = 0) => made({ style: 'percent', maximumFractionDigits: digits }).format(value),
    bytes: (value) => {
      const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), BYTE_UNITS.length - 1);
      // English has "640 byte" for the short form.
      if (power <= 0) return `${number.format(value)} B`;
      const scaled = value / 1000 ** power;
      return unit(scaled, BYTE_UNITS[power] ?? 'byte', scaled >= 100 ? 0 : 1);
    },
    duration: (seconds) => {
      if (seconds < 60) return unit(seconds, 'second', seconds < 10 ? 1 : 0);
      const whole = Math.round(seconds);
      const minutes = Math.floor(whole / 60);
      // From two days on the hours no longer matter.
      if (minutes >= 2880) return unit(Math.floor(minutes / 1440), 'day', 0);
      const [large, small] =
        minutes < 60
          ? [unit(minutes, 'minute', 0), whole % 60 && unit(whole % 60, 'second', 0)]
          : [unit(Math.floor(minutes / 60), 'hour', 0), minutes % 60 && unit(minutes % 60, 'minute', 0)];
      return small ? `${large} ${small}` : large;
    },
    date: (instant) => date.format(instant),
    monthDay: (instant) => monthDay.format(instant),
    dateTime: (instant) => full.format(instant),
    shortTime: (instant) => short.format(instant),
    list: (items) => list.format(items),
  };
}

/** The viewer's own variant of the language, such as en-GB; it says how dates are written. */
function localeOf(language: string): string {
  const [base] = language.split('-');
  return navigator.languages.find((own) => own.split('-')[0] === base) ?? language;
}

/** Intl's formatters take a millisecond to make, and every row of a table asks for them. */
const formats = new Map<string, Format>();

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const known = formats.get(i18n.language);
  if (known) return known;
  const made = createFormat(localeOf(i18n.language));
  formats.set(i18n.language, made);
  return made;
}
