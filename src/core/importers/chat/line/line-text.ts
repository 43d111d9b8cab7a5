/**
 * LINE's text export: `[LINE] …`, when it was saved, then days as lines of their own with messages
 * below: `time TAB name TAB text`, notices without a name. Windows and some phones separate by spaces;
 * then names with spaces are found over the whole file. Text of several lines stands in quotes.
 * Times have no zone.
 */
import { ChatRun, type Place, personOf } from '../../chat-run.ts';
import { HALF_OF_DAY, mayBeginHalf } from '../../clock.ts';
import type { Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { cleanName, NONE } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME } from '../../time.ts';
import { dayOf, isBrokenDate, type LineTime, lineDate, lineTime } from './line-dates.ts';
import { bareLineKind, isSavedLine, isTakenBack, lineEvent, lineKind, lineTitle } from './line-notices.ts';
import { type LineSurvey, shapeOf, surveyLine } from './line-survey.ts';

interface Head {
  /** Null for a notice. */
  readonly name: string | null;
  readonly time: LineTime;
  /** The date line that the time counts from, as written, and its day; null before the first. */
  readonly date: string | null;
  readonly day: number | null;
  /** Text on the head's own line. */
  readonly text: string;
}

/** What the end of a file may have left of a time or a date. */
const CUT_HEAD = new RegExp(`^(?:(?:${HALF_OF_DAY})\\s?)?\\d{1,4}[\\d:/. -]{0,8}(?:[(（][^()（）]{0,3})?$`);

/** A line that says when the chat was saved: words, a date, a time. */
const SAVED = /^[^\d\t]{2,40}\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \D{0,12}\d{1,2}:\d{2}\D{0,8}$/;

/** Longest quoted text that is looked for, in lines. */
const QUOTE_REACH = 1000;

function quotes(text: string): number {
  return text.split('"').length - 1;
}

/** Whether a message's text begins a quote that its line does not end. */
function opensQuote(head: Head | null): boolean {
  return head?.text.startsWith('"') === true && quotes(head.text) % 2 === 1;
}

class LineText {
  readonly #run: ChatRun;
  readonly #survey: LineSurvey;
  readonly #records: TextRecords<Head>;
  #date: string | null = null;
  #day: number | null = null;
  #begun = false;
  /** The line above is the title. */
  #titled = false;
  /** Lines since a text that opens a quote, until the quote's end shows; null where none is open. */
  #held: Line[] | null = null;

  constructor(run: ChatRun, survey: LineSurvey) {
    this.#run = run;
    this.#survey = survey;
    this.#records = new TextRecords(run.batch, (record, place) => this.#message(record, place));
    const { name, type } = survey.title;
    run.open({ key: `name:${name}`, platformId: null, name, type });
  }

