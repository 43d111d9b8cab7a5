/**
 * The text export of QQ's message manager: a head, then for each chat its group of the contact list
 * (消息分组) and its name (消息对象) between rules of `=`; messages as `date time 【title】name(number)`,
 * their lines, an empty line. One file may hold one chat or all. Times have no zone.
 *
 * A head line inside a message is somebody's paste. A real one stands behind an empty line; where a
 * file keeps that, one that does not counts only if its time is not before the message above.
 */

import type { ConversationType } from '../../../domain/message.ts';
import { previewConversations } from '../../batch.ts';
import { ChatRun } from '../../chat-run.ts';
import { clockOf, HALF_OF_DAY } from '../../clock.ts';
import { eachLine, type Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import { TextRecords } from '../../text-records.ts';
import { civilTime } from '../../time.ts';
import { FRIEND_FOLDER, GROUP_FOLDER, qqEvent, qqSender, SYSTEM_NAME } from './qq-common.ts';
import { type QqHead, QqTextRun } from './qq-text-run.ts';

const HEAD = new RegExp(
  `^((\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})\\s+(?:(${HALF_OF_DAY})\\s*)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\s*(${HALF_OF_DAY})(?=\\s|$))?)(?:\\s+(.*?))?\\s*$`,
);
const TITLE_LINE = /^消息记录[（(].{0,40}[)）]\s*$/;
const RULE = /^={16,}\s*$/;
/** What the lines that name a chat begin with: its group of the contact list, its name. */
interface FactWords {
  readonly folder: string;
  readonly chat: string;
}
const CHINESE: FactWords = { folder: '消息分组', chat: '消息对象' };
const FACT_LINE = '([^:：=\\r\\n]{2,40})[:：][^\\r\\n]*\\r?\\n={16,}\\s*?\\r?\\n';
/** The head of a file in any language: a line, then two lines `word:value`, each between rules. */
const FILE_HEAD = new RegExp(`^\\s*[^\\r\\n]{4,120}\\r?\\n\\s*={16,}\\s*?\\r?\\n${FACT_LINE}${FACT_LINE}`);

/** The words of a file's own head, which are those of the menu's language; null where it has no such head. */
function wordsOf(head: SourceHead): FactWords | null {
  const m = FILE_HEAD.exec(head.text.slice(0, 1200));
  if (m === null) return null;
  const words = { folder: detach(m[1] as string), chat: detach(m[2] as string) };
  // Where one is Chinese, the other is damaged.
  return words.folder === CHINESE.folder || words.chat === CHINESE.chat ? CHINESE : words;
}

/** A line that names a chat, taken apart. */
function factOf(text: string, words: FactWords): { readonly chat: boolean; readonly value: string } | null {
  for (const chat of [false, true]) {
    const word = chat ? words.chat : words.folder;
    if (text.startsWith(word) && /^[:：]/.test(text.slice(word.length))) {
      return { chat, value: text.slice(word.length + 1).trim() };
    }
  }
  return null;
}
/** Longer lines are no heads: names have an end, and patterns must not search a line of megabytes. */
const LONGEST_HEAD = 400;
const DATE_BEGIN = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s/;

function headOf(text: string): QqHead | null {
  if (text.length > LONGEST_HEAD || !DATE_BEGIN.test(text)) return null;
  const m = HEAD.exec(text);
  if (m === null) return null;
  const part = (index: number): number => Number(m[index]);
  const clock = clockOf(part(6), part(7), part(8), m[5] ?? m[9]);
  const wallTime =
    clock === null ? null : civilTime(part(2), part(3), part(4), clock.hour, clock.minute, clock.second);
  return { sender: qqSender(m[10] ?? ''), time: m[1] as string, wallTime };
}

/** QQ itself, as whose words a notice counts. */
const QQ = qqSender('系统消息(10000)');

/** A notice that stands on the head's own line, in place of a name; null where a name does. */
function noticeOf({ sender }: QqHead): string | null {
  return sender.id === null && sender.title === null && qqEvent(sender.name) !== null ? sender.name : null;
}

/** What only a whole chat shows. */
interface ChatSurvey {
  readonly senders: Set<string>;
  numbered: boolean;
  heads: number;
  /** Heads that show no number. */
  plain: number;
}

function newChat(): ChatSurvey {
  return { senders: new Set(), numbered: false, heads: 0, plain: 0 };
}

interface Survey {
  readonly chats: readonly ChatSurvey[];
  readonly words: FactWords;
  /** Whether heads stand behind empty lines in this file. */
  readonly spaced: boolean;
}

/** More different senders than matter to tell a group from a direct chat. */
const ENOUGH_SENDERS = 4;

function survey(source: ByteSource, head: SourceHead): Survey {
  const words = wordsOf(head) ?? CHINESE;
  let chat = newChat();
  const chats: ChatSurvey[] = [chat];
  let behindBlank = 0;
  let behindText = 0;
  let previous = '';
  for (const { text } of eachLine(source, head)) {
    if (text === null) continue;
    const fact = RULE.test(previous) ? factOf(text, words) : null;
    const found = headOf(text);
    if (fact?.chat === true) {
      chat = newChat();
      chats.push(chat);
    } else if (found !== null) {
      if (previous.trim() === '' || RULE.test(previous)) behindBlank++;
      else behindText++;
      const { name, id } = found.sender;
      if (noticeOf(found) !== null) {
        previous = text;
        continue;
      }
      if (chat.senders.size < ENOUGH_SENDERS && !SYSTEM_NAME.test(name)) chat.senders.add(detach(id ?? name));
      chat.numbered ||= id !== null;
      chat.heads++;
      if (id === null) chat.plain++;
    }
    previous = text;
  }
  return { chats, words, spaced: behindText <= behindBlank * 0.1 };
}

function typeOf(folder: string, { senders, numbered }: ChatSurvey): ConversationType {
  if (GROUP_FOLDER.test(folder)) return 'group';
  if (senders.size > 2) return 'group';
  if (folder !== '' && !numbered) return 'direct';
  return senders.size > 0 && senders.size <= 2 && FRIEND_FOLDER.test(folder) ? 'direct' : 'unknown';
}

/** The chat's name as the file's name gives it. */
function nameOfFile(fileName: string): string {
  return cleanName(baseName(fileName)) || fileName;
}

class NativeText {
  /** Heads inside paragraphs that were taken for messages. */
  unspaced = 0;
  readonly #run: ChatRun;
  readonly #text: QqTextRun;
  readonly #records: TextRecords<QqHead>;
  readonly #survey: Survey;
  #folder = '';
  #chat = 0;
  #opened = false;
  /** A rule that the next line decides about. */
  #rule: Line | null = null;
  /** Inside the lines that name a chat. */
  #naming = true;
  #blank = true;

  constructor(run: ChatRun, found: Survey) {
    this.#run = run;
    this.#survey = found;
    this.#text = new QqTextRun(run);
    this.#records = new TextRecords(run.batch, (record, place) => {
      this.#ensureOpen();
      this.#text.message(record, place);
    });
  }

  line(line: Line): void {
    const rule = this.#rule;
    this.#rule = null;
    const { text } = line;
    if (rule !== null && this.#blank && isCutFact(line, this.#survey.words)) {
      this.#records.book('truncated', rule, 1);
      this.#records.book('truncated', line);
      return;
    }
    const fact = text === null ? null : factOf(text, this.#survey.words);
    if (rule !== null) this.#afterRule(rule, fact !== null);
    if (text === null) {
      this.#records.book('line-too-long', line, 1);
      return;
    }
    if (RULE.test(text)) {
      this.#rule = line;
      return;
    }
    if (this.#naming && (fact !== null || this.#isTitle(text, line))) this.#fact(fact, line);
    else this.#plain(text, line);
    this.#blank = text.trim() === '' || this.#naming;
  }

  /** A rule belongs to the lines that name a chat where it stands among them or before one. */
  #afterRule(rule: Line, beforeFact: boolean): void {
    if (beforeFact || this.#naming || this.#records.head === null) {
      this.#records.book('structure', rule);
      this.#naming = true;
    } else this.#records.more(rule);
  }

  /** The first line of the file, in whatever language, where two lines that name a chat follow. */
  #isTitle(text: string, line: Line): boolean {
    return TITLE_LINE.test(text) || (line.line === 1 && this.#survey.words !== CHINESE);
  }

  #fact(fact: ReturnType<typeof factOf>, line: Line): void {
    if (fact === null) {
      this.#records.book('header', line);
      return;
    }
    this.#records.close();
    this.#run.batch.range('conversation', line.until, line.line, fact.chat ? 1 : 0);
    if (!fact.chat) this.#folder = fact.value;
    else {
      this.#chat++;
      this.#open(fact.value || nameOfFile(this.#run.fileName));
    }
  }

  #open(title: string): void {
    this.#opened = true;
    const chat = this.#survey.chats[this.#chat] ?? newChat();
    this.#text.open(title, typeOf(this.#folder, chat), this.#folder === '' ? {} : { folder: this.#folder });
  }

  #ensureOpen(): void {
    if (!this.#opened) this.#open(nameOfFile(this.#run.fileName));
  }

  #plain(text: string, line: Line): void {
    const head = headOf(text);
    const notice = head === null ? null : noticeOf(head);
    if (head !== null && notice !== null && line.terminated && this.#blank) {
      this.#naming = false;
      this.#records.begin({ ...head, sender: QQ }, line, notice);
    } else if (head !== null && this.#isNameless(head)) {
      this.#records.book('bad-row', line, 1);
    } else if (head !== null && this.#isHead(head, line)) {
      this.#naming = false;
      this.#records.begin(head, line, null);
    } else if (!line.terminated && this.#blank && isCutHead(text)) {
      this.#records.book('truncated', line, 1);
    } else if (this.#blank && this.#records.head !== null && isDamagedHead(text)) {
      this.#records.book('bad-row', line, 1);
    } else this.#records.more(line);
  }

  /** Whether a head has lost its number, in a chat in which all have one. */
  #isNameless({ sender }: QqHead): boolean {
    const chat = this.#survey.chats[this.#chat];
    return (
      this.#blank &&
      sender.id === null &&
      !SYSTEM_NAME.test(sender.name) &&
      chat !== undefined &&
      chat.plain * 10 < chat.heads
    );
  }

  #isHead(head: QqHead, line: Line): boolean {
    // The end of the file may have cut the name or the number: it is nobody's message.
    if (!line.terminated) return false;
    const open = this.#records.head;
    if (this.#blank || open === null || !this.#survey.spaced) return true;
    const later = head.wallTime !== null && open.wallTime !== null && head.wallTime >= open.wallTime;
    if (later) this.unspaced++;
    return later;
  }

  finish(): void {
    const rule = this.#rule;
    if (rule !== null && this.#blank) this.#records.book('truncated', rule, 1);
    else if (rule !== null) this.#afterRule(rule, false);
    this.#records.close();
  }
}

