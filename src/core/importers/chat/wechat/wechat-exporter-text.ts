/**
 * Text of WechatExporter (BlueMatthew): a title `name - 微信聊天记录`, then `name (time):words`; notices
 * as `系统消息： words`. Of a reply the exporter's template shows the quote, a rule of dashes and the
 * words, but neither sender nor time. The messages of a forwarded record follow its title between two
 * marks; they are carried. Times have no zone; people are names.
 */
import { ChatRun, type Draft, type Place } from '../../chat-run.ts';
import type { Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { cleanName } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME } from '../../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfMarker,
  NamedChat,
  noticeDraft,
  splitTextQuote,
  WechatEvents,
} from './wechat-common.ts';
import {
  EXPORTER_TIME,
  exporterTime,
  ForwardedRecord,
  forwardBegin,
  forwardEnd,
} from './wechat-exporter-parts.ts';

interface MessageHead {
  readonly kind: 'message';
  readonly name: string;
  readonly time: string;
}

type Head = MessageHead | { readonly kind: 'notice' } | { readonly kind: 'reply' };

const TITLE = /^(.{1,200}) - (?:微信聊天记录|WeChat Chat History)\s*$/;
const HEAD = new RegExp(`^(.{0,80}?) \\((${EXPORTER_TIME.source}) ?\\):(.*)$`);
const NOTICE = /^系统消息[：:]\s?(.*)$/;
const RULE = /^(?:- ){5,}-?\s*$/;
/** A head that a few wrong characters have spoilt. */
const SPOILT = /^.{0,80} ?\(?\d{1,4}.{0,2}\d\d?.{0,2}\d\d? \d\d?.\d\d?.\d\d?\)?:?/;
const QUOTED = /^「[^「」：:]{1,80}[：:]/;
/** Most characters that a head is taken to have. */
const HEAD_LENGTH = 110;
/** Lines that a quote may have. */
const QUOTE_REACH = 100;
/** Lines that a forwarded record may have: where it does not end by then, its mark was somebody's words. */
const RECORD_REACH = 5000;

class ExporterText {
  readonly #run: ChatRun;
  readonly #records: TextRecords<Head>;
  readonly #events: WechatEvents;
  #chat: NamedChat | null = null;
  /** Lines that may be a reply's quote: they begin with 「 and the rule was not seen yet. */
  #quote: Line[] = [];
  /** Lines of what may be a forwarded record: its first mark was seen, its last not yet. */
  #record: Line[] = [];
  #recordTitle = '';
  /** First line of the message that is open. */
  #words = '';

  constructor(run: ChatRun) {
    this.#run = run;
    this.#events = new WechatEvents(run);
    this.#records = new TextRecords(run.batch, (record, place) => this.#emit(record, place));
  }

  line(line: Line): void {
    const { text } = line;
    if (this.#record.length > 0) this.#inRecord(line);
    else if (text !== null && this.#opensRecord(text)) {
      this.#record = [line];
      this.#recordTitle = this.#words;
    } else this.#usual(line);
  }

  /** Whether a line is the mark that opens a forwarded record: it repeats the title, which is the message above. */
  #opensRecord(text: string): boolean {
    const title = forwardBegin(marked(text));
    return title !== null && title === this.#words && this.#records.head?.kind === 'message';
  }

  #inRecord(line: Line): void {
    this.#record.push(line);
    if (line.text === null || this.#record.length > RECORD_REACH) this.#releaseRecord();
    else if (forwardEnd(marked(line.text)) === this.#recordTitle) {
      const lines = this.#record;
      this.#record = [];
      for (const one of lines) this.#records.more(one);
    }
  }

