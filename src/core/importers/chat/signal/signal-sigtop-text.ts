/**
 * Signal chats as sigtop writes them: its text (fields `From`, `Type`, `Sent` …, an empty line, the words;
 * quotes behind `>`, versions of an edited message behind `|`) and its short text (`YYYY-MM-DD HH:MM name:
 * [details] words`). The exporting person is `You`. The short text has no zone and no seconds.
 */
import { ChatRun, type Person, type Place, personOf, tidy } from '../../chat-run.ts';
import type { Line } from '../../each-line.ts';
import { fileKind } from '../../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
} from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { baseName, cleanName, NONE } from '../../text.ts';
import { isStump, type TextRecord, TextRecords } from '../../text-records.ts';
import { civilTime, NO_TIME, type ReadTime, readCivilText } from '../../time.ts';

const TIME =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const FROM = /^From: (.{1,200})$/;
const TYPE = /^Type: ([\w-]{1,40})$/;
const SENT = /^(?:Sent|Received): (.{5,60})$/;
const CONVERSATION = /^Conversation: (.{1,300})$/;
const FIELD = /^(Type|Sent|Received|Attachment|Reaction|Edited): (.*)$/;
const SHORT = /^(\d{4}-\d\d-\d\d \d\d:\d\d|unknown) (.{1,80}?):(?: (.*))?$/;
const DETAILS =
  /^\[((?:reply to .{1,80} on (?:\d{4}-\d\d-\d\d \d\d:\d\d|unknown)|edited|\d+ attachments?)(?:, (?:edited|\d+ attachments?))*)\](?: |$)/;
const NOTICE = /^\[([\w-]{1,40}) message\]$/;

function timeOf(text: string): ReadTime {
  const m = TIME.exec(text);
  if (m === null) return NO_TIME;
  const part = (index: number): number => Number(m[index]);
  const month = MONTHS.indexOf(m[2] as string) / 3 + 1;
  const wallTime = civilTime(part(3), month, part(1), part(4), part(5), part(6));
  if (wallTime === null) return NO_TIME;
  const offset = (part(8) * 60 + part(9)) * (m[7] === '-' ? -1 : 1);
  return { instant: wallTime - offset * 60_000, wallTime: null };
}

/** `name (number, id or user name)`, or a name alone; `You` is the exporting person. */
function personIn(text: string): Person | null {
  if (text === 'You') return personOf(null, 'You', { self: 'true' });
  const m = /^(.*) \(([^()]{3,100})\)$/.exec(text);
  return m === null ? personOf(null, text) : personOf(m[2], m[1]);
}

interface Head {
  /** Null where a message names no sender. */
  readonly from: string | null;
  /** Of the short text. */
  readonly time?: string;
}

/** The lines without a prefix, up to the first that has it not. */
function behind(lines: readonly string[], prefix: string): string[] {
  const end = lines.findIndex((line) => !line.startsWith(prefix));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.slice(prefix.length).replace(/^ /, ''));
}

interface Body {
  readonly text: string;
  readonly carried: readonly CarriedText[];
}

/** What stands below the fields: a quote, then the words. */
function bodyOf(lines: readonly string[]): Body {
  const quoted = behind(lines, '>');
  if (quoted.length === 0) return { text: lines.join('\n'), carried: NONE };
  const empty = quoted.indexOf('');
  const fields = empty < 0 ? quoted : quoted.slice(0, empty);
  const from = FROM.exec(fields[0] ?? '')?.[1] ?? null;
  const quote: CarriedText = {
    act: 'quote',
    sender: from === null ? null : (personIn(from)?.name ?? null),
    text: empty < 0 ? '' : quoted.slice(empty + 1).join('\n'),
    sentAtText: SENT.exec(fields[1] ?? '')?.[1] ?? null,
  };
  const rest = lines.slice(quoted.length);
  return { text: (rest[0] === '' ? rest.slice(1) : rest).join('\n'), carried: [quote] };
}