/** Whether a last line without a line end is the beginning of the lines that name a chat. */
function isCutFact({ text, terminated }: Line, words: FactWords): boolean {
  const begin = (text ?? '').replace(/\ufffd$/, '').trim();
  return !terminated && [words.folder, words.chat].some((word) => `${word}:`.startsWith(begin));
}

/** Whether a last line without a line end is the beginning of a head, or a head without its text. */
function isCutHead(text: string): boolean {
  return (
    /^=+$/.test(text) ||
    /^\d{1,4}(?:[-/]\d{0,2}(?:[-/]\d{0,2}(?:\s[\d:\s]{0,9}(?:\s.*)?)?)?)?$/.test(text) ||
    headOf(text) !== null
  );
}

/** Whether a line behind an empty one was a head before it was damaged: it still has the outline of one. */
function isDamagedHead(text: string): boolean {
  const begin = text.slice(0, 26);
  const digits = begin.replace(/\D/g, '').length;
  if (digits >= 9 && /\d.?:.?\d{1,2}.?:|:\d{2}.?:?\d{2}.?\s/.test(begin)) return true;
  return digits >= 6 && text.length <= 160 && /[(<][\w@.+-]{4,}.?[)>]\s*$/.test(text);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const text = new NativeText(run, survey(source, options.head));
  for (const line of eachLine(source, options.head)) {
    text.line(line);
    if (run.full) yield* run.batch.drain();
  }
  text.finish();
  if (text.unspaced > 0) run.assumptions = { headsInsideParagraphs: String(text.unspaced) };
  yield* run.finish();
}