  line(line: Line): void {
    if (this.#held === null) {
      this.#take(line);
      return;
    }
    const { text } = line;
    this.#held.push(line);
    if (text === null) this.#release(false);
    else if (text.endsWith('"') && quotes(text) % 2 === 1) this.#release(true);
    else if (opensQuote(this.#headOf(text)) || this.#held.length >= QUOTE_REACH) this.#release(false);
  }

  /** The held lines are one quoted text, or were none. */
  #release(quoted: boolean): void {
    const held = this.#held ?? [];
    this.#held = null;
    if (quoted) for (const line of held) this.#records.more(line);
    else for (const line of held) this.line(line);
  }

  #take(line: Line): void {
    const { text } = line;
    if (text === null) {
      this.#records.book('line-too-long', line, 1);
      return;
    }
    // The line below the title says when it was saved, in the app's language.
    const saved = isSavedLine(text) || (this.#titled && SAVED.test(text));
    this.#titled = !this.#begun && lineTitle(text) !== null;
    if (!this.#begun && (this.#titled || saved)) {
      this.#records.book('header', line);
      return;
    }
    const date = lineDate(text);
    if (date !== null) {
      if (!line.terminated) this.#records.book('truncated', line, 1);
      else {
        this.#begun = true;
        this.#date = text.trim();
        this.#day = dayOf(date, this.#survey.order);
        this.#records.book('structure', line);
      }
      return;
    }
    const head = this.#headOf(text);
    const cut =
      !line.terminated &&
      head !== null &&
      (head.text === '' || (head.time.tab && !head.time.rest.includes('\t')));
    if (head === null) this.#other(text, line);
    else if (cut) this.#records.book('truncated', line, 1);
    else {
      this.#begun = true;
      this.#records.begin(head, line, head.text);
      // The quote's end decides whether the lines below are one text.
      if (opensQuote(head)) this.#held = [];
    }
  }

  #other(text: string, line: Line): void {
    if (!line.terminated && this.#isCut(text)) this.#records.book('truncated', line, 1);
    else if (this.#isBrokenDate(text)) {
      // What follows is not of the day before.
      this.#date = text.trim();
      this.#day = null;
      this.#records.book('bad-row', line);
    } else if (this.#survey.tabs && this.#isDamagedHead(text)) this.#records.book('bad-row', line, 1);
    else this.#records.more(line);
  }

  /** With tabs, days stand behind empty lines. */
  #isBrokenDate(text: string): boolean {
    if (this.#date === null || (this.#survey.tabs && !this.#records.behindBlank)) return false;
    return isBrokenDate(text, this.#date);
  }

  /** Whether a line was a message's before it was damaged: one of its tabs, and a name or a time, is left. */
  #isDamagedHead(text: string): boolean {
    const cells = text.split('\t', 3);
    if (cells.slice(0, 2).some((cell) => this.#survey.senders.has(cell))) return true;
    if (cells.length > 1 && /^.{0,4}\d.{0,10}$/.test(cells[0] as string)) return true;
    const time = lineTime(text);
    const name = time?.rest ?? '';
    return name !== '' && [...this.#survey.senders].some((sender) => name.startsWith(sender));
  }

  /** Whether a last line without a line end may be what is left of a date or a head. */
  #isCut(text: string): boolean {
    const begin = text.replace(/\ufffd$/, '').trim();
    if (CUT_HEAD.test(begin) || mayBeginHalf(begin)) return true;
    const left = shapeOf(begin);
    return this.#survey.shapes.some((shape) => shape.startsWith(left));
  }

  #headOf(text: string): Head | null {
    const time = lineTime(text);
    if (time === null) return null;
    const at = { time, date: this.#date, day: this.#day };
    if (this.#survey.tabs) {
      if (!time.tab) return null;
      const tab = time.rest.indexOf('\t');
      if (tab < 0) return time.rest === '' ? null : { name: null, text: time.rest, ...at };
      const name = cleanName(time.rest.slice(0, tab));
      return { name: name === '' ? null : name, text: time.rest.slice(tab + 1), ...at };
    }
    const { rest } = time;
    if (rest === '') return null;
    if (lineEvent(rest) !== null || isTakenBack(rest)) return { name: null, text: rest, ...at };
    const known = this.#survey.names.find((name) => rest === name || rest.startsWith(`${name} `));
    const name = known ?? rest.split(' ', 1)[0] ?? '';
    return { name: cleanName(name), text: rest.slice(name.length + 1), ...at };
  }

  #message({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const { time, day, date, name } = head;
    const text = unquoted(lines);
    const event = name === null ? lineEvent(text) : null;
    const { clock } = time;
    const wallTime =
      day === null || clock === null
        ? null
        : day + ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000;
    const recalled = event?.act === 'recall';
    const kind = isTakenBack(text) ? 'recall' : this.#survey.tabs ? lineKind(text) : bareLineKind(text);
    this.#run.message(
      {
        sender: personOf(null, recalled ? event.actor : name),
        sentAtText: date === null ? time.text : `${date} ${time.text}`,
        time: wallTime === null ? NO_TIME : { instant: null, wallTime },
        kind: recalled ? 'recall' : name === null && kind !== 'call' && kind !== 'recall' ? 'system' : kind,
        text,
        extra: event === null ? null : { event },
        flags: flags.length === 0 ? NONE : flags,
      },
      place,
    );
    if (event === null || !date) return;
    const names = event.act === 'invite' || event.act === 'remove' ? event.targets : [event.actor];
    const came = event.act === 'join' || event.act === 'invite';
    if (!came && event.act !== 'leave' && event.act !== 'remove') return;
    for (const who of names) {
      const person = personOf(null, who);
      if (person !== null) this.#run.member(person, came ? { from: date } : { to: date });
    }
  }

  finish(): void {
    this.#release(false);
    this.#records.close();
  }
}

/** The lines as one text, without the quotes that hold several lines together. */
function unquoted(lines: readonly string[]): string {
  const text = lines.join('\n');
  if (lines.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  const inner = text.slice(1, -1);
  return inner.replaceAll('""', '').includes('"') ? inner : inner.replaceAll('""', '"');
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const survey = surveyLine(source, options);
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.assumptions = {
    ...(survey.yearLast ? { dateOrder: survey.order, dateOrderBasis: survey.basis } : {}),
    ...(survey.tabs || survey.names.length === 0 ? {} : { names: survey.names.slice(0, 50).join(', ') }),
  };
  const text = new LineText(run, survey);
  yield* readLineChat(run, source, options.head, text);
}

function sniff(head: SourceHead): number {
  let lines = 0;
  let dates = 0;
  let times = 0;
  let tabs = 0;
  let titled = false;
  for (const text of head.text.split(/\r\n|\n|\r/, 1500)) {
    if (text.trim() === '') continue;
    if (lines++ < 3 && lineTitle(text) !== null) titled = true;
    if (lineDate(text) !== null) dates++;
    else if (dates > 0) {
      const time = lineTime(text);
      if (time === null || time.rest === '') continue;
      times++;
      if (time.tab) tabs++;
    }
  }
  if (titled) return dates + times > 0 ? 0.97 : 0.8;
  if (dates === 0 || times === 0 || times < lines * 0.2) return 0;
  return tabs > times / 2 ? 0.88 : times >= 2 ? 0.7 : 0.3;
}

export const lineText: Importer = {
  id: 'line-native-text',
  version: 5,
  platform: 'line',
  holds: 'chat',
  title: { zh: 'LINE 聊天记录（文本）', en: 'LINE chat history (text)' },
  extensions: ['.txt'],
  sniff,
  read,
};
