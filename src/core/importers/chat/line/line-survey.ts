/**
 * The first pass over a LINE export: what only the whole file shows. Whether tabs or spaces separate;
 * with spaces, who the people are; the order of day and month; what the chat is called.
 */
import type { ConversationType } from '../../../domain/message.ts';
import { eachLine } from '../../each-line.ts';
import type { ByteSource, ImportOptions } from '../../importer.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import { dayOf, type LineDate, type LineDateOrder, lineDate, lineTime } from './line-dates.ts';
import { isMediaWord, isTakenBack, lineEvent, lineTitle } from './line-notices.ts';

export interface LineSurvey {
  readonly tabs: boolean;
  readonly order: LineDateOrder;
  readonly basis: 'dates' | 'sequence' | 'usual' | 'given';
  /** Whether any date has its year last, so that the order matters. */
  readonly yearLast: boolean;
  /** Outlines of its date lines and times: what the end of the file may have cut. */
  readonly shapes: readonly string[];
  /** Everybody who wrote, in a file with tabs. */
  readonly senders: ReadonlySet<string>;
  /** People of a file that separates with spaces, longest name first. */
  readonly names: readonly string[];
  readonly title: { readonly name: string; readonly type: ConversationType };
}

/** The outline of a date line or a time: every number and every word as one sign. */
export function shapeOf(text: string): string {
  return text.replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a');
}

/** More different names than any chat has members. */
const MAX_SENDERS = 5000;

/** More different outlines than any file has. */
const MAX_SHAPES = 50;

/** More different beginnings than matter to find the names. */
const MAX_PREFIXES = 50_000;
const MAX_WORDS = 5;

class Names {
  readonly #prefixes = new Map<string, number>();
  readonly #certain = new Set<string>();

