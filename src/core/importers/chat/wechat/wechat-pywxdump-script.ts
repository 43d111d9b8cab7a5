/** Page of PyWxDump: its `data.js` with `local_mywxid`, `local_user_list` (people by id) and `local_msg_list`. */
import { previewConversations } from '../../batch.ts';
import { decoderOf } from '../../encoding.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { ScriptArray } from '../../script-array.ts';
import { isPywxdump, PywxdumpRun, recordOf } from './wechat-pywxdump-record.ts';

const START = /(?:const|var|let)\s+local_msg_list\s*=\s*\[/;
/** How far the list of people may reach, in bytes. */
const USERS_REACH = 16 << 20;

/** The people, who stand on a line of their own before the messages. */
function usersOf(source: ByteSource, head: SourceHead): unknown {
  const text = decoderOf(head.encoding).decode(source.read(head.bomLength, USERS_REACH));
  const found = /local_user_list\s*=\s*(\{.*\})\s*;?\s*$/m.exec(text)?.[1];
  return found === undefined ? undefined : parseJson(found);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new PywxdumpRun(source, options, usersOf(source, options.head));
  const array = new ScriptArray(source, options.head, run.batch, {
    start: START,
    opening: /\{\s*"(?:id|MsgSvrID)"\s*:/,
    isRecord: isPywxdump,
  });
  for (const items of array.items()) {
    for (const item of items) {
      if (item.code === null && isPywxdump(item.value)) run.record(recordOf(item.value, item.flags), item);
      else run.skip(item);
    }
    if (run.full) yield* run.batch.drain();
  }
  if (!array.complete) run.assumptions = { ending: 'cut-off' };
  run.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  if (!/^\s*(?:localStorage\.|const |var |let )/.test(head.text)) return 0;
  const marks = ['local_msg_count', 'local_mywxid', 'local_user_list'].filter((mark) =>
    head.text.includes(mark),
  );
  return START.test(head.text) || marks.length >= 2 ? 0.95 : 0;
}

export const pywxdumpScript: Importer = {
  id: 'wechat-pywxdump-script',
  version: 2,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · PyWxDump 网页（data.js）', en: 'WeChat · PyWxDump page (data.js)' },
  extensions: ['.js'],
  sniff,
  list: (source, head) => previewConversations(pywxdumpScript, source, head),
  read,
};
