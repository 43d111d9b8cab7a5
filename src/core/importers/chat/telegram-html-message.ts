/** One message of Telegram Desktop's web pages: what its element shows. */
import type { MessageKind } from '../../domain/message.ts';
import { fileNameOf } from '../file-kind.ts';
import { findElement, findElements, type HtmlElement, hasClass, visibleText } from '../html-tree.ts';
import type { ImportedAttachment } from '../importer.ts';
import { civilTime, NO_TIME, type ReadTime } from '../time.ts';

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
  const title = findElement(element.children, byClass('title'));
  const shown = title === null ? '' : visibleText(title.children).trim();
  // The title of a file is its name; of other media it says what they are.
  const name = kind === 'file' && shown !== '' ? shown : fileNameOf(reference);
  return { kind, name, reference, size: null, md5: null };
}

/** The media that a body shows; null where there are none. */
export function pageMedia(body: HtmlElement): PageMedia | null {
  const wrap = findElement(body.children, byClass('media_wrap'));
  if (wrap === null) return null;
  const element = findElement(wrap.children, (candidate) => mediaKind(candidate) !== null);
  if (element === null) {
    return { kind: 'other', files: [], words: visibleText(wrap.children).trim() };
  }
  const kind = mediaKind(element) as MessageKind;
  if (kind === 'image' || kind === 'video' || kind === 'voice' || kind === 'file' || kind === 'sticker') {
    return { kind, files: [fileOf(element, kind)], words: '' };
  }
  return { kind, files: [], words: visibleText(element.children).trim() };
}

/** A name without what stands in spans beside it: the bot it was sent by, the date of a forwarded message. */
export function pageName(element: HtmlElement | null): string {
  if (element === null) return '';
  return visibleText(element.children, { skip: ({ name }) => name === 'span' }).trim();
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
  return /(?:go_to_message|GoToMessage\()(\d+)/.exec(target)?.[1] ?? null;
}

/** Id of the message that this one answers. */
export function repliedId(body: HtmlElement): string | null {
  return messageTarget(childOf(body, 'reply_to'));
}
