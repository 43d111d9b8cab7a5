/** The words of a Teams message: HTML with mentions, emoji, pictures and quoted messages in it. */

import { fileKind } from '../../file-kind.ts';
import { findElement, findElements, type HtmlElement, parseHtml, visibleText } from '../../html-tree.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { isObject, listOf, scalarText, stringOf } from '../../text.ts';

type Json = Readonly<Record<string, unknown>>;

/** The record with every name beginning in lower case, at any depth: PowerShell writes them in capitals. */
export function lowerNames(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 16) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => lowerNames(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lowerNames(member, depth + 1),
    ]),
  );
}

/** Quoted messages of older clients: a `blockquote` of this type, author and preview inside. */
function isReply(element: HtmlElement): boolean {
  return (
    element.name === 'blockquote' &&
    /schema\.skype\.com\/(?:Reply|Forward)/i.test(element.attributes.itemtype ?? '')
  );
}

function quoteOf(element: HtmlElement): CarriedText {
  const author = findElement(element.children, ({ attributes }) => attributes.itemprop === 'mri');
  const preview = findElement(element.children, ({ attributes }) =>
    /^(?:copy|preview)$/.test(attributes.itemprop ?? ''),
  );
  const text = visibleText(preview === null ? element.children : preview.children).trim();
  const act = /Forward/i.test(element.attributes.itemtype ?? '') ? 'forward' : 'quote';
  return {
    act,
    sender: author === null ? null : visibleText(author.children).trim() || null,
    text,
    sentAtText: null,
  };
}

function standIn(element: HtmlElement): string | null {
  const { alt, title } = element.attributes;
  if (
    element.name === 'emoji' ||
    (element.name === 'img' && /emoji/i.test(element.attributes.itemtype ?? ''))
  ) {
    return alt ?? title ?? '';
  }
  if (element.name === 'attachment' || element.name === 'systemeventmessage') return '';
  if (element.name === 'at') return `@${visibleText(element.children).replace(/^@/, '')}`;
  if (element.name === 'codeblock') return visibleText(element.children, { keepSpace: true });
  return null;
}

export interface TeamsBody {
  readonly text: string;
  readonly carried: CarriedText[];
  readonly files: ImportedAttachment[];
  /** Addresses behind words that do not show them. */
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

/** Reads a body of the content type `html` or `text`. */
export function teamsBody(content: string, isHtml: boolean): TeamsBody {
  if (!isHtml) return { text: content, carried: [], files: [], links: [] };
  const { children } = parseHtml(content);
  const quotes = findElements(children, isReply);
  const text = visibleText(children, { skip: isReply, replace: standIn }).trim();
  const files: ImportedAttachment[] = findElements(
    children,
    ({ name }) => name === 'img' || name === 'video' || name === 'audio',
  )
    .filter((element) => standIn(element) === null && element.attributes.src !== undefined)
    .map(({ name, attributes }) => ({
      kind: name === 'video' ? 'video' : name === 'audio' ? 'voice' : 'image',
      name: attributes.alt || attributes.title || null,
      reference: attributes.src as string,
      size: null,
      md5: null,
    }));
  const links = findElements(
    children,
    ({ name, attributes }) => name === 'a' && attributes.href !== undefined,
  )
    .map((element) => ({ text: visibleText(element.children), href: element.attributes.href as string }))
    .filter((link) => link.text !== link.href);
  return { text, carried: quotes.map(quoteOf), files, links };
}

function htmlText(html: string): string {
  return teamsBody(html, true).text;
}

function userName(value: unknown): string | null {
  if (!isObject(value)) return null;
  for (const name of ['user', 'application', 'device']) {
    const identity = value[name];
    if (isObject(identity)) return scalarText(identity.displayName) ?? scalarText(identity.id);
  }
  return scalarText(value.displayName);
}

export interface TeamsAttachments {
  readonly files: ImportedAttachment[];
  readonly carried: CarriedText[];
  /** Id of the message that this one quotes. */
  readonly refersTo: string | null;
}

/** Words of a card, as far as they stand in members that people read. */
function cardText(value: unknown, depth = 0): string[] {
  if (depth > 12 || typeof value !== 'object' || value === null) return [];
  const texts: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && /^(?:title|subtitle|text|summary|value|altText)$/.test(name))
      texts.push(htmlText(member));
    else texts.push(...cardText(member, depth + 1));
  }
  return texts.filter((text) => text !== '');
}

/** Reads `attachments[]`: files, quoted and forwarded messages, cards. */
export function teamsAttachments(value: unknown): TeamsAttachments {
  const files: ImportedAttachment[] = [];
  const carried: CarriedText[] = [];
  let refersTo: string | null = null;
  for (const attachment of listOf(value)) {
    if (!isObject(attachment)) continue;
    const type = stringOf(attachment.contentType);
    const content =
      typeof attachment.content === 'string' ? lowerNames(parseJson(attachment.content)) : attachment.content;
    const inner: Json = isObject(content) ? content : {};
    if (/^messageReference$/i.test(type)) {
      refersTo ??= scalarText(inner.messageId) ?? scalarText(attachment.id);
      const sender = userName(inner.messageSender);
      const sentAtText = scalarText(inner.createdDateTime);
      carried.push({ act: 'quote', sender, text: htmlText(stringOf(inner.messagePreview)), sentAtText });
    } else if (/^forwardedMessageReference$/i.test(type)) {
      const sender = userName(inner.originalMessageSender);
      const sentAtText = scalarText(inner.originalSentDateTime);
      carried.push({
        act: 'forward',
        sender,
        text: htmlText(stringOf(inner.originalMessageContent)),
        sentAtText,
      });
    } else if (/card|codesnippet|announcement/i.test(type)) {
      const text = cardText(content).join('\n') || stringOf(attachment.name);
      if (text !== '') carried.push({ act: 'quote', sender: null, text, sentAtText: null });
    } else {
      const name = scalarText(attachment.name);
      const reference = scalarText(attachment.contentUrl);
      files.push({ kind: fileKind(name ?? reference, type), name, reference, size: null, md5: null });
    }
  }
  return { files, carried: carried.filter(({ text }) => text !== ''), refersTo };
}
