/**
 * The first pass over a WhatsApp export: what only the whole file shows. The order of its dates, the
 * style of its lines, who takes part, what the chat is called.
 */
import type { ConversationType } from '../../../domain/message.ts';
import type { ByteSource, SourceHead } from '../../importer.ts';
import { LineReader } from '../../line-scanner.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import {
  type DateOrder,
  type Header,
  type HeaderStyle,
  OrderEvidence,
  readHeader,
} from './whatsapp-header.ts';
import {
  createdGroup,
  isEncryptionNotice,
  isEnglishNotice,
  isGroupNotice,
  isNotice,
  isSenderNotice,
} from './whatsapp-markers.ts';

export interface Survey {
  readonly order: DateOrder;
  /** What decided the order. */
  readonly basis: 'dates' | 'sequence' | 'usual';
  readonly style: HeaderStyle;
  /** Names that have `: ` inside, seen in notices and before messages alike. */
  readonly compoundNames: readonly string[];
  /** Names after whose colon no space stands, as some versions write all lines. */
  readonly tightNames: ReadonlySet<string>;
  /** Everybody who wrote, by clean name. */
  readonly senders: ReadonlySet<string>;
  readonly conversation: {
    readonly key: string;
    readonly name: string | null;
    readonly type: ConversationType;
  };
}

const STYLES: readonly HeaderStyle[] = ['bracket', 'dash', 'colon', 'time-bracket', 'time-dash'];

/** More different names than any chat has members; beyond, no new ones are remembered. */
const MAX_NAMES = 5000;

