/**
 * One message of WeChatMsg's page, as its script holds it. Old layout: `type, text, is_send, timestamp,
 * is_chatroom, displayname, sub_type, refer_text …`; new layout, also beside the page as JSON:
 * `type, is_send, timestamp, server_id, display_name, text, quote_text, xml_dict …`. People are names.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Draft, type Place, personOf, tidy } from '../../chat-run.ts';
import type { ByteSource, CarriedText, ImportOptions } from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { cleanName, isObject, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import {
  attachmentOf,
  kindOfLocalType,
  noticeDraft,
  quote,
  type SplitText,
  splitTextQuote,
  typeOfId,
  WechatEvents,
} from './wechat-common.ts';
import { wechatKind } from './wechat-kinds.ts';
import { unescapeXml } from './wechat-xml.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'type',
  'text',
  'is_send',
  'timestamp',
  'is_chatroom',
  'displayname',
  'display_name',
  'avatar_path',
  'avatar_src',
  'server_id',
  'refer_text',
  'quote_text',
  'quote_server_id',
  'messages',
  'icon_path',
]);

/** Whether the value is a message of this page. */
export function isWechatMsgRecord(value: unknown): value is Json {
  return isObject(value) && 'type' in value && 'is_send' in value && 'timestamp' in value;
}

export interface ChatFacts {
  readonly id: string | null;
  readonly name: string | null;
  /** Whether the texts are escaped for HTML. */
  readonly escaped: boolean;
}

/** A line of the page between messages that shows the time. */
const SEPARATOR = /^\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?$/;

function plain(text: string): string {
  return unescapeXml(text.replace(/<br\s*\/?>/gi, '\n').replaceAll('&emsp;', '\t'));
}

function reference(text: string | null, escaped: boolean): readonly CarriedText[] {
  if (text === null || text === '') return NONE;
  const words = escaped ? plain(text) : text;
  const m = /^([^:：\n]{1,80})[:：]\s?([\s\S]*)$/.exec(words);
  return [m === null ? quote(null, words) : quote(m[1] as string, m[2] as string)];
}

/** The records of a forwarded record. */
function records(list: unknown, escaped: boolean, depth = 0): readonly CarriedText[] {
  if (!Array.isArray(list) || depth > 8) return NONE;
  return (list as unknown[]).filter(isObject).map((item): CarriedText => {
    const items = records(item.messages, escaped, depth + 1);
    const words = [item.text, item.title, item.description, item.url, item.file_name, item.path].map(
      stringOf,
    );
    const text = words.find((part) => part !== '') ?? '';
    return {
      act: 'forward',
      sender: scalarText(item.display_name),
      text: escaped ? plain(text) : text,
      sentAtText: scalarText(item.str_time) ?? scalarText(item.timestamp),
      ...(items.length > 0 ? { items } : {}),
    };
  });
}

export class WechatMsgPageRun extends ChatRun {
  readonly #facts: ChatFacts;
  readonly #key: string;
  readonly #events: WechatEvents;
  readonly #senders = new Set<string>();
  #group = false;
  #direct = false;

  constructor(source: ByteSource, options: Pick<ImportOptions, 'conversations'>, facts: ChatFacts) {
    super(source, options);
    this.#facts = facts;
    this.#events = new WechatEvents(this);
    const { id, name } = facts;
    this.#key = id ?? `name:${name ?? cleanName(source.name)}`;
    this.open({ key: this.#key, platformId: id, name, type: typeOfId(id ?? '') });
  }

  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null || !isWechatMsgRecord(value)) this.skip(item);
    else if (
      Number(value.type) === 0 &&
      value.displayname === undefined &&
      SEPARATOR.test(stringOf(value.text))
    ) {
      this.batch.range('structure', item.until, item.line);
    } else this.#message(value, item);
  }

  #message(value: Json, item: JsonItem): void {
    const place: Place = item;
    const { escaped } = this.#facts;
    const type = Number(value.type);
    const subType = Number(value.sub_type) || 0;
    const kind: MessageKind =
      type >= 2 ** 32 ? kindOfLocalType(type) : type === 0 ? 'system' : wechatKind(type, subType);
    const sentAtText = scalarText(value.timestamp) ?? '';
    const shared = {
      platformId: scalarText(value.server_id),
      sentAtText,
      time: readTime(value.timestamp),
      refersTo: scalarText(value.quote_server_id),
      flags: item.flags,
    };
    const extra = tidy({ ...otherMembers(value, CARRIED), type: kind === 'text' ? null : value.type });
    if (value.is_chatroom === 1) this.#group = true;
    else if (value.is_chatroom === 0 && type !== 0) this.#direct = true;
    const text = escaped ? plain(stringOf(value.text)) : stringOf(value.text);
    if (kind === 'system' || kind === 'recall') {
      const { event, ...draft } = noticeDraft(text);
      this.#events.note(event, sentAtText);
      this.message({ ...shared, ...draft, extra: event === null ? extra : { ...extra, event } }, place);
      return;
    }
    const self = value.is_send === 1 || value.is_send === true || value.is_send === '1';
    const name = stringOf(value.display_name ?? value.displayname);
    const sender = personOf(null, escaped ? unescapeXml(name) : name, self ? { self: 'true' } : undefined);
    if (sender !== null) {
      this.#events.person(sender);
      if (this.#senders.size < 4) this.#senders.add(sender.key);
    }
    this.message({ ...shared, sender, ...this.#body(value, kind, text), extra }, place);
  }

  #body(
    value: Json,
    kind: MessageKind,
    text: string,
  ): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
    const { escaped } = this.#facts;
    const words = (...names: readonly string[]): string =>
      [...new Set(names.map((name) => stringOf(value[name])).filter((part) => part !== ''))]
        .map((part) => (escaped ? plain(part) : part))
        .join('\n');
    if (kind === 'quote')
      return { kind, text, carried: reference(scalarText(value.refer_text ?? value.quote_text), escaped) };
    if (kind === 'text') {
      const split: SplitText = splitTextQuote(text);
      return split.text === text ? { kind, text } : { kind: 'quote', ...split };
    }
    if (kind === 'forward') {
      return {
        kind,
        text: text || words('title', 'description'),
        carried: records(value.messages, escaped),
        forwarded: true,
      };
    }
    const path = scalarText(value.path) ?? (ATTACHED.has(kind) && text !== '' ? text : null);
    const size = Number(value.file_size);
    const more = {
      ...(stringOf(value.file_name) === '' ? {} : { name: stringOf(value.file_name) }),
      ...(Number.isSafeInteger(size) && size > 0 ? { size } : {}),
    };
    const shown = ATTACHED.has(kind)
      ? words('file_name', 'voice_to_text', 'desc')
      : words(
          'title',
          'description',
          'artist',
          'url',
          'link_url',
          'poiname',
          'label',
          'nickname',
          'display_content',
          'fee_desc',
          'pay_memo',
        );
    return {
      kind,
      text: ATTACHED.has(kind) ? shown : [text, shown].filter((part) => part !== '').join('\n'),
      attachments: attachmentOf(kind, path, more),
    };
  }

  /** Announces what only the whole file shows. */
  settle(): void {
    const { id, name } = this.#facts;
    const type = this.#group || this.#senders.size > 2 ? 'group' : this.#direct ? 'direct' : null;
    if (type !== null && id === null && this.kept) {
      this.batch.conversation({ key: this.#key, platformId: null, name, type });
    }
    this.#events.settle();
  }
}

const ATTACHED: ReadonlySet<string> = new Set(['image', 'voice', 'video', 'file', 'sticker']);
