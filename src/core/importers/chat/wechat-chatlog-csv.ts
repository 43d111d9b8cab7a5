/**
 * CSV of chatlog: `[MessageID,]Time,SenderName,Sender,TalkerName,Talker,Content`. Times have no zone;
 * the app speaks as `系统消息`.
 */
import { previewConversations } from '../batch.ts';
import { ChatRun, personOf } from '../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../importer.ts';
import { findHeader, type Synonyms, type TableHeader } from '../table.ts';
import { NO_TIME, readTime } from '../time.ts';
import { chatlogContent } from './wechat-chatlog-content.ts';
import { noticeDraft, typeOfId, WechatEvents } from './wechat-common.ts';
import { readRows } from './wechat-table.ts';

type Field = 'id' | 'time' | 'senderName' | 'sender' | 'talkerName' | 'talker' | 'content';

const SYNONYMS: Synonyms<Field> = {
  id: ['messageid'],
  time: ['time'],
  senderName: ['sendername'],
  sender: ['sender'],
  talkerName: ['talkername'],
  talker: ['talker'],
  content: ['content'],
};

const LAYOUTS = [
  ['Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'],
  ['MessageID', 'Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'],
];

function rate(columns: Readonly<Partial<Record<Field, number>>>): number {
  const known = Object.keys(columns).length - (columns.id === undefined ? 0 : 1);
  return known === 6 ? 0.97 : 0;
}

const found = (head: SourceHead) => findHeader(head, SYNONYMS, rate, undefined, LAYOUTS);

function headerOf(head: SourceHead): TableHeader<Field> | null {
  return found(head)?.header ?? null;
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
      const sender = personOf(id, cells.of('senderName'));
      if (sender !== null) events.person(sender);
      run.message({ ...shared, sender, ...chatlogContent(cells.of('content')), extra: cells.other() }, place);
    },
  });
  events.settle();
  yield* run.finish();
}

export const chatlogCsv: Importer = {
  id: 'wechat-chatlog-csv',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · chatlog CSV', en: 'WeChat · chatlog CSV' },
  extensions: ['.csv'],
  sniff: (head) => found(head)?.rating ?? 0,
  list: (source, head) => previewConversations(chatlogCsv, source, head),
  read,
};
