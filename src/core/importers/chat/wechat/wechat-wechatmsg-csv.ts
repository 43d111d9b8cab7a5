/**
 * CSV of WeChatMsg (留痕, MemoTrace): `localId, TalkerId, Type, SubType, IsSender, CreateTime, Status,
 * StrContent, StrTime, Remark, NickName, Sender`, columns found by name; and the later layout with
 * Chinese headers (消息ID, 类型, 发送人, 时间, 内容, 备注, 昵称), which has no instant.
 *
 * `TalkerId` is the conversation's id, or a number that means something only inside the exporting
 * device's database; then the conversation is named after the file. `localId` is such a number too,
 * so it is kept as an extra field and never used as the message's platform id.
 *
 * The rows of a direct chat end before Remark, NickName and Sender: `IsSender` tells the two sides apart,
 * and the other side is who the file, or the conversation's id, is named after.
 */
import { EventBatch } from '../../batch.ts';
import type { CsvScanner } from '../../csv-scanner.ts';
import type {
  ByteSource,
  ConversationPreview,
  ImportEvent,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { bookOther, openTable } from '../../table-reader.ts';
import { isWechatType, type Layout, layoutOf, showsSeveral } from './wechat-wechatmsg-layout.ts';
import { WechatMsgRun } from './wechat-wechatmsg-run.ts';

interface Opened {
  readonly scanner: CsvScanner;
  readonly batch: EventBatch;
  readonly run: WechatMsgRun;
  readonly layout: Layout;
}

function open(source: ByteSource, options: Omit<ImportOptions, 'zone'>): Opened {
  const layout = layoutOf(options.head, options.mapping);
  const instants = layout.columns.createTime !== undefined;
  const needsZone = (): boolean => !instants || run.needsZone;
  const batch = new EventBatch(source.size, () => ({
    formatVersion: null,
    needsZone: needsZone(),
    assumptions: layout.joined ? { header: 'joined-with-first-row' } : {},
  }));
  const scanner = openTable(source, options.head, batch, {
    header: layout.header,
    delimiter: layout.delimiter,
    columns: layout.width,
  });
  const typeColumn = layout.columns.type ?? -1;
  scanner.accept = () => isWechatType(scanner.field(typeColumn));
  const run = new WechatMsgRun({
    fileName: source.name,
    selection: options.conversations,
    single: !showsSeveral(options.head, layout),
    layout,
    scanner,
    batch,
  });
  return { scanner, batch, run, layout };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { scanner, batch, run, layout } = open(source, options);
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') run.row();
    else bookOther(scanner, step, layout.header, batch);
    if (batch.full) yield* batch.drain();
  }
  run.settleTypes();
  yield* batch.finish();
}

/** Counts rows by conversation: several times faster than reading their messages. */
async function* list(source: ByteSource, head: SourceHead): AsyncGenerator<ConversationPreview> {
  const { scanner, run } = open(source, { head, conversations: 'all' });
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) if (step === 'row') run.count();
  yield* run.previews();
}

export const wechatMsgCsv: Importer = {
  id: 'wechat-wechatmsg-csv',
  version: 4,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）CSV', en: 'WeChat · WeChatMsg CSV' },
  extensions: ['.csv', '.txt', '.tsv'],
  sniff: (head) => layoutOf(head).rating,
  list,
  read,
};
