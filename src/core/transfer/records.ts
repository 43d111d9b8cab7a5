/**
 * What a transfer says of each of many messages, as records of a fixed length in parts of the file (container.ts)
 * instead of JSON in its payload: neither side holds all of it at once.
 *
 *   of an excerpt, 48 bytes a message, in the order of its message lines: UUID, SHA-256 of the record
 *   of an exhibit, 17 bytes a message, ascending by UUID: UUID, 1 where the exhibit is about it, else 0
 */
import type { ByteSource } from '../importers/importer.ts';
import { EnvelopeError } from './envelope.ts';
import type { Excerpt, Item, Part } from './payload.ts';

const MESSAGE = 48;
const SHOWN = 17;
/** Records that are written or read at once. */
const PAGE = 1024;

type ExcerptMessage = NonNullable<Excerpt['messages']>[number];
type ItemPart = NonNullable<Item['parts']>[number];
/** Bytes of a part of the file that is open. Throws `EnvelopeError` where they are not inside it. */
export type PartReader = (name: string, part: Part) => ByteSource;

const uidBytes = (uid: string) => Buffer.from(uid.replaceAll('-', ''), 'hex');

function uidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Joins records into chunks. */
function* paged(records: Iterable<Buffer>): Generator<Buffer> {
  let waiting: Buffer[] = [];
  for (const record of records) {
    waiting.push(record);
    if (waiting.length < PAGE) continue;
    yield Buffer.concat(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield Buffer.concat(waiting);
}

export function* messageRecords(
  messages: Iterable<{ readonly uid: string; readonly digest: Uint8Array }>,
): Generator<Buffer> {
  yield* paged(
    (function* () {
      for (const { uid, digest } of messages) yield Buffer.concat([uidBytes(uid), digest]);
    })(),
  );
}

export function* shownRecords(parts: readonly ItemPart[]): Generator<Buffer> {
  yield* paged(
    (function* () {
      for (const { message, subject } of parts)
        yield Buffer.concat([uidBytes(message), Buffer.from([subject ? 1 : 0])]);
    })(),
  );
}

function* recordsOf(source: ByteSource, size: number): Generator<Uint8Array> {
  if (source.size % size !== 0) throw new EnvelopeError('malformed');
  for (let at = 0; at < source.size; at += PAGE * size) {
    const page = source.read(at, Math.min(PAGE * size, source.size - at));
    for (let from = 0; from < page.length; from += size) yield page.subarray(from, from + size);
  }
}

/** The messages of an excerpt, in the order of its lines. Throws `EnvelopeError`. */
export function* messagesOf(excerpt: Excerpt, part: PartReader): Generator<ExcerptMessage> {
  if (excerpt.index === undefined) yield* excerpt.messages ?? [];
  else {
    for (const record of recordsOf(part('index', excerpt.index), MESSAGE)) {
      const digest = Buffer.from(record.buffer, record.byteOffset + 16, 32).toString('hex');
      yield { uid: uidText(record), digest };
    }
  }
}

/** How many messages an excerpt has. */
export const messageCount = ({ messages, index }: Excerpt): number =>
  index === undefined ? (messages?.length ?? 0) : Math.floor(index.bytes / MESSAGE);

/** The row with what belongs to it, wherever the file has that; yields at safe points. Throws `EnvelopeError`. */
export function* withParts(item: Item, part: PartReader): Generator<void, Item> {
  const { listed, ...row } = item;
  if (listed === undefined) return item;
  const parts: ItemPart[] = [];
  for (const record of recordsOf(part('parts', listed), SHOWN)) {
    parts.push({ message: uidText(record), subject: record[16] === 1 });
    if (parts.length % PAGE === 0) yield;
  }
  return { ...row, parts };
}
