/** What has a date and is not done: measures, answers, appeals, duties, requests of authorities. */
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Reminder } from '../../domain/bulletin.ts';
import { PARTY_NAME } from '../cases/cases.ts';
import { measureNumber } from '../cases/measures.ts';
import { all, type Database } from '../database.ts';
import { caseNumber } from '../detection/hits.ts';
import { receiverTitle, termsOf } from './duties.ts';

interface Found {
  id: string;
  case_id: string | null;
  number: number | null;
  due: number;
}

const PARTIES = `parties p LEFT JOIN accounts a ON a.id = p.account_id LEFT JOIN conversations c ON c.id = p.conversation_id`;

const DUTY_WORDS = {
  disposal: { zh: '证明内容已处置', en: 'Prove that the content was disposed of' },
  records: { zh: '保存记录', en: 'Save the records' },
  report: { zh: '报告', en: 'Report to' },
  assessment: { zh: '评估是否报告', en: 'Assess whether to report' },
} as const;

const same = (text: string): Bilingual => ({ zh: text || '—', en: text || '—' });

/** Everything due before an instant, the first due first; of each kind at most `limit`. */
export function dueBefore(
  db: Database,
  prefix: string,
  until: number,
  now: number,
  limit: number,
): Reminder[] {
  const found: Reminder[] = [];
  const add = <R extends Found>(
    kind: Reminder['kind'],
    sql: string,
    about: (row: R) => Bilingual,
    values: (number | string)[] = [until],
  ) => {
    for (const row of all<R>(db, `${sql} ORDER BY due LIMIT ${limit}`, ...values))
      found.push({
        kind,
        id: row.id,
        caseId: row.case_id,
        caseNumber: row.number === null ? null : caseNumber(prefix, row.number),
        about: about(row),
        dueAt: row.due,
        overdue: row.due < now,
      });
  };
  type Measure = Found & { title: string; target: string; measure_number: number };
  const measureAbout = ({ title, target, measure_number }: Measure): Bilingual => {
    const { zh, en } = JSON.parse(title) as Bilingual;
    const rest = `${target} (${measureNumber(prefix, measure_number)})`;
    return { zh: `${zh}：${rest}`, en: `${en}: ${rest}` };
  };
  const measures = (due: string, where: string) =>
    `SELECT m.id, m.case_id, k.number, m.${due} AS due, m.title, m.target, m.number AS measure_number
     FROM measures m JOIN cases k ON k.id = m.case_id WHERE ${where} AND m.${due} < ?`;
  add<Measure>(
    'measure-expires',
    measures('expires_at', "m.state IN ('executed', 'verified')"),
    measureAbout,
  );
  add<Measure>('measure-due', measures('due_at', "m.state = 'instructed'"), measureAbout);
  add<Found & { name: string }>(
    'answer-due',
    `SELECT h.id, h.case_id, k.number, h.answer_due AS due, ${PARTY_NAME} AS name FROM hearings h
     JOIN cases k ON k.id = h.case_id JOIN ${PARTIES} WHERE p.id = h.party_id AND h.invited_at IS NOT NULL
       AND h.answered_at IS NULL AND k.state <> 'closed' AND h.answer_due < ?`,
    ({ name }) => same(name),
  );
  add<Found & { lodged_by: string }>(
    'appeal-due',
    `SELECT l.id, l.case_id, k.number, l.due_at AS due, l.lodged_by FROM appeals l JOIN cases k ON k.id = l.case_id
     WHERE l.outcome IS NULL AND l.due_at < ?`,
    ({ lodged_by }) => same(lodged_by),
  );
  add<Found & { receiver: string; kind: keyof typeof DUTY_WORDS }>(
    'duty-due',
    `SELECT d.id, d.case_id, k.number, d.due_at AS due, d.receiver, d.kind FROM duties d JOIN cases k ON k.id = d.case_id
     WHERE d.state = 'open' AND coalesce(d.due_at, 8640000000000000) < ?`,
    (row) => {
      const { zh, en } = receiverTitle(termsOf(row));
      const what = DUTY_WORDS[row.kind];
      return { zh: `${what.zh}：${zh}`, en: `${what.en}: ${en}` };
    },
  );
  add<Found & { authority: string }>(
    'inspection-due',
    `SELECT i.id, i.case_id, k.number, i.due_at AS due, i.authority FROM inspections i LEFT JOIN cases k ON k.id = i.case_id
     WHERE i.state = 'open' AND i.due_at < ?`,
    ({ authority }) => same(authority),
  );
  return found.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
}