  /** A record that nothing closes is none. */
  #releaseRecord(): void {
    const lines = this.#record;
    this.#record = [];
    this.#words = '';
    for (const line of lines) this.#usual(line);
  }

  #usual(line: Line): void {
    const { text } = line;
    if (text === null) {
      this.#flush();
      this.#records.book('line-too-long', line, 1);
      return;
    }
    const title = this.#chat === null ? (TITLE.exec(text)?.[1] ?? null) : null;
    const head = HEAD.exec(text);
    const notice = NOTICE.exec(text);
    if (title !== null) {
      this.#open(title);
      this.#records.book('header', line);
    } else if (head !== null) {
      this.#begin(
        { kind: 'message', name: head[1] as string, time: head[2] as string },
        line,
        head[3] as string,
      );
    } else if (notice !== null) this.#begin({ kind: 'notice' }, line, notice[1] as string);
    else if (!line.terminated && this.#isCut(text)) {
      this.#dropQuote();
      this.#records.book('truncated', line, 1);
    } else if (SPOILT.test(text) && this.#chat?.beginsSender(text.slice(0, 1)) === true) {
      this.#flush();
      this.#records.book('bad-row', line, 1);
    } else this.#more(line, text);
  }

  #more(line: Line, text: string): void {
    if (QUOTED.test(text)) {
      this.#flush();
      this.#quote = [line];
    } else if (
      this.#quote.length > 0 &&
      RULE.test(text) &&
      this.#quote.at(-1)?.text?.trimEnd().endsWith('」')
    ) {
      const [first, ...rest] = this.#quote as [Line, ...Line[]];
      this.#quote = [];
      this.#open(null);
      this.#records.begin({ kind: 'reply' }, first, first.text);
      for (const next of [...rest, line]) this.#records.more(next);
    } else if (this.#quote.length > 0 && this.#quote.length < QUOTE_REACH) this.#quote.push(line);
    else {
      this.#flush();
      this.#records.more(line);
    }
  }

  /** What might have been a quote is text of the message above. */
  #flush(): void {
    const lines = this.#quote;
    this.#quote = [];
    for (const line of lines) this.#records.more(line);
  }

  /** Where a reply's rule should stand the file ends: the reply is lost, and its quote is nobody's words. */
  #dropQuote(): void {
    const [first] = this.#quote;
    for (const line of this.#quote) this.#records.book('truncated', line, line === first ? 1 : 0);
    this.#quote = [];
  }

  /** The exporter ends every line: a last one without its end is cut, and if it is short, perhaps a head. */
  #isCut(text: string): boolean {
    return this.#chat !== null && text.trim() !== '' && text.length <= HEAD_LENGTH;
  }

  #open(title: string | null): NamedChat {
    this.#chat ??= new NamedChat(
      this.#run,
      title === null ? chatTitle(this.#run.fileName) : cleanName(title),
    );
    return this.#chat;
  }

  #begin(head: Head, line: Line, first: string): void {
    this.#flush();
    this.#open(null);
    this.#words = first;
    this.#records.begin(head, line, first);
  }

  #emit({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const mark = head.kind === 'message' ? forwardedFrom(lines) : -1;
    if (mark > 0) {
      const title = lines.slice(0, mark).join('\n').trimEnd();
      const carried = recordOf(lines.slice(mark)).carried(title);
      const draft = this.#draft(head, title);
      const forward = {
        kind: 'forward' as const,
        forwarded: true,
        carried: carried === null ? [] : [carried],
      };
      this.#run.message({ ...draft, ...forward, flags }, place);
      return;
    }
    this.#run.message({ ...this.#draft(head, lines.join('\n')), flags }, place);
  }

  #draft(head: Head, text: string): Draft {
    const chat = this.#open(null);
    if (head.kind === 'notice') {
      const { event, ...draft } = noticeDraft(text);
      chat.event(event);
      this.#events.note(event, '');
      return { sentAtText: '', time: NO_TIME, ...draft, extra: event === null ? null : { event } };
    }
    const split = splitTextQuote(text);
    if (head.kind === 'reply')
      return { sentAtText: '', time: NO_TIME, sender: null, kind: 'quote', ...split };
    const sender = chat.sender(head.name);
    if (sender !== null) this.#events.person(sender);
    const kind = split.text === text ? (kindOfMarker(text) ?? 'text') : 'quote';
    const file = kind === 'file' ? /^\[(?:文件|File)[:：]\s?([^\]]+)\]/.exec(text)?.[1] : undefined;
    return {
      sender,
      sentAtText: head.time,
      time: exporterTime(head.time),
      kind,
      ...split,
      attachments: attachmentOf(kind, null, file === undefined ? {} : { name: file }),
    };
  }

  finish(): void {
    this.#releaseRecord();
    this.#dropQuote();
    this.#records.close();
    this.#chat?.settle();
    this.#events.settle();
  }
}

/** A line without the words that the exporter puts before notices. */
function marked(text: string): string {
  return NOTICE.exec(text)?.[1] ?? text;
}

/** Index of the mark that opens a forwarded record which the last line closes; -1 where there is none. */
function forwardedFrom(lines: readonly string[]): number {
  const title = forwardEnd(marked(lines.at(-1) ?? ''));
  if (title === null) return -1;
  return lines.findIndex((line) => forwardBegin(marked(line)) === title);
}

/** The messages between the marks. */
function recordOf(lines: readonly string[]): ForwardedRecord {
  const record = new ForwardedRecord();
  let open: { readonly name: string; readonly time: string; readonly words: string[] } | null = null;
  const add = (): void => {
    if (open !== null) record.add(open.name || null, open.words.join('\n').trimEnd(), open.time);
    open = null;
  };
  for (const line of lines) {
    const head = HEAD.exec(line);
    if (forwardBegin(marked(line)) !== null) {
      add();
      record.begin();
    } else if (forwardEnd(marked(line)) !== null) {
      add();
      record.end();
    } else if (head !== null) {
      add();
      open = { name: head[1] as string, time: head[2] as string, words: [head[3] as string] };
    } else (open as { readonly words: string[] } | null)?.words.push(line);
  }
  add();
  return record;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const text = new ExporterText(run);
  yield* readLineChat(run, source, options.head, text);
}

function sniff(head: SourceHead): number {
  const lines = head.text.split(/\r\n|\n|\r/, 2000);
  const titled = TITLE.test(lines.find((line) => line.trim() !== '') ?? '');
  const heads = lines.filter((line) => HEAD.test(line)).length;
  if (titled) return heads > 0 ? 0.98 : 0.8;
  return heads >= 2 && HEAD.test(lines.find((line) => line.trim() !== '') ?? '') ? 0.8 : 0;
}

export const wechatExporterText: Importer = {
  id: 'wechat-wechatexporter-text',
  version: 2,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WechatExporter 文本', en: 'WeChat · WechatExporter text' },
  extensions: ['.txt'],
  sniff,
  read,
};
