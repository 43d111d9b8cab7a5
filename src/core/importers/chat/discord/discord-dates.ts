/**
 * Dates of DiscordChatExporter's CSV and text: ISO with an offset since version 2.43, before that as the
 * computer's locale writes them (`1/17/2023 7:33 PM`, `17.01.2023 19:33`) or `17-Jan-23 07:33 PM`.
 */
import { civilTime, NO_TIME, type ReadTime, readTime } from '../../time.ts';
import {
  type DateOrder,
  type Header,
  headerTime,
  OrderEvidence,
  readHeader,
} from '../whatsapp/whatsapp-header.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAMED = /^(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP]M))?$/;

function namedTime(text: string): number | null {
  const m = NAMED.exec(text);
  const month = MONTHS.indexOf((m?.[2] ?? '').toLowerCase()) + 1;
  if (m === null || month === 0) return null;
  const [day, year, hour, minute, second] = [m[1], m[3], m[4], m[5], m[6] ?? '0'].map(Number) as number[];
  const half = m[7];
  const hours = half === undefined ? (hour as number) : ((hour as number) % 12) + (half === 'PM' ? 12 : 0);
  const fullYear = (year as number) < 100 ? (year as number) + 2000 : (year as number);
  return civilTime(fullYear, month, day as number, hours, minute, second);
}

function headerOf(text: string): Header | null {
  return readHeader(`[${text}] `);
}

export class DiscordDates {
  order: DateOrder | null = null;
  basis = '';
  readonly #evidence = new OrderEvidence();

  /** Notes how a date is written; call for the whole file before `decide`. */
  note(text: string): void {
    if (!this.isOrdered(text)) return;
    const header = headerOf(text);
    if (header !== null) this.#evidence.add(header);
  }

  /** Whether the order of the numbers matters for this date. */
  isOrdered(text: string): boolean {
    return readTime(text) === NO_TIME && namedTime(text) === null;
  }

  /** Whether the text is a date in one of the spellings. */
  isDate(text: string): boolean {
    return !this.isOrdered(text) || headerOf(text) !== null;
  }

  /** Decides the order, or takes the one that the officer gave. */
  decide(given: string | undefined): void {
    if (given === 'DMY' || given === 'MDY' || given === 'YMD') {
      this.order = given;
      this.basis = 'given';
    } else if (this.#evidence.headers > 0) {
      ({ order: this.order, basis: this.basis } = this.#evidence.decide(true));
    }
  }

  /** What the officer is told. */
  get assumptions(): Record<string, string> {
    return this.order === null ? {} : { dateOrder: this.order, dateOrderBasis: this.basis };
  }

  read(text: string): ReadTime {
    const plain = readTime(text);
    if (plain !== NO_TIME) return plain;
    const named = namedTime(text);
    if (named !== null) return { instant: null, wallTime: named };
    const header = this.order === null ? null : headerOf(text);
    const wallTime = header === null ? null : headerTime(header, this.order as DateOrder);
    return wallTime === null ? NO_TIME : { instant: null, wallTime };
  }
}
