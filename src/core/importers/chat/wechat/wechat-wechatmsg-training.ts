/**
 * Training data of WeChatMsg: `[{conversations: [{role, content}]}]`. It has no times, no ids and no
 * names: what is kept is the words, in their order, of `user` (the other side) and `assistant` (the
 * exporter). Times are unknown. The prompt (`system`) is nobody's message, and kept as a notice.
 */
import { ChatRun, type Draft, tidy } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import { isObject, otherMembers, stringOf } from '../../text.ts';
import { NO_TIME } from '../../time.ts';
import { chatTitle, kindOfMarker, NamedChat } from './wechat-common.ts';

const CARRIED = new Set(['role', 'content']);

function isTurn(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && typeof value.role === 'string' && typeof value.content === 'string';
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  run.assumptions = { times: 'none' };
  const chat = new NamedChat(run, chatTitle(source.name));
  yield* readJsonChat(source, options, run, {
    arrays: ['*.conversations'],
    arrayOf: (value) => (isTurn(value) ? 'conversations' : null),
    header: [],
    begin() {},
    item(item) {
      const { value } = item;
      if (item.code !== null || !isTurn(value)) {
        run.skip(item);
        return;
      }
      const role = stringOf(value.role);
      const text = stringOf(value.content);
      const shared = {
        sentAtText: '',
        time: NO_TIME,
        flags: item.flags,
        extra: tidy(otherMembers(value, CARRIED)),
      };
      const draft: Draft =
        role === 'system'
          ? { ...shared, kind: 'system', text }
          : {
              ...shared,
              sender: chat.sender(role, role === 'assistant' ? { self: 'true' } : undefined),
              kind: kindOfMarker(text) ?? 'text',
              text,
            };
      run.message(draft, item);
    },
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  const first: unknown = Array.isArray(root) ? root[0] : undefined;
  if (!isObject(first) || !Array.isArray(first.conversations)) return 0;
  const [turn] = first.conversations as unknown[];
  return turn === undefined || isTurn(turn) ? 0.9 : 0;
}

export const wechatMsgTraining: Importer = {
  id: 'wechat-wechatmsg-training',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）训练数据 JSON', en: 'WeChat · WeChatMsg training data (JSON)' },
  extensions: ['.json'],
  sniff,
  read,
};
