/**
 * Web page of WechatExporter (BlueMatthew): an element of class `msg` for every message, old templates
 * (`chat-left`, `name-left`) and new (`chat left`, `dspname`, `wxId`); notices in `chat-notice`. Times
 * have no zone. Further messages stand as markup in a list of the page's script, or in scripts beside it
 * (`msg-1.js` …), which are read alone. The messages of a forwarded record follow it as elements of their
 * own; they are carried.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, type Person, type Place, personOf, tidy } from '../../chat-run.ts';
import { HtmlScanner } from '../../html-scanner.ts';
import {
  findElement,
  findElements,
  type HtmlElement,
  hasClass,
  parseHtml,
  visibleText,
} from '../../html-tree.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  MessageFlag,
  SourceHead,
} from '../../importer.ts';
import { findScriptArray, type ScriptArrayPlace, ScriptStrings } from '../../script-strings.ts';
import { cleanName, detach, NONE } from '../../text.ts';
import { NO_TIME } from '../../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfMarker,
  noticeDraft,
  splitTextQuote,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import {
  EXPORTER_TIME,
  exporterTime,
  ForwardedRecord,
  forwardBegin,
  forwardEnd,
} from './wechat-exporter-parts.ts';
import { wechatKind } from './wechat-kinds.ts';

const MARKER = /<div class="(?:msg )?(?:chat|media)[-_ ](?:left|right|notice)[^"<>]*"[^<>]*\bmsgid="/;
/** Lists of further messages: in the page's own script, and in the scripts beside it. */
const MORE = /(?:window\.)?moreWechatMsgs\s*=\s*\[|\bvar msgArray\s*=\s*\[/;
const MORE_ITEM = /"(?:\\[nrt]|\s)*<div class=\\"/;
const TITLE = /<title>([^<]{0,200})<\/title>/i;

const KIND_OF_WORD: Readonly<Record<string, MessageKind>> = {
  image: 'image',
  video: 'video',
  file: 'file',
  audio: 'voice',
};

const byClass =
  (...names: readonly string[]) =>
  (element: HtmlElement): boolean =>
    names.some((name) => hasClass(element, name));

/** The files that an element shows: images but portraits, sounds, films. */
function filesOf(content: HtmlElement, kind: MessageKind, shown: string): readonly ImportedAttachment[] {
  const found = findElement([content], ({ name, attributes }) => {
    if (name === 'source' || name === 'audio' || name === 'video') return attributes.src !== undefined;
    return (
      name === 'img' &&
      !/avatar|app-?icon|transfer-icon|portrait/i.test(`${attributes.class ?? ''} ${attributes.src ?? ''}`)
    );
  });
  const link =
    kind === 'file' ? findElement([content], ({ name }) => name === 'a')?.attributes.href : undefined;
  const attributes: Readonly<Record<string, string>> = found?.attributes ?? {};
  const named = kind === 'file' && shown !== '' && !shown.includes('\n');
  return attachmentOf(
    kind,
    link ?? attributes.rawurl ?? attributes.src ?? null,
    named ? { name: shown } : {},
  );
}

/** Kind of a message: by its number, else by what it shows. */
function kindOf(element: HtmlElement, content: HtmlElement, text: string): MessageKind {
  const stated = element.attributes.msgtype ?? '';
  const word = KIND_OF_WORD[stated];
  if (word !== undefined) return word;
  const type = Number(stated);
  const refer = findElement([content], byClass('refermsg')) !== null;
  if (refer) return 'quote';
  if (type === 49) {
    const marked = kindOfMarker(text);
    if (marked !== null) return marked;
    if (findElement([content], byClass('transfer-icon')) !== null) return 'transfer';
    return findElement([content], ({ name }) => name === 'a') === null ? 'text' : 'link';
  }
  const kind = stated === '' ? 'text' : wechatKind(type, 0);
  if (kind !== 'text' && kind !== 'other') return kind;
  if (hasClass(element, 'media') || /media/.test(element.attributes.class ?? '')) {
    if (findElement([content], ({ name }) => name === 'audio') !== null) return 'voice';
    if (findElement([content], ({ name }) => name === 'video') !== null) return 'video';
    if (findElement([content], byClass('card-name')) !== null) return 'contact';
    if (findElement([content], ({ name }) => name === 'img') !== null) return 'image';
  }
  return kindOfMarker(text) ?? 'text';
}

/** The chat's name by the file's; a script of further messages is called as the folder that its page stands in. */
function nameByPlace(source: ByteSource): string | null {
  if (!/^msg-?\d*.*\.js$/i.test(source.name)) return chatTitle(source.name);
  const folders = (source.path ?? '').split('/').slice(0, -1);
  while (/^(?:data|files)$/i.test(folders.at(-1) ?? '')) folders.pop();
  return cleanName((folders.at(-1) ?? '').replace(/_files$/, '')) || chatTitle(source.name);
}

/** A message whose forwarded record may still follow. */
interface Pending {
  readonly draft: Draft;
  readonly start: number;
  readonly line: number;
  end: number;
  until: number;
  readonly record: ForwardedRecord;
}

class ExporterPage {
  readonly run: ChatRun;
  readonly #events: WechatEvents;
  readonly #key: string;
  readonly #name: string | null;
  readonly #senders = new Set<string>();
  #pending: Pending | null = null;
  #group = false;
  /** Whether somebody else who writes bears the chat's name. */
  #named = false;

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    this.#events = new WechatEvents(this.run);
    const title = TITLE.exec(options.head.text)?.[1]
      ?.replace(/ - (?:微信聊天记录|WeChat Chat History)\s*$/i, '')
      .trim();
    this.#name = title === undefined || title === '' ? nameByPlace(source) : cleanName(visibleText([title]));
    this.#key = `name:${this.#name ?? cleanName(source.name)}`;
    this.run.open({ key: this.#key, platformId: null, name: this.#name, type: typeOfId('') });
  }

  /** Takes an element at this place; false where it is no message. */
  take(element: HtmlElement, flags: readonly MessageFlag[], place: Place): boolean {
    const part = hasClass(element, 'fmsgtag') || hasClass(element, 'fmsg');
    if (part && this.#pending !== null && this.#carry(element, this.#pending.record)) {
      this.#pending.end = place.end;
      this.#pending.until = place.until;
      return true;
    }
    this.flush();
    const draft = this.record(element, flags);
    if (draft === null) return false;
    // Behind damage the message that passed it on is not known.
    const lost = hasClass(element, 'fmsg') ? this.#orphan(draft) : draft;
    this.#pending = { draft: lost, ...place, record: new ForwardedRecord() };
    return true;
  }

  /** Takes an element that is no message of its own as a part of the last one's record. */
  attach(element: HtmlElement): void {
    const record = this.#pending?.record;
    if (record === undefined || this.#carry(element, record)) return;
    const draft = this.record(element, NONE, true);
    if (draft !== null) record.add(draft.sender?.name ?? null, draft.text, draft.sentAtText);
  }

  #carry(element: HtmlElement, record: ForwardedRecord): boolean {
    if (hasClass(element, 'fmsgtag')) {
      const words = visibleText(element.children).trim();
      if (forwardBegin(words) !== null) record.begin();
      else if (forwardEnd(words) !== null && record.open) record.end();
      else return false;
      return true;
    }
    const draft = record.open ? this.record(element, NONE, true) : null;
    if (draft === null) return false;
    record.add(draft.sender?.name ?? null, draft.text, draft.sentAtText);
    return true;
  }

  #orphan(draft: Draft): Draft {
    const item = {
      act: 'forward' as const,
      sender: draft.sender?.name ?? null,
      text: draft.text,
      sentAtText: draft.sentAtText || null,
    };
    return { ...draft, sender: null, kind: 'forward', text: '', forwarded: true, carried: [item] };
  }

  /** Gives out the message whose record might have followed. */
  flush(): void {
    if (this.#pending === null) return;
    const { draft, record, ...place } = this.#pending;
    this.#pending = null;
    const carried = record.carried(draft.text);
    this.run.message(
      carried === null
        ? draft
        : { ...draft, kind: 'forward', forwarded: true, carried: [...(draft.carried ?? NONE), carried] },
      place,
    );
  }

  /** The message of an element; null for an element that is none. `forwarded`: of another chat, its writer is no member. */
  record(element: HtmlElement, flags: readonly MessageFlag[], forwarded = false): Draft | null {
    const content = findElement([element], byClass('content-box', 'contentBox'));
    if (/notice/.test(element.attributes.class ?? '')) {
      const words = visibleText(element.children)
        .trim()
        .replace(/^系统消息[：:]\s?/, '');
      const { event, ...draft } = noticeDraft(words);
      this.#group ||= event !== null && event.act !== 'recall';
      this.#events.note(event, '');
      return { sentAtText: '', time: NO_TIME, ...draft, extra: event === null ? null : { event }, flags };
    }
    const box = findElement([element], byClass('nt-box', 'ntBox'));
    if (box === null || content === null) return null;
    const named = findElement([box], byClass('dspname', 'name-left', 'name-right'));
    const sentAtText =
      EXPORTER_TIME.exec(visibleText(box.children, { skip: (child) => child === named }))?.[0] ?? '';
    const own = /right/.test(element.attributes.class ?? '');
    const name = named === null ? '' : visibleText(named.children);
    const sender = personOf(named?.attributes.wxid, name, own ? { self: 'true' } : undefined);
    if (sender !== null && !forwarded) this.#known(sender);
    const id = element.attributes.msgid?.trim() ?? '';
    return {
      sender,
      sentAtText,
      time: exporterTime(sentAtText),
      ...this.#body(element, content),
      extra: tidy({
        msgid: id,
        msgtype: element.attributes.msgtype === '1' ? null : element.attributes.msgtype,
      }),
      flags,
    };
  }

  #known(sender: Person): void {
    this.#events.person(sender);
    if (this.#senders.size < 4) this.#senders.add(detach(sender.key));
    if (sender.fields?.self === undefined && cleanName(sender.name ?? '') === this.#name) this.#named = true;
  }

  #body(
    element: HtmlElement,
    content: HtmlElement,
  ): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
    const links = findElements(
      [content],
      ({ name, attributes }) => name === 'a' && /^https?:/.test(attributes.href ?? ''),
    );
    const shown = visibleText(content.children, {
      skip: byClass('triangle', 'app-name', 'appinfo'),
      replace: ({ name, attributes }) =>
        name === 'audio' || name === 'video' ? '' : name === 'img' ? (attributes.alt ?? '') : null,
    }).trim();
    const kind = kindOf(element, content, shown);
    const split = splitTextQuote(shown);
    if (split.text !== shown) return { kind: 'quote', ...split };
    if (kind === 'forward') return { kind, text: shown, forwarded: true };
    const addresses = kind === 'file' ? [] : links.map(({ attributes }) => attributes.href as string);
    const text = [shown, ...addresses.filter((address) => !shown.includes(address))]
      .filter((part) => part !== '')
      .join('\n');
    return { kind, text, carried: NONE, attachments: filesOf(content, kind, shown) };
  }

  settle(): void {
    this.flush();
    const { run } = this;
    const group = this.#group || this.#senders.size > 2;
    if (run.kept && (group || this.#named)) {
      const type = group ? 'group' : 'direct';
      run.batch.conversation({ key: this.#key, platformId: null, name: this.#name, type });
    }
    this.#events.settle();
  }
}

const DAMAGED: readonly MessageFlag[] = ['invalid-bytes-replaced'];

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const page = new ExporterPage(source, options);
  const { run } = page;
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const more = findScriptArray(source, options.head, MORE);
  const scanner = new HtmlScanner(source, options.head, { marker: MARKER, to: more?.from ?? source.size });
  let closed = true;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    const { start, end, until, line } = scanner;
    const place = { start, end, until, line };
    const flags = scanner.damaged ? DAMAGED : NONE;
    const taken = step === 'record' && page.take(scanner.element, flags, place);
    if (step === 'record') closed = scanner.closed;
    if (!taken) {
      page.flush();
      if (step === 'record') run.batch.range(until === source.size ? 'truncated' : 'bad-row', until, line, 1);
      else if (step === 'skip') run.batch.range(scanner.code, until, line, 1);
      else run.batch.range('structure', until, line);
    }
    if (run.full) yield* run.batch.drain();
  }
  page.flush();
  if (more !== null) closed = yield* readMore(source, options.head, page, more);
  if (!closed) run.assumptions = { ending: 'cut-off' };
  page.settle();
  yield* run.finish();
}

/** The further messages, each with its record a string of markup; whether their list has its end. */
async function* readMore(
  source: ByteSource,
  head: SourceHead,
  page: ExporterPage,
  more: ScriptArrayPlace,
): AsyncGenerator<ImportEvent, boolean> {
  const { run } = page;
  const strings = new ScriptStrings(source, head.encoding, more, MORE_ITEM);
  run.batch.range('structure', more.at, more.line);
  for (const item of strings.items()) {
    const { start, end, until, line } = item;
    let taken = false;
    for (const element of item.text === null ? [] : parseHtml(item.text).children) {
      if (typeof element === 'string') continue;
      // One string is one message; whatever stands behind it belongs to its record.
      if (taken) page.attach(element);
      else taken = page.take(element, NONE, { start, end, until, line });
    }
    page.flush();
    if (!taken) run.batch.range(item.cut ? 'truncated' : 'bad-json', until, line, 1);
    if (run.full) yield* run.batch.drain();
  }
  run.batch.range('structure', source.size, strings.line);
  return strings.complete;
}

function sniff(head: SourceHead): number {
  if (
    /^\s*\(function\(\) \{\s*var msgArray = \[/.test(head.text) &&
    /moreWechatMsgs|<div class=\\"msg/.test(head.text)
  )
    return 0.96;
  if (!/^\s*<(?:!doctype|html|head|body)/i.test(head.text)) return 0;
  if (MARKER.test(head.text)) return 0.95;
  return / - (?:微信聊天记录|WeChat Chat History)<\/title>/i.test(head.text) ? 0.6 : 0;
}

export const wechatExporterHtml: Importer = {
  id: 'wechat-wechatexporter-html',
  version: 2,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WechatExporter 网页', en: 'WeChat · WechatExporter web page' },
  extensions: ['.html', '.htm', '.js'],
  sniff,
  read,
};
