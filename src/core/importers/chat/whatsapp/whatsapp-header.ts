/**
 * The head of a WhatsApp message line: date, time, perhaps half of the day, then `] `, ` - ` or `: `.
 * Every phone writes it in its own locale; this reads the shapes, and leaves the order of day, month
 * and year to the whole file.
 */
import { civilTime } from '../../time.ts';
import { type HalfOfDay, halfOfDay, hourOf } from './whatsapp-half-days.ts';

/**
 * `[date, time] `, `date, time - `, `date time: `, and with the time first, as phones in Vietnamese write
 * it and WhatsApp's web page copies. A file has one of them.
 */
export type HeaderStyle = 'bracket' | 'dash' | 'colon' | 'time-bracket' | 'time-dash';

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

export interface Header {
  readonly style: HeaderStyle;
  /** The three numbers of the date as they stand. */
  readonly parts: readonly [number, number, number];
  /** Digits of the first and the last number; a leading zero in the first or second. */
  readonly digits: readonly [number, number];
  readonly padded: boolean;
  /** What stands between the numbers of the date. */
  readonly separator: string;
  /** Hour of 24; null where hour, minute or second do not exist. */
  readonly clock: readonly [number, number, number] | null;
  /** Date and time as written. */
  readonly timeText: string;
  /** Where the rest of the line begins. */
  readonly restAt: number;
}

const MARKS = '[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]*';
const SPACE = '[ \\t\\u00a0\\u2000-\\u200a\\u202f\\u3000]';
/**
 * Where the ten digits of a script begin: Western, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati,
 * Oriya, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Burmese, Khmer.
 */
const ZEROS = [
  0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
  0x17e0,
];
const DIGITS = ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('');
const DIGIT = `[${DIGITS}]`;
const DATE_SEPARATOR = `${MARKS}(${SPACE}?[./-]${SPACE}?|[年년]${SPACE}?|[月월]${SPACE}?)${MARKS}`;
const DATE = `(${DIGIT}{1,4})${DATE_SEPARATOR}(${DIGIT}{1,2})${DATE_SEPARATOR}(${DIGIT}{1,4})(?:\\.|日|일)?`;
/** Between date and time: a comma, a space, a word such as `klo`, `um`, `下午`. */
const BETWEEN = `([^${DIGITS}\\n[\\]]{1,24}?)`;
/** `18:05:09`, `18.05`, and the `18 h 05 min 09 s` of Canadian French. */
const TIME = `(${DIGIT}{1,2})(?:[:.]|${SPACE}?h${SPACE}?)(${DIGIT}{2})(?:(?:[:.]|${SPACE}min${SPACE})(${DIGIT}{2})(?:${SPACE}s)?)?`;
const HALF = `(?:${SPACE}*([^\\d\\s[\\]:\\-–](?:[^\\d[\\]:\\-–]{0,12}[^\\d\\s[\\]:\\-–])?))?`;
/** The era that phones in Pashto write before dates of the Persian calendar. */
const ERA = `(?:AP${SPACE})?`;
const MOMENT = `${MARKS}(${ERA}${DATE}${BETWEEN}${MARKS}${TIME}${HALF})${MARKS}`;
/** The same with the time first; nothing but a comma or a space before the date. */
const TIME_FIRST = `${MARKS}(${TIME}${HALF}${MARKS},?${SPACE}${MARKS}${DATE})${MARKS}`;

const BRACKET = new RegExp(`^${MARKS}\\[${MOMENT}\\]${SPACE}?(?:-${SPACE})?`);
const PLAIN = new RegExp(`^${MOMENT}(?:${SPACE}*[-–]${SPACE}|(:)${SPACE})`);
const TIME_FIRST_BRACKET = new RegExp(`^${MARKS}\\[${TIME_FIRST}\\]${SPACE}?`);
const TIME_FIRST_PLAIN = new RegExp(`^${TIME_FIRST}${SPACE}*[-–]${SPACE}`);

