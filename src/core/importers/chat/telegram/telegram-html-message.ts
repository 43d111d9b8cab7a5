/** One message of Telegram Desktop's web pages: what its element shows. */
import type { MessageKind } from '../../../domain/message.ts';
import { fileNameOf } from '../../file-kind.ts';
import {
  findElement,
  findElements,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  visibleText,
} from '../../html-tree.ts';
import type { ImportedAttachment } from '../../importer.ts';
import { civilTime, NO_TIME, type ReadTime } from '../../time.ts';

/** `02.07.2020 12:13:14`, since 2022 with `UTC+03:00`. */
const TIME = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):(\d\d))?$/;

/** A date's title as time: an instant where it names its offset. */
export function pageTime(text: string): ReadTime {
  const m = TIME.exec(text.trim());
  if (m === null) return NO_TIME;
  const part = (index: number): number => Number(m[index]);
  const wallTime = civilTime(part(3), part(2), part(1), part(4), part(5), part(6));
  if (wallTime === null) return NO_TIME;
  if (m[7] === undefined) return { instant: null, wallTime };
  const offset = (part(8) * 60 + part(9)) * (m[7] === '-' ? -1 : 1);
  return { instant: wallTime - offset * 60_000, wallTime: null };
}

/** Classes of the elements that show media, and what they are. */
const MEDIA: readonly (readonly [RegExp, MessageKind])[] = [
  [/^(?:photo_wrap|media_photo)$/, 'image'],
  [
    /^(?:video_file_wrap|animated_wrap|media_video|media_animation|media_video_message|round_video_wrap)$/,
    'video',
  ],
  [/^sticker_wrap$|^media_sticker$/, 'sticker'],
  [/^media_voice_message$/, 'voice'],
  [/^(?:media_audio_file|media_file|media_document)$/, 'file'],
  [/^media_contact$/, 'contact'],
  [/^media_(?:location|live_location|venue)$/, 'location'],
  [/^media_call$/, 'call'],
  [/^media_poll$/, 'vote'],
  [/^media_invoice$/, 'transfer'],
  [/^media_/, 'other'],
];

function mediaKind(element: HtmlElement): MessageKind | null {
  for (const name of (element.attributes.class ?? '').split(/\s+/)) {
    if (name === 'media_wrap') continue;
    const known = MEDIA.find(([pattern]) => pattern.test(name));
    if (known !== undefined) return known[1];
  }
  return null;
}

export interface PageMedia {
  readonly kind: MessageKind;
  readonly files: readonly ImportedAttachment[];
  /** What it says beside a file: a poll, a contact, a place, a call. */
  readonly words: string;
}

const byClass =
  (name: string) =>
  (element: HtmlElement): boolean =>
    hasClass(element, name);

function fileOf(element: HtmlElement, kind: ImportedAttachment['kind']): ImportedAttachment {
  const reference = element.attributes.href ?? null;
  const shown = titleOf(element);
  // The title of a file is its name; of music its performer, of other media it says what they are.
  const named = hasClass(element, 'media_file') || hasClass(element, 'media_document');
  const name = named && shown !== '' ? shown : (fileNameOf(reference) ?? (kind === 'file' ? shown : null));
  return { kind, name: name === '' ? null : name, reference, size: null, md5: null };
}

function titleOf(element: HtmlElement): string {
  const title = findElement(element.children, byClass('title'));
  return title === null ? '' : visibleText(title.children).trim();
}

/** The media that a body shows; null where there are none. */
export function pageMedia(body: HtmlElement): PageMedia | null {
  const wrap = findElement(body.children, byClass('media_wrap'));
  if (wrap === null) return null;
  const element = findElement(wrap.children, (candidate) => mediaKind(candidate) !== null);
  if (element === null) {
    return { kind: 'other', files: [], words: visibleText(wrap.children).trim() };
  }
  // A sticker whose picture was left out is shown as a photo that is called so.
  const shown = mediaKind(element) as MessageKind;
  const kind = shown === 'image' && titleOf(element) === 'Sticker' ? 'sticker' : shown;
  if (kind === 'image' || kind === 'video' || kind === 'voice' || kind === 'file' || kind === 'sticker') {
    return { kind, files: [fileOf(element, kind)], words: '' };
  }
  return { kind, files: [], words: visibleText(element.children).trim() };
}

