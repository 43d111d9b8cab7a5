/** Text of WeFlow: `time 'name'`, the words below, a blank line. Times have no zone; people are names. */
import { ChatRun, type Draft } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { chatTitle, NamedChat, noticeDraft, WechatEvents, wechatEvent } from './wechat-common.ts';
import { beginsTime, hasDamagedTime, readBlocks, type TextBlock } from './wechat-text-blocks.ts';
import { weflowContent } from './wechat-weflow-content.ts';

interface Head {
  readonly time: string;
  readonly name: string;
}

const HEAD = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) '(.*)'$/;
const PARTIAL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: (?:'.*)?)?$/;

function headOf(line: string): Head | null {
  const m = HEAD.exec(line);
  return m === null ? null : { time: m[1] as string, name: m[2] as string };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const chat = new NamedChat(run, chatTitle(source.name));
  const events = new WechatEvents(run);
  const draftOf = ({ head, text, flags }: TextBlock<Head>): Draft => {
    const time = readCivilText(head.time) ?? NO_TIME;
    const shared = { sentAtText: head.time, time, flags };
    const title = run.conversationKey.slice('name:'.length);
    const byChat =
      head.name === '' || /@chatroom$/.test(head.name) || (head.name === title && wechatEvent(text) !== null);
    if (byChat) {
      const { event, ...draft } = noticeDraft(text);
      chat.event(event);
      events.note(event, head.time);
      return { ...shared, ...draft, extra: event === null ? null : { event } };
    }
    const sender = chat.sender(head.name, head.name === '我' ? { self: 'true' } : undefined);
    if (sender !== null) events.person(sender);
    return { ...shared, sender, ...weflowContent(text, 'text') };
  };
  yield* readBlocks<Head>(source, options, run, {
    headOf,
    isCut: (line) => beginsTime(line.trimEnd()) || (PARTIAL.test(line) && headOf(line) === null),
    isDamaged: (line) => hasDamagedTime(line) || (PARTIAL.test(line) && headOf(line) === null),
    emit: (block, place) => run.message(draftOf(block), place),
  });
  chat.settle();
  events.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let heads = 0;
  for (const line of head.text.split(/\r\n|\n|\r/, 2000)) {
    if (headOf(line) !== null) heads++;
    else if (heads === 0 && line.trim() !== '') return 0;
  }
  return heads === 0 ? 0 : heads >= 2 ? 0.9 : 0.8;
}

export const weflowText: Importer = {
  id: 'wechat-weflow-text',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeFlow 文本', en: 'WeChat · WeFlow text' },
  extensions: ['.txt'],
  sniff,
  read,
};
