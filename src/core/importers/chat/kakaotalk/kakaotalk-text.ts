/**
 * KakaoTalk's text exports: Android and iPhone (`TIME, name : words`, notices without a name, on the iPhone
 * behind `TIME: `) and Windows (`[name] [clock] words` under headings of days, notices as bare lines).
 * People are names; times have no zone, and notices on Windows have none but their day.
 */
import type { Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME } from '../../time.ts';
import { KakaoRun } from './kakaotalk-chat.ts';
import { kakaoClock, kakaoDay, kakaoTime } from './kakaotalk-dates.ts';
import { isKakaoHeader, kakaoEvent, kakaoTitle } from './kakaotalk-notices.ts';

const RULE = /^-{5,} ?(.{6,60}?) ?-{5,}\s*$/;
/** The outline of a day between rules that damage has made unreadable. */
const BROKEN_RULE = /^(?=.*\d.*\d)-{3,20}.{16,100}-{3,20}\s*$/;
const BRACKETS = /^\[(.{1,120}?)\] \[([^[\]]{4,14})\](?: (.*))?$/;
const NAMED = /^(.{1,120}?) : ?(.*)$/;
/** Lines at the top that may be the export's heading. */
const HEADING = 6;
/** Longest line without its end that may be the beginning of a notice, in code units. */
const STUMP = 40;
/** What the end of a file may have left of a head. */
const CUT =
  /^(?:\[.{0,140}|\d{1,4}[\d년월일年月日.:\-/, 오전후午前後APMapm\ufffd]{0,40}(?:, .{0,120})?|[A-Z][a-z]{2,8}\.? \d.{0,160})$/;

interface Head {
  readonly name: string | null;
  readonly sentAtText: string;
  readonly wallTime: number | null;
  readonly day: string;
}

interface Found {
  readonly head: Head;
  readonly rest: string;
}

class KakaoText {
  readonly chat: KakaoRun;
  readonly #records: TextRecords<Head>;
  #title: { readonly name: string; readonly people: string | null } | null = null;
  #day = '';
  #midnight: number | null = null;
  #begun = false;

  constructor(chat: KakaoRun) {
    this.chat = chat;
    this.#records = new TextRecords(chat.run.batch, ({ head, lines, flags }: TextRecord<Head>, place) => {
      const { name, sentAtText, wallTime, day } = head;
      const time = wallTime === null ? NO_TIME : { instant: null, wallTime };
      chat.message({ name, text: lines.join('\n'), sentAtText, time, day, flags }, place);
    });
  }

  line(line: Line): void {
    const { text } = line;
    if (text === null) this.#records.book('line-too-long', line, 1);
    else if (!this.#begun && line.line <= HEADING && this.#heading(text)) this.#records.book('header', line);
    else if (this.#isDay(text)) this.#records.book('structure', line);
    else if (this.#isBrokenDay(text)) this.#records.book('bad-row', line);
    else {
      const found = this.#onPhone(text) ?? this.#onComputer(text);
      if (found !== null && (line.terminated || found.head.name !== null)) this.#begin(found, line);
      else if (this.#isCut(line, text)) this.#records.book('truncated', line, 1);
      else this.#records.more(line);
    }
  }

  /** Whether a last line without its end may be what is left of a head, or on computers of a notice. */
  #isCut({ terminated }: Line, text: string): boolean {
    if (terminated || text.trim() === '') return false;
    return CUT.test(text) || (this.#day !== '' && text.length <= STUMP);
  }

  #heading(text: string): boolean {
    if (isKakaoHeader(text)) return true;
    const title = this.#title === null ? kakaoTitle(text) : null;
    if (title !== null) this.#title = title;
    return title !== null;
  }

  /** A heading of a day: between rules, or alone behind an empty line (on Android with the first time of the day). */
  #isDay(text: string): boolean {
    const ruled = RULE.exec(text)?.[1];
    const midnight = kakaoDay(ruled ?? text.trim());
    if (ruled === undefined) {
      if (!this.#records.behindBlank && this.#records.head !== null) return false;
      const time = midnight === null ? kakaoTime(text) : null;
      if (time !== null) return text.slice(time.end).trim() === '';
    }
    if (midnight === null) return false;
    this.#day = ruled ?? text.trim();
    this.#midnight = midnight;
    return true;
  }

  /** A day that cannot be read: what follows is not of the day before. */
  #isBrokenDay(text: string): boolean {
    if ((this.#begun && this.#day === '') || text.length > 140 || !BROKEN_RULE.test(text)) return false;
    if (text.replace(/[^-]/g, '').length < 20) return false;
    this.#day = text.trim();
    this.#midnight = null;
    return true;
  }

  #onPhone(text: string): Found | null {
    const time = kakaoTime(text);
    if (time === null) return null;
    const rest = text.slice(time.end);
    const behind = /^ ?([,:]) ?/.exec(rest);
    if (behind === null) return null;
    const words = rest.slice(behind[0].length);
    if (words.trim() === '') return null;
    const at = { sentAtText: time.text, wallTime: time.wallTime, day: time.text };
    const named = behind[1] === ',' ? NAMED.exec(words) : null;
    if (named === null) return { head: { name: null, ...at }, rest: words };
    return { head: { name: (named[1] as string).trim(), ...at }, rest: named[2] as string };
  }

  #onComputer(text: string): Found | null {
    if (this.#day === '') return null;
    const m = BRACKETS.exec(text);
    const clock = m === null ? null : kakaoClock(m[2] as string);
    if (m !== null && clock !== null) {
      const wallTime = this.#midnight === null ? null : this.#midnight + clock;
      const head = { name: m[1] as string, sentAtText: `${this.#day} ${m[2]}`, wallTime, day: this.#day };
      return { head, rest: m[3] ?? '' };
    }
    if (kakaoEvent(text) === null) return null;
    return { head: { name: null, sentAtText: this.#day, wallTime: null, day: this.#day }, rest: text };
  }

  #begin({ head, rest }: Found, line: Line): void {
    this.#begun = true;
    this.chat.open(this.#title);
    this.#records.begin(head, line, rest);
  }

  finish(): void {
    this.#records.close();
    this.chat.open(this.#title);
    this.chat.settle();
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const chat = new KakaoRun(source, options);
  const { run } = chat;
  const text = new KakaoText(chat);
  yield* readLineChat(run, source, options.head, text);
}

function sniff(head: SourceHead): number {
  const lines = head.text.split(/\r\n|\n|\r/, 600);
  const top = lines.slice(0, HEADING);
  const titled = top.some((line) => kakaoTitle(line) !== null) && top.some(isKakaoHeader);
  let phone = 0;
  let computer = 0;
  let days = 0;
  for (const line of lines) {
    if (line === '') continue;
    if (RULE.test(line) && kakaoDay(RULE.exec(line)?.[1] ?? '') !== null) days++;
    const time = kakaoTime(line);
    if (time !== null && /^, .{1,120}? : /.test(line.slice(time.end))) phone++;
    const clock = BRACKETS.exec(line)?.[2];
    if (clock !== undefined && kakaoClock(clock) !== null) computer++;
  }
  const found = phone + (days > 0 ? computer : 0);
  if (titled) return found > 0 ? 0.98 : 0.85;
  if (found === 0) return 0;
  if (days > 0 && computer > 0) return 0.9;
  return phone >= 2 ? 0.86 : 0.5;
}

export const kakaoTalkText: Importer = {
  id: 'kakaotalk-native-text',
  version: 1,
  platform: 'kakaotalk',
  holds: 'chat',
  title: { zh: 'KakaoTalk 聊天记录（文本）', en: 'KakaoTalk chat history (text)' },
  extensions: ['.txt'],
  sniff,
  read,
};
