/**
 * WeFlow's web page: its script holds the messages (`window.WEFLOW_DATA`), each with its instant, the side
 * that wrote it and a piece of markup. Groups show the sender's name; in a direct chat the sides are the
 * page's title and the exporter.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, personOf } from '../../chat-run.ts';
import { fileNameOf } from '../../file-kind.ts';
import { findElement, type HtmlElement, hasClass, parseHtml, visibleText } from '../../html-tree.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readScriptChat } from '../../script-chat.ts';
import { baseName, cleanName, isObject, NONE, scalarText, stringOf } from '../../text.ts';
import { readEpoch } from '../../time.ts';
import { kindOfMarker, noticeDraft, quote, wechatEvent } from './wechat-common.ts';

type Json = Readonly<Record<string, unknown>>;

const START = /WEFLOW_DATA\s*=\s*\[/;
const TITLE = /<title>([^<]{1,300}?) - 聊天记录<\/title>/;
const TYPE = /<span>(群聊|私聊)<\/span>/;

function isRecord(value: unknown): value is Json {
  return isObject(value) && 't' in value && 's' in value && typeof value.b === 'string';
}

const byClass =
  (name: string) =>
  (element: HtmlElement): boolean =>
    hasClass(element, name);

function words(element: HtmlElement | null): string {
  return element === null
    ? ''
    : visibleText(element.children, {
        keepSpace: true,
        replace: ({ name, attributes }) => (name === 'img' ? (attributes.alt ?? '') : null),
      }).trim();
}

const MEDIA: Readonly<Record<string, ImportedAttachment['kind']>> = {
  audio: 'voice',
  video: 'video',
  img: 'image',
};

function mediaOf(body: readonly HtmlElement[]): ImportedAttachment | null {
  const element = findElement(body, byClass('message-media'));
  if (element === null) return null;
  const sticker = hasClass(element, 'emoji');
  const encoded = element.attributes.src ?? null;
  const reference = encoded === null ? null : decoded(encoded);
  const kind = sticker ? 'sticker' : (MEDIA[element.name] ?? 'file');
  return { kind, name: fileNameOf(reference), reference, size: null, md5: null };
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

class WeflowPage {
  readonly run: ChatRun;
  readonly #title: string;

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    const { text } = options.head;
    const title = TITLE.exec(text)?.[1];
    this.#title =
      title === undefined ? baseName(source.name) : cleanName(visibleText(parseHtml(title).children));
    const stated = TYPE.exec(text)?.[1];
    const type = stated === '群聊' ? 'group' : stated === '私聊' ? 'direct' : 'unknown';
    this.run.open({ key: `name:${this.#title}`, platformId: null, name: this.#title, type });
  }

  draft(record: Json): Draft {
    const body = parseHtml(stringOf(record.b)).children.filter((node) => typeof node !== 'string');
    const own = record.s === 1 || record.s === true;
    const shown = words(findElement(body, byClass('sender-name')));
    const portrait = findElement(parseHtml(stringOf(record.a)).children, ({ name }) => name === 'img');
    const name = shown || (own ? portrait?.attributes.alt || '我' : this.#title);
    const sentAtText = words(findElement(body, byClass('message-time')));
    const instant = readEpoch(record.t);
    const link = findElement(body, byClass('message-link-card'));
    const quoted = findElement(body, byClass('quoted-message'));
    const said = words(findElement(body, byClass('message-text')));
    const address = link?.attributes.href ?? '';
    const text = address === '' || said.includes(address) ? said : `${said}\n${address}`;
    const media = mediaOf(body);
    const carried =
      quoted === null
        ? NONE
        : [
            quote(
              words(findElement([quoted], byClass('quoted-sender'))),
              words(findElement([quoted], byClass('quoted-text'))),
            ),
          ];
    const at = {
      platformId: scalarText(record.p),
      sentAtText: sentAtText || (scalarText(record.t) ?? ''),
      time: { instant, wallTime: null },
    };
    // What the app says stands under the chat's id or name.
    if (/@chatroom$/.test(name) || (!own && name === this.#title && wechatEvent(text) !== null)) {
      const { event, ...notice } = noticeDraft(text);
      return { ...at, ...notice, extra: event === null ? null : { event } };
    }
    const kind: MessageKind =
      quoted !== null ? 'quote' : (media?.kind ?? (link === null ? (kindOfMarker(text) ?? 'text') : 'link'));
    return {
      ...at,
      sender: personOf(null, name, own ? { self: 'true' } : undefined),
      kind,
      text,
      carried,
      refersTo: scalarText(record.r),
      attachments: media === null ? NONE : [media],
    };
  }
}

function read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  return readScriptChat(new WeflowPage(source, options), source, options.head, {
    start: START,
    opening: /\{"i":\d/,
    isRecord,
  });
}

function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html)/i.test(head.text)) return 0;
  if (START.test(head.text)) return 0.97;
  return TITLE.test(head.text) && /id="scrollContainer"/.test(head.text) ? 0.8 : 0;
}

export const weflowHtml: Importer = {
  id: 'wechat-weflow-html',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeFlow 网页', en: 'WeChat · WeFlow web page' },
  extensions: ['.html', '.htm'],
  sniff,
  read,
};
