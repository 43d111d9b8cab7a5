/** JSON that newer WeChatMsg writes beside its page (`<chat>.html.json`): an array of the page's messages. */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import { isObject } from '../../text.ts';
import { chatTitle } from './wechat-common.ts';
import { isWechatMsgRecord, WechatMsgPageRun } from './wechat-wechatmsg-record.ts';

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const name = chatTitle(source.name.replace(/\.html(?=\.json$)/i, ''));
  const run = new WechatMsgPageRun(source, options, { id: null, name, escaped: false });
  yield* readJsonChat(source, options, run, {
    arrays: [''],
    arrayOf: (value) => (isWechatMsgRecord(value) ? '' : null),
    header: [],
    begin() {},
    item: (item) => run.item(item),
    end: () => run.settle(),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  const first: unknown = Array.isArray(root) ? root[0] : undefined;
  return isObject(first) && isWechatMsgRecord(first) && 'display_name' in first && 'server_id' in first
    ? 0.96
    : 0;
}

export const wechatMsgJson: Importer = {
  id: 'wechat-wechatmsg-json',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）JSON', en: 'WeChat · WeChatMsg JSON' },
  extensions: ['.json'],
  sniff,
  read,
};
