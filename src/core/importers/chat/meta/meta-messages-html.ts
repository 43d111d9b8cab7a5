/**
 * A chat of a Facebook or Instagram download as web pages (`message_1.html` …): boxes with a sender, the
 * words and a time in the account's language, newest first. The two apps write one layout; names only.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
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
import { baseName, cleanName, NONE } from '../../text.ts';
import { takeoutTime } from '../google-chat/google-chat-dates.ts';

/** Start of a message: of Instagram and of Facebook until 2022, of Facebook since, and with sections since 2025. */
const BOX = /<(?:div|section) class="(?:pam [^"<>]*\buiBoxWhite noborder|_3-95 _a6-g)"[^<>]*>/;
const TITLE = /<title>([^<]{1,300})<\/title>/i;

const byClass =
  (...names: readonly string[]) =>
  (element: HtmlElement): boolean =>
    names.some((name) => hasClass(element, name));

/** Classes of the three parts of a box, of newer and of older downloads. */
const NAME = byClass('_a6-h', '_2lek');
const CONTENT = byClass('_a6-p', '_2let');
const TIME = byClass('_a6-o', '_2lem');
const REACTIONS = byClass('_a6-q', '_tqp');

function words(element: HtmlElement | null): string {
  return element === null ? '' : visibleText(element.children, { skip: REACTIONS }).trim();
}

function filesOf(content: HtmlElement): ImportedAttachment[] {
  const seen = new Set<string>();
  const files: ImportedAttachment[] = [];
  for (const element of findElements([content], ({ name, attributes }) =>
    name === 'a'
      ? !/^(?:[a-z]+:|\/\/|#)/i.test(attributes.href ?? '#')
      : /^(?:img|video|audio|source)$/.test(name),
  )) {
    const reference = element.attributes.href ?? element.attributes.src ?? null;
    if (reference === null || seen.has(reference)) continue;
    seen.add(reference);
    const name = fileNameOf(reference);
    const kind = element.name === 'audio' ? 'voice' : element.name === 'video' ? 'video' : fileKind(name);
    files.push({
      kind: /\/stickers?_used\//.test(reference) ? 'sticker' : kind,
      name,
      reference,
      size: null,
      md5: null,
    });
  }
  return files;
}

/** The message of a box; null for a box that is none (the list of who takes part). */
function draftOf(box: HtmlElement, flags: readonly MessageFlag[]): Draft | null {
  const name = findElement(box.children, NAME);
  const content = findElement(box.children, CONTENT);
  const at = findElement(box.children, TIME);
  if (content === null || at === null) return null;
  const sentAtText = words(at);
  const sender = personOf(null, words(name));
  const files = filesOf(content);
  const text = words(content);
  const links = findElements([content], ({ name: tag }) => tag === 'a')
    .map(({ attributes }) => attributes.href ?? '')
    .filter((href) => /^https?:/i.test(href) && !text.includes(href));
  const reactions = findElements([content], REACTIONS).flatMap((list) =>
    findElements(list.children, ({ name: tag }) => tag === 'li').map((item) =>
      visibleText(item.children).trim(),
    ),
  );
  const first = files[0];
  const kind: MessageKind = first !== undefined && text === '' ? first.kind : 'text';
  return {
    sender,
    sentAtText,
    time: takeoutTime(sentAtText),
    kind,
    text,
    attachments: files.length === 0 ? NONE : files,
    extra: tidy({ links, reactions }),
    flags,
  };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const title = TITLE.exec(options.head.text)?.[1];
  const folder = (source.path ?? '').split('/').at(-2);
  const shown =
    cleanName(title === undefined ? '' : visibleText(parseHtml(title).children)) ||
    folder ||
    baseName(source.name);
  run.open({ key: `name:${shown}`, platformId: null, name: shown, type: 'unknown' });
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const scanner = new HtmlScanner(source, options.head, { marker: BOX });
  let closed = true;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    const { start, end, until, line } = scanner;
    if (step === 'record') closed = scanner.closed;
    const cut = step === 'record' && !scanner.closed && until >= source.size;
    const draft =
      step === 'record' && !cut
        ? draftOf(scanner.element, scanner.damaged ? ['invalid-bytes-replaced'] : NONE)
        : null;
    if (draft !== null) run.message(draft, { start, end, until, line });
    else if (step === 'skip') run.batch.range(scanner.code, until, line, 1);
    else if (cut) run.batch.range('truncated', until, line, 1);
    else if (step === 'record' && findElement([scanner.element], NAME) === null)
      run.batch.range('bad-row', until, line, 1);
    else run.batch.range('structure', until, line);
    if (run.full) yield* run.batch.drain();
  }
  if (!closed) run.assumptions = { ending: 'cut-off' };
  yield* run.finish();
}

function isInstagram(head: SourceHead): boolean {
  return /instagram/i.test(`${head.path ?? ''} ${head.text.slice(0, 60_000)}`);
}

function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html|head)/i.test(head.text)) return 0;
  const parts = [/class="[^"]*\b(?:_a6-p|_2let)\b/, /class="[^"]*\b(?:_a6-o|_2lem)\b/];
  if (!BOX.test(head.text) || !parts.every((part) => part.test(head.text))) return 0;
  const thread = /^message_\d+\.html$/i.test(head.name) || /messages\//.test(head.path ?? '');
  return thread ? 0.95 : 0.6;
}

export const metaMessagesHtml: Importer = {
  id: 'messenger-download-html',
  version: 2,
  platform: 'messenger',
  holds: 'chat',
  title: { zh: 'Messenger、Instagram 下载（网页）', en: 'Messenger or Instagram download (web page)' },
  extensions: ['.html', '.htm'],
  sniff,
  platformOf: (head) => (isInstagram(head) ? 'instagram' : 'messenger'),
  read,
};
