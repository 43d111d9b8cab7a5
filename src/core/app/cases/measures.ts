/** Carrying measures out: who was told to do what, who did it when, what proves it, when it ends. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { MeasureTerms } from '../../domain/case.ts';
import type { TakenMeasure } from '../../domain/measure.ts';
import type { Page } from '../../domain/page.ts';
import { expiryOf, type MeasureStep, mayStep, standingOf } from '../../penalties/execution.ts';
import type { PenaltySchedule } from '../../penalties/penalty-schedule.ts';
import { type PartyRow, partyById } from '../../storage/cases/cases.ts';
import {
  executedMeasures,
  insertMeasure,
  listMeasureRows,
  type MeasureRow,
  measureRow,
  measuresByIds,
  nextMeasureNumber,
  openMeasures,
  updateMeasure,
} from '../../storage/cases/measures.ts';
import { settleDuties } from '../duties/duties.ts';
import { watchClosed } from '../review/watch-list.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';

/** What a measure is taken against. */
export interface Target {
  readonly subjectType: MeasureRow['subject_type'];
  readonly target: string;
  readonly platformId: string | null;
  readonly accountId: number | null;
  readonly partyId: string | null;
  readonly decisionId: string | null;
  readonly batchId: string | null;
}

/** Takes measures against a target: each is recommended. Level 0 is no measure. Call inside a transaction. */
export function takeMeasures(
  desk: CaseDesk,
  caseId: string,
  target: Target,
  schedule: PenaltySchedule,
  measures: readonly string[],
  terms: MeasureTerms | null,
): void {
  const { session } = desk;
  for (const [index, id] of measures.entries()) {
    const measure = schedule.measures.find((one) => one.id === id);
    if (!measure || id === 'no-measure') continue;
    // Terms are those of the chosen measure; what goes with it takes the schedule's own.
    const own = index === 0 ? terms : null;
    const row: MeasureRow = {
      id: newUid(session),
      number: nextMeasureNumber(dbOf(desk)),
      case_id: caseId,
      party_id: target.partyId,
      decision_id: target.decisionId,
      batch_id: target.batchId,
      subject_type: target.subjectType,
      target: target.target,
      platform_id: target.platformId,
      account_id: target.accountId,
      measure: id,
      title: JSON.stringify(measure.title),
      permanent: measure.permanent ? 1 : 0,
      state: 'recommended',
      days: own?.days ?? measure.duration?.default ?? null,
      functions: JSON.stringify(own?.functions ?? []),
      instructed_at: null,
      instructed_to: '',
      due_at: null,
      executed_at: null,
      executed_by: '',
      proof: '',
      verified_at: null,
      verified_by: null,
      expires_at: null,
      ended_at: null,
      end_proof: '',
    };
    insertMeasure(session.workspace.store, row);
    record(session, {
      type: 'measure.recommended',
      subject: { type: 'measure', id: row.id },
      caseId,
      after: { measure: id, target: row.target, days: row.days, state: row.state },
    });
  }
}

/** The measures of a final decision about a party. */
export function recommend(
  desk: CaseDesk,
  input: {
    schedule: PenaltySchedule;
    caseId: string;
    party: PartyRow;
    decisionId: string;
    measures: readonly string[];
    terms: MeasureTerms | null;
  },
): void {
  const { name, platformId } = partyById(dbOf(desk), input.party.id);
  const target: Target = {
    subjectType: input.party.subject_type,
    target: name,
    platformId,
    accountId: input.party.account_id,
    partyId: input.party.id,
    decisionId: input.decisionId,
    batchId: null,
  };
  takeMeasures(desk, input.caseId, target, input.schedule, input.measures, input.terms);
}

/** Withdraws what earlier decisions about a party recommended and nobody did yet. */
export function withdrawOpen(desk: CaseDesk, partyId: string, decisionId: string): void {
  for (const row of openMeasures(dbOf(desk), partyId, decisionId)) {
    step(
      desk,
      row,
      'withdraw',
      { state: 'withdrawn', ended_at: now(desk), end_proof: '' },
      { decision: decisionId },
    );
  }
}

/**
 * Ends what was carried out for a decision that fell, but for measures that stay: from now on it is to be
 * restored. Answers the measures that stay. Call inside a transaction.
 */
export function endExecuted(desk: CaseDesk, decisionId: string, kept: readonly string[]): string[] {
  const standing: string[] = [];
  for (const row of executedMeasures(dbOf(desk), decisionId)) {
    if (kept.includes(row.measure)) {
      standing.push(row.measure);
      continue;
    }
    const expires = now(desk);
    updateMeasure(desk.session.workspace.store, row.id, { expires_at: expires });
    record(desk.session, {
      type: 'measure.ended-by-appeal',
      subject: { type: 'measure', id: row.id },
      caseId: row.case_id,
      before: { expiresAt: row.expires_at },
      after: { measure: row.measure, target: row.target, expiresAt: expires },
    });
  }
  return standing;
}

