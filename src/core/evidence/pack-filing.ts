/** The files of the pages to file: their text, the same as HTML, and PDF volumes where something draws them. */
import { documentFrame, evidenceList, watermarkOf } from './evidence-list.ts';
import { type FilingPage, type FilingPlan, type FilingRow, filingPages, planFiling } from './filing.ts';
import { FILING_END, type FilingFrame, filingHead, filingPageHtml } from './filing-page.ts';
import type { PackInput } from './pack-content.ts';
import { type MediumOf, wordOf } from './pack-media.ts';
import type { PackTexts } from './pack-texts.ts';
import { FILING_PAGE, FILING_PDF, PAGES } from './page-checks.ts';

export function packFiling(
  input: PackInput,
  { fingerprint, time }: { readonly fingerprint: string; time(instant: number): string },
  rows: () => AsyncIterable<FilingRow>,
  mediumOf: MediumOf,
) {
  const source = {
    pack: input.id,
    list: (pages: (exhibit: string) => string) => evidenceList(input, fingerprint, time, pages),
    rows,
    time,
    attachment: wordOf(mediumOf),
    drawn: input.printPages !== null,
  };
  const { title, header } = documentFrame(input, fingerprint);
  const frame: FilingFrame = {
    title,
    header: `${header} · 公钥指纹 key ${fingerprint}`,
    pack: input.id,
    watermark: watermarkOf(input),
  };
  let plan: FilingPlan | null = null;
  const planned = () => plan as FilingPlan;

  async function* ndjson(): AsyncGenerator<string> {
    for await (const { page, of, rows: shown, sha256, volume, lines } of filingPages(source, planned())) {
      yield `${JSON.stringify({ page, of, rows: shown, sha256, volume, lines })}\n`;
    }
  }
  async function* html(): AsyncGenerator<string> {
    yield filingHead(frame);
    for await (const page of filingPages(source, planned())) yield filingPageHtml(page, frame);
    yield FILING_END;
  }
  /** One pass serves all volumes: they are asked for in order. */
  let drawing: AsyncGenerator<FilingPage> | null = null;
  let next: FilingPage | null = null;
  async function* volume(path: string): AsyncGenerator<Uint8Array> {
    drawing ??= filingPages(source, planned());
    const parts = [filingHead(frame)];
    for (;;) {
      const page: FilingPage | null = next ?? (await drawing.next()).value ?? null;
      next = page;
      if (page === null || page.volume !== path) break;
      parts.push(filingPageHtml(page, frame));
      next = null;
    }
    yield (await input.printPages?.(`${parts.join('')}${FILING_END}`)) ?? new Uint8Array();
  }
  return {
    async prepare(): Promise<void> {
      plan = await planFiling(source);
    },
    paths: (): readonly string[] => [PAGES, FILING_PAGE, ...(plan?.volumes ?? [])],
    texts(path: string): PackTexts {
      if (FILING_PDF.test(path)) return volume(path);
      return path === PAGES ? ndjson() : html();
    },
  };
}
