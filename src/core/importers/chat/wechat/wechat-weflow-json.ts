/**
 * JSON of WeFlow (`weflow`, `session`, `messages[]`; its arkme-json layout with `senders[]` and
 * `groupMembers[]`) and of EchoTrace (the same without `weflow`). Types by the number of the newer
 * clients (`localType`) and by word; `createTime` is an instant.
 */
import { ChatRun } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import { isObject } from '../../text.ts';
import { isWeflowMessage, WeflowChat, weflowId } from './wechat-weflow-chat.ts';

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const chat = new WeflowChat(run);
  const arkme = /"format":\s?"arkme-json"|"senderID":/.test(options.head.text);
  const api = /^\s*\{\s*"success":[\s\S]{0,200}?"talker":/.test(options.head.text);
  yield* readJsonChat(source, options, run, {
    arrays: ['messages'],
    arrayOf: (value) => (isWeflowMessage(value) ? 'messages' : null),
    header: arkme ? ['session', 'senders'] : api ? ['talker'] : ['session'],
    begin: (members) => chat.begin(members),
    item: (item) => chat.item(item),
    end(members) {
      chat.members(members.get('groupMembers'));
      chat.events.settle();
    },
  });
}

/** Whether the head shows `session` and messages of this layout; with or without WeFlow's own mark. */
function sniffAs(head: SourceHead, weflow: boolean): number {
  const { root } = jsonHead(head);
  if (!isObject(root)) return 0;
  // CipherTalk puts what it is first; the session behind may be cut off.
  if (!weflow && isObject(root.exportInfo) && root.exportInfo.generator === 'CipherTalk') return 0.97;
  const first: unknown = Array.isArray(root.messages) ? root.messages[0] : undefined;
  const marked = 'weflow' in root;
  if (marked !== weflow) return 0;
  const about = isObject(root.session) ? root.session : {};
  const session = weflowId(about) !== '';
  if (isObject(first) && isWeflowMessage(first)) return session ? 0.97 : 0.85;
  return session && (marked || 'messageCount' in about) ? 0.8 : 0;
}

export const weflowJson: Importer = {
  id: 'wechat-weflow-json',
  version: 3,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeFlow JSON', en: 'WeChat · WeFlow JSON' },
  extensions: ['.json'],
  sniff: (head) => sniffAs(head, true),
  read,
};

export const echoTraceJson: Importer = {
  id: 'wechat-echotrace-json',
  version: 3,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · EchoTrace 或密语 JSON', en: 'WeChat · EchoTrace or CipherTalk JSON' },
  extensions: ['.json'],
  sniff: (head) => sniffAs(head, false),
  read,
};
