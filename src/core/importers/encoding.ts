/**
 * Which encoding a source has, and how to work on its bytes.
 *
 * Scanners look for ASCII characters on bytes and decode whole blocks. That is exact for UTF-8. For
 * the others they work on `scanUnits`: one byte per UTF-16 code unit, or the same bytes with
 * every multi-byte GB18030 sequence masked, so that a trail byte is never taken for a bracket or a
 * backslash. The WHATWG decoders never swallow an ASCII control character or quote, even after an
 * invalid lead byte, so the k-th line feed of the text is the k-th line feed of the bytes.
 */
import { isUtf8 } from 'node:buffer';
import type { Encoding } from './importer.ts';

/** What stands in scan units for anything that is no ASCII character. */
const MASK = 0x80;

type Decoder = InstanceType<typeof TextDecoder>;

const DECODERS = new Map<string, Decoder>();

/** A decoder that replaces invalid bytes by U+FFFD and keeps byte order marks; reused between calls. */
export function decoderOf(encoding: Encoding): Decoder {
  return cachedDecoder(encoding, false);
}

function cachedDecoder(encoding: Encoding, fatal: boolean): Decoder {
  const key = `${encoding}${fatal ? '!' : ''}`;
  let decoder = DECODERS.get(key);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { fatal, ignoreBOM: true });
    DECODERS.set(key, decoder);
  }
  return decoder;
}

/** Whether decoding these bytes replaces some of them. Tells damage from a U+FFFD that was written. */
export function isDamaged(bytes: Uint8Array, encoding: Encoding): boolean {
  if (encoding === 'utf-8') return !isUtf8(bytes);
  try {
    cachedDecoder(encoding, true).decode(bytes);
    return false;
  } catch {
    return true;
  }
}

/** Bytes per scan unit. */
export function unitSize(encoding: Encoding): 1 | 2 {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

/** One value per scan unit: the ASCII code, or a value from 0x80 up for everything else. */
export function scanUnits(bytes: Uint8Array, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return encoding === 'gb18030' ? gb18030Units(bytes) : utf16Units(bytes, encoding === 'utf-16le' ? 1 : 0);
}

function utf16Units(bytes: Uint8Array, highByte: 0 | 1): Buffer {
  const units = Buffer.allocUnsafe((bytes.length + 1) >> 1);
  const whole = bytes.length >> 1;
  for (let i = 0; i < whole; i++) {
    const low = bytes[2 * i + 1 - highByte] as number;
    units[i] = bytes[2 * i + highByte] === 0 && low < MASK ? low : MASK;
  }
  if (whole < units.length) units[whole] = MASK;
  return units;
}

/** Length in bytes of the GB18030 sequence at `i` as the WHATWG decoder consumes it. */
function gb18030Length(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] as number;
  if (lead < 0x81 || lead === 0xff) return 1;
  const second = bytes[i + 1];
  if (second === undefined) return 1;
  if (second >= 0x30 && second <= 0x39) {
    const third = bytes[i + 2];
    const fourth = bytes[i + 3];
    const whole =
      third !== undefined &&
      third >= 0x81 &&
      third <= 0xfe &&
      fourth !== undefined &&
      fourth >= 0x30 &&
      fourth <= 0x39;
    return whole ? 4 : 1;
  }
  return second >= 0x40 && second !== 0x7f && second !== 0xff ? 2 : 1;
}

