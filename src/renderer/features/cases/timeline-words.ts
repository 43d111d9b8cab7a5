import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineEntry } from '../../../core/domain/case.ts';
import { useCall } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { useWords, type Vocabulary } from '../../components/words.ts';

export interface ChangeLine {
  field: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** Fields that name other records by id, or repeat what stands beside them; no words to show. */
const SILENT = new Set(['account', 'conversation', 'message', 'decision', 'position', 'removed', 'case']);

/** Numbers from here on are instants, Unix milliseconds of 1973 and later; no count or size of a case is as large. */
const FIRST_INSTANT = 1e11;

/** Vocabularies of states and kinds, by what the event is about. */
const STATES: Partial<Record<string, Vocabulary>> = {
  duty: 'dutyState',
  decision: 'decisionState',
  measure: 'measureState',
};
const KINDS: Partial<Record<string, Vocabulary>> = { letter: 'letterKind', inspection: 'inspectionKind' };

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
    state: (code, subject) => words.of(STATES[subject.type] ?? 'caseState', code),
    taskState: (code) => words.of('taskState', code),
    authorship: (code) => words.of('authorship', code),
    profile: (code, subject) => words.of(subject.type === 'pack' ? 'packProfile' : 'profile', code),
    role: (code) => words.of('partyRole', code),
    subjectType: (code) => words.of('measureSubject', code),
    kind: (code, subject) => words.of(KINDS[subject.type] ?? 'dutyKind', code),
    outcome: (code, subject) =>
      words.of(subject.type === 'decision' ? 'appealOutcome' : 'assessmentOutcome', code),
    measure: (code) => measures.get(code) ?? code,
    proposed: (code) => measures.get(code) ?? code,
    party: (code) => parties.get(code) ?? code,
    approver: (code) => names.get(code) ?? code,
    person: (code) => parties.get(code) ?? code,
    receiver: (code, subject) => duties.get(subject.id) ?? code,
  };
  const say = (field: string, value: unknown, subject: TimelineEntry['subject']): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'timeline.yes' : 'timeline.no');
    if (typeof value === 'number')
      return Math.abs(value) >= FIRST_INSTANT ? format.dateTime(value) : format.number(value);
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
