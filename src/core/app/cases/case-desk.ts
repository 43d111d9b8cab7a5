/** What the use-cases of cases, decisions, duties and evidence share. */
import { DocketError } from '../../../contract/errors.ts';
import { type CaseAct, mayDo, stateOfDecisions } from '../../cases/case-state.ts';
import type { Hit } from '../../domain/hit.ts';
import { type CaseRow, caseRow, hitsOfCase, updateCaseRow } from '../../storage/cases/cases.ts';
import { decisionStates } from '../../storage/cases/decisions.ts';
import { batchStates } from '../../storage/cases/measure-batches.ts';
import type { Database } from '../../storage/database.ts';
import { caseNumber, type HitReading, hitByRowId } from '../../storage/detection/hits.ts';
import type { Resources } from '../resources.ts';
import { record, type Session } from '../session.ts';
import { requireFreeWork } from '../work-lock.ts';

/** Who works on cases, with what. */
export interface CaseDesk {
  readonly session: Session;
  readonly reading: HitReading;
  /** What decisions and duties are measured by. A case keeps to the profile it was opened under. */
  readonly policies: Pick<Resources, 'schedule' | 'routes' | 'law' | 'houseRules'>;
  /** Turns a page into PDF, where something can. */
  readonly printPage?: ((html: string) => Promise<Buffer>) | null;
  /** Name and version of the program, for example `Docket 0.1.0`; packs name it. */
  readonly software: string;
}

export function dbOf(desk: CaseDesk): Database {
  return desk.session.workspace.store.db;
}

/** The case, if its state lets this be done and nobody else works on it. Throws `not-found`, `conflict`, `in-work`. */
export function caseFor(desk: CaseDesk, caseId: string, act: CaseAct): CaseRow {
  const row = caseRow(dbOf(desk), caseId);
  if (!mayDo(row.state, act)) {
    throw new DocketError(
      'conflict',
      `a case that is ${row.state} cannot be changed so (${act})`,
      caseNumber(desk.reading.prefix, row.number),
    );
  }
  requireFreeWork(desk.session, { type: 'case', id: caseId });
  return row;
}

/** The hits of a case in the order of their messages. */
export function caseHits(reading: HitReading, caseId: string): Hit[] {
  return hitsOfCase(reading.db, caseId).map((id) => hitByRowId(reading, id));
}

/**
 * Brings the state of a case that is not closed up to date with its parties and decisions. Call after
 * every change to either, inside its transaction.
 */
export function settleState(desk: CaseDesk, caseId: string): void {
  const row = caseRow(dbOf(desk), caseId);
  const state = stateOfDecisions([
    ...decisionStates(dbOf(desk), caseId),
    ...batchStates(dbOf(desk), caseId).filter((one) => one !== 'refused'),
  ]);
  if (row.state === 'closed' || row.state === state) return;
  updateCaseRow(desk.session.workspace.store, caseId, { state });
  record(desk.session, {
    type: 'case.state-changed',
    subject: { type: 'case', id: caseId },
    caseId,
    before: { state: row.state },
    after: { state },
  });
}
