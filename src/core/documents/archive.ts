/** Zip archives in memory, for the office formats. */
import { ZipFile } from 'yazl';

/** A part of the archive: its path and content. */
export type Part = readonly [path: string, content: string | Buffer];

/** The archive as bytes; `at` (UTC milliseconds) is the time of every part, so that equal parts give equal bytes. */
export function zipParts(parts: readonly Part[], at: number): Promise<Buffer> {
  const zip = new ZipFile();
  // A zip entry's time starts in 1980.
  const mtime = new Date(Math.max(at, Date.UTC(1980, 0, 2)));
  for (const [path, content] of parts) {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    zip.addBuffer(bytes, path, { mtime, mode: 0o100644 });
  }
  zip.end();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
    zip.outputStream.on('error', reject);
  });
}

const XML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text for XML content or a quoted attribute. XML 1.0 has no U+FFFE and U+FFFF, and no control characters:
 * the first two become U+FFFD, the others have to be written out before (`visibleText`).
 */
export function xmlText(text: string): string {
  return text.replace(/[&<>"\ufffe\uffff]/g, (character) => XML[character] ?? '\ufffd');
}

/** `2026-03-01T01:00:00Z` for the properties of office files. */
export const xmlTime = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
