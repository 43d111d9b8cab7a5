import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineEntry } from '../../../core/domain/case.ts';
import { useCall } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';

export interface ChangeLine {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** Fields that name other records by id, or repeat what stands beside them; no words to show. */
const SILENT = new Set(['account', 'conversation', 'message', 'decision', 'position', 'removed', 'case']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts an event of a case into words: what changed, from what, to what. */
export function useTimelineWords(detail: CaseDetail): (entry: TimelineEntry) => ChangeLine[] {
  const { t, i18n } = useTranslation('cases');
  const words = useWords();
  const format = useFormat();
  const officers = useCall('officers.list', {});
  const measures = new Map(
    detail.decisions
      .flatMap((decision) => decision.proposal.options)
      .map((option) => [option.id, words.text(option.title)]),
  );
  const parties = new Map(detail.parties.map((party) => [party.id, party.name]));
  const duties = new Map(detail.duties.map((duty) => [duty.id, words.text(duty.receiver)]));
  const names = new Map((officers.data ?? []).map((officer) => [officer.id, officer.name]));

  const codes: Record<string, (code: string, subject: TimelineEntry['subject']) => string> = {
    state: (code, subject) =>
      words.of(
        subject.type === 'duty' ? 'dutyState' : subject.type === 'decision' ? 'decisionState' : 'caseState',
        code,
      ),
    profile: (code, subject) => words.of(subject.type === 'pack' ? 'packProfile' : 'profile', code),
    role: (code) => words.of('partyRole', code),
    subjectType: (code) => words.of('measureSubject', code),
    kind: (code) => words.of('dutyKind', code),
    outcome: (code) => words.of('assessmentOutcome', code),
    measure: (code) => measures.get(code) ?? code,
    proposed: (code) => measures.get(code) ?? code,
    party: (code) => parties.get(code) ?? code,
    approver: (code) => names.get(code) ?? code,
    receiver: (code, subject) => duties.get(subject.id) ?? code,
  };
  const say = (field: string, value: unknown, subject: TimelineEntry['subject']): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'timeline.yes' : 'timeline.no');
    if (typeof value === 'number')
      return field === 'dueAt' || field === 'filedAt' ? format.dateTime(value) : format.number(value);
    if (typeof value === 'string')
      return Object.hasOwn(codes, field) ? (codes[field]?.(value, subject) ?? value) : value;
    if (field === 'categories' && Array.isArray(value))
      return format.list(value.map((id) => words.category(String(id))));
    if (field === 'hits' && Array.isArray(value)) {
      const categories = value.flatMap((hit) => (isRecord(hit) ? words.category(String(hit.category)) : []));
      return `${format.number(value.length)} · ${format.list([...new Set(categories)])}`;
    }
    if (Array.isArray(value)) return format.number(value.length);
    if (field === 'schedule' && isRecord(value)) return `${String(value.id)} ${String(value.version)}`;
    return JSON.stringify(value);
  };

  return ({ before, after, subject }) => {
    const left = isRecord(before) ? before : {};
    const right = isRecord(after) ? after : {};
    return [...new Set([...Object.keys(right), ...Object.keys(left)])]
      .filter((field) => !SILENT.has(field))
      .map((field) => ({
        field,
        label: i18n.exists(`cases:timeline.field.${field}`) ? t(`timeline.field.${field}` as never) : field,
        before: say(field, left[field], subject),
        after: say(field, right[field], subject),
      }))
      .filter((line) => line.before !== line.after);
  };
}
