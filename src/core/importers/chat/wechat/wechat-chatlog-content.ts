/** Contents of messages as chatlog writes them in CSV and text: words, or media, quotes and records as Markdown. */
import type { MessageKind } from '../../../domain/message.ts';
import type { Draft } from '../../chat-run.ts';
import type { CarriedText } from '../../importer.ts';
import { NONE } from '../../text.ts';
import { attachmentOf, kindOfMarker, md5Of, quote, splitTextQuote } from './wechat-common.ts';

const QUOTED_HEAD = /^(?:(.*)\(([^()\s]{1,64})\)|(\S{1,64})) ((?:\d{4}-)?(?:\d\d-\d\d )?\d\d:\d\d:\d\d)$/;
const ADDRESS = /^!?\[([^[\]\n|]{1,20})(?:\|([\s\S]{0,400}))?\]\((\S{0,2000}?)\)\s*$/;
const RECORD = /^\[(?:合并转发|聊天记录|笔记)?\|([^\n]*)\]\r?\n {2}\S/;
const RECORD_HEAD = /^ {2}(\S.*?) (\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?.*|\d{1,2}:\d\d(?::\d\d)?)$/;
const WORDS: Readonly<Record<string, MessageKind>> = {
  '[引用]': 'quote',
  '[分享]': 'link',
  '[群公告]': 'text',
  '[红包封面]': 'red-packet',
};

/** Kind, words, quote and file of a content. */
export function chatlogContent(
  content: string,
): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments' | 'forwarded'> {
  if (content.startsWith('> ')) return quotedContent(content.replaceAll('\r\n', '\n'));
  if (RECORD.test(content)) {
    return {
      kind: 'forward',
      text: content.slice(0, content.indexOf('\n')).trimEnd(),
      carried: records(content),
      forwarded: true,
    };
  }
  const address = content.length < 3000 ? ADDRESS.exec(content) : null;
  const marker = content.startsWith('!') ? content.slice(1) : content;
  const kind = WORDS[content] ?? kindOfMarker(marker) ?? 'text';
  if (kind === 'text') {
    const split = splitTextQuote(content);
    return split.text === content ? { kind, text: content } : { kind: 'quote', ...split };
  }
  if (address === null) return { kind, text: content, attachments: attachmentOf(kind, null) };
  const reference = address[3] as string;
  const key = reference.split('/').at(-1)?.split(',')[0];
  const title = address[2]?.trim() ?? '';
  const more = { md5: md5Of(key), ...(title === '' ? {} : { name: title }) };
  return { kind, text: content, attachments: attachmentOf(kind, reference, more) };
}

/** Takes `> name(id) time`, `> words` and the reply apart. */
function quotedContent(content: string): Pick<Draft, 'kind' | 'text' | 'carried'> {
  const lines = content.split('\n');
  let end = 0;
  while (end < lines.length && lines[end]?.startsWith('> ')) end++;
  const quoted = lines.slice(0, end).map((line) => line.slice(2));
  const text = lines.slice(end).join('\n');
  const head = QUOTED_HEAD.exec(quoted[0] ?? '');
  if (head === null) {
    const words = quoted.join('\n');
    return { kind: 'quote', text, carried: words === '[引用]' ? NONE : [quote(null, words)] };
  }
  const sender = head[1] || head[2] || head[3] || null;
  return { kind: 'quote', text, carried: [quote(sender, quoted.slice(1).join('\n'), head[4] as string)] };
}

/** The records of a forwarded record: `  name time`, then the words, each indented. */
function records(content: string): readonly CarriedText[] {
  const found: { sender: string; sentAtText: string; lines: string[] }[] = [];
  for (const line of content.split(/\r?\n/).slice(1)) {
    const m = RECORD_HEAD.exec(line);
    if (m !== null) found.push({ sender: m[1] as string, sentAtText: m[2] as string, lines: [] });
    else found.at(-1)?.lines.push(line.replace(/^ {2}/, ''));
  }
  return found.map(({ sender, sentAtText, lines }) => ({
    act: 'forward',
    sender,
    text: lines.join('\n').trimEnd(),
    sentAtText,
  }));
}
