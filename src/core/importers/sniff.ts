/** Recognises a source's format by its content; file names are a hint only. */
import { byteEncoding, decoderOf, detectEncoding, wholeUtf8Length } from './encoding.ts';
import type { ByteSource, Importer, SourceHead } from './importer.ts';
import { IMPORTERS } from './registry.ts';

/** Bytes of a source that sniffers see. */
export const HEAD_SIZE = 1 << 16;

/** How far an all-ASCII beginning is followed to find the encoding, in bytes. */
const ASCII_REACH = 8 << 20;

/** Reads and decodes the beginning of a source. */
export function readHead(source: ByteSource): SourceHead {
  const bytes = source.read(0, HEAD_SIZE);
  const complete = bytes.length >= source.size;
  let { encoding, bomLength } = detectEncoding(bytes, complete);
  if (bomLength === 0 && encoding === 'utf-8' && !complete && isAscii(bytes)) {
    encoding = encodingBehindAscii(source);
  }
  const body = bytes.subarray(bomLength);
  const whole = encoding === 'utf-8' && !complete ? body.subarray(0, wholeUtf8Length(body)) : body;
  let text = decoderOf(encoding).decode(whole);
  // The other encodings show a cut last character as U+FFFD.
  if (!complete && encoding !== 'utf-8') text = text.replace(/\ufffd{1,2}$/, '');
  return {
    name: source.name,
    ...(source.path === undefined ? {} : { path: source.path }),
    size: source.size,
    bytes,
    encoding,
    bomLength,
    text,
  };
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) >= 0x80) return false;
  return true;
}

/** The encoding that the first non-ASCII stretch behind the head shows. */
function encodingBehindAscii(source: ByteSource): SourceHead['encoding'] {
  const end = Math.min(source.size, ASCII_REACH);
  for (let offset = HEAD_SIZE; offset < end; offset += HEAD_SIZE) {
    const bytes = source.read(offset, HEAD_SIZE);
    const first = bytes.findIndex((byte) => byte >= 0x80);
    if (first < 0) continue;
    const stretch = source.read(offset + first, HEAD_SIZE);
    return byteEncoding(stretch, offset + first + stretch.length >= source.size);
  }
  return 'utf-8';
}

export interface Ranked {
  readonly importer: Importer;
  /** 0 … 1, see `Importer.sniff`. */
  readonly confidence: number;
}

/** The importers that may read this source, most likely first; equals in the registry's order. */
export function rankImporters(head: SourceHead, importers: readonly Importer[] = IMPORTERS): Ranked[] {
  return importers
    .map((importer) => ({ importer, confidence: importer.sniff(head) }))
    .filter(({ confidence }) => confidence > 0)
    .sort((a, b) => b.confidence - a.confidence);
}