function toNumber(digits: string): number {
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const code = digits.charCodeAt(i);
    const zero = code < 0x3a ? 0x30 : (ZEROS.findLast((first) => first <= code) as number);
    value = value * 10 + code - zero;
  }
  return value;
}

/** Whether the text begins as a header can: digits, or a bracket or an era before them, after direction marks. */
function mayBegin(line: string): boolean {
  let i = 0;
  let code = line.charCodeAt(0);
  while (code >= 0x200e && (code <= 0x202e || (code >= 0x2066 && code <= 0x2069) || code === 0xfeff)) {
    code = line.charCodeAt(++i);
  }
  if (code === 0x41) return line.startsWith('AP', i);
  return (code >= 0x30 && code <= 0x39) || code === 0x5b || (code >= 0x660 && code <= 0x17e9);
}

/** The half of the day that stands behind the time or, as in East Asia, Hungary and Turkey, before it. */
function halfOf(before: string, after: string | undefined): HalfOfDay | null {
  // Mostly a comma and a space, and nothing behind the time.
  if (after === undefined && (before === ', ' || before === ' ')) return null;
  for (const text of [after ?? '', before]) {
    if (text.length < 2 && text === before) continue;
    const plain = text.toLowerCase().replace(/[\s.,،:()\u00a0\u202f\u200e\u200f]/g, '');
    const found = halfOfDay(plain) ?? halfOfDay(text.trim().toLowerCase().split(/\s/).at(-1) as string);
    if (found !== null) return found;
  }
  return null;
}

function clockOf(hour: number, minute: number, second: number, half: HalfOfDay | null): Header['clock'] {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return [hourOf(hour, half), minute, second];
}

/** The header at the beginning of a line; null where there is none. */
export function readHeader(line: string): Header | null {
  if (line.length < 12 || !mayBegin(line)) return null;
  const bracket = BRACKET.exec(line);
  const m = bracket ?? PLAIN.exec(line);
  if (m === null) return readTimeFirst(line);
  const [whole, timeText, first, separator, second, , third, before, hour, minute, seconds, after, colon] =
    m as unknown as string[];
  return headerOf({
    style: bracket !== null ? 'bracket' : colon === undefined ? 'dash' : 'colon',
    date: [first as string, second as string, third as string],
    separator: separator as string,
    clock: [hour as string, minute as string, seconds ?? '0'],
    half: halfOf(before as string, after),
    timeText: timeText as string,
    restAt: (whole as string).length,
  });
}

function readTimeFirst(line: string): Header | null {
  const bracket = TIME_FIRST_BRACKET.exec(line);
  const m = bracket ?? TIME_FIRST_PLAIN.exec(line);
  if (m === null) return null;
  const [whole, timeText, hour, minute, seconds, after, first, separator, second, , third] =
    m as unknown as string[];
  return headerOf({
    style: bracket === null ? 'time-dash' : 'time-bracket',
    date: [first as string, second as string, third as string],
    separator: separator as string,
    clock: [hour as string, minute as string, seconds ?? '0'],
    half: halfOf('', after),
    timeText: timeText as string,
    restAt: (whole as string).length,
  });
}

interface HeaderParts extends Pick<Header, 'style' | 'separator' | 'timeText' | 'restAt'> {
  readonly date: readonly [string, string, string];
  readonly clock: readonly [string, string, string];
  readonly half: HalfOfDay | null;
}

function headerOf({ style, date, separator, clock, half, timeText, restAt }: HeaderParts): Header {
  const [a, b, c] = date;
  return {
    style,
    parts: [toNumber(a), toNumber(b), toNumber(c)],
    digits: [a.length, c.length],
    padded: toNumber(a.charAt(0)) === 0 || toNumber(b.charAt(0)) === 0,
    separator: separator.trim(),
    clock: clockOf(toNumber(clock[0]), toNumber(clock[1]), toNumber(clock[2]), half),
    timeText,
    restAt,
  };
}

