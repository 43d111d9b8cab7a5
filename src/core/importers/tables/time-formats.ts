/** Times by a stated format: patterns such as `yyyy-MM-dd HH:mm:ss`, epochs, serial numbers of sheets. */
import { civilTime, NO_TIME, type ReadTime, readCivilText, readEpoch, readTime } from '../time.ts';
import { serialTime } from './xlsx-dates.ts';

/** Formats that a preview tries on real rows, in the order in which equals are preferred. */
export const COMMON_TIME_FORMATS = [
  'auto',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy/M/d H:mm:ss',
  'yyyy/M/d H:mm',
  'yyyy年M月d日 H:mm:ss',
  'yyyyMMddHHmmss',
  'M/d/yyyy h:mm:ss a',
  'M/d/yyyy h:mm a',
  'M/d/yyyy H:mm',
  'd/M/yyyy H:mm:ss',
  'd/M/yyyy H:mm',
  'd/M/yyyy h:mm:ss a',
  'd/M/yyyy h:mm a',
  'dd.MM.yyyy HH:mm:ss',
  'M/d/yy H:mm',
  'd/M/yy H:mm',
  'epoch-seconds',
  'epoch-milliseconds',
  'excel-serial',
] as const;

/** Serial numbers of days that chats can be of: 1954 to 2119. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

type Token = 'y' | 'M' | 'd' | 'H' | 'h' | 'm' | 's' | 'S' | 'a';

interface Pattern {
  readonly regex: RegExp;
  readonly tokens: readonly Token[];
}

const WIDTHS: Readonly<Record<string, string>> = {
  yyyy: '(\\d{4})',
  yy: '(\\d{2})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  dd: '(\\d{2})',
  d: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  hh: '(\\d{2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  m: '(\\d{1,2})',
  ss: '(\\d{2})',
  s: '(\\d{1,2})',
  SSS: '(\\d{3})',
  a: '([ap]\\.?\\s?m\\.?|上午|下午|午前|午後|오전|오후)',
};

const PATTERNS = new Map<string, Pattern | null>();

/** Whether `format` is one that `readTimeBy` knows. */
export function isTimeFormat(format: string): boolean {
  return NAMED.has(format) || patternOf(format) !== null;
}

const NAMED = new Set(['auto', 'epoch-seconds', 'epoch-milliseconds', 'excel-serial']);

function patternOf(format: string): Pattern | null {
  const known = PATTERNS.get(format);
  if (known !== undefined) return known;
  const pattern = compile(format);
  PATTERNS.set(format, pattern);
  return pattern;
}

/** Letters of the tokens stand for digits; any other character stands for itself, spaces for one or more. */
function compile(format: string): Pattern | null {
  const tokens: Token[] = [];
  let source = '';
  for (const [piece] of format.matchAll(/([yMdHhmsSa])\1*|\s+|[\s\S]/g)) {
    const width = WIDTHS[piece];
    if (width !== undefined) {
      tokens.push(piece[0] as Token);
      source += width;
    } else if (/^\s/.test(piece)) source += '[\\s\\u00a0\\u202f]+';
    else if (/[A-Za-z]/.test(piece) && !/^[TZ]$/.test(piece)) return null;
    else source += piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  }
  const once = new Set(tokens).size === tokens.length;
  if (!once || !['y', 'M', 'd'].every((token) => tokens.includes(token as Token))) return null;
  if (tokens.includes('H') && tokens.includes('h')) return null;
  return { regex: new RegExp(`^\\s*${source}\\s*$`, 'i'), tokens };
}

/**
 * Reads a time in the given format. An epoch gives an instant, a text with an offset under `auto` as
 * well; anything else a wall-clock time. `NO_TIME` where the text is none. Serial numbers count days
 * from 1899-12-30.
 */
export function readTimeBy(format: string, text: string): ReadTime {
  const trimmed = text.trim();
  if (trimmed === '') return NO_TIME;
  switch (format) {
    case 'auto': {
      // Run together, a date reads as an epoch: of 1970 with eight digits, of a far century with fourteen.
      if (/^(?:19|20)\d{6}$/.test(trimmed)) return byPattern('yyyyMMdd', trimmed);
      if (/^(?:19|20)\d{12}$/.test(trimmed)) return byPattern('yyyyMMddHHmmss', trimmed);
      // No chat was in the first days of 1970: such a number is a sheet's date in a cell without its format.
      const serial = /^\d{5}(?:\.\d+)?$/.test(trimmed) ? Number(trimmed) : 0;
      return serial > FIRST_SERIAL && serial < LAST_SERIAL
        ? { instant: null, wallTime: serialTime(serial) }
        : readTime(trimmed);
    }
    case 'epoch-seconds':
      return instant(/^\d{1,11}(?:\.\d+)?$/.test(trimmed) ? Math.round(Number(trimmed) * 1000) : null);
    case 'epoch-milliseconds':
      return instant(/^\d{12,14}(?:\.\d+)?$/.test(trimmed) ? readEpoch(trimmed) : null);
    case 'excel-serial': {
      // A sheet's own date cells arrive as dates; only bare numbers are serials.
      const wallTime = /^\d{1,7}(?:\.\d+)?$/.test(trimmed) ? serialTime(Number(trimmed)) : null;
      return wallTime === null ? (readCivilText(trimmed) ?? NO_TIME) : { instant: null, wallTime };
    }
    default:
      return byPattern(format, trimmed);
  }
}

function instant(value: number | null): ReadTime {
  return value === null ? NO_TIME : { instant: value, wallTime: null };
}

function byPattern(format: string, text: string): ReadTime {
  const pattern = patternOf(format);
  const match = pattern?.regex.exec(text);
  if (!pattern || !match) return NO_TIME;
  const part = (token: Token, missing = 0): number => {
    const at = pattern.tokens.indexOf(token);
    return at < 0 ? missing : Number(match[at + 1]);
  };
  let year = part('y');
  // Two digits are of this century: chats are not older.
  if (year < 100) year += 2000;
  let hour = part(pattern.tokens.includes('h') ? 'h' : 'H');
  const half = pattern.tokens.indexOf('a');
  if (pattern.tokens.includes('h') && half >= 0) {
    if (hour < 1 || hour > 12) return NO_TIME;
    const afternoon = /^(?:p|下午|午後|오후)/i.test(match[half + 1] as string);
    hour = (hour % 12) + (afternoon ? 12 : 0);
  }
  const wallTime = civilTime(year, part('M'), part('d'), hour, part('m'), part('s'), part('S'));
  return wallTime === null ? NO_TIME : { instant: null, wallTime };
}