  add(rest: string): void {
    const words = rest.split(' ', MAX_WORDS + 1);
    const media = /^(.{1,60}?) (\[[^[\]]{1,24}\])$/.exec(rest);
    if (media !== null && isMediaWord(media[2] as string)) this.certain(media[1] as string);
    let prefix = '';
    for (let i = 0; i < Math.min(words.length, MAX_WORDS); i++) {
      prefix = i === 0 ? (words[0] as string) : `${prefix} ${words[i]}`;
      const known = this.#prefixes.get(prefix);
      if (known !== undefined) this.#prefixes.set(prefix, known + 1);
      else if (this.#prefixes.size < MAX_PREFIXES) this.#prefixes.set(detach(prefix), 1);
      else return;
    }
  }

  certain(name: string): void {
    if (this.#certain.size < 1000) this.#certain.add(detach(cleanName(name)));
  }

  /**
   * A name is certain where a media word or a notice follows it. Elsewhere one word is a name, and two
   * are where nearly every line that begins with the first goes on with one of few second ones.
   */
  list(): string[] {
    const followers = new Map<string, number[]>();
    for (const [prefix, count] of this.#prefixes) {
      const space = prefix.lastIndexOf(' ');
      if (space < 0) continue;
      const stem = prefix.slice(0, space);
      const counts = followers.get(stem);
      if (counts === undefined) followers.set(stem, [count]);
      else counts.push(count);
    }
    const names = new Set(this.#certain);
    for (const [prefix, count] of this.#prefixes) {
      const space = prefix.lastIndexOf(' ');
      if (space < 0 || count < 4) continue;
      const stem = prefix.slice(0, space);
      const total = this.#prefixes.get(stem) ?? 0;
      const counts = followers.get(stem) ?? [];
      const repeated = counts.filter((n) => n >= 4);
      const covered = repeated.reduce((sum, n) => sum + n, 0);
      if (covered >= total * 0.9 && repeated.length <= Math.max(1, total / 4)) names.add(prefix);
    }
    return [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  }
}

function nameOfFile(fileName: string): { readonly name: string; readonly type: ConversationType } {
  const base = cleanName(baseName(fileName).replace(/\s*\(\d+\)$/, ''));
  const titled = lineTitle(base);
  if (titled === null) return { name: base || fileName, type: 'unknown' };
  const chat = /^Chat with (.+)$/i.exec(titled.name)?.[1];
  return chat === undefined ? titled : { name: chat, type: 'direct' };
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The one order under which a date falls on the English weekday before it; null where both or none do. */
function orderByWeekday(date: LineDate, text: string): LineDateOrder | null {
  const weekday = WEEKDAYS.indexOf(/^\s*([A-Za-z]{3})/.exec(text)?.[1]?.toLowerCase() ?? '');
  if (weekday < 0) return null;
  const fits = (['DMY', 'MDY'] as const).filter((order) => {
    const day = dayOf(date, order);
    return day !== null && new Date(day).getUTCDay() === weekday;
  });
  return fits.length === 1 ? (fits[0] as LineDateOrder) : null;
}

/** What the dates with the year at the end say about the order of day and month. */
class YearLast {
  any = false;
  #dayFirst = 0;
  #monthFirst = 0;
  readonly #backwards = { DMY: 0, MDY: 0 };
  readonly #last: { DMY: number | null; MDY: number | null } = { DMY: null, MDY: null };
  /**
   * Thailand counts Buddhist years and writes the day first; so does whoever separates by dots or has
   * weekdays in another language than English.
   */
  #dayFirstIsUsual = false;

  add(date: LineDate, text: string): void {
    this.any = true;
    const weekday = orderByWeekday(date, text);
    if (date.parts[0] > 12 || weekday === 'DMY') this.#dayFirst++;
    else if (date.parts[1] > 12 || weekday === 'MDY') this.#monthFirst++;
    const word = /^\s*(\p{L}{1,14})/u.exec(text)?.[1];
    const foreign = word !== undefined && !WEEKDAYS.includes(word.slice(0, 3).toLowerCase());
    if (foreign || date.parts[2] > 2400 || /\d[.-]\d/.test(text)) this.#dayFirstIsUsual = true;
    for (const order of ['DMY', 'MDY'] as const) {
      const day = dayOf(date, order);
      const last = this.#last[order];
      if (day !== null && last !== null && day < last) this.#backwards[order]++;
      this.#last[order] = day ?? last;
    }
  }

  decide(): Pick<LineSurvey, 'order' | 'basis'> {
    const { DMY, MDY } = this.#backwards;
    if (this.#dayFirst !== this.#monthFirst) {
      return { order: this.#dayFirst > this.#monthFirst ? 'DMY' : 'MDY', basis: 'dates' };
    }
    if (DMY !== MDY) return { order: DMY < MDY ? 'DMY' : 'MDY', basis: 'sequence' };
    return { order: this.#dayFirstIsUsual ? 'DMY' : 'MDY', basis: 'usual' };
  }
}

/** In a language that is not known here the title ends with the other side's name, if one of two wrote by it. */
function namedBySender(title: LineSurvey['title'], senders: ReadonlySet<string>): LineSurvey['title'] {
  if (title.type !== 'unknown' || senders.size > 2) return title;
  const name = [...senders].find((sender) => title.name.endsWith(` ${sender}`));
  return name === undefined ? title : { name, type: 'direct' };
}

export function surveyLine(source: ByteSource, options: ImportOptions): LineSurvey {
  const names = new Names();
  const senders = new Set<string>();
  let tabs = 0;
  let spaces = 0;
  const yearLast = new YearLast();
  const shapes = new Set<string>();
  let title: LineSurvey['title'] | null = null;
  let lines = 0;
  for (const { text } of eachLine(source, options.head)) {
    if (text === null) continue;
    if (lines++ < 5) title ??= lineTitle(text);
    const time = lineTime(text);
    if (time !== null && time.rest !== '') {
      if (shapes.size < MAX_SHAPES) shapes.add(shapeOf(time.text));
      if (time.tab) tabs++;
      else spaces++;
      const sender = time.tab ? time.rest.split('\t', 2) : [];
      if (sender.length === 2 && sender[0] !== '' && senders.size < MAX_SENDERS)
        senders.add(detach(sender[0] as string));
      if (time.tab) continue;
      const actor = lineEvent(time.rest)?.actor ?? null;
      if (actor === null) {
        if (!isTakenBack(time.rest)) names.add(time.rest);
      } else names.certain(actor);
    } else {
      const date = lineDate(text);
      if (date !== null && shapes.size < MAX_SHAPES) shapes.add(shapeOf(text.trim()));
      if (date?.shown === 'year-last') yearLast.add(date, text);
    }
  }
  const given = (['DMY', 'MDY'] as const).find((order) => order === options.mapping?.dateOrder);
  const named = namedBySender(title ?? nameOfFile(source.name), senders);
  if (tabs < spaces && named.type === 'direct') names.certain(named.name);
  return {
    tabs: tabs >= spaces,
    ...(given === undefined ? yearLast.decide() : { order: given, basis: 'given' }),
    yearLast: yearLast.any,
    shapes: [...shapes],
    senders,
    names: tabs >= spaces ? [] : names.list(),
    title: { name: cleanName(named.name), type: senders.size > 2 ? 'group' : named.type },
  };
}