function attachmentIn(text: string): ImportedAttachment {
  const m = /^(.*) \(([^(),]*)(?:, (\d+) bytes)?\)$/.exec(text);
  const name = m === null || m[1] === 'no filename' ? null : (m[1] as string);
  const size = Number(m?.[3] ?? 0);
  return { kind: fileKind(name, m?.[2]), name, reference: name, size: size > 0 ? size : null, md5: null };
}

class SigtopText {
  readonly run: ChatRun;
  readonly #short: boolean;
  readonly #records: TextRecords<Head>;
  #opened = false;
  /** A line that begins a message if the next one goes on so. */
  #held: Line | null = null;

  constructor(run: ChatRun, short: boolean) {
    this.run = run;
    this.#short = short;
    this.#records = new TextRecords(run.batch, (record, place) =>
      short ? this.#shortMessage(record, place) : this.#message(record, place),
    );
  }

  #open(conversation: Person | null): void {
    if (this.#opened) return;
    this.#opened = true;
    const name = conversation?.name ?? cleanName(baseName(this.run.fileName));
    const platformId = conversation?.platformId ?? null;
    // A group's id is that of 32 bytes.
    const group = platformId !== null && /^[\w-]{43}$/.test(platformId);
    this.run.open({
      key: platformId ?? `name:${name}`,
      platformId,
      name,
      type: group ? 'group' : platformId === null ? 'unknown' : 'direct',
    });
  }

  line(line: Line): void {
    const held = this.#held;
    this.#held = null;
    const { text } = line;
    if (text === null) {
      if (held !== null) this.#records.more(held);
      this.#records.book('line-too-long', line, 1);
    } else if (this.#short) this.#shortLine(text, line);
    else if (held !== null) this.#behindHeld(held, text, line);
    else this.#usual(text, line);
  }

  #usual(text: string, line: Line): void {
    const fresh = this.#records.head === null || this.#records.behindBlank;
    const conversation = this.#opened ? null : CONVERSATION.exec(text);
    if (conversation !== null) {
      this.#open(personIn(conversation[1] as string));
      this.#records.book('header', line);
    } else if (fresh && line.terminated && (FROM.test(text) || TYPE.test(text))) this.#held = line;
    else if (isStump(line, fresh)) this.#records.book('truncated', line, 1);
    else this.#records.more(line);
  }

  #behindHeld(held: Line, text: string, line: Line): void {
    const from = FROM.exec(held.text as string)?.[1] ?? null;
    if (from === null ? SENT.test(text) : TYPE.test(text)) {
      this.#open(null);
      this.#records.begin({ from }, held, from === null ? held.text : null);
      this.#records.more(line);
    } else if (!line.terminated && text.length < 60) {
      this.#records.book('truncated', held, 1);
      this.#records.book('truncated', line);
    } else {
      this.#records.more(held);
      this.#usual(text, line);
    }
  }

  #message({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const blank = lines.indexOf('');
    const fields = blank < 0 ? lines : lines.slice(0, blank);
    const all = (name: string): string[] =>
      fields.flatMap((field) => (FIELD.exec(field)?.[1] === name ? [FIELD.exec(field)?.[2] as string] : []));
    const below = blank < 0 ? [] : lines.slice(blank + 1);
    const edited = all('Edited').length > 0;
    const newest = edited ? behind(below, '|') : [];
    const start = newest.indexOf('');
    const next = newest.findIndex((line, i) => i > 0 && /^Version: \d+$/.test(line));
    const version = start < 0 ? [] : newest.slice(start + 1, next < 0 ? undefined : next - 1);
    const { text, carried } = bodyOf(edited ? version : below);
    const attachments = all('Attachment').map(attachmentIn);
    const type = all('Type')[0] ?? '';
    const said = /^(?:incoming|outgoing)$/.test(type);
    const sentAtText = all('Sent')[0] ?? all('Received')[0] ?? '';
    const media = text === '' ? attachments[0]?.kind : undefined;
    this.run.message(
      {
        sender: said && head.from !== null ? personIn(head.from) : null,
        senderName: head.from === null ? null : (personIn(head.from)?.name ?? null),
        sentAtText,
        time: timeOf(sentAtText),
        kind: !said ? 'system' : carried.length > 0 ? 'quote' : (media ?? 'text'),
        text: said || text !== '' ? text : `[${type}]`,
        carried,
        editedAtText: edited ? (SENT.exec(newest[1] ?? '')?.[1] ?? null) : null,
        attachments: attachments.length === 0 ? NONE : attachments,
        extra: tidy({
          type: said ? null : type,
          received: all('Received')[0],
          reactions: all('Reaction'),
          versions: next < 0 ? null : newest.slice(next).join('\n'),
        }),
        flags,
      },
      place,
    );
  }

  #shortLine(text: string, line: Line): void {
    const m = SHORT.exec(text);
    if (m !== null) {
      this.#open(null);
      this.#records.begin({ from: m[2] as string, time: m[1] as string }, line, m[3] ?? '');
    } else if (!line.terminated && /^\d{1,4}[-\d: ]{0,12}.{0,80}$/.test(text)) {
      this.#records.book('truncated', line, 1);
    } else this.#records.more(line);
  }

  #shortMessage({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const whole = lines.join('\n');
    const details = DETAILS.exec(whole);
    const text = details === null ? whole : whole.slice(details[0].length);
    const notice = NOTICE.test(whole);
    const reply = /^reply to (.{1,80}) on (\S+ \S+|unknown)/.exec(details?.[1] ?? '');
    const count = Number(/(\d+) attachment/.exec(details?.[1] ?? '')?.[1] ?? 0);
    const file = { kind: 'file' as const, name: null, reference: null, size: null, md5: null };
    this.run.message(
      {
        sender: notice ? null : personIn(head.from as string),
        senderName: head.from,
        sentAtText: head.time as string,
        time: readCivilText(head.time as string) ?? NO_TIME,
        kind: notice ? 'system' : reply !== null ? 'quote' : count > 0 && text === '' ? 'file' : 'text',
        text,
        carried:
          reply === null
            ? NONE
            : [{ act: 'quote', sender: reply[1] as string, text: '', sentAtText: reply[2] as string }],
        attachments: Array.from({ length: Math.min(count, 100) }, () => file),
        extra: tidy({ edited: /\bedited\b/.test(details?.[1] ?? '') }),
        flags,
      },
      place,
    );
  }

  finish(): void {
    if (this.#held !== null) this.#records.book('truncated', this.#held, 1);
    this.#records.close();
    this.#open(null);
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const text = new SigtopText(run, shapeOf(options.head.text) === 'short');
  yield* readLineChat(run, source, options.head, text);
}

function shapeOf(head: string): 'long' | 'short' | null {
  const text = head.replace(/^(?:[ \t]*\r?\n){1,100}/, '');
  if (/^Conversation: .{1,300}\r?\n\r?\n(?:From: .{1,200}\r?\n)?Type: [\w-]+\r?\n/.test(text)) return 'long';
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return /^\d{4}-\d\d-\d\d \d\d:\d\d [^\s-]/.test(first) && SHORT.test(first) ? 'short' : null;
}

export const signalSigtopText: Importer = {
  id: 'signal-sigtop-text',
  version: 1,
  platform: 'signal',
  holds: 'chat',
  title: { zh: 'Signal 聊天记录（sigtop 文本）', en: 'Signal chat (sigtop text)' },
  extensions: ['.txt'],
  sniff(head) {
    const shape = shapeOf(head.text);
    if (shape === 'long') return 0.97;
    if (shape === null) return 0;
    const own = /: \[(?:reply to|\d+ attachment|edited|[\w-]+ message\])/.test(head.text);
    if (own || /^\S+ \S+ You:/m.test(head.text)) return 0.9;
    return head.text.split(/\r\n|\n|\r/, 200).filter((line) => SHORT.test(line)).length > 1 ? 0.6 : 0.3;
  },
  read,
};
