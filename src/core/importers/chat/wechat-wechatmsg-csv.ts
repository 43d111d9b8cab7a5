/**
 * CSV of WeChatMsg (留痕, MemoTrace): `localId, TalkerId, Type, SubType, IsSender, CreateTime, Status,
 * StrContent, StrTime, Remark, NickName, Sender`, columns found by name; and the later layout with
 * Chinese headers (消息ID, 类型, 发送人, 时间, 内容, 备注, 昵称), which has no instant.
 *
 * `TalkerId` is the conversation's id, or a number that means something only inside the exporting
 * device's database; then the conversation is named after the file. `localId` is such a number too,
 * so it is kept as an extra field and never used as the message's platform id.
 */
import { EventBatch, previewConversations } from '../batch.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions } from '../importer.ts';
import { bookOther, openTable } from '../table-reader.ts';
import { isWechatType, layoutOf, showsSeveral } from './wechat-wechatmsg-layout.ts';
import { WechatMsgRun } from './wechat-wechatmsg-run.ts';

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const layout = layoutOf(options.head, options.mapping);
  let run: WechatMsgRun | null = null;
  const instants = layout.columns.createTime !== undefined;
  const batch = new EventBatch(source.size, () => ({
    formatVersion: null,
    needsZone: !instants || run?.needsZone === true,
    assumptions: {},
  }));
  const scanner = openTable(source, options.head, batch, {
    header: layout.header,
    delimiter: layout.delimiter,
    columns: layout.names.length,
  });
  const typeColumn = layout.columns.type ?? -1;
  scanner.accept = () => isWechatType(scanner.field(typeColumn));
  const single = !showsSeveral(options.head, layout);
  run = new WechatMsgRun({
    fileName: source.name,
    selection: options.conversations,
    single,
    layout,
    scanner,
    batch,
  });
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row') run.row();
    else bookOther(scanner, step, layout.header, batch);
    if (batch.full) yield* batch.drain();
  }
  run.settleTypes();
  yield* batch.finish();
}

export const wechatMsgCsv: Importer = {
  id: 'wechat-wechatmsg-csv',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）CSV', en: 'WeChat · WeChatMsg CSV' },
  extensions: ['.csv', '.txt', '.tsv'],
  sniff: (head) => layoutOf(head).rating,
  list: (source, head) => previewConversations(wechatMsgCsv, source, head),
  read,
};
