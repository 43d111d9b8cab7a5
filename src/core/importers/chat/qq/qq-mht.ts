/**
 * The web page export of QQ's message manager (`.mht`): a MIME file of one page with one table, and its
 * pictures. Rows name the chat (消息分组, 消息对象), the day (日期), or hold a message: name with number,
 * time, text. Pictures are named by their part's `Content-Location`. Times have no zone.
 */
import { previewConversations } from '../../batch.ts';
import { ChatRun } from '../../chat-run.ts';
import { clockOf, HALF_OF_DAY } from '../../clock.ts';
import { detectEncoding } from '../../encoding.ts';
import { HtmlScanner } from '../../html-scanner.ts';
import { findElements, type HtmlElement, type HtmlNode, visibleText } from '../../html-tree.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { type MimePart, mimeParts } from '../../mime-parts.ts';
import { baseName, cleanName, detach, NONE } from '../../text.ts';
import { civilTime } from '../../time.ts';
import { FRIEND_FOLDER, GROUP_FOLDER, qqSender } from './qq-common.ts';
import { decodedPart, type PageWay, PLAIN_WAY } from './qq-mht-part.ts';
import { type QqHead, QqTextRun } from './qq-text-run.ts';

const ROW = /<tr\b[^<>]*>/i;
const DATE = /^[^:：\d]{2,24}[:：]\s*(\d{1,4})[-/](\d{1,2})[-/](\d{1,4})\s*$/;
/** What damage leaves of the row of a day. */
const BROKEN_DAY = /^(?!.*\d:\d\d).*\d.?[-/].?\d/;
const TIME = new RegExp(`^(?:(${HALF_OF_DAY})\\s*)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\s*(${HALF_OF_DAY}))?$`);
const FACT = /^([^:：\d]{2,40})[:：](.*)$/;
/** What the rows that name a chat begin with: its group of the contact list, its name. */
const CHINESE = ['消息分组', '消息对象'];

interface Day {
  readonly text: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function dayOf(text: string, order: string | undefined): Day | null {
  const m = DATE.exec(text);
  if (m === null) return null;
  const [a, b, c] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const written = text.replace(/^[^:：]*[:：]\s*/, '').trim();
  if ((m[1] as string).length === 4) return { text: written, year: a, month: b, day: c };
  const dayFirst = order === 'DMY' || a > 12;
  return { text: written, year: c, month: dayFirst ? b : a, day: dayFirst ? a : b };
}

function elements(nodes: readonly HtmlNode[]): HtmlElement[] {
  return nodes.filter((node): node is HtmlElement => typeof node !== 'string');
}

/** A page's bytes in its source, and whether the source ends inside it. */
interface PagePlace {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly last: boolean;
}

interface Row {
  readonly name: string;
  readonly time: string;
  readonly text: string;
  readonly images: readonly string[];
}

/** A message's row: a block with the name and the time, then blocks with its text. */
function rowOf(cell: HtmlElement): Row | null {
  const [head, ...body] = elements(cell.children);
  if (head?.name !== 'div' || body.length === 0) return null;
  const [shown] = elements(head.children);
  if (shown === undefined) return null;
  const time = cleanName(visibleText(head.children.filter((node) => node !== shown)));
  if (!TIME.test(time)) return null;
  const images = findElements(body, ({ name }) => name === 'img').flatMap(({ attributes }) =>
    attributes.src === undefined || attributes.src === '' ? [] : [attributes.src.replace(/^cid:/i, '')],
  );
  const text = visibleText(body, { replace: ({ name }) => (name === 'img' ? '[图片]' : null) });
  const name = visibleText([shown]).replaceAll('\u00a0', ' ').trim();
  return { name, time, text: text.replaceAll('\u00a0', ' ').trim(), images };
}

class MhtRun {
  readonly #run: ChatRun;
  readonly #text: QqTextRun;
  readonly #order: string | undefined;
  #folder = '';
  #words: readonly string[] = [];
  #day: Day | null = null;
  #opened = false;

  constructor(run: ChatRun, options: ImportOptions) {
    this.#run = run;
    this.#text = new QqTextRun(run);
    this.#order = options.mapping?.dateOrder;
  }

  /** Reads the page's rows. `way` leads back to the file's bytes. */
  *rows(page: ByteSource, head: SourceHead, place: PagePlace, way: PageWay): Generator<ImportEvent> {
    const scanner = new HtmlScanner(page, head, { marker: ROW, ...place });
    const { batch } = this.#run;
    for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
      const until = way.toSource(scanner.until);
      const line = way.toLine(scanner.start, scanner.line);
      if (step === 'skip') batch.range(scanner.code, until, line, 1);
      else if (step === 'between') {
        // Words outside any row: a row whose beginning was lost.
        const words = visibleText(scanner.nodes).trim() !== '';
        batch.range(words ? 'bad-row' : 'structure', until, line, words ? 1 : 0);
      } else if (!scanner.closed && place.last && scanner.until >= place.to)
        batch.range('truncated', until, line, 1);
      else this.#row(scanner, way);
      if (this.#run.full) yield* batch.drain();
    }
  }

