/**
 * data/messages.html, the messages: one conversation layout per exhibit, hits marked, every message with
 * its digest and its place in the source. Nothing in it runs or loads: no script, no address, styles
 * named by their hash in the page's policy. Everything from outside passes through `htmlText` or
 * `attributeText`.
 */

import { categoryOf } from '../domain/category.ts';
import { readableTime } from '../domain/zone.ts';
import type { CarriedText } from '../importers/importer.ts';
import { attachmentPath, type PackAttachment } from './attachments.ts';
import type { PackExhibit, PackHit, PackMessage } from './pack-content.ts';
import { attributeText, htmlText } from './visible-text.ts';

const VERDICTS: Record<string, string> = {
  confirmed: '属实 confirmed',
  dismissed: '不成立 dismissed',
  duplicate: '重复 duplicate',
  unsure: '待复核 unsure',
};

/** A name or other short text that may hold right-to-left letters: kept from reordering its neighbours. */
export function nameHtml(text: string | null): string {
  return text === null ? '—' : `<bdi>${htmlText(text)}</bdi>`;
}

/**
 * A time for the page, `2026-01-05 09:00:00 (UTC+8)`, from RFC 3339; milliseconds only where there are any.
 */
export function timeHtml(rfc3339: string): string {
  const fraction = /\.(?!000)\d{3}/.exec(rfc3339)?.[0] ?? '';
  return `<time>${readableTime(rfc3339).replace(' (', `${fraction} (`)}</time>`;
}

/** Keeps a cut from falling between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const inside = at > 0 && at < text.length && text.charCodeAt(at - 1) >> 10 === 0x36;
  return inside && text.charCodeAt(at) >> 10 === 0x37 ? at - 1 : at;
}

/** A text with the spans of its hits marked; each span ends with the number of its hit. */
export function markedHtml(
  text: string,
  spans: readonly { readonly start: number; readonly end: number; readonly hit: number }[],
): string {
  if (spans.length === 0) return htmlText(text);
  const placed = spans
    .map(({ start, end, hit }) => ({
      start: wholeCharacter(text, Math.min(start, text.length)),
      end: wholeCharacter(text, Math.min(end, text.length)),
      hit,
    }))
    .filter(({ start, end }) => start < end);
  const cuts = [...new Set([0, text.length, ...placed.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  let html = '';
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i] as number, cuts[i + 1] as number];
    const piece = htmlText(text.slice(start, end));
    const marked = placed.some((span) => span.start <= start && end <= span.end);
    const numbers = placed.filter((span) => span.end === end).map(({ hit }) => `<sup>${hit}</sup>`);
    html += marked ? `<mark>${piece}</mark>${numbers.join('')}` : piece;
  }
  return html;
}

type Spans = (part: number) => { start: number; end: number; hit: number }[];

/** Carried texts nested as they were; parts are numbered in reading order, outer before inner. */
function carriedHtml(parts: readonly CarriedText[], spans: Spans, next: { part: number }): string {
  return parts
    .map((carried) => {
      const text = markedHtml(carried.text, spans(next.part++));
      const label = carried.act === 'quote' ? '引用 quoted' : '转发 forwarded';
      const head = `${label}: ${nameHtml(carried.sender)}${carried.sentAtText === null ? '' : ` · ${nameHtml(carried.sentAtText)}`}`;
      const inner = carried.items === undefined ? '' : carriedHtml(carried.items, spans, next);
      return `<blockquote><cite>${head}</cite><div class="t" dir="auto">${text}</div>${inner}</blockquote>`;
    })
    .join('');
}

function hitHtml(hit: PackHit, number: number): string {
  const { zh, en } = categoryOf(hit.category);
  const transforms =
    hit.transforms.length === 0 ? '' : ` · 变形 transforms: ${htmlText(hit.transforms.join(', '))}`;
  const verdict = hit.verdict === null ? '未研判 not reviewed' : (VERDICTS[hit.verdict] ?? hit.verdict);
  return (
    `<li value="${number}">${zh} ${en} · ${htmlText(hit.ruleTitle.zh)} / ${htmlText(hit.ruleTitle.en)} ` +
    `<code>${htmlText(`${hit.pack}/${hit.rule}@${hit.ruleVersion}`)}</code>${transforms} · ${verdict}</li>`
  );
}

const STATES: Readonly<Record<PackAttachment['state'], string>> = {
  included: '已收录 included',
  missing: '未找到文件 missing',
  withheld: '已隐去 withheld',
  quarantined: '隔离 quarantined',
  'not-chosen': '未选 not chosen',
};

/** What became of a medium; where it lies in the pack and its digest, if it is there. */
export function attachmentWord({ state, file, reason }: PackAttachment): string {
  if (state !== 'included' || file === null) return [STATES[state], reason].filter((part) => part).join(': ');
  return `${STATES.included} ${attachmentPath(file).slice('data/'.length)} · SHA-256 ${file.sha256}`;
}

function attachmentHtml(medium: PackAttachment): string {
  const { state, file } = medium;
  if (state !== 'included' || file === null) return htmlText(attachmentWord(medium));
  const path = attachmentPath(file).slice('data/'.length);
  const link = path.endsWith('.bin') ? path : `<a href="${path}">${path}</a>`;
  return `${STATES.included} ${link} · ${file.type} · ${file.bytes} bytes · SHA-256 ${file.sha256}`;
}

/** One message. `sourceNumber` is its source's number in the page head; `line` its line in messages.ndjson. */
export function messageHtml(
  message: PackMessage,
  sourceNumber: number,
  sourceSha256: string,
  line: number,
  time: (instant: number) => string,
  medium: (messageId: string, position: number) => PackAttachment | undefined,
): string {
  const { record, hits, locator, sender } = message;
  const spans: Spans = (part) =>
    hits.flatMap((hit, i) => (hit.part === part ? hit.spans.map((span) => ({ ...span, hit: i + 1 })) : []));
  const shown = sender.name ?? record.senderName;
  const alias =
    record.senderName !== null && record.senderName !== shown ? ` (${nameHtml(record.senderName)})` : '';
  const id = sender.platformId === null ? '' : ` <code>${htmlText(sender.platformId)}</code>`;
  const sent = message.sentAt === null ? '时间不明 time unknown' : timeHtml(time(message.sentAt));
  const notes = [
    record.kind === 'text' ? '' : record.kind,
    record.forwarded ? '转发 forwarded' : '',
    record.editedAtText === null ? '' : `编辑于 edited ${nameHtml(record.editedAtText)}`,
    record.refersTo === null ? '' : `关联 refers to <code>${htmlText(record.refersTo)}</code>`,
    ...message.flags,
  ].filter((note) => note !== '');
  const attachments = record.attachments.map(({ kind, name, reference, size, md5 }, position) => {
    const facts = [
      name,
      reference,
      size === null ? null : `${size} bytes`,
      md5 === null ? null : `MD5 ${md5}`,
    ];
    const text = facts.filter((fact) => fact !== null).map((fact) => nameHtml(fact));
    const found = medium(message.id, position);
    return `<li>${kind} · ${[...text, ...(found ? [attachmentHtml(found)] : [])].join(' · ')}</li>`;
  });
  return (
    `<article class="m${message.isSubject ? ' s' : ''}" id="r${line}">` +
    `<header><b>${nameHtml(shown)}</b>${alias}${id} ${sent} <small>${nameHtml(record.sentAtText)}</small>` +
    `${notes.length === 0 ? '' : ` <small>${notes.join(' · ')}</small>`}</header>` +
    `<div class="t" dir="auto">${markedHtml(record.text, spans(0))}</div>` +
    `${record.carried.length === 0 ? '' : carriedHtml(record.carried, spans, { part: 1 })}` +
    `${attachments.length === 0 ? '' : `<ul>${attachments.join('')}</ul>`}` +
    `${hits.length === 0 ? '' : `<ol class="h">${hits.map((hit, i) => hitHtml(hit, i + 1)).join('')}</ol>`}` +
    `<footer>#${line} · S${sourceNumber} ${sourceSha256} · 字节 bytes ${locator.start}–${locator.end} · 行 line ${locator.line} · ` +
    `${message.digest === null ? '部分内容已隐去 parts withheld' : `摘要 digest ${message.digest}`}</footer></article>\n`
  );
}

/** Opens the section of an exhibit. */
export function exhibitHead(exhibit: PackExhibit, time: (instant: number) => string): string {
  const added = timeHtml(time(exhibit.addedAt));
  return (
    `<section id="x-${attributeText(exhibit.number)}"><h2>证物 Exhibit ${htmlText(exhibit.number)}</h2>` +
    `<p>${nameHtml(exhibit.description)}</p>` +
    `<p class="f">${exhibit.messages} 条消息 messages · ${added} · ${nameHtml(exhibit.officer)} · ${exhibit.sha256 === null ? '部分内容已隐去 parts withheld' : `SHA-256 ${exhibit.sha256}`}</p>\n`
  );
}

/** Stands between messages of different conversations. */
export function conversationHead(name: string | null, id: string): string {
  return `<h3>会话 Conversation ${nameHtml(name)} <code>${htmlText(id)}</code></h3>\n`;
}
