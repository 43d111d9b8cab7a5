/** JSON of PyWxDump: an array of messages, in the new layout and the old; `users.json` beside it names the people. */
import { previewConversations } from '../../batch.ts';
import { companionJson } from '../../companions.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import { isPywxdump, PywxdumpRun, recordOf } from './wechat-pywxdump-record.ts';

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new PywxdumpRun(source, options, await companionJson(source, 'users.json'));
  yield* readJsonChat(source, options, run, {
    arrays: [''],
    arrayOf: (value) => (isPywxdump(value) ? '' : null),
    header: [],
    begin() {},
    item(item) {
      if (item.code === null && isPywxdump(item.value)) run.record(recordOf(item.value, item.flags), item);
      else run.skip(item);
    },
    end: () => run.settle(),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (Array.isArray(root) && isPywxdump(root[0])) return 0.97;
  return Array.isArray(root) && /"type_name":[^{}]*"is_sender":/.test(head.text) ? 0.5 : 0;
}

export const pywxdumpJson: Importer = {
  id: 'wechat-pywxdump-json',
  version: 2,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · PyWxDump JSON', en: 'WeChat · PyWxDump JSON' },
  extensions: ['.json'],
  sniff,
  list: (source, head) => previewConversations(pywxdumpJson, source, head),
  read,
};
