/**
 * Messages as columns: what follows from the file alone, worked out beside the thread that stores them.
 * Typed arrays cross a thread for free, and a column of texts as one long text at a fraction of the cost of
 * many. No SQLite here: the import worker loads this.
 */
import { sha256Bytes } from '../../audit/digest.ts';
import type { Platform } from '../../domain/message.ts';
import { type Precision, precisionOf } from '../../domain/time-shape.ts';
import { canonicalMessage, extraText, messageRecord } from '../../evidence/message-digest.ts';
import type { CarriedText, ImportedAttachment, ImportedMessage } from '../../importers/importer.ts';
import { release } from '../release.ts';

/** Numbers of one message, in this order; NaN stands for null. Those from `conversation` on point into `words`. */
export const NUMBER = {
  start: 0,
  end: 1,
  line: 2,
  instant: 3,
  wallTime: 4,
  sentAt: 5,
  sortAt: 6,
  identity: 7,
  forwarded: 8,
  parts: 9,
  conversation: 10,
  sender: 11,
  name: 12,
  kind: 13,
  flags: 14,
  precision: 15,
} as const;
export const NUMBERS = 16;

/** What most messages do not have. */
export interface RareFields {
  readonly index: number;
  readonly refersTo: string | null;
  readonly editedAtText: string | null;
  readonly carried: readonly CarriedText[];
  readonly attachments: readonly ImportedAttachment[];
}

/** A text for each message, one after the other, and where each ends; null as a whole where all are null. */
export interface TextColumn {
  readonly joined: string;
  /** -1 for a message without one. */
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Collects a column. */
class ColumnWriter {
  readonly #texts: string[] = [];
  readonly #ends: Int32Array<ArrayBuffer>;
  #at = 0;
  #end = 0;

  constructor(count: number) {
    this.#ends = new Int32Array(count);
  }

  add(text: string | null): void {
    if (text === null) {
      this.#ends[this.#at++] = -1;
      return;
    }
    this.#texts.push(text);
    this.#end += text.length;
    this.#ends[this.#at++] = this.#end;
  }

  get column(): TextColumn | null {
    return this.#texts.length === 0 ? null : { joined: this.#texts.join(''), ends: this.#ends };
  }
}

/** Reads a column from its beginning to its end. */
export class ColumnReader {
  readonly #column: TextColumn | null;
  #at = 0;
  #start = 0;

  constructor(column: TextColumn | null) {
    this.#column = column;
  }

  /** Of the next message. */
  next(): string | null {
    if (this.#column === null) return null;
    const end = this.#column.ends[this.#at++] as number;
    if (end < 0) return null;
    const text = this.#column.joined.substring(this.#start, end);
    this.#start = end;
    return text;
  }
}

/** Messages whose ordinals follow each other. */
export interface MessageBatch {
  readonly first: number;
  readonly count: number;
  /** SHA-256 of each message, 32 bytes one after the other. */
  readonly digests: Uint8Array<ArrayBuffer>;
  /** `NUMBERS` a message. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Texts that many messages share: keys, names, kinds, flags, precisions. */
  readonly words: readonly string[];
  readonly texts: TextColumn | null;
  readonly sentTexts: TextColumn | null;
  readonly platformIds: TextColumn | null;
  /** Further fields as canonical JSON. */
  readonly extras: TextColumn | null;
  /** By ascending index. */
  readonly rare: readonly RareFields[];
}

/** Gives the memory of a batch back that was stored. */
export function releaseBatch({
  digests,
  numbers,
  texts,
  sentTexts,
  platformIds,
  extras,
}: MessageBatch): void {
  release(digests);
  release(numbers);
  for (const column of [texts, sentTexts, platformIds, extras]) if (column !== null) release(column.ends);
}

export interface PreparerInput {
  readonly platform: Platform;
  /** UTC milliseconds of a wall-clock time in the source's zone. */
  toInstant(wallTime: number): number;
  /** Place of a first message without a time. */
  readonly resumeAt?: number;
}

/** Prepares the messages of one source, in file order. */
export class MessagePreparer {
  readonly #input: PreparerInput;
  #lastSortAt: number;

  constructor(input: PreparerInput) {
    this.#input = input;
    this.#lastSortAt = input.resumeAt ?? 0;
  }

  /** Takes messages that an earlier, cut-off run of the same import has stored: they tell the place of later ones without a time. */
  replay(messages: readonly ImportedMessage[]): void {
    for (const message of messages) this.#sortAt(this.#sentAt(message));
  }

