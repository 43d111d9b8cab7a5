import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Output, Parsed } from '../../../contract/api.ts';
import { writePage } from '../../documents/page.ts';
import { reportDocument } from '../../duties/report-document.ts';
import { dutyRow } from '../../storage/duties/duties.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, record } from '../session.ts';
import { documentContent } from '../write-document.ts';
import { reportForm } from './duty-form.ts';

/**
 * Writes the draft of a report as JSON, DOCX, PDF or a page to print, replacing the file. Its digest is an
 * event, so that what was filed can be told from other drafts. Throws `conflict` for a duty that is no report.
 */
export async function writeReportForm(
  desk: CaseDesk,
  input: Parsed<'duties.writeForm'>,
): Promise<Output<'duties.writeForm'>> {
  const row = dutyRow(dbOf(desk), input.dutyId);
  const form = reportForm(desk, row, input.test);
  const document = () => reportDocument(form, input.language, desk.session.environment.zone);
  const content =
    input.format === 'json'
      ? Buffer.from(`${JSON.stringify(form, null, 2)}\n`)
      : input.format === 'html'
        ? Buffer.from(writePage(document()))
        : await documentContent(desk, document(), input.format);
  writeFileSync(input.file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  change(desk.session, () =>
    record(desk.session, {
      type: 'duty.form-written',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      after: { format: input.format, sha256, ...(input.test ? { test: true } : {}) },
    }),
  );
  return { file: input.file, sha256, bytes: content.length };
}
