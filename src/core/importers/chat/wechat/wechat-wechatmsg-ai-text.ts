/**
 * Text that WeChatMsg writes for language models: a rule of asterisks with the date, then `name:` and
 * everything that this person said in a row. Single messages cannot be told apart again, so each run
 * of one person is one message; of its time only the day is known. Numbers were masked by the exporter.
 */
import { ChatRun, type Draft } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { chatTitle, kindOfMarker, NamedChat } from './wechat-common.ts';
import { readBlocks, type TextBlock } from './wechat-text-blocks.ts';

interface Head {
  readonly day: string;
  readonly name: string;
  readonly first: string;
}

const RULE = /^\*{20}(\d{4}-\d\d-\d\d)\*{20}\s*$/;
const HEAD = /^([^:：\n*][^:\n]{0,79}):(.*)$/;

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  run.assumptions = { times: 'day', messages: 'joined' };
  const chat = new NamedChat(run, chatTitle(source.name));
  let day = '';
  const draftOf = ({ head, text, flags }: TextBlock<Head>): Draft => {
    const words = [head.first, text].filter((part) => part !== '').join('\n');
    const kind = words.includes('\n') ? 'text' : (kindOfMarker(words) ?? 'text');
    const time = readCivilText(head.day) ?? NO_TIME;
    return { sender: chat.sender(head.name), sentAtText: head.day, time, kind, text: words, flags };
  };
  yield* readBlocks<Head>(source, options, run, {
    headOf(line) {
      const m = HEAD.exec(line);
      return m === null ? null : { day, name: m[1] as string, first: m[2] as string };
    },
    isCut: (line) => line.startsWith('*') || !line.includes(':'),
    isDamaged: (line) => line.startsWith('*****'),
    isRule(line) {
      const found = RULE.exec(line)?.[1];
      day = found ?? day;
      return found !== undefined;
    },
    emit: (block, place) => run.message(draftOf(block), place),
  });
  chat.settle();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  return /^\s*\*{20}\d{4}-\d\d-\d\d\*{20}\s*(?:\n|\r|$)/.test(head.text) ? 0.95 : 0;
}

export const wechatMsgAiText: Importer = {
  id: 'wechat-wechatmsg-ai-text',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）AI 文本', en: 'WeChat · WeChatMsg text for language models' },
  extensions: ['.txt'],
  sniff,
  read,
};
