/**
 * QQ Chat Exporter's text: a banner, facts of the chat, then for each message `name:`, `时间: `,
 * `内容: ` with its further lines, and what belongs to it (`资源: `, `提及: `, `回复: `); a footer.
 * System messages have no name line, or one without a name, or the words `[系统消息]`. For large chats it
 * writes `[#1] time name` and the words below instead. Times are the exporting computer's, without a zone.
 */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Place, personOf, tidy } from '../../chat-run.ts';
import type { Line } from '../../each-line.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { baseName, NONE } from '../../text.ts';
import { isStump, type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { qqEvent, qqKind } from './qq-common.ts';

const BANNER = /^\[QQChatExporter(?: V(\d+))?\b.*\]\s*$/;
const FACT = /^(聊天名称|聊天类型|参与人数|导出时间|消息总数|时间范围|消息时间范围): (.*)$/;
const RULE = /^={20,}\s*$/;
/** A time; `0` where the exporter had none. */
const TIME = /^时间: (\d{4}[-/]\d{1,2}[-/]\d{1,2}.{0,40}?|0|Invalid Date)\s{0,9}$/;
const NAME = /^(?:\[([^[\]]{1,24})\] )?(.{0,120}):\s*$/;
/** Head of a message of a large chat; the numbers count from 1. */
const NUMBERED = /^\[#(\d{1,9})\] (\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}:\d{2}) (.{0,120})$/;
const NOTICE = '[系统消息]';
const NUMBER = /^\[\d+\]\s*$/;
const FILES = /^资源: (\d+) 个文件\s*$/;
const FILE = /^\s{1,4}- (\w+): (.*)$/;
const REPLY = /^回复: (?:(\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?) )?(.{1,80}?) - ([\s\S]*)$/;

const TYPES: Readonly<Record<string, ConversationType>> = {
  群聊: 'group',
  私聊: 'direct',
  临时会话: 'direct',
};

interface Head {
  readonly name: string | null;
  readonly title: string | null;
  readonly time: string;
}

interface Body {
  readonly text: string;
  readonly type: string | null;
  readonly attachments: readonly ImportedAttachment[];
  readonly carried: readonly CarriedText[];
  readonly mentions: string | null;
}

const ATTACHMENT_KINDS: Readonly<Record<string, ImportedAttachment['kind']>> = {
  image: 'image',
  video: 'video',
  audio: 'voice',
  voice: 'voice',
};

/** Takes the lines below a message's time apart. What follows its words is looked for from the end. */
function bodyOf(lines: readonly string[]): Body {
  let first = 0;
  const type = /^类型: (.*)$/.exec(lines[0] ?? '')?.[1] ?? null;
  if (type !== null) first = 1;
  let end = lines.length;
  const attachments: ImportedAttachment[] = [];
  const carried: CarriedText[] = [];
  let mentions: string | null = null;
  const reply = lines.findLastIndex((line) => REPLY.test(line));
  if (reply >= first) {
    const m = REPLY.exec(lines.slice(reply).join('\n')) as RegExpExecArray;
    carried.push({ act: 'quote', sender: m[2] as string, text: m[3] as string, sentAtText: m[1] ?? null });
    end = reply;
  }
  const mentioned = /^提及: (.*)$/.exec(lines[end - 1] ?? '')?.[1];
  if (mentioned !== undefined && end - 1 > first) {
    mentions = mentioned;
    end--;
  }
  const files = lines.findLastIndex((line, i) => i < end && FILES.test(line));
  const count = files < 0 ? 0 : Number(FILES.exec(lines[files] as string)?.[1]);
  if (files >= first && files + 1 + count === end) {
    for (const line of lines.slice(files + 1, end)) {
      const m = FILE.exec(line);
      if (m === null) continue;
      const name = m[2] as string;
      const kind = ATTACHMENT_KINDS[m[1] as string] ?? 'file';
      attachments.push({ kind, name, reference: name, size: null, md5: null });
    }
    if (attachments.length === count) end = files;
    else attachments.length = 0;
  }
  const words = lines.slice(first, end);
  if (words[0] !== undefined) words[0] = words[0].replace(/^内容: ?/, '');
  return { text: words.join('\n').trim(), type, attachments, carried, mentions };
}

class ExporterText {
  readonly #run: ChatRun;
  readonly #records: TextRecords<Head>;
  readonly #facts = new Map<string, string>();
  #opened = false;
  /** A line that is a name if the next one is a time. */
  #name: Line | null = null;
  #blank = true;
  #footer = false;
  /** Number of the last message of a large chat. */
  #number = 0;

  constructor(run: ChatRun) {
    this.#run = run;
    this.#records = new TextRecords(run.batch, (record, place) => this.#message(record, place));
  }

  line(line: Line): void {
    const held = this.#name;
    this.#name = null;
    const { text } = line;
    if (text === null) {
      if (held !== null) this.#records.more(held);
      this.#records.book('line-too-long', line, 1);
      return;
    }
    const numbered = this.#footer ? null : NUMBERED.exec(text);
    if (held === null && numbered !== null && Number(numbered[1]) === this.#number + 1) {
      this.#number++;
      if (line.terminated) {
        this.#begin({ name: numbered[3] as string, title: null, time: numbered[2] as string }, line, line);
      } else this.#records.book('truncated', line, 1);
      this.#blank = false;
      return;
    }
    const time = TIME.exec(text)?.[1];
    if (time !== undefined && !this.#footer && (held !== null || this.#blank)) {
      const name = held === null ? null : NAME.exec(held.text as string);
      const from = held ?? line;
      const head = { name: name?.[2] || null, title: name?.[1] ?? null, time };
      if (line.terminated) this.#begin(head, from, line);
      else this.#records.book('truncated', { ...line, line: from.line }, 1);
    } else {
      const cut =
        held !== null && !line.terminated && '时间: '.startsWith(text.slice(0, 4).replace(/\ufffd$/, ''));
      if (cut) this.#records.book('truncated', held, 1);
      else if (held !== null) this.#records.more(held);
      if (cut) this.#records.book('truncated', line);
      else this.#other(text, line);
    }
    this.#blank =
      text.trim() === '' || NUMBER.test(text) || (this.#records.head === null && this.#name === null);
  }

  #begin(head: Head, from: Line, line: Line): void {
    this.#ensureOpen();
    this.#records.begin(
      head,
      { ...line, start: from.start, line: from.line, damaged: from.damaged || line.damaged },
      null,
    );
  }

  #other(text: string, line: Line): void {
    const fact = FACT.exec(text);
    if (
      this.#footer ||
      (!this.#opened && (BANNER.test(text) || RULE.test(text) || /^\s*QQ聊天记录|^\[感谢使用QQ/.test(text)))
    ) {
      const version = BANNER.exec(text)?.[1];
      if (version !== undefined) this.#run.formatVersion = version;
      this.#records.book('header', line);
    } else if (!this.#opened && (fact !== null || /^\[本软件/.test(text))) {
      if (fact !== null) this.#facts.set(fact[1] as string, (fact[2] as string).trim());
      this.#records.book('header', line);
    } else if (RULE.test(text) && this.#blank) {
      this.#footer = true;
      this.#records.book('header', line);
    } else if (this.#blank && NUMBER.test(text)) this.#records.book('structure', line);
    else if (this.#blank && NAME.test(text) && line.terminated) this.#name = line;
    else if (
      isStump(line, this.#records.behindBlank) ||
      (!line.terminated && this.#number > 0 && text.startsWith('['))
    ) {
      this.#records.book('truncated', line, 1);
    } else this.#records.more(line);
  }

  #ensureOpen(): void {
    if (this.#opened) return;
    this.#opened = true;
    const name = this.#facts.get('聊天名称') ?? baseName(this.#run.fileName);
    const type = TYPES[this.#facts.get('聊天类型') ?? ''] ?? 'unknown';
    this.#run.open({ key: `name:${name}`, platformId: null, name, type });
  }

  #message({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const body = bodyOf(lines);
    const event = head.name === null || head.name === '系统消息' ? qqEvent(body.text) : null;
    const system = head.name === null || head.name === '系统消息' || body.text === NOTICE;
    const kind = this.#kind(body);
    this.#run.message(
      {
        sender: system
          ? event?.act === 'recall'
            ? personOf(null, event.actor)
            : null
          : personOf(null, head.name),
        sentAtText: head.time,
        time: readCivilText(head.time) ?? NO_TIME,
        kind: event?.act === 'recall' ? 'recall' : system ? 'system' : kind,
        text: body.text,
        carried: body.carried.length === 0 ? NONE : body.carried,
        attachments: body.attachments.length === 0 ? NONE : body.attachments,
        extra: tidy({ title: head.title, type: body.type, mentions: body.mentions, event }),
        flags,
      },
      place,
    );
  }

  #kind({ text, attachments, carried }: Body): MessageKind {
    if (carried.length > 0) return 'quote';
    const [first] = attachments;
    if (first !== undefined && (text === '' || /^\[[^[\]]*\]$/.test(text))) return first.kind;
    return qqKind(text);
  }

  finish(): void {
    // A name that no time follows: the file ends inside a head.
    if (this.#name !== null) this.#records.book('truncated', this.#name, 1);
    this.#records.close();
    this.#ensureOpen();
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  run.needsZone = true;
  const text = new ExporterText(run);
  yield* readLineChat(run, source, options.head, text);
}

function sniff(head: SourceHead): number {
  const lines = head.text.split(/\r\n|\n|\r/, 400);
  const times = lines.filter((line) => TIME.test(line)).length;
  if (lines.slice(0, 12).some((line) => BANNER.test(line))) return 0.98;
  const contents = lines.filter((line) => line.startsWith('内容: ')).length;
  if (lines.some((line) => /^\s*QQ聊天记录导出文件/.test(line))) return times > 0 ? 0.95 : 0.6;
  return times >= 2 && contents >= times * 0.5 ? 0.8 : 0;
}

export const qqExporterText: Importer = {
  id: 'qq-exporter-text',
  version: 3,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ Chat Exporter（文本）', en: 'QQ Chat Exporter (text)' },
  extensions: ['.txt'],
  sniff,
  read,
};
