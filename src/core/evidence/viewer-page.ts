/**
 * data/viewer.html: the pack in one file that any browser opens without network. What it shows is embedded,
 * deflated and in base64, a block for some messages each; its script is the one of resources/evidence/viewer,
 * named by its hash in the page's policy, so that nothing else can run.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { type AttachmentContent, INLINE_TYPES } from './attachments.ts';
import type { PackTools } from './pack-content.ts';
import { attributeText } from './visible-text.ts';

/** Documents that the page holds. */
export const VIEWED = [
  'data/case.json',
  'data/completeness.json',
  'data/sources.json',
  'data/proofs.json',
  'data/decisions.json',
  'data/custody.json',
  'data/attachments.json',
  'data/audit.json',
] as const;
/** Messages of a block: inflated and drawn at once when they come into view. */
const BLOCK = 100;
/** Code units from which on a block is closed, however few messages it has. */
const BLOCK_UNITS = 512 * 1024;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const packed = (text: Uint8Array) => deflateRawSync(text, { level: 6 }).toString('base64');

/** The page up to its data. */
export function viewerHead(tools: PackTools, caseNumber: string, watermark: string): string {
  const policy = `default-src 'none'; script-src ${hashOf(tools.viewerScript)}; style-src ${hashOf(tools.viewerStyle)}; style-src-attr 'none'; img-src blob:; base-uri 'none'; form-action 'none'`;
  return (
    `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">` +
    `<title>${attributeText(caseNumber)}</title><style>${tools.viewerStyle}</style></head><body>` +
    (watermark === ''
      ? ''
      : `<div class="watermark" aria-hidden="true">${`<span>${attributeText(watermark)}</span>`.repeat(12)}</div>`) +
    `<header><h1 id="title">${attributeText(caseNumber)}</h1><span id="badge" class="badge" role="status"></span>` +
    `<input id="search" type="search"><button id="language" type="button"></button></header>` +
    `<div class="page"><nav id="contents"></nav><main><div id="notice"></div>` +
    `<div id="results" class="results" hidden></div><div id="messages"><noscript>本页需要脚本；不用脚本可读 messages.html。This page needs scripts; messages.html does not.</noscript></div></main>` +
    `<aside><div id="checks"></div><div id="drop" class="drop"><label for="file" id="drop-words"></label><input id="file" type="file" accept=".zip">` +
    `<input id="wanted" type="text" autocomplete="off" spellcheck="false">` +
    `<label for="given" id="given-words"></label><input id="given" type="file" multiple></div><p id="trust" class="soft"></p></aside></div>\n`
  );
}

/** A document of the pack, to be read by the page. */
export function viewerFile(path: string, text: string): string {
  return `<script type="text/plain" data-file="${path}">${packed(Buffer.from(text, 'utf8'))}</script>\n`;
}

/** Largest picture that the page holds itself, and all of them together, in bytes; others are in the zip. */
export const PICTURE = 400_000;
export const PICTURES = 12_000_000;

/** Pictures that the page can show without the pack, in base64; a browser draws these types and runs nothing. */
export function* viewerImages(
  files: Iterable<
    readonly [string, { readonly sha256: string; readonly bytes: number; readonly type: string }]
  >,
  content: AttachmentContent,
): Generator<string> {
  let left = PICTURES;
  for (const [, { sha256, bytes, type }] of files) {
    if (!INLINE_TYPES.has(type) || bytes > PICTURE || bytes > left) continue;
    left -= bytes;
    const whole = Buffer.concat([...content(sha256)]);
    yield `<script type="text/plain" data-picture="${sha256}">${whole.toString('base64')}</script>\n`;
  }
}

/** Bytes that a block begins with; a longer text makes it larger. */
const BLOCK_BYTES = 256 * 1024;

/**
 * The rows of messages.ndjson in blocks, each of one exhibit. A block is gathered as bytes in the same place again
 * and again: as texts, the blocks of a large pack filled the heap with what only a full collection takes away.
 */
export async function* viewerBlocks(
  rows: AsyncIterable<{ readonly line: string; readonly exhibit: string }>,
): AsyncGenerator<string> {
  let block = Buffer.alloc(BLOCK_BYTES);
  let filled = 0;
  let count = 0;
  let units = 0;
  let exhibit = '';
  let first = 1;
  const close = () => {
    const text = packed(block.subarray(0, filled));
    const script = `<script type="text/plain" data-exhibit="${attributeText(exhibit)}" data-first="${first}" data-count="${count}">${text}</script>\n`;
    first += count;
    filled = 0;
    count = 0;
    units = 0;
    return script;
  };
  for await (const row of rows) {
    if (count > 0 && (row.exhibit !== exhibit || count === BLOCK || units > BLOCK_UNITS)) yield close();
    exhibit = row.exhibit;
    const length = Buffer.byteLength(row.line);
    if (filled + length > block.length) {
      const larger = Buffer.alloc(Math.max(filled + length, block.length * 2));
      block.copy(larger, 0, 0, filled);
      block = larger;
    }
    filled += block.write(row.line, filled, 'utf8');
    count++;
    units += row.line.length;
  }
  if (count > 0) yield close();
}

export function viewerEnd(tools: PackTools): string {
  return `<script>${tools.viewerScript}</script></body></html>\n`;
}
