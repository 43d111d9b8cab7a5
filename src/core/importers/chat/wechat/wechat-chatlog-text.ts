/**
 * Text of chatlog: `name(id) [chat(id)] time`, the words below, a blank line. How much of the date a
 * time shows depends on the range that was asked for: all of it, month and day, or the time of day
 * only. What is missing is taken from dates in the file's name, or given as `year` or `date` in the
 * mapping; where neither is there the time is unknown. Times have no zone.
 */
import { ChatRun, type Draft, type Person, personOf } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import { NO_TIME, type ReadTime, readCivilText } from '../../time.ts';
import { chatlogContent } from './wechat-chatlog-content.ts';
import { chatTitle, noticeDraft, typeOfId, WechatEvents } from './wechat-common.ts';
import { readBlocks, type TextBlock } from './wechat-text-blocks.ts';

interface Head {
  readonly name: string | null;
  /** The id, `我` for the exporter, `系统消息` for the app. */
  readonly sender: string;
  readonly chat: { readonly id: string; readonly name: string | null } | null;
  readonly time: string;
}

const HEAD =
  /^(?:(.*)\(([^()\s]{1,80})\)|(\S{1,80})) (?:\[(?:(.*)\()?([^()[\]]{1,80})\)?\] )?((?:\d{4}-)?(?:\d\d-\d\d )?\d\d:\d\d:\d\d)$/;
const SYSTEM = '系统消息';
/** Most characters that a head is taken to have. */
const HEAD_LENGTH = 200;

function headOf(line: string): Head | null {
  const m = line.length > HEAD_LENGTH ? null : HEAD.exec(line);
  if (m === null) return null;
  return {
    name: m[1] || null,
    sender: (m[2] ?? m[3]) as string,
    chat: m[5] === undefined ? null : { id: m[5], name: m[4] || null },
    time: m[6] as string,
  };
}

/** What stands before the times of a file that show only a part of the date. */
interface MissingDate {
  readonly year: string | null;
  readonly date: string | null;
  readonly basis: 'given' | 'file-name' | 'none';
}

function missingDate(fileName: string, mapping: ImportOptions['mapping']): MissingDate {
  const given = /^(\d{4})(-\d\d-\d\d)?$/.exec(mapping?.date ?? mapping?.year ?? '');
  if (given !== null) {
    return { year: given[1] as string, date: given[2] === undefined ? null : given[0], basis: 'given' };
  }
  const dates = new Set(fileName.match(/\d{4}-\d\d-\d\d/g) ?? []);
  const years = new Set([...dates].map((date) => date.slice(0, 4)));
  const [year] = years;
  const [date] = dates;
  return years.size === 1 && year !== undefined
    ? { year, date: dates.size === 1 ? (date ?? null) : null, basis: 'file-name' }
    : { year: null, date: null, basis: 'none' };
}

function timeOf(text: string, missing: MissingDate): ReadTime {
  if (text.length === 19) return readCivilText(text) ?? NO_TIME;
  const before = text.length === 14 ? missing.year && `${missing.year}-` : missing.date && `${missing.date} `;
  return before ? (readCivilText(before + text) ?? NO_TIME) : NO_TIME;
}

/** The chat of a file that names none in its heads: by its file's name. */
function defaultChat(fileName: string): {
  readonly id: string | null;
  readonly name: string | null;
  readonly key: string;
} {
  const stem = baseName(fileName).replace(/(?:_\d{4}-\d\d-\d\d){1,2}$/, '');
  const id = /^(?:\d{5,}@chatroom|wxid_\w+|gh_\w+|\w+@openim)$/.test(stem) ? stem : null;
  const name = id === null ? chatTitle(stem) : null;
  return { id, name, key: id ?? `name:${name ?? cleanName(stem)}` };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const events = new WechatEvents(run);
  const missing = missingDate(source.name, options.mapping);
  const chat = defaultChat(source.name);
  const senders = new Set<string>();
  const open = (head: Head): void => {
    if (head.chat === null) {
      run.open({ key: chat.key, platformId: chat.id, name: chat.name, type: typeOfId(chat.id ?? '') });
    } else {
      const { id, name } = head.chat;
      run.open({ key: id, platformId: id, name, type: typeOfId(id) });
    }
  };
  const personFor = ({ sender, name }: Head): Person | null =>
    sender === '我' ? personOf(null, name ?? '我', { self: 'true' }) : personOf(sender, name);
  const draftOf = ({ head, text, flags }: TextBlock<Head>): Draft => {
    const time = timeOf(head.time, missing);
    if (head.time.length < 19) {
      run.assumptions = { date: missing.date ?? missing.year ?? 'unknown', dateBasis: missing.basis };
    }
    const shared = { sentAtText: head.time, time, flags };
    if (head.sender === SYSTEM) {
      const { event, ...draft } = noticeDraft(text);
      events.note(event, head.time);
      return { ...shared, ...draft, extra: event === null ? null : { event } };
    }
    const sender = personFor(head);
    if (sender !== null) {
      events.person(sender);
      if (head.chat === null && head.sender !== '我' && senders.size < 4) senders.add(detach(sender.key));
    }
    return { ...shared, sender, ...chatlogContent(text) };
  };
  yield* readBlocks<Head>(source, options, run, {
    headOf,
    // The exporter ends every line: a last one without its end is cut, and if it is short, perhaps a head.
    isCut: (line) => line.length <= HEAD_LENGTH,
    isDamaged: (line) => headOf(line) === null && /^.{1,80}\((?:wxid_\w+|我)\) .{8,30}$/.test(line),
    emit(block, place) {
      open(block.head);
      run.message(draftOf(block), place);
    },
  });
  if (senders.size > 2 && chat.id === null && run.kept) {
    run.batch.conversation({ key: chat.key, platformId: null, name: chat.name, type: 'group' });
  }
  events.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let heads = 0;
  let ids = 0;
  let blank = true;
  for (const line of head.text.split(/\r\n|\n|\r/, 2000)) {
    const found = blank ? headOf(line) : null;
    if (found !== null) {
      heads++;
      if (/^(?:wxid_|gh_)|^(?:我|系统消息)$|@(?:chatroom|openim)$/.test(found.sender) || found.chat !== null)
        ids++;
    } else if (heads === 0 && line.trim() !== '') return 0;
    blank = line.trim() === '';
  }
  if (ids === 0) return 0;
  return heads >= 2 ? 0.9 : 0.8;
}

export const chatlogText: Importer = {
  id: 'wechat-chatlog-text',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · chatlog 文本', en: 'WeChat · chatlog text' },
  extensions: ['.txt'],
  sniff,
  read,
};
