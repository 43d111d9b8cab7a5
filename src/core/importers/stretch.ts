/**
 * A stretch of a source as a source of its own, so that an importer can try again what was skipped.
 *
 * Before the stretch stands a prefix, usually the table's header: without it a row cannot be read. Where the
 * stretch is read in another encoding than the prefix, both become UTF-8 in memory, with the place
 * of every character kept, so that ranges and locators still name bytes of the original file.
 */
import { decoderOf, detectEncoding, sequenceLength } from './encoding.ts';
import type { ByteSource, Encoding, SourceHead } from './importer.ts';
import { HEAD_SIZE } from './sniff.ts';

/** Largest stretch that is read in another encoding, in bytes: its places are kept in memory. */
export const RECODED_LIMIT = 8 << 20;

/** Half-open byte range of the original source. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface StretchSource {
  readonly source: ByteSource;
  readonly head: SourceHead;
  /** Bytes of the prefix inside `source`. */
  readonly prefix: number;
  /** Line terminators inside the prefix. */
  readonly prefixLines: number;
  /** Byte of the original file that an offset in `source` behind the prefix stands for. */
  toOriginal(offset: number): number;
}

/** How the bytes of the whole file and of the stretch are to be read. */
export interface Reading {
  /** Encoding of the file, and so of the prefix. */
  readonly file: Encoding;
  readonly stretch: Encoding;
}

/** `prefix` is put before the stretch; `{start: 0, end: 0}` for none. */
export function stretchOf(
  source: ByteSource,
  stretch: Stretch,
  prefix: Stretch,
  reading: Reading,
): StretchSource {
  const before = source.read(prefix.start, prefix.end - prefix.start);
  if (reading.file === reading.stretch || before.length === 0) {
    return joined(source, stretch, before, reading.stretch);
  }
  return recoded(source, stretch, before, reading);
}

function joined(source: ByteSource, stretch: Stretch, before: Uint8Array, encoding: Encoding): StretchSource {
  const size = before.length + stretch.end - stretch.start;
  const whole: ByteSource = {
    name: source.name,
    size,
    read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const head = before.subarray(offset, end);
      const from = Math.max(offset, before.length);
      if (from >= end) return head;
      const rest = source.read(stretch.start + from - before.length, end - from);
      return head.length === 0 ? rest : Buffer.concat([head, rest]);
    },
  };
  return {
    source: whole,
    head: headIn(whole, encoding),
    prefix: before.length,
    prefixLines: lineEnds(before, encoding),
    toOriginal: (offset) => stretch.start + offset - before.length,
  };
}

function recoded(source: ByteSource, stretch: Stretch, before: Uint8Array, reading: Reading): StretchSource {
  const bytes = source.read(stretch.start, stretch.end - stretch.start);
  const prefix = Buffer.from(decoderOf(reading.file).decode(before), 'utf8');
  // Three bytes of UTF-8 stand for at least one byte of any other encoding.
  const text = Buffer.alloc(bytes.length * 3);
  const places = new Int32Array(text.length + 1);
  const decoder = decoderOf(reading.stretch);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const step = Math.min(bytes.length - at, sequenceLength(bytes, at, reading.stretch));
    const character = decoder.decode(bytes.subarray(at, at + step));
    const from = length;
    // An invalid byte stays invalid, so that the importer flags the message as damaged.
    if (character === '\ufffd') text[length++] = 0xff;
    else length += text.write(character, length, 'utf8');
    places.fill(at, from, length);
    at += step;
  }
  places[length] = bytes.length;
  const whole = Buffer.concat([prefix, text.subarray(0, length)]);
  const made: ByteSource = {
    name: source.name,
    size: whole.length,
    read: (offset, count) => whole.subarray(offset, offset + count),
  };
  return {
    source: made,
    head: headIn(made, 'utf-8'),
    prefix: prefix.length,
    prefixLines: lineEnds(prefix, 'utf-8'),
    toOriginal: (offset) => stretch.start + (places[offset - prefix.length] ?? bytes.length),
  };
}

/** The head of a source whose encoding is known. */
function headIn(source: ByteSource, encoding: Encoding): SourceHead {
  const bytes = source.read(0, HEAD_SIZE);
  const found = detectEncoding(bytes, bytes.length >= source.size);
  const bomLength = found.encoding === encoding ? found.bomLength : 0;
  return {
    name: source.name,
    size: source.size,
    bytes,
    encoding,
    bomLength,
    text: decoderOf(encoding).decode(bytes.subarray(bomLength)),
  };
}

function lineEnds(bytes: Uint8Array, encoding: Encoding): number {
  const text = decoderOf(encoding).decode(bytes);
  const mark = text.includes('\n') ? '\n' : '\r';
  return text.split(mark).length - 1;
}
