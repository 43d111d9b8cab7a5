/** A long document as DOCX, piece by piece: its memory does not grow with the document. */
import { Readable, type Transform } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Block, Document } from './document.ts';
import { DOCUMENT, documentXml, frameParts } from './docx.ts';

/** The earliest time that a zip can write: the same content gives the same bytes. */
const ENTRY = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true } as const;

/** Texts in pieces of some size: a stream of single paragraphs spends its time in the stream. */
async function* pieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < 32_768) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  yield Buffer.from(waiting, 'utf8');
}

/** The file in chunks. */
export async function* streamDocx(
  frame: Omit<Document, 'blocks'>,
  blocks: AsyncIterable<Block>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Transform;
  for (const [path, content] of frameParts(frame)) zip.addBuffer(Buffer.from(content), path, ENTRY);
  zip.addReadStreamLazy(DOCUMENT, { ...ENTRY, compressionLevel: 1 }, (give) => {
    const stream = Readable.from(pieces(documentXml(frame, blocks)), { objectMode: false });
    // The library pipes, and a pipe does not carry errors on.
    stream.on('error', (error) => output.destroy(error));
    give(null, stream);
  });
  zip.on('error', (error: Error) => output.destroy(error));
  zip.end({ forceZip64Format: false, comment: '' });
  yield* output as AsyncIterable<Uint8Array>;
}
