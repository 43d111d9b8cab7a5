/** One message of QQ Chat Exporter's web pages: what its element shows. */
import type { MessageKind } from '../../../domain/message.ts';
import { type Draft, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import { fileNameOf } from '../../file-kind.ts';
import { findElement, findElements, type HtmlElement, hasClass, visibleText } from '../../html-tree.ts';
import type { CarriedText, ImportedAttachment, MessageFlag } from '../../importer.ts';
import { NONE } from '../../text.ts';
import { NO_TIME, type ReadTime, readCivilText } from '../../time.ts';
import { isSystem, qqEvent, qqKind } from './qq-common.ts';

const byClass =
  (...names: readonly string[]) =>
  (element: HtmlElement): boolean =>
    names.some((name) => hasClass(element, name));

function words(element: HtmlElement | null): string {
  return element === null ? '' : visibleText(element.children).trim();
}

/** The element of a class below another, as text. */
function wordsOf(element: HtmlElement, name: string): string {
  return words(findElement(element.children, byClass(name)));
}

const FILE_KINDS: Readonly<Record<string, ImportedAttachment['kind']>> = {
  img: 'image',
  audio: 'voice',
  video: 'video',
  a: 'file',
};

function isFile(element: HtmlElement): boolean {
  if (element.name === 'a') return hasClass(element, 'message-file');
  if (element.name === 'img') return !hasClass(element, 'reply-content-image');
  return element.name === 'audio' || element.name === 'video';
}

function fileOf(element: HtmlElement): ImportedAttachment {
  const { src, href, alt, download } = element.attributes;
  const reference = src ?? href ?? null;
  const sticker = hasClass(element, 'market-face');
  return {
    kind: sticker ? 'sticker' : (FILE_KINDS[element.name] as ImportedAttachment['kind']),
    name: sticker ? (alt ?? null) : (download ?? alt ?? fileNameOf(reference)),
    reference,
    size: null,
    md5: null,
  };
}

/** What stands for an element in the message's words; null to read the element itself. */
function standIn(element: HtmlElement): string | null {
  if (byClass('reply-content', 'forward-card', 'audio-download-link')(element)) return '';
  if (hasClass(element, 'json-card')) {
    return [
      wordsOf(element, 'json-title'),
      wordsOf(element, 'json-description'),
      wordsOf(element, 'json-url'),
    ]
      .filter((part) => part !== '')
      .join('\n');
  }
  if (!isFile(element)) return null;
  const { kind, name } = fileOf(element);
  if (kind === 'image') return `[图片:${name ?? ''}]`;
  if (kind === 'sticker') return `[${name ?? '表情'}]`;
  if (kind === 'file') return `[文件:${name ?? ''}]`;
  return visibleText(element.children).trim() || (kind === 'voice' ? '[语音]' : `[视频:${name ?? ''}]`);
}

/** The words of a content element: the exporter puts its parts side by side and keeps their line breaks. */
function textOf(content: HtmlElement): string {
  let text = '';
  for (const node of content.children) {
    if (typeof node === 'string') continue;
    text += visibleText([node], { keepSpace: true, replace: standIn });
  }
  return text;
}

function carriedOf(content: HtmlElement): CarriedText[] {
  return findElements(content.children, byClass('reply-content', 'forward-card')).map((element) => {
    if (hasClass(element, 'forward-card')) {
      const head = findElement(element.children, byClass('forward-card-header'));
      const lines = findElement(element.children, byClass('forward-card-content'));
      return {
        act: 'forward',
        sender: null,
        text: [words(head), words(lines)].filter(Boolean).join('\n'),
        sentAtText: null,
      };
    }
    const name = findElement(element.children, ({ name: tag }) => tag === 'strong');
    const text = wordsOf(element, 'reply-content-text');
    return {
      act: 'quote',
      sender: words(name) || null,
      text,
      sentAtText: wordsOf(element, 'reply-content-time') || null,
    };
  });
}

function kindOf(
  content: HtmlElement,
  carried: readonly CarriedText[],
  files: readonly ImportedAttachment[],
  text: string,
): MessageKind {
  if (carried.some(({ act }) => act === 'forward')) return 'forward';
  if (carried.length > 0) return 'quote';
  const said = findElement(content.children, byClass('text-content'));
  if (words(said) !== '') return qqKind(text);
  if (findElement(content.children, byClass('json-card')) !== null) return 'link';
  if (findElement(content.children, byClass('face-emoji')) !== null) return 'sticker';
  return files[0]?.kind ?? qqKind(text);
}

/** The account: by the number in the address of its portrait, else by the exporter's uid, else by name. */
function senderOf(element: HtmlElement): Person | null {
  const portrait = findElement(element.children, byClass('avatar'));
  const image = portrait === null ? null : findElement(portrait.children, ({ name }) => name === 'img');
  const uin = /[?&]nk=(\d{4,})/.exec(image?.attributes.src ?? '')?.[1] ?? null;
  const uid = element.attributes['data-sender-uid'] || null;
  const name = wordsOf(element, 'sender');
  const fields = fieldsOf({
    uid: uin === null ? null : uid,
    self: hasClass(element, 'self') ? 'true' : null,
  });
  return personOf(uin ?? uid, name === uin || name === uid ? null : name, fields);
}

interface PageTime {
  readonly text: string;
  readonly time: ReadTime;
}

/** The message of a page's block; null where the element is none. `instant` where the page states one beside it. */
export function exporterBlock(
  block: HtmlElement,
  flags: readonly MessageFlag[],
  instant: number | null = null,
): Draft | null {
  const at = (text: string): PageTime => ({
    text,
    time: instant === null ? (readCivilText(text) ?? NO_TIME) : { instant, wallTime: null },
  });
  const system = findElement([block], byClass('system-message-container'));
  if (system !== null) return notice(system, at, flags);
  const element = findElement(
    [block],
    (one) => hasClass(one, 'message') && /^msg-/.test(one.attributes.id ?? ''),
  );
  const content = element === null ? null : findElement(element.children, byClass('content'));
  if (element === null || content === null) return null;
  const sender = senderOf(element);
  const { text: sentAtText, time } = at(wordsOf(element, 'time'));
  const carried = carriedOf(content);
  const files = findElements(content.children, isFile).map(fileOf);
  const text = textOf(content);
  const reply = findElement(content.children, byClass('reply-content'))?.attributes['data-reply-to'];
  const own = isSystem({ title: null, name: '', id: sender?.platformId ?? null });
  const kind = kindOf(content, carried, files, text);
  return {
    platformId: (element.attributes.id as string).slice(4),
    sender: own ? null : sender,
    sentAtText,
    time,
    kind: own ? 'system' : kind,
    text,
    forwarded: kind === 'forward',
    carried: carried.length === 0 ? NONE : carried,
    refersTo: reply === undefined ? null : reply.replace(/^msg-/, ''),
    attachments: files.length === 0 ? NONE : files,
    extra: tidy({ title: wordsOf(element, 'sender-title') }),
    flags,
  };
}

function notice(element: HtmlElement, at: (text: string) => PageTime, flags: readonly MessageFlag[]): Draft {
  const boxes = element.children.filter((node): node is HtmlElement => typeof node !== 'string');
  const last = words(boxes.at(-1) ?? null);
  const timed = boxes.length > 1 && readCivilText(last) !== null;
  const text = visibleText(timed ? boxes.slice(0, -1) : boxes).trim();
  const { text: sentAtText, time } = at(timed ? last : '');
  const event = qqEvent(text);
  const recall = event?.act === 'recall';
  return {
    sender: recall ? personOf(null, event.actor) : null,
    notice: true,
    sentAtText,
    time,
    kind: recall ? 'recall' : 'system',
    text,
    extra: event === null ? null : { event },
    flags,
  };
}
