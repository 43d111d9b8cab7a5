/** The weights of the queue's order, set with a reason and kept with their history. */
import type { Output, Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { CATEGORY_IDS, type CategoryId, categoryOf } from '../../domain/category.ts';
import type { PriorityFactors } from '../../domain/triage.ts';
import { priorityFactors } from '../../review/priority.ts';
import { get } from '../../storage/database.ts';
import { hitRowId } from '../../storage/detection/hits.ts';
import {
  conversationsWithHits,
  insertFormula,
  markApplied,
  noteReach,
  priorityFormula,
  priorityHistory,
  weighedMembers,
  weighHits,
} from '../../storage/detection/priority.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import type { Job } from '../jobs.ts';
import { Pace } from '../pace.ts';
import { change, newUid, profileOf, record, requireRole } from '../session.ts';

export function priorityState(desk: CaseDesk): Output<'priority.get'> {
  const db = dbOf(desk);
  return { formula: priorityFormula(db), history: priorityHistory(db) };
}

/** Categories whose confirmation opens a report or the question whether to report. */
function dutyCategories(desk: CaseDesk): CategoryId[] {
  const { routes } = desk.policies.routes(profileOf(desk.session));
  const named = new Set(routes.flatMap(({ when }) => when.categories));
  return CATEGORY_IDS.filter((id) => named.has(id) || categoryOf(id).tier === 'illegal');
}

/**
 * Sets the weights and weighs every hit anew, in pieces. A cancelled run leaves the weights in force, marked
 * as not applied; setting them again goes on. Throws `not-allowed`, and `conflict` where they are the same.
 */
export async function setPriority(
  desk: CaseDesk,
  job: Job,
  input: Parsed<'priority.set'>,
): Promise<Output<'priority.get'>> {
  const { session } = desk;
  requireRole(session, 'manager', 'administrator');
  const { store } = session.workspace;
  const [latest] = priorityHistory(store.db);
  const formula = { ...input.formula, categories: dutyCategories(desk) };
  const before = priorityFormula(store.db);
  if (latest?.applied !== false && JSON.stringify(before) === JSON.stringify(formula))
    throw new DocketError('conflict', 'these are the weights in force', 'formula');
  const id = newUid(session);
  const at = session.environment.now();
  change(session, () => {
    insertFormula(store, { id, formula, reason: input.reason, officerId: session.officer.id, at });
    record(session, {
      type: 'priority.set',
      subject: { type: 'priority', id },
      before,
      after: { ...formula, reason: input.reason },
    });
  });
  const pace = new Pace();
  if (formula.reach > 0) {
    for (const conversation of conversationsWithHits(store.db)) {
      change(session, () => noteReach(store, conversation, at, true));
      if (pace.due) await pace.rest();
    }
  }
  for (const { done, total } of weighHits(store)) {
    job.report({ step: 'weighing', item: '', done, total, unit: 'rows' });
    await pace.rest();
    if (job.signal.aborted) throw new DocketError('cancelled', 'the weights are not applied to every hit');
  }
  change(session, () => markApplied(store, id));
  return priorityState(desk);
}

/** The factors of a hit's priority now. */
export function explainPriority(desk: CaseDesk, hitId: string): PriorityFactors {
  const db = dbOf(desk);
  const row = get<{
    category: string;
    severity: number;
    score: number;
    conversation_id: number | null;
    started_at: number;
  }>(
    db,
    `SELECT h.category, h.severity, h.score, h.conversation_id, r.started_at FROM hits h
     JOIN detection_runs r ON r.id = h.run_id WHERE h.id = ?`,
    hitRowId(db, hitId),
  );
  if (!row) throw new DocketError('not-found', 'no such hit', hitId);
  const formula = priorityFormula(db);
  const members = formula.reach === 0 ? null : weighedMembers(db, row.conversation_id);
  return priorityFactors(
    formula,
    { ...row, foundAt: row.started_at, members },
    desk.session.environment.now(),
  );
}
