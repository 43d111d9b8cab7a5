/** Columns of WeChatMsg's CSV, and what its file name and head say about the conversation. */
import { CsvScanner } from '../../csv-scanner.ts';
import type { ImportOptions, SourceHead } from '../../importer.ts';
import { memorySource } from '../../source.ts';
import { findHeader, type Synonyms, type TableHeader } from '../../table.ts';
import { baseName, cleanName } from '../../text.ts';
import { wechatKindOfWord } from './wechat-kinds.ts';

export type Field =
  | 'localId'
  | 'serverId'
  | 'talker'
  | 'type'
  | 'subType'
  | 'isSender'
  | 'createTime'
  | 'content'
  | 'timeText'
  | 'remark'
  | 'nick'
  | 'sender';

const SYNONYMS: Synonyms<Field> = {
  localId: ['localid', '消息id'],
  serverId: ['msgsvrid', 'msgserverid', 'serverid'],
  talker: ['talkerid', 'strtalker', 'talker', '会话id'],
  type: ['type', 'msgtype', '类型', '消息类型'],
  subType: ['subtype', '子类型'],
  isSender: ['issender', 'issend', '是否发送', '是否本人'],
  createTime: ['createtime', 'timestamp', '时间戳', '创建时间'],
  content: ['strcontent', 'content', '内容', '消息内容'],
  timeText: ['strtime', '时间', '发送时间', '日期时间', '消息时间'],
  remark: ['remark', '备注', '备注名'],
  nick: ['nickname', '昵称', '发送者昵称'],
  sender: ['sender', '发送人', '发送者', 'wxid', '微信id'],
};

type Columns = Readonly<Partial<Record<Field, number>>>;

export interface Layout {
  /** Null where the header line is lost and the exporter's usual order is assumed. */
  readonly header: TableHeader<Field> | null;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly columns: Columns;
  /** Number of cells in a row; fewer than names in a direct chat, one more in old files, see `rowWidth`. */
  readonly width: number;
  /** The header lost its line end, so that the first row stands on its line. */
  readonly joined: boolean;
  /** 0 … 1, how much the head looks like this format. */
  readonly rating: number;
}

const USUAL_NAMES =
  'localId TalkerId Type SubType IsSender CreateTime Status StrContent StrTime Remark NickName Sender'.split(
    ' ',
  );
const USUAL_COLUMNS: Columns = {
  localId: 0,
  talker: 1,
  type: 2,
  subType: 3,
  isSender: 4,
  createTime: 5,
  content: 7,
  timeText: 8,
  remark: 9,
  nick: 10,
  sender: 11,
};
const USUAL_ROW = /^\d+,[^,\n]*,\d+,\d+,[01],\d{9,10},\d+,/gm;

function rate(columns: Columns, names: readonly string[]): number {
  const has = (field: Field): boolean => columns[field] !== undefined;
  if (!has('content') || !(has('createTime') || has('timeText')) || !has('type')) return 0;
  if (names.some((name) => name.toLowerCase() === 'strcontent')) {
    return has('talker') && has('isSender') ? 0.98 : 0.85;
  }
  return names.includes('类型') && has('sender') && has('nick') && has('remark') ? 0.75 : 0;
}

/** How the table lies, by its header or, without one, by the shape of its rows. */
export function layoutOf(head: SourceHead, mapping?: ImportOptions['mapping']): Layout {
  const found = findHeader(head, SYNONYMS, rate, mapping, [USUAL_NAMES]);
  if (found !== null) {
    const { header, rating } = found;
    const { delimiter, names, columns } = header;
    const joined = joinedWidth(names);
    if (joined !== null) return { ...USUAL, delimiter, width: joined, joined: true, rating };
    const width = rowWidth(head, header);
    if (width > names.length) {
      const serverId = columns.serverId ?? names.length;
      const wider = { names: [...names, 'MsgSvrID'], columns: { ...columns, serverId } };
      return { header, delimiter, ...wider, width, joined: false, rating };
    }
    return { header, delimiter, names, columns, width, joined: false, rating };
  }
  const rows = head.text.match(USUAL_ROW)?.length ?? 0;
  const rating = rows === 0 ? 0 : rows === 1 ? 0.4 : 0.6;
  return { ...USUAL, delimiter: ',', width: USUAL_NAMES.length, joined: false, rating };
}

