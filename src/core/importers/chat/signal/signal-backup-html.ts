/**
 * Web pages of signalbackup-tools, one or several a chat: a `div` a message. In a group the messages that
 * came in show their sender's name; in a direct chat the page's title is the other side. What went out is
 * the phone's own person, who has no name there. Times are those of the exporting computer, without a zone.
 */
import { ChatRun, type Draft, type Person, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
import { HtmlScanner } from '../../html-scanner.ts';
import {
  findElement,
  findElements,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  parseHtml,
  visibleText,
} from '../../html-tree.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
} from '../../importer.ts';
import { baseName, cleanName, NONE } from '../../text.ts';
import { isCallNotice, signalBackupTime } from './signal-backup.ts';

const MARKER = /<div class="msg msg-(?:incoming|outgoing|status|date-change)\b[^"<>]*">/;
const GENERATOR = /<!-- Generated on [\d: -]{10,25} by signalbackup-tools \(/;
const TITLE = /<title>([^<]{0,400})<\/title>/;
/** Parts of a message that are not its words. */
const PARTS = new Set([
  'msg-quote',
  'attachment',
  'footer',
  'footer-status',
  'msg-reactions',
  'linkpreview',
  'msg-name',
]);

/** The exporting person, whom the pages do not name. */
const SELF: Person = { key: 'name:You', platformId: null, name: 'You', fields: { self: 'true' } };

function isElement(node: HtmlNode): node is HtmlElement {
  return typeof node !== 'string';
}

function byClass(nodes: readonly HtmlNode[], name: string): HtmlElement | null {
  return findElement(nodes, (element) => hasClass(element, name));
}

function textOf(element: HtmlElement | null): string {
  return element === null ? '' : visibleText(element.children).trim();
}

/** The words of a quote or of a message: those of its `pre`, as written. */
function preText(nodes: readonly HtmlNode[]): string {
  return findElements(nodes, ({ name }) => name === 'pre')
    .map(({ children }) => visibleText(children, { keepSpace: true }))
    .join('\n');
}

function quoteOf(element: HtmlElement): readonly CarriedText[] {
  const quote = byClass(element.children, 'msg-quote');
  if (quote === null) return NONE;
  const sender = textOf(byClass(quote.children, 'msg-name')).replace(/ · Story$/, '');
  return [{ act: 'quote', sender: sender || null, text: preText(quote.children), sentAtText: null }];
}

function attachmentIn(element: HtmlElement): ImportedAttachment {
  const media = findElement(
    element.children,
    ({ name }) => name === 'img' || name === 'source' || name === 'a',
  );
  const reference = media?.attributes.src ?? media?.attributes.href ?? null;
  const words = textOf(element);
  const name = /^Attachment '(.{1,400})'/.exec(words)?.[1] ?? fileNameOf(reference);
  const type = media?.attributes.type ?? (media?.name === 'img' ? 'image/*' : null);
  return { kind: fileKind(name, type), name, reference, size: null, md5: null };
}

/** Words of the parts that are none of the known ones (bodies, polls, contacts). */
function bodyOf(element: HtmlElement): string {
  const bodies = element.children
    .filter(isElement)
    .filter((child) => ![...PARTS].some((part) => hasClass(child, part)))
    .map((child) =>
      child.name === 'div' && findElement(child.children, ({ name }) => name === 'pre') !== null
        ? preText(child.children)
        : textOf(child),
    );
  return bodies.filter((body) => body !== '').join('\n');
}

class BackupPage {
  readonly #partner: string | null;
  group = false;
  direct = false;

  constructor(title: string | null) {
    this.#partner = title;
  }

  /** The message of an element; null for a day's heading, undefined for one that is cut off. */
  draft(element: HtmlElement, platformId: string | null): Draft | null | undefined {
    if (hasClass(element, 'msg-date-change')) return null;
    const data = byClass(element.children, 'msg-data');
    if (data === null) return undefined;
    const sentAtText = textOf(data);
    const shared = { platformId, sentAtText, time: signalBackupTime(sentAtText) };
    const text = bodyOf(element);
    if (hasClass(element, 'msg-status')) {
      return { ...shared, kind: isCallNotice(text) ? 'call' : 'system', text, sender: null, notice: true };
    }
    const carried = quoteOf(element);
    const attachments = element.children
      .filter(isElement)
      .filter((child) => hasClass(child, 'attachment'))
      .map(attachmentIn);
    const caption = element.children.filter(isElement).flatMap((child) => {
      const words = hasClass(child, 'attachment') ? textOf(byClass(child.children, 'caption')) : '';
      return words === '' ? [] : [words];
    });
    const preview = byClass(element.children, 'linkpreview');
    const deleted = hasClass(element, 'deleted-msg');
    const media = text === '' && caption.length === 0 ? attachments[0]?.kind : undefined;
    return {
      ...shared,
      sender: this.#sender(element),
      kind: deleted
        ? 'recall'
        : hasClass(element, 'msg-viewonce')
          ? 'other'
          : carried.length > 0
            ? 'quote'
            : (media ?? 'text'),
      text: [...caption, text].filter((part) => part !== '').join('\n'),
      carried,
      attachments: attachments.length === 0 ? NONE : attachments,
      extra: tidy({
        edited: byClass(element.children, 'edited') !== null,
        history: textOf(byClass(element.children, 'edited-info')),
        preview: textOf(preview),
        reactions: textOf(byClass(element.children, 'msg-reactions')),
      }),
    };
  }

  #sender(element: HtmlElement): Person | null {
    if (hasClass(element, 'msg-outgoing')) return SELF;
    const named = element.children
      .filter(isElement)
      .find((child) => /(?:^|\s)msg-name-\d+(?:\s|$)/.test(child.attributes.class ?? ''));
    if (named !== undefined) {
      this.group = true;
      return personOf(null, textOf(named));
    }
    // A deleted message shows no name, not in a group either.
    if (hasClass(element, 'deleted-msg')) return this.group ? null : personOf(null, this.#partner);
    this.direct = true;
    return personOf(null, this.#partner);
  }
}

/** The message's number, from the anchor that pages for searching have before it. */
function anchorOf(nodes: readonly HtmlNode[]): string | null {
  const anchors = findElements(
    nodes,
    ({ name, attributes }) => name === 'a' && /^\d+$/.test(attributes.id ?? ''),
  );
  return anchors.at(-1)?.attributes.id ?? null;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const { batch } = run;
  const heading = TITLE.exec(options.head.text)?.[1];
  const title = heading === undefined ? '' : cleanName(visibleText(parseHtml(heading).children));
  const name = title || cleanName(baseName(source.name));
  const conversation = { key: `name:${name}`, platformId: null, name };
  run.open({ ...conversation, type: 'unknown' });
  batch.range('byte-order-mark', options.head.bomLength, 1);
  const page = new BackupPage(name);
  const scanner = new HtmlScanner(source, options.head, { marker: MARKER });
  let anchor: string | null = null;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'record') {
      const cut = !scanner.closed && scanner.until >= source.size;
      const draft = cut ? undefined : page.draft(scanner.element, anchor);
      anchor = null;
      if (draft === undefined) batch.range(cut ? 'truncated' : 'bad-row', scanner.until, scanner.line, 1);
      else if (draft === null) batch.range('structure', scanner.until, scanner.line);
      else run.message(scanner.damaged ? { ...draft, flags: ['invalid-bytes-replaced'] } : draft, scanner);
    } else if (step === 'skip') batch.range(scanner.code, scanner.until, scanner.line, 1);
    else {
      anchor = anchorOf(scanner.nodes);
      const lost = byClass(scanner.nodes, 'msg-data') !== null;
      batch.range(lost ? 'unattached-text' : 'structure', scanner.until, scanner.line, lost ? 1 : 0);
    }
    if (run.full) yield* batch.drain();
  }
  if (run.kept && (page.group || page.direct)) {
    batch.conversation({ ...conversation, type: page.group ? 'group' : 'direct' });
  }
  yield* run.finish();
}

export const signalBackupHtml: Importer = {
  id: 'signal-backup-html',
  version: 1,
  platform: 'signal',
  holds: 'chat',
  title: { zh: 'Signal 聊天记录（signalbackup-tools 网页）', en: 'Signal chat (signalbackup-tools page)' },
  extensions: ['.html', '.htm'],
  sniff({ text }) {
    if (!/^\s*<(?:!--|!doctype|html|div)/i.test(text)) return 0;
    const generated = GENERATOR.test(text.slice(0, 2000));
    if (MARKER.test(text)) return generated ? 0.98 : /class="msg-data"/.test(text) ? 0.9 : 0.7;
    // The style sheet of a page is longer than what is looked at here; index pages have no such box.
    if (generated) return /\.conversation-box\b/.test(text) ? 0.95 : 0;
    return 0;
  },
  read,
};
