/** Instruction lists for those who carry measures out, and the result lists that come back. */
import { readFileSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { writeCsv } from '../../documents/csv.ts';
import { readTable } from '../../documents/read-table.ts';
import { type Cell, writeXlsx } from '../../documents/xlsx.ts';
import { SUBJECT_NAMES } from '../../domain/document-words.ts';
import { readableMinute, wallToInstant } from '../../domain/zone.ts';
import { measureByNumber, measureNumber, measuresByIds } from '../../storage/cases/measures.ts';
import { change } from '../session.ts';
import { handOut, type WrittenFile } from '../write-file.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';
import { execute } from './measures.ts';

/** Names of the columns in both languages; the first and the last three are read back. */
const COLUMNS = [
  ['编号 No.', 16],
  ['案号 Case', 16],
  ['对象类型 Kind', 16],
  ['对象 Target', 40],
  ['平台标识 Platform id', 22],
  ['措施 Measure', 26],
  ['天数 Days', 8],
  ['功能 Functions', 24],
  ['期限 Due', 20],
  ['执行时间 Done at', 20],
  ['执行人 Done by', 16],
  ['证明 Proof', 36],
] as const;
const BACK = { number: 0, at: 9, by: 10, proof: 11 };

/** Writes the list of chosen measures, with empty columns for what was done. CSV or XLSX by the file's name. */
export async function exportInstructions(
  desk: CaseDesk,
  input: Parsed<'measures.exportList'>,
): Promise<WrittenFile & { rows: number }> {
  const { session } = desk;
  const now = session.environment.now();
  const measures = measuresByIds(dbOf(desk), desk.reading.prefix, now, [...new Set(input.measureIds)]);
  const time = (at: number | null) => (at === null ? '' : readableMinute(at, session.environment.zone));
  const rows = measures.map((one): Cell[] => [
    one.number,
    one.caseNumber,
    SUBJECT_NAMES[one.subjectType].zh,
    one.target,
    one.platformId,
    one.title.zh,
    one.days,
    one.functions.map(({ title }) => title.zh).join('、'),
    time(one.dueAt),
    time(one.executedAt),
    one.executedBy,
    one.proof,
  ]);
  const table = { columns: COLUMNS.map(([title, width]) => ({ title, width })), rows };
  const content = input.file.toLowerCase().endsWith('.csv')
    ? writeCsv(table)
    : await writeXlsx([{ name: '执行清单', ...table }], { title: '执行清单', at: now });
  const written = handOut(session, input.file, content, {
    type: 'measure.list-exported',
    subject: { type: 'measure', id: measures[0]?.id ?? '' },
    after: { measures: measures.length },
  });
  return { ...written, rows: measures.length };
}

/** `2026-03-01 10:00`, with `/` and without the time as well. */
const WHEN = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::\d{2})?)?/;

function instantOf(text: string, zone: string): number | null {
  const parts = WHEN.exec(text.trim());
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (month > 12 || day > 31 || hour > 23 || minute > 59) return null;
  return wallToInstant(Date.UTC(year, month - 1, day, hour, minute), zone);
}

type RowFault = 'unknown-number' | 'not-done' | 'no-time' | 'future' | 'no-doer' | 'no-proof' | 'wrong-state';

/**
 * Reads a result list: each row that says when, by whom and with what proof marks its measure as carried
 * out. Rows that cannot be taken are answered with their number and why; the others are kept.
 */
export async function importResults(
  desk: CaseDesk,
  input: Parsed<'measures.importResults'>,
): Promise<{ done: number; faults: { row: number; number: string; fault: RowFault }[] }> {
  const rows = await readTable(readFileSync(input.file));
  const head = rows[0] ?? [];
  if (head[BACK.number] !== COLUMNS[0][0] || head[BACK.proof] !== COLUMNS.at(-1)?.[0]) {
    throw new DocketError('format-unknown', 'not an instruction list of this program', input.file);
  }
  const { zone, now } = desk.session.environment;
  const { prefix } = desk.reading;
  const faults: { row: number; number: string; fault: RowFault }[] = [];
  let done = 0;
  change(desk.session, () => {
    for (const [index, row] of rows.slice(1).entries()) {
      const number = (row[BACK.number] ?? '').trim();
      const [when, by, proof] = [BACK.at, BACK.by, BACK.proof].map((column) =>
        (row[column] ?? '').trim(),
      ) as [string, string, string];
      if (number === '' && when === '' && by === '' && proof === '') continue;
      const fault = (code: RowFault) => faults.push({ row: index + 2, number, fault: code });
      const count = /-(\d+)$/.exec(number)?.[1];
      const known = count === undefined ? undefined : measureByNumber(dbOf(desk), Number(count));
      if (!known || measureNumber(prefix, known.number) !== number) fault('unknown-number');
      else if (when === '' && by === '' && proof === '') fault('not-done');
      else {
        const at = instantOf(when, zone);
        if (known.state === 'executed' && known.proof === proof && known.executed_by === by) continue;
        if (known.state !== 'recommended' && known.state !== 'instructed') fault('wrong-state');
        else if (at === null) fault('no-time');
        else if (at > now()) fault('future');
        else if (by === '') fault('no-doer');
        else if (proof === '') fault('no-proof');
        else {
          execute(desk, known, { at, by, proof });
          done++;
        }
      }
    }
  });
  return { done, faults };
}