/** Years of the Buddhist calendar, which Thai phones write, begin 543 years earlier. */
const BUDDHIST_OFFSET = 543;
/** Short years that are Buddhist: WhatsApp began in 2009, which is 2552. Below, and far above, they are not. */
const BUDDHIST_SHORT: readonly [number, number] = [52, 89];

/** Days from 1970-01-01 to the first day of the Persian year 1 (19 March 622 of the Julian calendar). */
const PERSIAN_EPOCH = -492_268;

/**
 * The Gregorian date of a day of the Persian calendar, which Iranian phones write; by its 33-year cycle
 * with 8 leap years, exact from 1178 to 1633. Null where there is no such day.
 */
function fromPersian(year: number, month: number, day: number): [number, number, number] | null {
  const leap = [1, 5, 9, 13, 17, 22, 26, 30].includes(year % 33);
  const length = month <= 6 ? 31 : month < 12 || leap ? 30 : 29;
  if (month < 1 || month > 12 || day < 1 || day > length) return null;
  const before = year - 1;
  const leaps =
    Math.floor(before / 33) * 8 + [1, 5, 9, 13, 17, 22, 26, 30].filter((n) => n <= before % 33).length;
  const monthStart = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const date = new Date((PERSIAN_EPOCH + before * 365 + leaps + monthStart + day - 1) * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** Wall-clock time of a header under a date order; null where there is no such time. */
export function headerTime(header: Header, order: DateOrder): number | null {
  const { parts, digits, clock } = header;
  if (clock === null) return null;
  const [a, b, c] = parts;
  const yearFirst = order === 'YMD';
  const yearDigits = yearFirst ? digits[0] : digits[1];
  let year = yearFirst ? a : c;
  if (yearDigits === 2) year += year >= BUDDHIST_SHORT[0] && year <= BUDDHIST_SHORT[1] ? 2500 : 2000;
  else if (yearDigits !== 4) return null;
  if (year > 2400) year -= BUDDHIST_OFFSET;
  const day = order === 'DMY' ? a : order === 'MDY' ? b : c;
  const month = order === 'MDY' ? a : b;
  if (year > 1300 && year < 1500) {
    const date = fromPersian(year, month, day);
    return date === null ? null : civilTime(...date, clock[0], clock[1], clock[2]);
  }
  return civilTime(year, month, day, clock[0], clock[1], clock[2]);
}

/** Only what stands in headers before the sender, and a character that a cut has broken. */
const HEADER_CHARACTERS =
  /^[\u200e\u200f\u202a-\u202e]*\[?[\d./,:\s\-–apmAPM\u200e年月日上下午凌晨早晚中]*\ufffd?$/;
const TWO_SEPARATORS = /^[^\d]{0,3}\d{1,4}[./年-]\s?\d{1,2}[./月-]/;
/** The outline of a header, whatever its characters have become. */
const OUTLINE = /^(\[?\S{1,8}[./-]\S{1,7},? \S{4,9})(?:\s?[ap]\.?\s?m\.?)?(?:\] | - )/i;
/** What WhatsApp Web puts before copied messages: the time first. People paste it into messages. */
const WEB_COPY = /^\[\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?, \d/i;

/**
 * Whether a last line without a line end may be the beginning of a header that the file's end has
 * cut. A number alone counts: better a line named as cut off than words put into a sender's mouth.
 */
export function isCutHeader(line: string, style: HeaderStyle): boolean {
  if (line.length > 40 || !HEADER_CHARACTERS.test(line)) return false;
  const first = line.replace(/^[\u200e\u200f\u202a-\u202e\ufffd]+/, '').charAt(0);
  return first === '' || (style.endsWith('bracket') ? first === '[' : /\d/.test(first));
}

/**
 * Whether a line without a readable header had one before it was damaged: it is the stump of one, or
 * something like one stands before the name of somebody who writes in this chat.
 */
export function isDamagedHeader(line: string, style: HeaderStyle, senders: ReadonlySet<string>): boolean {
  if (isCutHeader(line, style) && TWO_SEPARATORS.test(line)) return true;
  const outline = OUTLINE.exec(line)?.[1];
  if (outline !== undefined && outline.replace(/\D/g, '').length >= 5 && !WEB_COPY.test(line)) {
    return style.endsWith('bracket') || !line.startsWith('[');
  }
  const colon = line.slice(0, 120).indexOf(': ');
  const begin = line.slice(0, 3);
  if (colon < 0 || !/\d/.test(line.slice(0, 12)) || WEB_COPY.test(line)) return false;
  if (style.endsWith('bracket') ? !/[[\d]/.test(begin) : begin.startsWith('[') || !/\d/.test(begin))
    return false;
  const before = line.slice(0, colon);
  for (const sender of senders) {
    const at = before.length - sender.length;
    if (at >= 6 && before.endsWith(sender) && /[\s\]-]/.test(before.charAt(at - 1))) return true;
  }
  return false;
}

const ORDERS: readonly DateOrder[] = ['DMY', 'MDY', 'YMD'];

/** Collects a file's headers and decides how their dates are to be read. */
export class OrderEvidence {
  readonly #impossible = [0, 0, 0];
  readonly #backwards = [0, 0, 0];
  readonly #last: (number | null)[] = [null, null, null];
  #padded = false;
  #shortYear = true;
  #shortFirst = true;
  #separator = '/';
  #upperHalf = false;
  headers = 0;

  add(header: Header): void {
    this.headers++;
    if (header.padded) this.#padded = true;
    if (header.digits[1] !== 2) this.#shortYear = false;
    if (header.digits[0] > 2) this.#shortFirst = false;
    this.#separator = header.separator;
    if (/[AP]M/.test(header.timeText)) this.#upperHalf = true;
    for (const [i, order] of ORDERS.entries()) {
      const time = headerTime(header, order);
      if (time === null) {
        this.#impossible[i] = (this.#impossible[i] as number) + 1;
        continue;
      }
      const last = this.#last[i] ?? null;
      if (last !== null && time < last) this.#backwards[i] = (this.#backwards[i] as number) + 1;
      this.#last[i] = time;
    }
  }

  /**
   * The order under which the fewest dates are impossible; among equals the one under which time runs
   * backwards least often; among those what the spelling makes usual. `basis` says which decided.
   * `english` says that the app's own lines are English.
   */
  decide(english: boolean): { readonly order: DateOrder; readonly basis: 'dates' | 'sequence' | 'usual' } {
    const least = (values: readonly number[], among: readonly number[]): number[] => {
      const minimum = Math.min(...among.map((i) => values[i] as number));
      return among.filter((i) => values[i] === minimum);
    };
    const impossible = [...this.#impossible];
    // A short year in the first place is rare: a few impossible dates do not make it likely.
    const dayOrMonthFirst = Math.min(impossible[0] as number, impossible[1] as number);
    if (this.#shortFirst && dayOrMonthFirst <= Math.max(2, this.headers / 10)) {
      impossible[2] = Math.max(impossible[2] as number, dayOrMonthFirst);
    }
    const possible = least(impossible, [0, 1, 2]);
    if (possible.length === 1) return { order: ORDERS[possible[0] as number] as DateOrder, basis: 'dates' };
    const forward = least(this.#backwards, possible);
    if (forward.length === 1) return { order: ORDERS[forward[0] as number] as DateOrder, basis: 'sequence' };
    // Only American English writes short years without leading zeros between slashes.
    const american =
      this.#separator === '/' && !this.#padded && this.#shortYear && (english || this.#upperHalf);
    const usual = american ? [1, 0, 2] : [0, 1, 2];
    return { order: ORDERS[usual.find((i) => forward.includes(i)) as number] as DateOrder, basis: 'usual' };
  }
}
