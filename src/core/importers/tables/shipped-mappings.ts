/** Mappings of workbooks whose layout is published: recognised without anybody drawing them up. */
import { TableMapping } from '../../domain/mapping.ts';

/** QQ Chat Exporter V4 and V5, sheet 聊天记录. */
const QQ_CHAT_EXPORTER = TableMapping.parse({
  docketMapping: 1,
  name: 'QQ Chat Exporter XLSX',
  target: 'messages',
  platform: 'qq',
  table: { sheet: '聊天记录', headerRow: 1 },
  columns: {
    sentAt: '时间',
    senderName: '发送者',
    senderId: '发送者QQ号',
    kind: '消息类型',
    text: '消息内容',
    recalled: '是否撤回',
  },
  headers: ['序号', '时间', '发送者', '发送者QQ号', '消息类型', '消息内容', '是否撤回', '资源数量'],
});

/** WeFlow, full layout: session facts above the header. */
const WEFLOW = TableMapping.parse({
  docketMapping: 1,
  name: 'WeFlow XLSX',
  target: 'messages',
  platform: 'wechat',
  table: { headerRow: 4 },
  columns: {
    sentAt: '时间',
    senderName: '发送者昵称',
    senderId: '发送者微信ID',
    kind: '消息类型',
    text: '内容',
  },
  headers: ['序号', '时间', '发送者昵称', '发送者微信ID', '发送者备注', '发送者身份', '消息类型', '内容'],
});

/** WeFlow, compact layout. */
const WEFLOW_COMPACT = TableMapping.parse({
  docketMapping: 1,
  name: 'WeFlow XLSX (compact)',
  target: 'messages',
  platform: 'wechat',
  table: { headerRow: 4 },
  columns: { sentAt: '时间', senderName: '发送者身份', kind: '消息类型', text: '内容' },
  headers: ['序号', '时间', '发送者身份', '消息类型', '内容'],
});

export const SHIPPED_MAPPINGS: readonly { readonly id: string; readonly mapping: TableMapping }[] = [
  { id: 'qq-chat-exporter-xlsx', mapping: QQ_CHAT_EXPORTER },
  { id: 'wechat-weflow-xlsx', mapping: WEFLOW },
  { id: 'wechat-weflow-compact-xlsx', mapping: WEFLOW_COMPACT },
];
