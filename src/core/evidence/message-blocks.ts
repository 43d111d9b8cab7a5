/** Messages as blocks of a document to file: DOCX and the pages are made of the same. */

import type { Block, Run } from '../documents/document.ts';
import { categoryOf } from '../domain/category.ts';
import { readableTime } from '../domain/zone.ts';
import type { CarriedText } from '../importers/importer.ts';
import { KIND_WORDS, VERDICT_WORDS } from './filing-words.ts';
import type { PackExhibit, PackMessage } from './pack-content.ts';

/** Code units of one text that are printed; the rest stands in messages.ndjson. */
const PRINTED = 16_000;

/** Milliseconds are left out and the offset stands apart: this is for people. */
export const shownTime = readableTime;

/** Keeps a cut from falling between the halves of a surrogate pair. */
function whole(text: string, at: number): number {
  return at > 0 && at < text.length && text.charCodeAt(at - 1) >> 10 === 0x36 ? at - 1 : at;
}

type Spans = readonly { readonly start: number; readonly end: number }[];

/** A text as runs, the words of hits marked. */
function marked(text: string, spans: Spans): Run[] {
  const shown = text.slice(0, whole(text, PRINTED));
  const cuts = [0, shown.length, ...spans.flatMap(({ start, end }) => [start, end])]
    .filter((at) => at >= 0 && at <= shown.length)
    .map((at) => whole(shown, at));
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let i = 0; i + 1 < places.length; i++) {
    const [start, end] = [places[i] as number, places[i + 1] as number];
    const mark = spans.some((span) => span.start <= start && end <= span.end);
    runs.push(mark ? { text: shown.slice(start, end), mark } : shown.slice(start, end));
  }
  return runs;
}

function cutNote(text: string, line: number): Block[] {
  if (text.length <= PRINTED) return [];
  return [
    {
      kind: 'paragraph',
      look: 'quote',
      text: `⟦共 ${text.length} 个字符，全文见 messages.ndjson 第 ${line} 行 ${text.length} characters; all of them in line ${line} of messages.ndjson⟧`,
    },
  ];
}

function carriedBlocks(parts: readonly CarriedText[], line: number): Block[] {
  return parts.flatMap(({ act, sender, sentAtText, text, items }): Block[] => {
    const head = [act === 'quote' ? '引用 quoted' : '转发 forwarded', sender, sentAtText]
      .filter((part) => part)
      .join(' · ');
    return [
      { kind: 'paragraph', look: 'quote', text: [{ text: `${head}\n`, bold: true }, ...marked(text, [])] },
      ...cutNote(text, line),
      ...(items ? carriedBlocks(items, line) : []),
    ];
  });
}

/** What became of a medium, in words; `path` where it is in the pack. */
export type AttachmentWord = (messageId: string, position: number) => string;

/** One message; `line` is its line in messages.ndjson. */
export function messageBlocks(
  message: PackMessage,
  line: number,
  time: (instant: number) => string,
  attachment: AttachmentWord,
): Block[] {
  const { record, hits, sender } = message;
  const name = sender.name ?? record.senderName ?? '—';
  const facts = [
    sender.platformId,
    message.sentAt === null ? `时间不明 time unknown ${record.sentAtText}` : shownTime(time(message.sentAt)),
    record.kind === 'text' ? null : KIND_WORDS[record.kind],
    record.forwarded ? '转发 forwarded' : null,
    message.isSubject ? '证物 subject' : null,
    message.digest === null ? '部分内容已隐去 parts withheld' : null,
  ];
  const spans = hits.filter(({ part }) => part === 0).flatMap((hit) => hit.spans);
  const rules = hits.map(({ category, ruleTitle, verdict }) => {
    const { zh, en } = categoryOf(category);
    return `${zh} ${en}: ${ruleTitle.zh} ${ruleTitle.en}${verdict === null ? '' : ` (${VERDICT_WORDS[verdict]})`}`;
  });
  return [
    {
      kind: 'paragraph',
      look: 'head',
      text: [`#${line}  `, { text: name, bold: true }, ` · ${facts.filter((fact) => fact).join(' · ')}`],
    },
    ...(record.text === ''
      ? []
      : [
          {
            kind: 'paragraph',
            look: message.isSubject ? 'subject' : 'said',
            text: marked(record.text, spans),
          } as const,
        ]),
    ...cutNote(record.text, line),
    ...carriedBlocks(record.carried, line),
    ...record.attachments.map(
      ({ kind, name: file, size }, position): Block => ({
        kind: 'paragraph',
        look: 'quote',
        text: [
          `附件 attachment: ${KIND_WORDS[kind as keyof typeof KIND_WORDS] ?? kind}`,
          file,
          size === null ? null : `${size} bytes`,
          attachment(message.id, position),
        ]
          .filter((part) => part)
          .join(' · '),
      }),
    ),
    ...(rules.length === 0
      ? []
      : [
          { kind: 'paragraph', look: 'quote', text: `命中 hits: ${[...new Set(rules)].join('；')}` } as const,
        ]),
  ];
}

/** Stands before the messages of an exhibit. */
export function exhibitBlocks(exhibit: PackExhibit, time: (instant: number) => string): Block[] {
  return [
    { kind: 'heading', level: 1, text: `证物 Exhibit ${exhibit.number}` },
    {
      kind: 'paragraph',
      look: 'small',
      text: `${exhibit.description}\n${exhibit.proves === '' ? '' : `证明目的 to prove: ${exhibit.proves}\n`}${exhibit.messages} 条消息 messages · ${shownTime(time(exhibit.addedAt))} · ${exhibit.officer} · ${exhibit.sha256 === null ? '部分内容已隐去 parts withheld' : `SHA-256 ${exhibit.sha256}`}`,
    },
  ];
}

/** Stands between messages of different conversations. */
export function conversationBlock(name: string | null, id: string): Block {
  return { kind: 'heading', level: 2, text: `会话 Conversation ${name ?? id}` };
}
