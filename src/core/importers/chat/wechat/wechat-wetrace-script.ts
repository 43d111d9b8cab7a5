/** Page of Wetrace: its `data.js` with `window.CHAT_DATA = [ … ];`, the messages as chatlog has them in JSON. */
import { previewConversations } from '../../batch.ts';
import { ChatRun } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { ScriptArray } from '../../script-array.ts';
import { chatlogItem, isChatlogMessage } from './wechat-chatlog-json.ts';
import { WechatEvents } from './wechat-common.ts';

const START = /window\.CHAT_DATA\s*=\s*\[/;

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const events = new WechatEvents(run);
  const array = new ScriptArray(source, options.head, run.batch, {
    start: START,
    opening: /\{\s*"seq"\s*:/,
    // A quoted message looks like one, but names no chat.
    isRecord: (value) => isChatlogMessage(value) && value.talker !== '',
  });
  for (const items of array.items()) {
    for (const item of items) chatlogItem(run, events, item);
    if (run.full) yield* run.batch.drain();
  }
  if (!array.complete) run.assumptions = { ending: 'cut-off' };
  events.settle();
  yield* run.finish();
}

export const wetraceScript: Importer = {
  id: 'wechat-wetrace-script',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · Wetrace 网页（data.js）', en: 'WeChat · Wetrace page (data.js)' },
  extensions: ['.js'],
  sniff: (head: SourceHead) => (START.test(head.text.slice(0, 4096)) ? 0.95 : 0),
  list: (source, head) => previewConversations(wetraceScript, source, head),
  read,
};