/** Counts heads, and the lines that only this exporter writes. */
function sniff(head: SourceHead): number {
  let heads = 0;
  let numbered = 0;
  let lines = 0;
  let marks = 0;
  for (const text of head.text.split(/\r\n|\n|\r/, 3000)) {
    if (text.trim() === '') continue;
    lines++;
    if (TITLE_LINE.test(text) || (marks < 9 && factOf(text, CHINESE) !== null)) marks++;
    const found = headOf(text);
    if (found === null) continue;
    heads++;
    if (found.sender.id !== null && /^(?:\d+|.+@.+)$/.test(found.sender.id)) numbered++;
  }
  if (marks > 0) return heads > 0 || marks > 1 ? 0.97 : 0.7;
  if (heads > 0 && wordsOf(head) !== null) return 0.9;
  if (numbered >= 2 && heads >= lines * 0.05 && numbered >= heads * 0.8) return 0.85;
  return numbered === 1 && lines < 10 ? 0.5 : 0;
}

export const qqNativeText: Importer = {
  id: 'qq-native-text',
  version: 2,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ 消息管理器导出（文本）', en: 'QQ message manager export (text)' },
  extensions: ['.txt'],
  sniff,
  list: (source, head) => previewConversations(qqNativeText, source, head),
  read,
};
