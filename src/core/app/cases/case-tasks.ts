/** The checklist of a case: what the shipped playbook asks of its categories, and what officers added. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { tasksFor } from '../../cases/playbooks.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { CaseTask } from '../../domain/case-task.ts';
import { caseTaskRows, putCaseTask } from '../../storage/cases/case-tasks.ts';
import { caseCategories, caseRow } from '../../storage/cases/cases.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, caseFor, dbOf } from './case-desk.ts';

/** Every task of a case: those of the checklist in its order, then those ticked off before, then its own. */
export function caseTasks(desk: CaseDesk, { caseId }: Parsed<'cases.tasks'>): CaseTask[] {
  const db = dbOf(desk);
  const { id } = caseRow(db, caseId);
  const { playbook } = desk.session.environment.resources;
  const rows = caseTaskRows(db, id);
  const asked = tasksFor(playbook, caseCategories(db, id));
  const shipped = new Map(playbook.tasks.map((task) => [task.id, task]));
  const of = (task: string, title: Bilingual): CaseTask => {
    const row = rows.find((one) => one.task === task);
    return {
      caseId: id,
      task,
      title,
      help: shipped.get(task)?.help ?? { zh: '', en: '' },
      own: row !== undefined && row.version === null,
      state: row?.state ?? 'open',
      note: row?.note ?? '',
      officer: row?.officer ?? null,
      at: row?.at ?? null,
    };
  };
  const known = new Set(asked.map((task) => task.id));
  const others = rows.filter(({ task }) => !known.has(task));
  return [
    ...asked.map((task) => of(task.id, task.title)),
    ...others
      .sort((a, b) => Number(a.version === null) - Number(b.version === null))
      .map((row) => of(row.task, JSON.parse(row.title) as Bilingual)),
  ];
}

/**
 * Says that a task is done, not needed (with a reason) or open again. Throws `not-found` for a task that the
 * case does not have, `reason-required`.
 */
export function setCaseTask(desk: CaseDesk, input: Parsed<'cases.setTask'>): CaseTask[] {
  const row = caseFor(desk, input.caseId, 'add');
  const task = caseTasks(desk, { caseId: row.id }).find((one) => one.task === input.task);
  if (!task) throw new DocketError('not-found', 'no such task in this case', input.task);
  if (input.state === 'not-needed' && input.note === '')
    throw new DocketError('reason-required', 'why is it not needed', 'note');
  write(desk, row.id, task, input.state, input.note);
  return caseTasks(desk, { caseId: row.id });
}

/** Adds a task of the case's own. */
export function addCaseTask(desk: CaseDesk, input: Parsed<'cases.addTask'>): CaseTask[] {
  const row = caseFor(desk, input.caseId, 'add');
  const task = newUid(desk.session);
  write(desk, row.id, { task, title: { zh: input.title, en: input.title }, own: true }, 'open', '');
  return caseTasks(desk, { caseId: row.id });
}

function write(
  desk: CaseDesk,
  caseId: string,
  task: Pick<CaseTask, 'task' | 'title' | 'own'>,
  state: CaseTask['state'],
  note: string,
): void {
  const { session } = desk;
  change(session, () => {
    const before = putCaseTask(session.workspace.store, {
      case_id: caseId,
      task: task.task,
      title: JSON.stringify(task.title),
      version: task.own ? null : session.environment.resources.playbook.version,
      state,
      note,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: before === null && task.own ? 'task.added' : 'task.set',
      subject: { type: 'task', id: task.task },
      caseId,
      before: before === null ? null : { taskState: before },
      after: { title: task.title.zh, taskState: state, ...(note ? { reason: note } : {}) },
    });
  });
}
