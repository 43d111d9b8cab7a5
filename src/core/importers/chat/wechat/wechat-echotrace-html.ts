/**
 * EchoTrace's web page: its script holds the messages (`messagesData`), each with its day, time, side, the
 * sender's name in groups, and its words. Times have no zone; people are names.
 */
import { ChatRun, type Draft, personOf } from '../../chat-run.ts';
import { parseHtml, visibleText } from '../../html-tree.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readScriptChat } from '../../script-chat.ts';
import { baseName, cleanName, isObject, scalarText, stringOf } from '../../text.ts';
import { NO_TIME, readTime } from '../../time.ts';
import { noticeDraft, wechatEvent } from './wechat-common.ts';
import { weflowContent } from './wechat-weflow-content.ts';

type Json = Readonly<Record<string, unknown>>;

const START = /messagesData\s*=\s*\[/;
const TITLE = /<title>([^<]{1,300}?)(?: - 聊天记录)?<\/title>/;

function isRecord(value: unknown): value is Json {
  return isObject(value) && 'isSend' in value && 'content' in value && ('time' in value || 'date' in value);
}

class EchoTracePage {
  readonly run: ChatRun;
  readonly #title: string;

  constructor(source: ByteSource, options: ImportOptions) {
    this.run = new ChatRun(source, options);
    const title = TITLE.exec(options.head.text)?.[1];
    this.#title =
      title === undefined ? baseName(source.name) : cleanName(visibleText(parseHtml(title).children));
    this.run.open({ key: `name:${this.#title}`, platformId: null, name: this.#title, type: 'unknown' });
  }

  draft(record: Json): Draft {
    const own = record.isSend === true || record.isSend === 1;
    const written = [stringOf(record.date), stringOf(record.time)].filter((part) => part !== '').join(' ');
    const stated = readTime(record.timestamp ?? record.createTime);
    const shown = stated === NO_TIME ? readTime(written) : stated;
    const time = shown === NO_TIME ? readTime(stringOf(record.time)) : shown;
    const name = scalarText(record.senderName) ?? (own ? '我' : this.#title);
    const text = stringOf(record.content);
    const at = { sentAtText: written, time };
    if (name === this.#title && !own && wechatEvent(text) !== null) {
      const { event, ...notice } = noticeDraft(text);
      return { ...at, ...notice, extra: event === null ? null : { event } };
    }
    const sender = personOf(null, name, own ? { self: 'true' } : undefined);
    return { ...at, sender, ...weflowContent(text, 'text') };
  }
}

function read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  return readScriptChat(new EchoTracePage(source, options), source, options.head, {
    start: START,
    opening: /\{\s*"(?:date|time|isSend|senderName|content|timestamp|createTime)"\s*:/,
    isRecord,
  });
}

function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html)/i.test(head.text)) return 0;
  const page = /id="messages-container"/.test(head.text) || /message-bubble/.test(head.text);
  if (START.test(head.text) && page) return 0.96;
  return 0;
}

export const echoTraceHtml: Importer = {
  id: 'wechat-echotrace-html',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · EchoTrace 网页', en: 'WeChat · EchoTrace web page' },
  extensions: ['.html', '.htm'],
  sniff,
  read,
};
