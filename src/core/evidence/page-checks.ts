/**
 * The text of the pages to file, as data/pages.ndjson holds it: what each page says, which rows it shows, and
 * the digest that is printed on it. Whoever has the paper and the bag can compare them.
 */
import { z } from 'zod';
import { sha256 } from '../audit/digest.ts';
import type { FileProblem } from './attachments.ts';
import type { Problem } from './document-checks.ts';

export const PAGES = 'data/pages.ndjson';
/** The pages as HTML, to print anywhere; drawn from the same lines as the PDF. */
export const FILING_PAGE = 'data/filing.html';
/** Drawn volumes of the pages. */
export const FILING_PDF = /^data\/filing-\d\d\.pdf$/;

export const filingVolume = (number: number) => `data/filing-${String(number).padStart(2, '0')}.pdf`;

/**
 * The digest on a page: SHA-256 over the pack's id, `page/pages`, and every line as it is shown, each ended by
 * a line feed, in UTF-8.
 */
export function pageDigest(pack: string, page: number, of: number, lines: readonly string[]): string {
  return sha256(`${pack}\n${page}/${of}\n${lines.map((line) => `${line}\n`).join('')}`);
}

const Count = z.number().int().positive();
export const PageLine = z.object({
  page: Count,
  of: Count,
  /** First and last line of messages.ndjson of which something is on the page; null for none. */
  rows: z.tuple([Count, Count]).nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The drawn volume; null where nothing drew it. */
  volume: z.string().nullable(),
  lines: z.array(z.string()),
});
export type PageLine = z.infer<typeof PageLine>;

/** Checks pages in order: numbers, digests, and that together they show every row. */
export function pageChecks(pack: string) {
  let count = 0;
  let of = 0;
  let row = 0;
  const volumes = new Set<string>();
  return {
    get count() {
      return count;
    },
    add(page: PageLine): Problem[] {
      const problems: Problem[] = [];
      const entry = `page ${page.page}`;
      count++;
      if (count === 1) of = page.of;
      if (page.page !== count || page.of !== of) problems.push({ entry, reason: 'not-in-sequence' });
      if (pageDigest(pack, page.page, page.of, page.lines) !== page.sha256) {
        problems.push({ entry, reason: 'page-digest-differs' });
      }
      if (page.rows !== null) {
        const [first, last] = page.rows;
        if (first > last || first < row || first > row + 1)
          problems.push({ entry, reason: 'rows-not-shown' });
        row = last;
      }
      if (page.volume !== null) volumes.add(page.volume);
      return problems;
    },
    /** `rows`: lines of messages.ndjson. */
    finish(rows: number, paths: readonly string[]): (Problem | FileProblem)[] {
      const problems: (Problem | FileProblem)[] = [];
      if (count !== of) problems.push({ entry: `page ${of}`, reason: 'pages-missing' });
      if (row !== rows) problems.push({ entry: `page ${of}`, reason: 'rows-not-shown' });
      if (!paths.includes(FILING_PAGE)) problems.push({ file: FILING_PAGE, reason: 'missing' });
      for (const volume of volumes) {
        if (!paths.includes(volume)) problems.push({ file: volume, reason: 'missing' });
      }
      for (const path of paths) {
        if (FILING_PDF.test(path) && !volumes.has(path))
          problems.push({ file: path, reason: 'no-page-in-it' });
      }
      return problems;
    },
  };
}

/** Without pages.ndjson there are no pages that could be compared with it. */
export function strayPages(paths: readonly string[]): FileProblem[] {
  return paths
    .filter((path) => path === FILING_PAGE || FILING_PDF.test(path))
    .map((file) => ({ file, reason: 'pages-missing' }));
}
