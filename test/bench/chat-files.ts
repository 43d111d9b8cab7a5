/** Made chats in export formats, of any length, the same in every run. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const WORDS =
  '大家好 今天 下午 三点 开会 收到 谢谢 明天 这个 方案 我看 没问题 客户 那边 已经 确认 发货 单号 麻烦 尽快 处理 一下 好的 晚上 一起 吃饭 吗 价格 还能 再 便宜 一点 周末 天气 不错 孩子 学校 老师 通知 请 各位 注意 安全 OK 👌 哈哈 辛苦了'.split(
    ' ',
  );

let state = 1;
function below(n: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}

/** What the `i`-th message says: the same in every file. */
function sentence(i: number): string {
  state = Math.imul(i + 1, 0x9e3779b1) >>> 0;
  let text = '';
  for (let words = 6 + below(14); words > 0; words--)
    text += WORDS[below(WORDS.length)] + (below(6) === 0 ? '，' : '');
  return text;
}

export interface Shape {
  readonly file: string;
  readonly rows: number;
  readonly head: string;
  readonly tail: string;
  readonly row: (i: number, text: string) => string;
}

export const start = Date.UTC(2025, 0, 1) / 1000;
export const clock = (i: number): string => new Date((start + i * 30) * 1000).toISOString().slice(0, 19);

/** WeChatMsg CSV of 40 groups and 300 people; some texts have line breaks and quotes. */
export const wechatMsgCsv = (rows: number): Shape => ({
  file: 'wechat_utf8.csv',
  rows,
  head: '\ufefflocalId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\r\n',
  tail: '',
  row: (i, text) => {
    const content = i % 9 === 0 ? `"${text}\n第二行, ""引号"""` : text;
    const who = i % 300;
    return `${i},${40_000_000_000 + (i % 40)}@chatroom,1,0,0,${start + i * 30},3,${content},${clock(i).replace('T', ' ')},用户${who},用户${who},wxid_${100_000 + who}\r\n`;
  },
});

/** ChatLab JSON lines: one group. */
export const chatLabJsonl = (rows: number): Shape => ({
  file: 'chatlab.jsonl',
  rows,
  head: '{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"name":"bench","platform":"wechat","type":"group"}}\n',
  tail: '',
  row: (i, text) =>
    `${JSON.stringify({ _type: 'message', platformMessageId: `m${i}`, sender: `wxid_${i % 300}`, accountName: `用户${i % 300}`, timestamp: start + i * 30, type: 0, content: text })}\n`,
});

/** WeCom's conversation archive: 40 groups. */
export const weComJsonl = (rows: number): Shape => ({
  file: 'wecom.jsonl',
  rows,
  head: '',
  tail: '',
  row: (i, text) =>
    `${JSON.stringify({ msgid: `70040010${i}`, action: 'send', from: `user${i % 300}`, tolist: ['lisi', 'wangwu'], roomid: `wrRoom${i % 40}`, msgtime: (start + i * 30) * 1000, msgtype: 'text', text: { content: text } })}\n`,
});

/** Writes a file of the shape, its messages counted from `from`; answers its path. */
export function writeChats(folder: string, shape: Shape, from = 0): string {
  const path = join(folder, shape.file);
  const file = openSync(path, 'w');
  let chunk = shape.head;
  for (let i = from; i < from + shape.rows; i++) {
    chunk += shape.row(i, sentence(i));
    if (chunk.length > 1 << 20) {
      writeSync(file, chunk);
      chunk = '';
    }
  }
  writeSync(file, chunk + shape.tail);
  closeSync(file);
  return path;
}
