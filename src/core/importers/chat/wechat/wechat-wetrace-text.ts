/**
 * Text of Wetrace: `[name] time`, the words below, a blank line; words in place of media as chatlog has them.
 * People are names, or ids where the exporter knew none; the app speaks as `系统消息`. Times have no zone.
 */
import { ChatRun, type Draft, personOf } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName } from '../../text.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { chatlogContent } from './wechat-chatlog-content.ts';
import { NamedChat, noticeDraft, typeOfId, WechatEvents } from './wechat-common.ts';
import { readBlocks, type TextBlock } from './wechat-text-blocks.ts';

interface Head {
  readonly name: string;
  readonly time: string;
}

const HEAD = /^\[(.{1,120})\] (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/;
const SYSTEM = '系统消息';
/** What stands in place of a name that the exporter did not know. */
const ID = /^(?:wxid_\w+|gh_\w+|\d+@chatroom|\w+@openim)$/;

function headOf(line: string): Head | null {
  const m = line.length > 150 ? null : HEAD.exec(line);
  return m === null ? null : { name: m[1] as string, time: m[2] as string };
}

/** Name and id of the chat in `chat_export_<name>_<id>.txt`. */
function chatOf(fileName: string): { readonly name: string; readonly id: string | null } {
  const stem = baseName(fileName);
  const m = /^chat_export_(.+)_(\d+@chatroom|wxid_\w+|gh_\w+|[\w-]{6,20})(?: ?\(\d+\))?$/.exec(stem);
  return m === null ? { name: stem, id: null } : { name: m[1] as string, id: m[2] as string };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const { name, id } = chatOf(source.name);
  const chat = id === null ? new NamedChat(run, name) : null;
  if (id !== null) run.open({ key: id, platformId: id, name, type: typeOfId(id) });
  const events = new WechatEvents(run);
  const draftOf = ({ head, text, flags }: TextBlock<Head>): Draft => {
    const shared = { sentAtText: head.time, time: readCivilText(head.time) ?? NO_TIME, flags };
    if (head.name === SYSTEM) {
      const { event, ...draft } = noticeDraft(text);
      chat?.event(event);
      events.note(event, head.time);
      return { ...shared, ...draft, extra: event === null ? null : { event } };
    }
    const known = ID.test(head.name) ? personOf(head.name, null) : null;
    const sender = known ?? (chat === null ? personOf(null, head.name) : chat.sender(head.name));
    if (sender !== null) events.person(sender);
    return { ...shared, sender, ...chatlogContent(text) };
  };
  yield* readBlocks<Head>(source, options, run, {
    headOf,
    // The exporter ends every line: a last one without its end is cut, and if it begins so, perhaps a head.
    isCut: (line) => line.startsWith('[') && line.length <= 150,
    isDamaged: (line) => headOf(line) === null && /^.{1,120}\] \d{4}-.{10,18}$/.test(line),
    emit: (block, place) => run.message(draftOf(block), place),
  });
  chat?.settle();
  events.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let heads = 0;
  let blank = true;
  for (const line of head.text.split(/\r\n|\n|\r/, 2000)) {
    if (blank && headOf(line) !== null) heads++;
    else if (heads === 0 && line.trim() !== '') return 0;
    blank = line.trim() === '';
  }
  if (heads === 0) return 0;
  return /^chat_export_/.test(head.name) ? 0.93 : heads >= 2 ? 0.88 : 0.7;
}

export const wetraceText: Importer = {
  id: 'wechat-wetrace-text',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · Wetrace 文本', en: 'WeChat · Wetrace text' },
  extensions: ['.txt'],
  sniff,
  read,
};