  #row(scanner: HtmlScanner, way: PageWay): void {
    const { batch } = this.#run;
    const line = way.toLine(scanner.start, scanner.line);
    const until = way.toSource(scanner.until);
    const [cell] = findElements(scanner.nodes, ({ name }) => name === 'td');
    const row = cell === undefined ? null : rowOf(cell);
    if (row !== null) {
      this.#message(row, scanner, way);
      return;
    }
    const text = cleanName(visibleText(scanner.nodes));
    const day = dayOf(text, this.#order);
    const fact = day === null ? this.#factOf(text) : null;
    if (fact !== null) {
      batch.range('conversation', until, line, fact.chat ? 1 : 0);
      if (fact.chat) this.#open(fact.value);
      else this.#folder = fact.value;
    } else if (day !== null) {
      this.#day = day;
      batch.range('structure', until, line);
    } else if (text === '' || /^消息记录/.test(text) || (!this.#opened && this.#words.length === 0))
      batch.range('structure', until, line);
    else {
      // It may have been a day: what follows is not of the one before.
      if (text.length <= 40 && BROKEN_DAY.test(text)) this.#day = null;
      batch.range('bad-row', until, line, 1);
    }
  }

  /** A row that names a chat; its words are those of the menu's language, in which the first two rows say them. */
  #factOf(text: string): { readonly chat: boolean; readonly value: string } | null {
    const fact = FACT.exec(text);
    if (fact === null) return null;
    const word = fact[1] as string;
    if (CHINESE.includes(word)) this.#words = CHINESE;
    else if (!this.#opened && this.#words.length < 2) this.#words = [...this.#words, detach(word)];
    const at = this.#words.indexOf(word);
    return at < 0 ? null : { chat: at === 1, value: (fact[2] as string).trim() };
  }

  #open(title: string): void {
    this.#opened = true;
    const group = GROUP_FOLDER.test(this.#folder);
    const direct = FRIEND_FOLDER.test(this.#folder);
    const name = title || cleanName(baseName(this.#run.fileName));
    this.#text.open(
      name,
      group ? 'group' : direct ? 'direct' : 'unknown',
      this.#folder === '' ? {} : { folder: this.#folder },
    );
  }

  #message(row: Row, scanner: HtmlScanner, way: PageWay): void {
    if (!this.#opened) this.#open('');
    const m = TIME.exec(row.time) as RegExpExecArray;
    const clock = clockOf(Number(m[2]), Number(m[3]), Number(m[4]), m[1] ?? m[5]);
    const day = this.#day;
    const wallTime =
      day === null || clock === null
        ? null
        : civilTime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second);
    const time = day === null ? row.time : `${day.text} ${row.time}`;
    const head: QqHead = { sender: qqSender(row.name), time, wallTime };
    const start = way.toSource(scanner.start);
    const place = {
      start,
      end: Math.max(start + 1, way.toSource(scanner.end)),
      until: Math.max(start + 1, way.toSource(scanner.until)),
      line: way.toLine(scanner.start, scanner.line),
    };
    const attachments = row.images.map((reference): ImportedAttachment => {
      return { kind: 'image', name: reference, reference, size: null, md5: null };
    });
    const flags = scanner.damaged ? (['invalid-bytes-replaced'] as const) : NONE;
    this.#text.message(
      { head, lines: [row.text], flags },
      place,
      attachments.length === 0 ? NONE : attachments,
    );
  }
}

function isPage({ headers }: MimePart): boolean {
  return /text\/html/i.test(headers.get('content-type') ?? '');
}

/** The head of a decoded page. */
function pageHead(page: ByteSource): SourceHead {
  const bytes = page.read(0, 1 << 16);
  const { encoding, bomLength } = detectEncoding(bytes, bytes.length >= page.size);
  return { name: page.name, size: page.size, bytes, encoding, bomLength, text: '' };
}

function bookPart(run: ChatRun, part: MimePart, first: boolean): void {
  const { batch } = run;
  if (first || part.headers.size === 0) batch.range('header', part.until, part.line);
  else if (part.closed) batch.range('metadata', part.until, part.line, 1);
  else batch.range('truncated', part.until, part.line, 1);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { head } = options;
  const run = new ChatRun(source, options);
  run.needsZone = true;
  const mht = new MhtRun(run, options);
  run.batch.range('byte-order-mark', head.bomLength, 1);
  const parts = [...mimeParts(source, head)];
  if (!parts.some(isPage)) {
    // A page by itself, as tools unpack it.
    yield* mht.rows(source, head, { from: head.bomLength, to: source.size, line: 1, last: true }, PLAIN_WAY);
    yield* run.finish();
    return;
  }
  for (const [index, part] of parts.entries()) {
    const multipart = index === 0 && !isPage(part);
    if (multipart || !isPage(part)) bookPart(run, part, index === 0);
    else {
      run.batch.range('header', part.start, part.line);
      const decoded = decodedPart(source, part);
      if (decoded === null) {
        const { start, end, line, closed } = part;
        yield* mht.rows(source, head, { from: start, to: end, line, last: !closed }, PLAIN_WAY);
      } else {
        const place = { from: 0, to: decoded.page.size, line: part.line, last: !part.closed };
        yield* mht.rows(decoded.page, pageHead(decoded.page), place, decoded.way);
        run.batch.range('structure', part.end, part.line);
      }
      run.batch.range('structure', part.until, part.line);
    }
    if (run.full) yield* run.batch.drain();
  }
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  const { text } = head;
  if (/^From:\s*<Save by Tencent MsgMgr>/m.test(text.slice(0, 2000))) return 0.98;
  if (/^Subject:\s*Tencent IM Message/m.test(text.slice(0, 2000))) return 0.95;
  return /<title>QQ Message<\/title>/i.test(text.slice(0, 4000)) && /消息对象|日期:/.test(text) ? 0.9 : 0;
}

export const qqMht: Importer = {
  id: 'qq-native-mht',
  version: 2,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ 消息管理器导出（网页 MHT）', en: 'QQ message manager export (MHT page)' },
  extensions: ['.mht', '.mhtml', '.html', '.htm'],
  sniff,
  list: (source, head) => previewConversations(qqMht, source, head),
  read,
};
