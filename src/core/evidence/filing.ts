/**
 * The pages to file: the list of evidence first, then the messages, numbered throughout, each page with its
 * digest. Laid out without drawing (documents/paged.ts), twice: the list names the pages of the exhibits.
 */

import type { Block, Document } from '../documents/document.ts';
import { type Line, linesOf, lineText, type PlacedLine, pagesOf } from '../documents/paged.ts';
import { type AttachmentWord, conversationBlock, exhibitBlocks, messageBlocks } from './message-blocks.ts';
import type { PackExhibit, PackMessage } from './pack-content.ts';
import { filingVolume, type PageLine, pageDigest } from './page-checks.ts';

/** Pages that are drawn at once: a browser's memory grows with them. */
export const VOLUME_PAGES = 200;

export interface FilingRow {
  readonly message: PackMessage;
  readonly exhibit: PackExhibit;
  /** Line in messages.ndjson, from 1. */
  readonly line: number;
}

export interface FilingSource {
  /** The pack's id. */
  readonly pack: string;
  /** The list of evidence; `pages` tells where an exhibit's messages are printed. */
  list(pages: (exhibit: string) => string): Document;
  rows(): AsyncIterable<FilingRow>;
  time(instant: number): string;
  readonly attachment: AttachmentWord;
  /** Whether something draws the pages. */
  readonly drawn: boolean;
}

/** How many pages there are, and on which an exhibit's messages are. */
export interface FilingPlan {
  readonly pages: number;
  readonly exhibits: ReadonlyMap<string, string>;
  readonly volumes: readonly string[];
}

export interface FilingPage extends PageLine {
  readonly placed: readonly PlacedLine[];
}

interface RowLine extends Line {
  readonly row?: number;
  readonly exhibit?: string;
}

/** As wide as any page range that is printed. */
const PLACEHOLDER = '8888–8888';

function* blockLines(blocks: Iterable<Block>): Generator<Line> {
  for (const block of blocks) yield* linesOf(block);
}

async function* rowLines(source: FilingSource): AsyncGenerator<RowLine> {
  let exhibit: string | null = null;
  let conversation: string | null = null;
  for await (const row of source.rows()) {
    const { number } = row.exhibit;
    const { id, name } = row.message.conversation;
    const before: Block[] = [];
    if (number !== exhibit) before.push({ kind: 'page-break' }, ...exhibitBlocks(row.exhibit, source.time));
    if (number !== exhibit || id !== conversation) before.push(conversationBlock(name, id));
    exhibit = number;
    conversation = id;
    for (const line of blockLines(before)) yield line;
    const blocks = messageBlocks(row.message, row.line, source.time, source.attachment);
    for (const line of blockLines(blocks)) yield { ...line, row: row.line, exhibit: number };
  }
}

export async function planFiling(source: FilingSource): Promise<FilingPlan> {
  let pages = 0;
  for await (const _page of pagesOf(blockLines(source.list(() => PLACEHOLDER).blocks))) pages++;
  const ranges = new Map<string, [number, number]>();
  for await (const page of pagesOf(rowLines(source))) {
    pages++;
    for (const { exhibit } of page) {
      if (exhibit === undefined) continue;
      const range = ranges.get(exhibit);
      if (range) range[1] = pages;
      else ranges.set(exhibit, [pages, pages]);
    }
  }
  const exhibits = new Map(
    [...ranges].map(([number, [from, to]]) => [number, from === to ? `${from}` : `${from}–${to}`]),
  );
  const volumes = source.drawn
    ? Array.from({ length: Math.ceil(pages / VOLUME_PAGES) }, (_, i) => filingVolume(i + 1))
    : [];
  return { pages, exhibits, volumes };
}

/** The pages in order, as data/pages.ndjson has them, with their lines' places. */
export async function* filingPages(source: FilingSource, plan: FilingPlan): AsyncGenerator<FilingPage> {
  let page = 0;
  const made = (placed: (RowLine & PlacedLine)[]): FilingPage => {
    page++;
    const lines = placed.map(lineText);
    const rows = placed.flatMap(({ row }) => (row === undefined ? [] : [row]));
    return {
      page,
      of: plan.pages,
      rows: rows.length === 0 ? null : [rows[0] as number, rows.at(-1) as number],
      sha256: pageDigest(source.pack, page, plan.pages, lines),
      volume: plan.volumes[Math.floor((page - 1) / VOLUME_PAGES)] ?? null,
      lines,
      placed,
    };
  };
  const { blocks } = source.list((exhibit) => plan.exhibits.get(exhibit) ?? '—');
  for await (const placed of pagesOf<RowLine>(blockLines(blocks))) yield made(placed);
  for await (const placed of pagesOf(rowLines(source))) yield made(placed);
}
