/** Contents of messages as WeFlow and EchoTrace write them: words, a marker, a path, or a quote and a reply. */
import type { MessageKind } from '../../../domain/message.ts';
import type { Draft } from '../../chat-run.ts';
import { attachmentOf, kindOfMarker, quote, splitTextQuote } from './wechat-common.ts';

const PATH =
  /^(?:\.{0,2}[\\/])?(?:[^\s\\/:*?"<>|]+[\\/])*(images?|emojis?|voices?|videos?|files?|media)[\\/][^\n:*?"<>|]{1,240}\.[\w.]{1,10}$/i;

const KIND_OF_FOLDER: readonly (readonly [RegExp, MessageKind])[] = [
  [/^image/i, 'image'],
  [/^emoji/i, 'sticker'],
  [/^voice/i, 'voice'],
  [/^video/i, 'video'],
  [/^file/i, 'file'],
];

export interface Quoted {
  readonly sender: string | null;
  readonly text: string | null;
}

/** Kind, words, quote and file of a content. `known` is the kind where the export states it. */
export function weflowContent(
  content: string,
  known: MessageKind,
  quoted: Quoted = { sender: null, text: null },
): Pick<Draft, 'kind' | 'text' | 'carried' | 'attachments'> {
  const reference = splitReference(content, quoted);
  if (reference !== null) return { kind: 'quote', ...reference };
  const split = splitTextQuote(content);
  if (split.text !== content) return { kind: known === 'text' ? 'quote' : known, ...split };
  const folder = content.length < 400 ? PATH.exec(content)?.[1] : undefined;
  const shown =
    folder === undefined
      ? kindOfMarker(content)
      : (KIND_OF_FOLDER.find(([pattern]) => pattern.test(folder))?.[1] ?? 'file');
  const kind = (known === 'text' || known === 'other') && shown !== null ? shown : known;
  const carried = known === 'quote' && quoted.text !== null ? [quote(quoted.sender, quoted.text)] : [];
  return {
    kind,
    text: content,
    carried,
    attachments: attachmentOf(kind, folder === undefined ? null : content),
  };
}

/** Takes `[引用 name：words] reply` apart; null for any other content. */
function splitReference(content: string, quoted: Quoted): Pick<Draft, 'text' | 'carried'> | null {
  if (!content.startsWith('[引用')) return null;
  const close = closingBracket(content);
  if (close < 0) return null;
  const m = /^\[引用\s?(?:([^：:\n]{1,80})[：:])?\s?([\s\S]*)$/.exec(content.slice(0, close));
  if (m === null || (m[1] === undefined && m[2] === '消息')) return null;
  const carried = quote(quoted.sender ?? m[1] ?? null, quoted.text ?? (m[2] as string));
  return { text: content.slice(close + 1).replace(/^[ \n]/, ''), carried: [carried] };
}

/** Place of the bracket that closes the first; the first closing one where they do not pair. */
function closingBracket(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i;
  }
  return text.indexOf(']');
}