const VIA = / via (@\w+)$/;

/** A name, and the bot that a message was sent by, which stands behind it; without the spans beside it (dates). */
export function pageName(element: HtmlElement | null): {
  readonly name: string;
  readonly via: string | null;
} {
  if (element === null) return { name: '', via: null };
  const shown = visibleText(element.children, { skip: ({ name }) => name === 'span' }).trim();
  const spans = visibleText(element.children).trim();
  const via = VIA.exec(shown)?.[1] ?? / via (@\w+)/.exec(spans)?.[1] ?? null;
  return { name: shown.replace(VIA, ''), via };
}

/**
 * The words of a text element as they were written: the exporter puts a line feed and the indent around
 * them and writes their own line breaks as `br`.
 */
export function pageText(element: HtmlElement | null): string {
  if (element === null) return '';
  const flat = (nodes: readonly HtmlNode[]): string =>
    nodes
      .map((node) => (typeof node === 'string' ? node : node.name === 'br' ? '\n' : flat(node.children)))
      .join('');
  return flat(element.children)
    .replace(/^[ \t]*\r?\n/, '')
    .replace(/\r?\n[ \t]*$/, '');
}

/** Reactions: the sign, who gave it as far as the page shows, how many where it does not. */
export function pageReactions(body: HtmlElement): string[] {
  return findElements(body.children, byClass('reaction')).map((reaction) => {
    const sign = findElement(reaction.children, byClass('emoji'));
    const count = findElement(reaction.children, byClass('count'));
    const people = findElements(reaction.children, ({ attributes }) => attributes.title !== undefined).map(
      ({ attributes }) => attributes.title as string,
    );
    const words = sign === null ? [visibleText(reaction.children)] : [visibleText(sign.children)];
    if (people.length > 0) words.push(people.join(', '));
    if (sign !== null && count !== null) words.push(visibleText(count.children));
    return words.map((word) => word.replace(/\s+/g, ' ').trim()).join(' ');
  });
}

/** Buttons of a bot below its message: their words, and where they lead or what they do. */
export function pageButtons(content: HtmlElement): { readonly text: string; readonly target?: string }[] {
  return findElements(content.children, byClass('bot_button')).map((button) => {
    const link = findElement([button], ({ name }) => name === 'a')?.attributes ?? {};
    const target = link.href ?? /ShowTextCopied\('(.*)'\)/.exec(link.onclick ?? '')?.[1];
    return {
      text: visibleText(button.children).trim(),
      ...(target === undefined || target === '' ? {} : { target }),
    };
  });
}

/** Direct children of a body that have this class. */
export function childOf(body: HtmlElement, name: string): HtmlElement | null {
  for (const node of body.children) if (typeof node !== 'string' && hasClass(node, name)) return node;
  return null;
}

/** Addresses behind words that do not show them. */
export function pageLinks(text: HtmlElement | null): { readonly text: string; readonly href: string }[] {
  if (text === null) return [];
  return findElements(
    text.children,
    ({ name, attributes }) => name === 'a' && /^[a-z]+:/i.test(attributes.href ?? ''),
  )
    .map((element) => ({ text: visibleText(element.children), href: element.attributes.href as string }))
    .filter((link) => link.text !== link.href && `${link.text}/` !== link.href);
}

/** Id of the message that a link below this element leads to. */
export function messageTarget(element: HtmlElement | null): string | null {
  const link = element === null ? null : findElement(element.children, ({ name }) => name === 'a');
  const target = `${link?.attributes.href ?? ''} ${link?.attributes.onclick ?? ''}`;
  return /(?:go_to_message|GoToMessage\()(-?\d+)/.exec(target)?.[1] ?? null;
}

/** Id of the message that this one answers; a forwarded one has it inside the forwarded body. */
export function repliedId(content: HtmlElement, body: HtmlElement): string | null {
  return messageTarget(childOf(content, 'reply_to')) ?? messageTarget(childOf(body, 'reply_to'));
}
