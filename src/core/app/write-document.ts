import { DocketError } from '../../contract/errors.ts';
import type { Document } from '../documents/document.ts';
import { writeDocx } from '../documents/docx.ts';
import { writePage } from '../documents/page.ts';
import type { CaseDesk } from './cases/case-desk.ts';

/** A document as a file's content. Throws `no-page-printer` for a PDF where nothing can draw pages. */
export async function documentContent(
  desk: Pick<CaseDesk, 'printPage'>,
  document: Document,
  format: 'docx' | 'pdf',
): Promise<Buffer> {
  if (format === 'docx') return writeDocx(document);
  if (!desk.printPage) throw new DocketError('no-page-printer', 'nothing here turns pages into PDF', format);
  return desk.printPage(writePage(document));
}
