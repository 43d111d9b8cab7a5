/**
 * Web page of WechatExporter (BlueMatthew): an element of class `msg` for every message, old templates
 * (`chat-left`, `name-left`) and new (`chat left`, `dspname`, `wxId`); notices in `chat-notice`. Times
 * have no zone. Pages that load further messages from scripts beside them hold only their first.
 */
import type { MessageKind } from '../../domain/message.ts';
import { ChatRun, type Draft, type Person, personOf, tidy } from '../chat-run.ts';
import { HtmlScanner } from '../html-scanner.ts';
import { findElement, findElements, type HtmlElement, hasClass, visibleText } from '../html-tree.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  MessageFlag,
  SourceHead,
} from '../importer.ts';
import { cleanName, detach, NONE } from '../text.ts';
import { NO_TIME, readCivilText } from '../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfMarker,
  noticeDraft,
  splitTextQuote,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import { wechatKind } from './wechat-kinds.ts';

const MARKER = /<div class="(?:msg )?(?:chat|media)[-_ ](?:left|right|notice)[^"<>]*"[^<>]*\bmsgid="/;
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
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

class ExporterPage {
  readonly run: ChatRun;
  readonly #events: WechatEvents;
  readonly #key: string;
  readonly #name: string | null;
  readonly #senders = new Set<string>();
  #group = false;
  /** Whether somebody else who writes bears the chat's name. */
  #named = false;

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    this.#events = new WechatEvents(this.run);
    const title = TITLE.exec(options.head.text)?.[1]
      ?.replace(/ - 微信聊天记录\s*$/, '')
      .trim();
    this.#name =
      title === undefined || title === '' ? chatTitle(source.name) : cleanName(visibleText([title]));
    this.#key = `name:${this.#name ?? cleanName(source.name)}`;
    this.run.open({ key: this.#key, platformId: null, name: this.#name, type: typeOfId('') });
  }

  record(element: HtmlElement, flags: readonly MessageFlag[]): Draft | null {
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
    const sentAtText = TIME.exec(visibleText(box.children, { skip: (child) => child === named }))?.[0] ?? '';
    const own = /right/.test(element.attributes.class ?? '');
    const name = named === null ? '' : visibleText(named.children);
    const sender = personOf(named?.attributes.wxid, name, own ? { self: 'true' } : undefined);
    if (sender !== null) this.#known(sender);
    const id = element.attributes.msgid?.trim() ?? '';
    return {
      sender,
      sentAtText,
      time: readCivilText(sentAtText) ?? NO_TIME,
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
  const scanner = new HtmlScanner(source, options.head, { marker: MARKER });
  let closed = true;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    const { start, end, until, line } = scanner;
    const draft = step === 'record' ? page.record(scanner.element, scanner.damaged ? DAMAGED : NONE) : null;
    if (step === 'record') closed = scanner.closed;
    if (draft !== null) run.message(draft, { start, end, until, line });
    else if (step === 'record')
      run.batch.range(until === source.size ? 'truncated' : 'bad-row', until, line, 1);
    else if (step === 'skip') run.batch.range(scanner.code, until, line, 1);
    else run.batch.range('structure', until, line);
    if (run.full) yield* run.batch.drain();
  }
  if (!closed) run.assumptions = { ending: 'cut-off' };
  page.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html|head|body)/i.test(head.text)) return 0;
  if (MARKER.test(head.text)) return 0.95;
  return / - 微信聊天记录<\/title>/.test(head.text) ? 0.6 : 0;
}

export const wechatExporterHtml: Importer = {
  id: 'wechat-wechatexporter-html',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WechatExporter 网页', en: 'WeChat · WechatExporter web page' },
  extensions: ['.html', '.htm'],
  sniff,
  read,
};