const now = (desk: CaseDesk) => desk.session.environment.now();

/** One step of one measure, with its event. Throws `conflict` where the state does not let it be done. */
function step(
  desk: CaseDesk,
  row: MeasureRow,
  what: MeasureStep,
  changes: Partial<MeasureRow>,
  after: Record<string, unknown>,
): void {
  const { state } = standingOf({ state: row.state, dueAt: row.due_at, expiresAt: row.expires_at }, now(desk));
  if (!mayStep(state, what)) {
    throw new DocketError('conflict', `a measure that is ${state} cannot be changed so (${what})`, row.id);
  }
  updateMeasure(desk.session.workspace.store, row.id, changes);
  record(desk.session, {
    type: `measure.${EVENT[what]}`,
    subject: { type: 'measure', id: row.id },
    caseId: row.case_id,
    before: { state },
    after: { measure: row.measure, target: row.target, state: changes.state ?? state, ...after },
  });
}

const EVENT: Record<MeasureStep, string> = {
  instruct: 'instructed',
  execute: 'executed',
  verify: 'verified',
  restore: 'restored',
  withdraw: 'withdrawn',
};

function each(desk: CaseDesk, ids: readonly string[], work: (row: MeasureRow) => void): TakenMeasure[] {
  const unique = [...new Set(ids)];
  change(desk.session, () => {
    for (const id of unique) work(measureRow(dbOf(desk), id));
  });
  return measuresByIds(dbOf(desk), desk.reading.prefix, now(desk), unique);
}

export function instructMeasures(desk: CaseDesk, input: Parsed<'measures.instruct'>): TakenMeasure[] {
  const at = now(desk);
  return each(desk, input.measureIds, (row) =>
    step(
      desk,
      row,
      'instruct',
      { state: 'instructed', instructed_at: at, instructed_to: input.to, due_at: input.dueAt ?? null },
      { to: input.to, dueAt: input.dueAt ?? null },
    ),
  );
}

/** Marks a measure as carried out. Call inside a transaction. Throws `conflict`. */
export function execute(
  desk: CaseDesk,
  row: MeasureRow,
  done: { at: number; by: string; proof: string },
): void {
  step(
    desk,
    row,
    'execute',
    {
      state: 'executed',
      executed_at: done.at,
      executed_by: done.by,
      proof: done.proof,
      expires_at: expiryOf(done.at, row.days),
    },
    { executedBy: done.by, executedAt: done.at, proof: done.proof },
  );
  if (row.permanent === 1) watchClosed(desk, row);
  settleDuties(desk, row.case_id);
}

export function executeMeasures(desk: CaseDesk, input: Parsed<'measures.execute'>): TakenMeasure[] {
  if (input.at > now(desk)) throw new DocketError('invalid-input', 'not a time that has passed', 'at');
  return each(desk, input.measureIds, (row) => execute(desk, row, input));
}

/** An officer looked and found it done. */
export function verifyMeasures(desk: CaseDesk, input: Parsed<'measures.verify'>): TakenMeasure[] {
  return each(desk, input.measureIds, (row) =>
    step(
      desk,
      row,
      'verify',
      { state: 'verified', verified_at: now(desk), verified_by: desk.session.officer.id },
      { note: input.note },
    ),
  );
}

/** What was switched off works again: at the end of its time, or before it with a reason. */
export function restoreMeasures(desk: CaseDesk, input: Parsed<'measures.restore'>): TakenMeasure[] {
  return each(desk, input.measureIds, (row) =>
    step(
      desk,
      row,
      'restore',
      { state: 'restored', ended_at: input.at, end_proof: input.proof },
      { endedAt: input.at, proof: input.proof },
    ),
  );
}

/** Nothing will be done: with a reason. */
export function withdrawMeasures(desk: CaseDesk, input: Parsed<'measures.withdraw'>): TakenMeasure[] {
  return each(desk, input.measureIds, (row) =>
    step(
      desk,
      row,
      'withdraw',
      { state: 'withdrawn', ended_at: now(desk), end_proof: input.reason },
      { reason: input.reason },
    ),
  );
}

export function listMeasures(desk: CaseDesk, input: Parsed<'measures.list'>): Page<TakenMeasure> {
  return listMeasureRows(
    dbOf(desk),
    desk.reading.prefix,
    now(desk),
    {
      caseId: input.caseId ?? null,
      batchId: input.batchId ?? null,
      owed: input.owed ?? null,
      overdue: input.overdue ?? false,
      text: input.text?.trim() || null,
    },
    input.cursor ?? null,
    input.limit,
  );
}