  prepare(messages: readonly ImportedMessage[]): MessageBatch {
    const count = messages.length;
    const digests = Buffer.from(new ArrayBuffer(count * 32));
    const numbers = new Float64Array(count * NUMBERS);
    const words: string[] = [];
    const places = new Map<string, number>();
    const word = (text: string | null): number => {
      if (text === null) return Number.NaN;
      let place = places.get(text);
      if (place === undefined) {
        place = words.push(text) - 1;
        places.set(text, place);
      }
      return place;
    };
    const texts = new ColumnWriter(count);
    const sentTexts = new ColumnWriter(count);
    const platformIds = new ColumnWriter(count);
    const extras = new ColumnWriter(count);
    const rare: RareFields[] = [];
    for (let i = 0; i < count; i++) {
      const message = messages[i] as ImportedMessage;
      const { locator, instant, wallTime, carried, attachments, refersTo, editedAtText, extra } = message;
      const further = extra === null ? null : extraText(extra);
      const canonical = canonicalMessage(messageRecord(message, this.#input.platform), further ?? 'null');
      digests.write(sha256Bytes(canonical), i * 32, 'latin1');
      const sentAt = this.#sentAt(message);
      const at = i * NUMBERS;
      numbers[at + NUMBER.start] = locator.start;
      numbers[at + NUMBER.end] = locator.end;
      numbers[at + NUMBER.line] = locator.line;
      numbers[at + NUMBER.instant] = instant ?? Number.NaN;
      numbers[at + NUMBER.wallTime] = wallTime ?? Number.NaN;
      numbers[at + NUMBER.sentAt] = sentAt ?? Number.NaN;
      numbers[at + NUMBER.sortAt] = this.#sortAt(sentAt);
      numbers[at + NUMBER.identity] = identityOf(message);
      numbers[at + NUMBER.forwarded] = message.forwarded ? 1 : 0;
      numbers[at + NUMBER.parts] = countParts(carried);
      numbers[at + NUMBER.conversation] = word(message.conversationKey);
      numbers[at + NUMBER.sender] = word(message.senderKey);
      numbers[at + NUMBER.name] = word(message.senderName);
      numbers[at + NUMBER.kind] = word(message.kind);
      numbers[at + NUMBER.flags] = message.flags.length > 0 ? word(message.flags.join(' ')) : Number.NaN;
      numbers[at + NUMBER.precision] =
        sentAt === null
          ? Number.NaN
          : word(precisionOf(instant ?? wallTime ?? sentAt, message.sentAtText) satisfies Precision);
      texts.add(message.text);
      sentTexts.add(message.sentAtText);
      platformIds.add(message.platformId);
      extras.add(further);
      if (refersTo !== null || editedAtText !== null || carried.length > 0 || attachments.length > 0) {
        rare.push({ index: i, refersTo, editedAtText, carried, attachments });
      }
    }
    return {
      first: messages[0]?.ordinal ?? 0,
      count,
      digests,
      numbers,
      words,
      texts: texts.column,
      sentTexts: sentTexts.column,
      platformIds: platformIds.column,
      extras: extras.column,
      rare,
    };
  }

  #sentAt(message: ImportedMessage): number | null {
    if (message.instant !== null) return message.instant;
    return message.wallTime === null ? null : this.#input.toInstant(message.wallTime);
  }

  /** A message without a readable time stays where it stood: beside the one before it. */
  #sortAt(sentAt: number | null): number {
    this.#lastSortAt = sentAt ?? this.#lastSortAt;
    return this.#lastSortAt;
  }
}

/**
 * 48 bits that the same message has in every export: conversation, platform id or sender, time and text.
 * Without a platform id it is that of the first to say so; how often it was said before in the source is
 * added when it is stored (repeats.ts). A find is verified against the row, so a collision costs a
 * comparison and never a message.
 */
function identityOf(message: ImportedMessage): number {
  const time = message.instant ?? message.wallTime ?? message.sentAtText;
  const base = `${message.conversationKey}\0${message.platformId ?? ''}\0${time}\0${message.text}`;
  return hash48(message.platformId === null ? `${base}\0${message.senderKey ?? ''}` : base);
}

/** Identity of the message that says for the `repeat`-th time, from 0, what `anonymous` stands for. */
export function repeatIdentity(anonymous: number, repeat: number): number {
  return repeat === 0 ? anonymous : hash48(`${anonymous}\0${repeat}`);
}

function hash48(text: string): number {
  const bytes = sha256Bytes(text);
  let number = 0;
  for (let i = 0; i < 6; i++) number = number * 256 + bytes.charCodeAt(i);
  return number;
}

function countParts(carried: readonly CarriedText[]): number {
  let parts = 0;
  for (const item of carried) parts += 1 + (item.items ? countParts(item.items) : 0);
  return parts;
}