/** Bytes of the character at `i`, at least 1; an invalid byte counts alone. */
export function sequenceLength(bytes: Uint8Array, i: number, encoding: Encoding): number {
  const lead = bytes[i] as number;
  if (encoding === 'gb18030') return lead < MASK ? 1 : gb18030Length(bytes, i);
  if (encoding === 'utf-8') {
    const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
    for (let k = 1; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return 1;
    return length;
  }
  const high = bytes[encoding === 'utf-16le' ? i + 1 : i] ?? 0;
  return high >= 0xd8 && high <= 0xdb && i + 3 < bytes.length ? 4 : 2;
}

function gb18030Units(bytes: Uint8Array): Buffer {
  const units = Buffer.from(bytes);
  for (let i = 0; i < units.length; ) {
    if ((units[i] as number) < MASK) {
      i++;
      continue;
    }
    const end = Math.min(units.length, i + gb18030Length(bytes, i));
    units.fill(MASK, i, end);
    i = end;
  }
  return units;
}

/**
 * The encoding of a stretch from a source's beginning. `complete` says that the stretch is the whole
 * source; otherwise a character cut at its end does not count as damage.
 *
 * Order: byte order mark; UTF-16 by the places of zero bytes; valid UTF-8; else the better of
 * GB18030 and UTF-8 with damage, by how many of the non-ASCII bytes each explains as usual text.
 */
export function detectEncoding(
  bytes: Uint8Array,
  complete: boolean,
): { encoding: Encoding; bomLength: number } {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', bomLength: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', bomLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', bomLength: 2 };
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: 'gb18030', bomLength: 4 };
  return { encoding: utf16ByZeros(bytes) ?? byteEncoding(bytes, complete), bomLength: 0 };
}

/**
 * Zeros on one side of the pairs and hardly any on the other: ASCII inside UTF-16. A fifth of the
 * pairs proves it; 2% (Chinese with few ASCII characters) only where the bytes are no UTF-8, since
 * damage puts zeros into other files too.
 */
function utf16ByZeros(bytes: Uint8Array): Encoding | null {
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0) zeros[(i & 1) as 0 | 1]++;
  }
  const [even, odd] = zeros;
  const most = Math.max(even, odd);
  const pairs = bytes.length >> 1;
  if (most < 4 || most <= Math.min(even, odd) * 10 || most < pairs * 0.02) return null;
  if (most < pairs * 0.2 && isUtf8(bytes)) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** UTF-8 or GB18030, for a stretch that begins at a character. */
export function byteEncoding(bytes: Uint8Array, complete: boolean): Encoding {
  if (isUtf8(bytes)) return 'utf-8';
  if (!complete && isUtf8(bytes.subarray(0, wholeUtf8Length(bytes)))) return 'utf-8';
  const utf8 = utf8Share(bytes);
  return gb18030Share(bytes) >= 0.6 && utf8 < 0.5 ? 'gb18030' : 'utf-8';
}

/** Length without a UTF-8 character that the end of the stretch may have cut (at most three bytes). */
export function wholeUtf8Length(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needs ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Share of the non-ASCII bytes that stand in whole UTF-8 sequences of three or four bytes. */
function utf8Share(bytes: Uint8Array): number {
  let high = 0;
  let explained = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : 1;
    let whole = length > 1;
    for (let k = 1; k < length; k++) whole &&= ((bytes[i + k] ?? 0) & 0xc0) === 0x80;
    const step = whole ? length : 1;
    high += step;
    if (whole) explained += length;
    i += step;
  }
  return high === 0 ? 0 : explained / high;
}

/**
 * Share of the non-ASCII bytes that stand in pairs of the GB2312 area in everyday use (symbols,
 * kana and hanzi, both bytes from 0xA1 up), or in fours of Hangul. Latin-1 text and random bytes stay well below.
 */
function gb18030Share(bytes: Uint8Array): number {
  let high = 0;
  let usual = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = gb18030Length(bytes, i);
    high += length === 1 ? 1 : 2;
    const trail = bytes[i + 1] ?? 0;
    // Hangul, for which the encoding has four bytes, two of them digits.
    if (length === 4 && lead >= 0x82 && lead <= 0x84) usual += 2;
    if (length === 2 && trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa5) || (lead >= 0xb0 && lead <= 0xf7)))
      usual += 2;
    i += length;
  }
  return high === 0 ? 0 : usual / high;
}
