/**
 * CSV of chatlog: `[MessageID,]Time,SenderName,Sender,TalkerName,Talker,Content`, and the layout of its
 * command `export`, which also has IsSelf, Type and TypeDesc, and no words in place of media; and Wetrace's,
 * with the names in Chinese. Times have no zone; the app speaks as `系统消息`.
 */
import { previewConversations } from '../../batch.ts';
import { ChatRun, personOf } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { findHeader, type Synonyms, type TableHeader } from '../../table.ts';
import { NO_TIME, readTime } from '../../time.ts';
import { chatlogContent } from './wechat-chatlog-content.ts';
import { attachmentOf, noticeDraft, typeOfId, WechatEvents } from './wechat-common.ts';
import { wechatKind, wechatKindOfWord } from './wechat-kinds.ts';
import { type Cells, readRows } from './wechat-table.ts';

type Field =
  | 'id'
  | 'time'
  | 'senderName'
  | 'sender'
  | 'talkerName'
  | 'talker'
  | 'isSelf'
  | 'type'
  | 'typeWord'
  | 'content';

const SYNONYMS: Synonyms<Field> = {
  id: ['messageid'],
  time: ['time', '时间'],
  senderName: ['sendername', '发送人昵称', '发送人'],
  sender: ['sender', '发送人id'],
  talkerName: ['talkername', '聊天对象昵称', '聊天对象'],
  talker: ['talker', '聊天对象id'],
  isSelf: ['isself'],
  type: ['type'],
  typeWord: ['typedesc'],
  content: ['content', '内容'],
};

const LAYOUTS = [
  ['Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'],
  ['MessageID', 'Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'],
  ['Time', 'Talker', 'TalkerName', 'Sender', 'SenderName', 'IsSelf', 'Type', 'TypeDesc', 'Content'],
  ['时间', '发送人昵称', '发送人ID', '聊天对象昵称', '聊天对象ID', '内容'],
];

/** The columns that every layout has. */
const NEEDED: readonly Field[] = ['time', 'senderName', 'sender', 'talkerName', 'talker', 'content'];

function rate(columns: Readonly<Partial<Record<Field, number>>>): number {
  return NEEDED.every((field) => columns[field] !== undefined) ? 0.97 : 0;
}

const found = (head: SourceHead) => findHeader(head, SYNONYMS, rate, undefined, LAYOUTS);

function headerOf(head: SourceHead): TableHeader<Field> | null {
  return found(head)?.header ?? null;
}

/** What a row says; where its words do not show of what kind it is, by its type. */
function contentOf(cells: Cells<Field>): ReturnType<typeof chatlogContent> {
  const content = chatlogContent(cells.of('content'));
  if (content.kind !== 'text' || cells.of('type') === '') return content;
  const kind = wechatKindOfWord(cells.of('typeWord')) ?? wechatKind(Number(cells.of('type')), 0);
  return kind === 'text'
    ? content
    : { ...content, kind, attachments: attachmentOf(kind, null), forwarded: kind === 'forward' };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const events = new WechatEvents(run);
  yield* readRows<Field>(source, options, run, {
    header: headerOf(options.head),
    accept: (cells) => readTime(cells.of('time')) !== NO_TIME || cells.of('talker').includes('@'),
    row(cells, place) {
      const talker = cells.of('talker');
      const name = cells.of('talkerName') || null;
      const key = talker || `name:${name ?? source.name}`;
      run.open({ key, platformId: talker || null, name, type: typeOfId(talker) });
      const sentAtText = cells.of('time');
      const shared = {
        platformId: cells.of('id') || null,
        sentAtText,
        time: readTime(sentAtText),
        flags: cells.flags,
      };
      const id = cells.of('sender');
      if (id === '系统消息' || (id === talker && talker.endsWith('@chatroom'))) {
        const { event, ...draft } = noticeDraft(cells.of('content'));
        events.note(event, sentAtText);
        run.message(
          { ...shared, ...draft, extra: event === null ? cells.other() : { ...cells.other(), event } },
          place,
        );
        return;
      }
      const self = cells.of('isSelf') === 'true' ? { self: 'true' } : undefined;
      const sender = personOf(id, cells.of('senderName'), self);
      if (sender !== null) events.person(sender);
      run.message({ ...shared, sender, ...contentOf(cells), extra: cells.other() }, place);
    },
  });
  events.settle();
  yield* run.finish();
}

export const chatlogCsv: Importer = {
  id: 'wechat-chatlog-csv',
  version: 3,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · chatlog CSV', en: 'WeChat · chatlog CSV' },
  extensions: ['.csv'],
  sniff: (head) => found(head)?.rating ?? 0,
  list: (source, head) => previewConversations(chatlogCsv, source, head),
  read,
};
