/**
 * Text of WeChatMsg (留痕, MemoTrace): `time name`, the words below, a blank line. A notice of the app
 * stands on the line of its time, with nothing below. Times have no zone; people are names.
 */
import { ChatRun, type Draft } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { cleanName, NONE } from '../../text.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import {
  attachmentOf,
  chatTitle,
  kindOfMarker,
  NamedChat,
  noticeDraft,
  quote,
  type SplitText,
  splitTextQuote,
  WechatEvents,
  wechatEvent,
} from './wechat-common.ts';
import { beginsTime, hasDamagedTime, readBlocks, type TextBlock } from './wechat-text-blocks.ts';

interface Head {
  readonly time: string;
  readonly rest: string;
}

const HEAD = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (.*)$/;

function headOf(line: string): Head | null {
  const m = HEAD.exec(line);
  return m === null ? null : { time: m[1] as string, rest: m[2] as string };
}

/** Splits off what the exporter adds below a reply: `引用:name:words`. */
function splitReference(text: string): SplitText {
  const at = text.lastIndexOf('\n引用');
  const m = at < 0 ? null : /^\n引用[:：]\s?(?:([^:：\n]{1,80})[:：]\s?)?([\s\S]*)$/.exec(text.slice(at));
  if (m === null) return splitTextQuote(text);
  const words = m[2] as string;
  const unknown = m[1] === undefined && (words === '未知' || words === '');
  return { text: text.slice(0, at), carried: unknown ? NONE : [quote(m[1] ?? null, words)] };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const chat = new NamedChat(run, chatTitle(source.name));
  const events = new WechatEvents(run);
  const draftOf = ({ head, text, blanks, flags }: TextBlock<Head>): Draft => {
    const time = readCivilText(head.time) ?? NO_TIME;
    const shared = { sentAtText: head.time, time, flags };
    // An empty message leaves its empty line and the one behind it; a notice only the one.
    const empty = blanks >= 2 || chat.senders.has(cleanName(head.rest));
    const notice = text === '' && head.rest !== '' && (!empty || wechatEvent(head.rest) !== null);
    if (notice) {
      const { event, ...draft } = noticeDraft(head.rest);
      chat.event(event);
      events.note(event, head.time);
      return { ...shared, ...draft, extra: event === null ? null : { event } };
    }
    const sender = chat.sender(head.rest);
    if (sender !== null) events.person(sender);
    const split = splitReference(text);
    const kind = split.text === text ? (kindOfMarker(text.trim()) ?? 'text') : 'quote';
    return { ...shared, sender, kind, ...split, attachments: attachmentOf(kind, null) };
  };
  yield* readBlocks<Head>(source, options, run, {
    headOf,
    isCut: (line) => beginsTime(line.trimEnd()) || chat.beginsSender(headOf(line)?.rest ?? '\n'),
    isDamaged: hasDamagedTime,
    emit: (block, place) => run.message(draftOf(block), place),
  });
  chat.settle();
  events.settle();
  yield* run.finish();
}

/** Blocks of the head that begin as this format's do; a quoted name is WeFlow's. */
function sniff(head: SourceHead): number {
  let heads = 0;
  let blank = true;
  for (const line of head.text.split(/\r\n|\n|\r/, 2000)) {
    const found = blank ? headOf(line) : null;
    if (found !== null) {
      if (/^'.*'$/.test(found.rest)) return 0;
      heads++;
    } else if (heads === 0 && line.trim() !== '') return 0;
    blank = line.trim() === '';
  }
  // QQ's own text export has the same times; it begins with words of its own, or shows ids.
  if (heads === 0 || /\(\d{5,12}\)\s*$|<[^<>\s]+@[^<>\s]+>\s*$/m.test(head.text)) return 0;
  return heads >= 3 ? 0.7 : heads === 2 ? 0.6 : 0.5;
}

export const wechatMsgText: Importer = {
  id: 'wechat-wechatmsg-text',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）文本', en: 'WeChat · WeChatMsg text' },
  extensions: ['.txt'],
  sniff,
  read,
};