const NAME_PATTERNS: readonly RegExp[] = [
  /^WhatsApp Chat (?:with|-|mit) (.+)$/i,
  /^WhatsApp-Chat mit (.+)$/i,
  /^与(.+?)的\s?WhatsApp\s?聊天(?:记录)?$/i,
  /^與(.+?)的\s?WhatsApp\s?(?:對話|聊天)(?:記錄)?$/i,
  /^(?:Chat|Conversa|Discussion|Conversación) (?:de|do|d'|di)?\s?WhatsApp (?:con|com|avec) (.+)$/i,
  /^Chat WhatsApp (?:con|com|met) (.+)$/i,
  /^WhatsApp[- ](?:chat|gesprek|sohbeti)[- ](?:met|ile|с|-)\s?(.+)$/i,
  /^Чат WhatsApp с (?:контактом )?(.+)$/i,
  /^(.+?)との?\s?WhatsApp\s?(?:トーク|チャット)$/i,
  /^Chat WhatsApp dengan (.+)$/i,
  /^(.+?) ile WhatsApp Sohbeti$/i,
  /^(?:WhatsApp-chatt?|WhatsApp-samtale) med (.+)$/i,
  /^Czat WhatsApp z (?:użytkownikiem )?(.+)$/i,
  /^(?:Переписка|Чат) (?:в )?WhatsApp с (.+)$/i,
  /^(?:צ['’׳]?אט|שיחת|דף) WhatsApp עם (.+)$/,
  /^(?:محادثة|دردشة) (?:WhatsApp|واتساب) مع (.+)$/,
  /^(.+?) के साथ WhatsApp चैट$/,
];

const GENERIC_NAME = /^_?chat(?:[ _-]?\d+)?$|^whatsapp(?:[ _-]?chat)?$|^messages?$|^export$|^聊天记录$/i;

/** The chat's name as the file's name gives it; null where that says nothing. */
export function nameFromFile(fileName: string): { readonly name: string | null; readonly certain: boolean } {
  const base = cleanName(baseName(fileName).replace(/\s*\(\d+\)$/, ''));
  for (const pattern of NAME_PATTERNS) {
    const name = pattern.exec(base)?.[1];
    if (name !== undefined) return { name: cleanName(name), certain: true };
  }
  return { name: GENERIC_NAME.test(base) ? null : base, certain: false };
}

/** A name and a colon without a space behind it. */
const TIGHT = /^([^\n:]{1,60}):(?=[^ \u00a0])/;

/** Splits a line at the end of its sender's name; null where it names none. */
export function splitSender(
  rest: string,
  compoundNames: readonly string[],
  tightNames: ReadonlySet<string> = new Set(),
): { readonly name: string; readonly text: string } | null {
  for (const name of compoundNames) {
    if (rest.startsWith(`${name}:`)) {
      return { name, text: rest.slice(name.length + 1).replace(/^[ \u00a0]/, '') };
    }
    if (rest.startsWith(`${name} `)) return null;
  }
  if (isNotice(rest)) return null;
  const tight = TIGHT.exec(rest)?.[1];
  if (tight !== undefined && tightNames.has(tight)) {
    return { name: tight, text: rest.slice(tight.length + 1) };
  }
  const m = /^([^\n]{1,120}?):(?:[ \u00a0]|$)/.exec(rest);
  if (m === null) return null;
  const name = m[1] as string;
  // A notice that quotes a title with a colon in it.
  if ((name.match(/["“”「」]/g)?.length ?? 0) % 2 === 1) return null;
  return { name, text: rest.slice(m[0].length) };
}

interface StyleCount {
  readonly evidence: OrderEvidence;
  english: boolean;
}

export class Surveyor {
  readonly #counts = new Map<HeaderStyle, StyleCount>(
    STYLES.map((style) => [style, { evidence: new OrderEvidence(), english: false }]),
  );
  readonly #senders = new Map<HeaderStyle, Map<string, number>>(STYLES.map((style) => [style, new Map()]));
  /** First two parts of lines that have two colons, and those that a notice shows to be one name. */
  readonly #doubles = new Map<string, number>();
  readonly #noticed = new Set<string>();
  /** How many lines begin with a name and a colon without a space. */
  readonly #tight = new Map<string, number>();
  #created: string | null = null;
  #encryptionSender: string | null = null;
  #groupNotices = 0;

  add(header: Header, rest: string): void {
    const count = this.#counts.get(header.style) as StyleCount;
    count.evidence.add(header);
    const tight = TIGHT.exec(rest)?.[1];
    if (tight !== undefined && !isNotice(rest) && this.#tight.size < MAX_NAMES) {
      this.#tight.set(detach(tight), (this.#tight.get(tight) ?? 0) + 1);
    }
    const split = splitSender(rest, []);
    if (split === null) {
      count.english ||= isEnglishNotice(rest);
      if (isGroupNotice(rest)) this.#groupNotices++;
      this.#created ??= createdGroup(rest);
      return;
    }
    const { name, text } = split;
    if (isSenderNotice(text)) {
      count.english ||= isEnglishNotice(text);
      if (isEncryptionNotice(text)) this.#encryptionSender ??= cleanName(name);
      else if (isGroupNotice(text)) this.#groupNotices++;
      this.#created ??= createdGroup(text);
      return;
    }
    count.english ||= /omitted|This message was deleted/.test(text);
    const senders = this.#senders.get(header.style) as Map<string, number>;
    if (senders.size < MAX_NAMES || senders.has(name))
      senders.set(detach(name), (senders.get(name) ?? 0) + 1);
    this.#addDouble(name, text);
  }

  /** A name with `: ` in it shows when a notice (`A: B left`) and a message (`A: B: text`) share it. */
  #addDouble(name: string, text: string): void {
    const second = /^(.{1,60}?): /.exec(text)?.[1];
    if (second !== undefined && this.#doubles.size < MAX_NAMES) {
      const double = `${name}: ${second}`;
      this.#doubles.set(double, (this.#doubles.get(double) ?? 0) + 1);
    }
    const noticed = /^(.{1,60}?) (?:left|joined using .*|created group .*|added .*|was added)$/.exec(
      text,
    )?.[1];
    if (noticed !== undefined && this.#noticed.size < MAX_NAMES) this.#noticed.add(`${name}: ${noticed}`);
  }

  finish(fileName: string, givenOrder: string | undefined): Survey | null {
    const style = STYLES.reduce((best, next) => (this.#headers(next) > this.#headers(best) ? next : best));
    if (this.#headers(style) === 0) return null;
    const { evidence, english } = this.#counts.get(style) as StyleCount;
    const decided = evidence.decide(english);
    const given = (['DMY', 'MDY', 'YMD'] as const).find((order) => order === givenOrder);
    const compoundNames = [...this.#doubles.keys()].filter((name) => this.#noticed.has(name));
    const spaced = this.#senders.get(style) as Map<string, number>;
    // One line without brackets may be a notice with a colon; who writes twice, or elsewhere with a
    // space, is a person. In brackets notices stand under somebody's name too.
    const isPerson = ([name, lines]: [string, number]): boolean =>
      !/^https?$/i.test(name) && (lines > 1 || style === 'bracket' || spaced.has(name));
    const tightNames = new Set([...this.#tight].filter(isPerson).map(([name]) => name));
    const senders = new Set([...tightNames].map(cleanName));
    for (const name of spaced.keys()) {
      if (tightNames.has(TIGHT.exec(name)?.[1] ?? '')) continue;
      const compound = compoundNames.find((other) => other.startsWith(`${name}: `));
      senders.add(cleanName(compound ?? name));
    }
    return {
      order: given ?? decided.order,
      basis: decided.basis,
      style,
      compoundNames,
      tightNames,
      senders,
      conversation: this.#conversation(fileName, senders),
    };
  }

  #headers(style: HeaderStyle): number {
    return (this.#counts.get(style) as StyleCount).evidence.headers;
  }

  #conversation(fileName: string, senders: ReadonlySet<string>): Survey['conversation'] {
    const fromFile = nameFromFile(fileName);
    const created = this.#created === null ? null : cleanName(this.#created);
    const name = fromFile.certain ? fromFile.name : (created ?? this.#encryptionSender ?? fromFile.name);
    const group = this.#groupNotices > 0 || created !== null || senders.size > 2;
    const paired = name === null || senders.has(name);
    const type = group ? 'group' : paired && senders.size > 0 ? 'direct' : 'unknown';
    const everybody = [...senders].sort().slice(0, 10).join(', ');
    return { key: `name:${name ?? (everybody || cleanName(baseName(fileName)))}`, name, type };
  }
}

/** Surveys a whole source; null where no line of it has a header. */
export function survey(source: ByteSource, head: SourceHead, givenOrder: string | undefined): Survey | null {
  const surveyor = new Surveyor();
  const reader = new LineReader(source, head);
  let offset = head.bomLength;
  for (let block = reader.load(offset, 1); block !== null; block = reader.load(offset, 1)) {
    offset = block.end;
    if (block.tooLong) continue;
    const { text } = block;
    for (let at = 0; at < text.length; ) {
      const terminator = text.indexOf(reader.terminatorText, at);
      const end = terminator < 0 ? text.length : terminator;
      const line = text.substring(at, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
      const header = readHeader(line);
      if (header !== null) surveyor.add(header, line.slice(header.restAt));
      at = end + 1;
    }
  }
  return surveyor.finish(source.name, givenOrder);
}
