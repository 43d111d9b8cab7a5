/**
 * Telegram Desktop's web pages (`messages.html`, `messages2.html` …): a chat without ids of people or of
 * itself, so both are known by name. A message that follows one of the same sender (`joined`) has no
 * name; it is given the sender above, unless damage stands between. Notices show no time.
 */
import { ChatRun, type Draft, type Person, personOf, tidy } from '../../chat-run.ts';
import { HtmlScanner } from '../../html-scanner.ts';
import {
  findElement,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  parseHtml,
  visibleText,
} from '../../html-tree.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName, cleanName } from '../../text.ts';
import { NO_TIME } from '../../time.ts';
import {
  childOf,
  messageTarget,
  pageButtons,
  pageLinks,
  pageMedia,
  pageName,
  pageReactions,
  pageText,
  pageTime,
  repliedId,
} from './telegram-html-message.ts';

const MARKER = /<div class="message (?:default|service)\b[^"<>]*" id="message-?\d+"[^<>]*>/;
/**
 * What the exporter writes for everybody whose account is gone: a name of nobody in particular, except in
 * a chat with one such person.
 */
const DELETED = 'Deleted Account';
/**
 * Messages of a group that became a supergroup have their ids lowered by 1,000,000,000; days' headings
 * have the ids -1, -2 ….
 */
const MIGRATED = -100_000_000;
const TITLE = /<div class="page_header">[\s\S]{0,2000}?<div class="text bold">([^<]{0,400})<\/div>/;

/** Whether what stands between messages belongs to the page: its head, its foot, links to other pages. */
function isPageFurniture(nodes: readonly HtmlNode[]): boolean {
  const text = visibleText(nodes, {
    skip: (element) => hasClass(element, 'pagination') || hasClass(element, 'page_header'),
  });
  return (
    text.trim() === '' &&
    findElement(nodes, (element) => hasClass(element, 'message') || hasClass(element, 'from_name')) === null
  );
}

class TelegramPage {
  readonly #title: string | null;
  /** The sender of the message above; null at the top and behind damage. */
  #sender: Person | null = null;
  #forwardedFrom: string | null = null;
  #day = '';
  #deleted = false;

  constructor(title: string | null) {
    this.#title = title;
  }

  /** Something was lost: whoever wrote the next message is not known from the one above. */
  broken(): void {
    this.#sender = null;
    this.#deleted = false;
    this.#forwardedFrom = null;
  }

  /** The message of an element; null for a day's heading, undefined for an element that is none. */
  draft(element: HtmlElement): Draft | null | undefined {
    const id = /^message(-?\d+)$/.exec(element.attributes.id ?? '')?.[1] ?? '';
    const body = childOf(element, 'body');
    if (body === null) return undefined;
    if (hasClass(element, 'service')) return this.#notice(body, id);
    const date = childOf(body, 'date');
    if (date === null) return undefined;
    const named = childOf(body, 'from_name');
    const { name, via } = pageName(named);
    if (named !== null) {
      this.#deleted = name === DELETED && this.#title !== DELETED;
      this.#sender = this.#deleted ? null : personOf(null, name);
    } else if (!hasClass(element, 'joined')) {
      this.#sender = null;
      this.#deleted = false;
    }
    const forwarded = childOf(body, 'forwarded') === null ? null : this.#forwarded(body);
    const content = forwarded ?? body;
    const textElement = childOf(content, 'text');
    const media = pageMedia(content);
    const words = [pageText(textElement), media?.words ?? ''];
    const sentAtText = (date.attributes.title ?? visibleText(date.children)).trim();
    const signature = childOf(content, 'signature') ?? childOf(body, 'signature');
    return {
      platformId: id,
      sender: this.#sender,
      senderName: this.#deleted ? DELETED : null,
      sentAtText,
      time: pageTime(sentAtText),
      kind: media?.kind ?? 'text',
      text: words.filter((part) => part !== '').join('\n'),
      forwarded: forwarded !== null,
      refersTo: repliedId(content, body),
      attachments: media?.files ?? [],
      extra: tidy({
        forwarded_from: forwarded === null ? null : this.#forwardedFrom,
        via: via ?? (forwarded === null ? null : pageName(childOf(forwarded, 'from_name')).via),
        author: signature === null ? null : visibleText(signature.children).trim(),
        links: pageLinks(textElement),
        buttons: pageButtons(content),
        reactions: pageReactions(body),
      }),
    };
  }

  #notice(body: HtmlElement, id: string): Draft | null {
    const text = visibleText(body.children).trim();
    this.broken();
    if (Number(id) < 0 && Number(id) > MIGRATED) {
      this.#day = text;
      return null;
    }
    const refersTo = messageTarget(body);
    return { platformId: id, sentAtText: this.#day, time: NO_TIME, kind: 'system', text, refersTo };
  }

  /** The body inside a forwarded message's body; those that follow of the same author show no name again. */
  #forwarded(body: HtmlElement): HtmlElement | null {
    const inner = body.children.find(
      (node): node is HtmlElement =>
        typeof node !== 'string' && hasClass(node, 'forwarded') && hasClass(node, 'body'),
    );
    if (inner === undefined) return null;
    const named = childOf(inner, 'from_name');
    if (named !== null) this.#forwardedFrom = pageName(named).name || null;
    return inner;
  }
}

/** The chat's name as the page's heading gives it. */
function titleOf(head: SourceHead): string | null {
  const heading = TITLE.exec(head.text)?.[1];
  const name = heading === undefined ? '' : cleanName(visibleText(parseHtml(heading).children));
  return name === '' ? null : name;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const { batch } = run;
  const name = titleOf(options.head);
  run.open({
    key: `name:${name ?? baseName(source.name)}`,
    platformId: null,
    name: name ?? baseName(source.name),
    type: 'unknown',
  });
  batch.range('byte-order-mark', options.head.bomLength, 1);
  const page = new TelegramPage(name);
  const scanner = new HtmlScanner(source, options.head, { marker: MARKER });
  let begun = false;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'record') {
      begun = true;
      const cut = !scanner.closed && scanner.until >= source.size;
      const draft = cut ? undefined : page.draft(scanner.element);
      if (draft === undefined) {
        page.broken();
        batch.range(cut ? 'truncated' : 'bad-row', scanner.until, scanner.line, 1);
      } else if (draft === null) batch.range('structure', scanner.until, scanner.line);
      else run.message(scanner.damaged ? { ...draft, flags: ['invalid-bytes-replaced'] } : draft, scanner);
    } else if (step === 'skip') {
      page.broken();
      batch.range(scanner.code, scanner.until, scanner.line, 1);
    } else if (!begun || isPageFurniture(scanner.nodes)) {
      batch.range('structure', scanner.until, scanner.line);
    } else {
      page.broken();
      batch.range('unattached-text', scanner.until, scanner.line, 1);
    }
    if (run.full) yield* batch.drain();
  }
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html|div|head)/i.test(head.text)) return 0;
  const page = /<div class="page_body chat_page">/.test(head.text);
  const message = MARKER.test(head.text);
  if (page && message) return 0.98;
  return page ? 0.8 : message ? 0.7 : 0;
}

export const telegramHtml: Importer = {
  id: 'telegram-desktop-html',
  version: 2,
  platform: 'telegram',
  holds: 'chat',
  title: { zh: 'Telegram Desktop 导出（网页）', en: 'Telegram Desktop export (web page)' },
  extensions: ['.html', '.htm'],
  sniff,
  read,
};
