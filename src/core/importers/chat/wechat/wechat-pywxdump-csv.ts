/**
 * CSV of PyWxDump, new layout (`id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime`)
 * and old (`content` with `{"src", "msg"}` instead of `msg` and `src`); and WeClone's CSV, the same
 * without `room_name`, with names for people and times in ISO 8601. `users.json` beside a file of
 * PyWxDump names its people.
 */
import { previewConversations } from '../../batch.ts';
import { companionJson } from '../../companions.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { findHeader, type Synonyms, type TableHeader } from '../../table.ts';
import { NO_TIME, readTime } from '../../time.ts';
import { contentOf, PywxdumpRun } from './wechat-pywxdump-record.ts';
import { readRows } from './wechat-table.ts';

type Field =
  | 'id'
  | 'serverId'
  | 'typeName'
  | 'isSender'
  | 'talker'
  | 'room'
  | 'msg'
  | 'src'
  | 'content'
  | 'time';
type Columns = Readonly<Partial<Record<Field, number>>>;

const SYNONYMS: Synonyms<Field> = {
  id: ['id'],
  serverId: ['msgsvrid'],
  typeName: ['typename'],
  isSender: ['issender'],
  talker: ['talker'],
  room: ['roomname'],
  msg: ['msg'],
  src: ['src'],
  content: ['content'],
  time: ['createtime'],
};

const LAYOUTS = [
  'id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime',
  'id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime',
  'id,MsgSvrID,type_name,is_sender,talker,msg,src,CreateTime',
].map((names) => names.split(','));

function rate(columns: Columns, weclone: boolean): number {
  const has = (field: Field): boolean => columns[field] !== undefined;
  const ours =
    has('typeName') && has('isSender') && has('talker') && has('time') && (has('msg') || has('content'));
  if (!ours || has('room') === weclone) return 0;
  return has('serverId') ? 0.98 : 0.9;
}

function found(
  head: SourceHead,
  weclone: boolean,
): { readonly header: TableHeader<Field>; readonly rating: number } | null {
  return findHeader(head, SYNONYMS, (columns) => rate(columns, weclone), undefined, LAYOUTS);
}

async function* read(
  source: ByteSource,
  options: ImportOptions,
  weclone: boolean,
): AsyncGenerator<ImportEvent> {
  const run = new PywxdumpRun(source, options, await companionJson(source, 'users.json'), weclone);
  const header = found(options.head, weclone)?.header ?? null;
  const old = header?.columns.msg === undefined;
  yield* readRows<Field>(source, options, run, {
    header,
    accept: (cells) => /^[01]?$/.test(cells.of('isSender').trim()) && readTime(cells.of('time')) !== NO_TIME,
    row(cells, place) {
      const content = old ? contentOf(cells.of('content')) : null;
      run.record(
        {
          serverId: cells.of('serverId'),
          typeName: cells.of('typeName'),
          isSender: cells.of('isSender').trim(),
          talker: cells.of('talker').trim(),
          room: cells.of('room').trim(),
          msg: content?.msg ?? cells.of('msg'),
          src: content?.src ?? cells.of('src'),
          time: cells.of('time'),
          other: cells.other(),
          flags: cells.flags,
        },
        place,
      );
    },
  });
  run.settle();
  yield* run.finish();
}

export const pywxdumpCsv: Importer = {
  id: 'wechat-pywxdump-csv',
  version: 3,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · PyWxDump CSV', en: 'WeChat · PyWxDump CSV' },
  extensions: ['.csv'],
  sniff: (head) => found(head, false)?.rating ?? 0,
  list: (source, head) => previewConversations(pywxdumpCsv, source, head),
  read: (source, options) => read(source, options, false),
};

export const wecloneCsv: Importer = {
  id: 'wechat-weclone-csv',
  version: 3,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeClone CSV', en: 'WeChat · WeClone CSV' },
  extensions: ['.csv'],
  sniff: (head) => found(head, true)?.rating ?? 0,
  read: (source, options) => read(source, options, true),
};