/** The exporter's own order, where no header can be read. */
const USUAL = { header: null, names: USUAL_NAMES, columns: USUAL_COLUMNS };

/**
 * Cells of a row where the first one stands on the header's line, begun in its last name (`Sender1`); null
 * for any other header. That line is booked as a bad row.
 */
function joinedWidth(names: readonly string[]): number | null {
  const last = USUAL_NAMES.length - 1;
  const width = names.length - last;
  const begins = USUAL_NAMES.every((name, i) =>
    i < last ? names[i] === name : names[i]?.startsWith(name) && names[i] !== name,
  );
  return begins && (width === USUAL_NAMES.length || width === USUAL_NAMES.length - 3) ? width : null;
}

/** WeChat's numbers of messages. */
const SERVER_ID = /^\d{10,20}$/;

/** Rows of the head that are asked for their width. */
const WIDTH_ROWS = 50;

/**
 * Cells of a row. The exporter heads direct chats with the columns of groups, but leaves the last three
 * (Remark, NickName, Sender) out of their rows; old versions wrote a server's id behind the last column
 * that their header of nine has. Which of these the file is, its first rows show.
 */
function rowWidth(head: SourceHead, { names, columns, delimiter }: TableHeader<Field>): number {
  const short = names.length - 3;
  const named = [columns.remark, columns.nick, columns.sender];
  const mayBeShort = named.every((index) => index !== undefined && index >= short);
  const mayBeLong = columns.serverId === undefined && named.every((index) => index === undefined);
  if (!mayBeShort && !mayBeLong) return names.length;
  const scanner = new CsvScanner(memorySource(head.name, head.bytes), head, { delimiter });
  let narrow = 0;
  let wide = 0;
  let wider = 0;
  for (let rows = 0; rows < WIDTH_ROWS; rows++) {
    const step = scanner.next();
    if (step === 'end') break;
    if (step !== 'row' || !isWechatType(scanner.field(columns.type ?? -1))) continue;
    if (scanner.fields === names.length) wide++;
    else if (mayBeShort && scanner.fields === short) narrow++;
    else if (mayBeLong && scanner.fields === names.length + 1 && SERVER_ID.test(scanner.field(names.length)))
      wider++;
  }
  if (wider > wide) return names.length + 1;
  return narrow > wide ? short : names.length;
}

/** Whether a type is a number or a word that exporters write instead. */
export function isWechatType(type: string): boolean {
  return /^\s*-?\d{1,10}\s*$/.test(type) || wechatKindOfWord(type.trim()) !== null;
}

const GENERIC_TITLE =
  /^(?:messages?|msg|chats?|all|data|export|wechat|output|聊天记录|全部聊天记录|微信聊天记录)?$/i;

/** The conversation's name as the file's name gives it; null where that says nothing. */
export function titleOf(fileName: string): string | null {
  const title = cleanName(baseName(fileName).replace(/(?:_(?:utf-?8|gbk|gb18030))?(?:\s*\(\d+\))?$/i, ''));
  return GENERIC_TITLE.test(title) ? null : title;
}

/** Whether the head already shows more than one conversation. */
export function showsSeveral(head: SourceHead, layout: Layout): boolean {
  const { talker } = layout.columns;
  if (talker === undefined) return false;
  const scanner = new CsvScanner(memorySource(head.name, head.bytes), head, { delimiter: layout.delimiter });
  scanner.columns = layout.width;
  scanner.accept = () => isWechatType(scanner.field(layout.columns.type ?? -1));
  let first: string | null = null;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step !== 'row' || !scanner.terminated) continue;
    const id = scanner.field(talker);
    first ??= id;
    if (id !== first) return true;
  }
  return false;
}
