/**
 * WeFlow's Markdown: a head with the chat's id and type, then messages under `## time name`: quoted words
 * behind `>`, a picture or a file as a link, the words. It writes a backslash before every sign of
 * Markdown that somebody wrote, so that heads, quotes and links in words cannot pass for its own. Times
 * have no zone; people are names, and in a direct chat the other side is the chat's id.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, type Person, personOf } from '../../chat-run.ts';
import type { Line } from '../../each-line.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
} from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { NONE } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { chatTitle, kindOfMarker, noticeDraft, quote, WechatEvents, wechatEvent } from './wechat-common.ts';
import { wechatKindOfWord } from './wechat-kinds.ts';
import { weflowContent } from './wechat-weflow-content.ts';

/** The dash may stand with or without a backslash: versions differ. */
const HEAD = /^## (\d{4}\\?-\d\d\\?-\d\d \d\d:\d\d:\d\d) (.{1,400})$/;
const TITLE = /^# (.{1,400})$/m;
const ID = /^- 会话ID: `((?:[^`\\\n]|\\.){1,200})`[ \t]*\r?$/m;
const TYPE = /^- 会话类型: (群聊|私聊)/m;
const TOOL = /^- 导出工具: WeFlow[ \t]*\r?$/m;
const HEADER = /^(?:# .*|- (?:会话ID|会话类型|消息数量|导出时间|导出工具): .*|---)$/;
/** A sign of a head that has no backslash before it: nobody's words have one. */
const DAMAGED = /^(?:#|[^\\\s]# )/;
const LINK = /^(!?)\[((?:[^[\]\\]|\\.){0,400})\]\(([^()\s]{1,2000})\)$/;

/** The words as somebody wrote them, without the backslashes of the exporter. */
function plain(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\`*_{}[\]<>#+\-.!|])/g, '$1') : text;
}

interface Head {
  readonly time: string;
  readonly name: string;
}

interface Chat {
  readonly id: string | null;
  readonly title: string | null;
  readonly group: boolean;
}

function chatOf(text: string, fileName: string): Chat {
  const id = ID.exec(text)?.[1];
  const title = TITLE.exec(text)?.[1];
  return {
    id: id === undefined ? null : id.replace(/\\(.)/g, '$1'),
    title: title === undefined ? chatTitle(fileName) : plain(title.trimEnd()),
    group: TYPE.exec(text)?.[1] === '群聊' || (id ?? '').endsWith('@chatroom'),
  };
}

function decoded(url: string): string {
  try {
    return decodeURI(url).replace(/%28/g, '(').replace(/%29/g, ')');
  } catch {
    return url;
  }
}

/** What a link alone in its paragraph stands for. */
function linked([, image, label, url]: RegExpExecArray): {
  readonly kind: MessageKind;
  readonly attachment: ImportedAttachment | null;
  readonly words: string;
} {
  const title = plain(label as string);
  const reference = decoded(url as string);
  const web = /^https?:/i.test(reference);
  if (image === '' && web) return { kind: 'link', attachment: null, words: `${title}\n${reference}` };
  const named = wechatKindOfWord(title) ?? kindOfMarker(`[${title}]`);
  const byName = fileKind(reference);
  const kind =
    image !== ''
      ? named === 'sticker'
        ? 'sticker'
        : 'image'
      : title === '语音文件'
        ? 'voice'
        : title === '视频文件'
          ? 'video'
          : byName;
  return {
    kind,
    attachment: { kind, name: fileNameOf(reference), reference, size: null, md5: null },
    words: '',
  };
}

class WeflowMarkdown {
  readonly run: ChatRun;
  readonly #chat: Chat;
  readonly #events: WechatEvents;
  readonly #records: TextRecords<Head>;
  #begun = false;
  #ending = false;

  constructor(run: ChatRun, chat: Chat) {
    this.run = run;
    this.#chat = chat;
    this.#events = new WechatEvents(run);
    this.#records = new TextRecords<Head>(run.batch, (record, place) => {
      // The exporter writes no message without words: the file ends behind this head.
      if (record.lines.length === 0 && this.#ending) run.batch.range('truncated', place.until, place.line, 1);
      else run.message(this.#draft(record), place);
    });
    run.open({
      key: chat.id ?? `name:${chat.title}`,
      platformId: chat.id,
      name: chat.title,
      type: chat.group ? 'group' : 'direct',
    });
  }

  line(line: Line): void {
    const { text } = line;
    const records = this.#records;
    if (text === null) {
      records.book('line-too-long', line, 1);
      return;
    }
    const m = HEAD.exec(text);
    if (m !== null && line.terminated) {
      this.#begun = true;
      records.begin({ time: plain(m[1] as string), name: plain(m[2] as string) }, line, null);
    } else if (!this.#begun && HEADER.test(text)) records.book('header', line);
    else if (DAMAGED.test(text)) records.book(line.terminated ? 'bad-row' : 'truncated', line, 1);
    else records.more(line);
  }

  #sender(name: string): Person | null {
    if (name === '我' && !this.#chat.group) return personOf(null, name, { self: 'true' });
    return personOf(this.#chat.group ? null : this.#chat.id, name);
  }

  #draft({ head, lines, flags }: TextRecord<Head>): Draft {
    const shared = { sentAtText: head.time, time: readCivilText(head.time) ?? NO_TIME, flags };
    let at = lines.findIndex((line) => line !== '');
    if (at < 0) at = lines.length;
    const { carried, next } = quoted(lines, at);
    at = next;
    const parts: Omit<ReturnType<typeof linked>, 'words'>[] = [];
    const words: string[] = [];
    for (let m = LINK.exec(lines[at] ?? ''); m !== null; m = LINK.exec(lines[at] ?? '')) {
      const { words: shown, ...part } = linked(m);
      parts.push(part);
      if (shown !== '') words.push(shown);
      at++;
      if (lines[at] === '' && at + 1 < lines.length) at++;
    }
    const rest = plain(lines.slice(at).join('\n'));
    if (rest !== '') words.push(rest);
    const text = words.join('\n');
    const byChat =
      /@chatroom$/.test(head.name) || (head.name === this.#chat.title && wechatEvent(text) !== null);
    if (byChat && this.#chat.group && parts.length === 0) {
      const { event, ...draft } = noticeDraft(text);
      this.#events.note(event, head.time);
      return { ...shared, ...draft, extra: event === null ? null : { event } };
    }
    const sender = this.#sender(head.name);
    if (sender !== null) this.#events.person(sender);
    const kind = parts[0]?.kind ?? null;
    if (kind === null && carried.length === 0) return { ...shared, sender, ...weflowContent(text, 'text') };
    const attachments = parts.flatMap(({ attachment }) => (attachment === null ? [] : [attachment]));
    return {
      ...shared,
      sender,
      kind: kind ?? 'quote',
      text,
      carried,
      attachments: attachments.length === 0 ? NONE : attachments,
    };
  }

  finish(): void {
    this.#ending = true;
    this.#records.close();
    this.#events.settle();
  }
}

/** The quote at the top of a message: `> name: words`. */
function quoted(
  lines: readonly string[],
  from: number,
): { readonly carried: readonly CarriedText[]; readonly next: number } {
  let next = from;
  while (lines[next]?.startsWith('> ') === true || lines[next] === '>') next++;
  if (next === from) return { carried: NONE, next };
  const text = plain(
    lines
      .slice(from, next)
      .map((line) => line.slice(2))
      .join('\n'),
  );
  const m = /^([^:\n]{1,80}): ([\s\S]*)$/.exec(text);
  const carried = [m === null ? quote(null, text) : quote(m[1] as string, m[2] as string)];
  while (lines[next] === '' && next + 1 < lines.length) next++;
  return { carried, next };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const page = new WeflowMarkdown(run, chatOf(options.head.text, source.name));
  yield* readLineChat(run, source, options.head, page);
}

export const weflowMarkdown: Importer = {
  id: 'wechat-weflow-markdown',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeFlow Markdown', en: 'WeChat · WeFlow Markdown' },
  extensions: ['.md'],
  sniff({ text }) {
    const top = text.slice(0, 4000);
    const marks = [ID, TYPE, TOOL].filter((pattern) => pattern.test(top)).length;
    const messages = text.split(/\r\n|\n|\r/, 400).filter((line) => HEAD.test(line)).length;
    if (marks >= 2) return 0.98;
    if (marks === 1 && messages > 0) return 0.95;
    return messages >= 2 ? 0.8 : messages === 1 ? 0.4 : 0;
  },
  read,
};
