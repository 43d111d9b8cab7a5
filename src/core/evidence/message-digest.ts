/**
 * The digest of a message: SHA-256 over the canonical JSON (RFC 8785) of what the export said, without
 * where it stood in the file. The same message found in two exports of one conversation has the same
 * digest; a verifier recomputes it from an evidence pack alone.
 */
import { canonicalJson, sha256 } from '../audit/digest.ts';
import type { MessageKind, Platform } from '../domain/message.ts';
import type { CarriedText, ImportedAttachment, ImportedMessage } from '../importers/importer.ts';

/** The fields that the digest covers, named and typed as in `ImportedMessage`. */
export interface MessageRecord {
  readonly conversation: { readonly platform: Platform; readonly key: string };
  /** Key of the sending account; null for system messages. */
  readonly sender: string | null;
  readonly senderName: string | null;
  readonly platformId: string | null;
  readonly sentAtText: string;
  readonly instant: number | null;
  readonly wallTime: number | null;
  readonly kind: MessageKind;
  readonly text: string;
  readonly forwarded: boolean;
  readonly carried: readonly CarriedText[];
  readonly refersTo: string | null;
  readonly editedAtText: string | null;
  readonly attachments: readonly ImportedAttachment[];
  readonly extra: Readonly<Record<string, unknown>> | null;
}

/** JSON.stringify writes a lone surrogate, and nothing else, as an escape that starts with \ud. */
const loneSurrogate = /(?<!\\)(?:\\\\)*\\ud/;

/** What JSON writes otherwise than it stands, and halves of pairs, which only `JSON.stringify` tells apart. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** As `JSON.stringify`, at a third of its cost for texts that need no escape. */
function quoted(text: string | null): string {
  if (text === null) return 'null';
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** Quoted keys, names and kinds: a chat has few, and they come with every message. */
const quotedWords = new Map<string, string>();
const MOST_WORDS = 4096;
const LONGEST_WORD = 64;

function quotedWord(word: string | null): string {
  if (word === null || word.length > LONGEST_WORD) return quoted(word);
  let text = quotedWords.get(word);
  if (text === undefined) {
    text = quoted(word);
    if (quotedWords.size >= MOST_WORDS) quotedWords.clear();
    quotedWords.set(word, text);
  }
  return text;
}

function integer(value: number | null): string {
  if (value === null) return 'null';
  if (!Number.isFinite(value)) throw new TypeError('no canonical JSON: a time is not a finite number');
  return String(value);
}

function carriedText(part: CarriedText): string {
  const items =
    part.items === undefined || part.items.length === 0 ? '' : `"items":${carriedTexts(part.items)},`;
  return `{"act":${quoted(part.act)},${items}"sender":${quoted(part.sender)},"sentAtText":${quoted(part.sentAtText)},"text":${quoted(part.text)}}`;
}

/** Carried texts as canonical JSON. */
export function carriedTexts(parts: readonly CarriedText[]): string {
  return parts.length === 0 ? '[]' : `[${parts.map(carriedText).join(',')}]`;
}

function attachmentText({ kind, name, reference, size, md5 }: ImportedAttachment): string {
  return `{"kind":${quoted(kind)},"md5":${quoted(md5)},"name":${quoted(name)},"reference":${quoted(reference)},"size":${integer(size)}}`;
}

/** Attachments as canonical JSON. */
export function attachmentsText(attachments: readonly ImportedAttachment[]): string {
  return attachments.length === 0 ? '[]' : `[${attachments.map(attachmentText).join(',')}]`;
}

/** Names of the members in the order of their code units. They are few: `sort` costs several times as much. */
function sortedNames(extra: Readonly<Record<string, unknown>>): readonly string[] {
  const names = Object.keys(extra);
  if (names.length > 16) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i] as string;
    let at = i;
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string;
    names[at] = name;
  }
  return names;
}

/** Further fields as canonical JSON. Mostly they are a few texts, which are written here at a third of the cost. */
export function extraText(extra: Readonly<Record<string, unknown>> | null): string {
  if (extra === null) return 'null';
  let text = '';
  for (const name of sortedNames(extra)) {
    const value = extra[name];
    if (typeof value !== 'string') return canonicalJson(extra);
    text += `${text === '' ? '' : ','}${quotedWord(name)}:${quoted(value)}`;
  }
  return `{${text}}`;
}

/**
 * The canonical JSON that the digest is taken of. Property names are written in their sorted order by
 * hand, because a million messages pass here at import; a test holds it equal to RFC 8785. An empty
 * `items` of a carried text is left out. Throws a TypeError on lone surrogates: importers replace and
 * flag them before. `extra` are the record's further fields as `extraText` writes them.
 */
export function canonicalMessage(record: MessageRecord, extra = extraText(record.extra)): string {
  const { conversation, attachments } = record;
  const text =
    `{"attachments":${attachmentsText(attachments)}` +
    `,"carried":${carriedTexts(record.carried)}` +
    `,"conversation":{"key":${quotedWord(conversation.key)},"platform":${quotedWord(conversation.platform)}}` +
    `,"editedAtText":${quoted(record.editedAtText)}` +
    `,"extra":${extra}` +
    `,"forwarded":${record.forwarded ? 'true' : 'false'}` +
    `,"instant":${integer(record.instant)}` +
    `,"kind":${quotedWord(record.kind)}` +
    `,"platformId":${quoted(record.platformId)}` +
    `,"refersTo":${quoted(record.refersTo)}` +
    `,"sender":${quotedWord(record.sender)}` +
    `,"senderName":${quotedWord(record.senderName)}` +
    `,"sentAtText":${quoted(record.sentAtText)}` +
    `,"text":${quoted(record.text)}` +
    `,"wallTime":${integer(record.wallTime)}}`;
  if (text.includes('\\ud') && loneSurrogate.test(text)) {
    throw new TypeError('no canonical JSON: a lone surrogate');
  }
  return text;
}

/** SHA-256 in lower-case hex of the canonical message. */
export function messageDigest(record: MessageRecord): string {
  return sha256(canonicalMessage(record));
}

/** The record of a message as an importer yields it. */
export function messageRecord(message: ImportedMessage, platform: Platform): MessageRecord {
  return {
    conversation: { platform, key: message.conversationKey },
    sender: message.senderKey,
    senderName: message.senderName,
    platformId: message.platformId,
    sentAtText: message.sentAtText,
    instant: message.instant,
    wallTime: message.wallTime,
    kind: message.kind,
    text: message.text,
    forwarded: message.forwarded,
    carried: message.carried,
    refersTo: message.refersTo,
    editedAtText: message.editedAtText,
    attachments: message.attachments,
    extra: message.extra,
  };
}
