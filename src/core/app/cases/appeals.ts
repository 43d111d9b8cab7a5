/** Appeals: decided by an officer who had no part in the decision; what was taken too far is lifted at once. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { canonicalJson } from '../../audit/digest.ts';
import type { MeasureProposal } from '../../domain/case.ts';
import type { Appeal } from '../../domain/hearing.ts';
import { type CaseRow, caseRow, type PartyRow, partyRows, updateCaseRow } from '../../storage/cases/cases.ts';
import { approverOf, type DecisionRow, decisionRow, toDecision } from '../../storage/cases/decisions.ts';
import {
  type AppealRow,
  appealOf,
  appealRow,
  appealsOf,
  insertAppeal,
  updateAppeal,
} from '../../storage/cases/hearings.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, dbOf, settleState } from './case-desk.ts';
import { endExecuted, recommend, withdrawOpen } from './measures.ts';
import { sessionOfSecond, signed } from './second-officer.ts';

/** Appeals of a case; without one, all that are open. */
export function listAppeals(desk: CaseDesk, input: Parsed<'appeals.list'>): Appeal[] {
  return appealsOf(dbOf(desk), input.caseId ?? null);
}

/**
 * Takes an appeal in, against a decision that is final. A closed case is taken up again for it.
 * Throws `conflict` while an appeal is open or where the decision is not final, or was overturned.
 */
export function lodgeAppeal(desk: CaseDesk, input: Parsed<'appeals.lodge'>): Appeal[] {
  const { session } = desk;
  const decision = decisionRow(dbOf(desk), input.decisionId);
  const earlier = appealOf(dbOf(desk), decision.id);
  if (decision.state !== 'final')
    throw new DocketError('conflict', `the decision is ${decision.state}`, decision.id);
  if (earlier && (earlier.outcome === null || earlier.outcome === 'overturned'))
    throw new DocketError('conflict', 'there is an open appeal, or the decision was overturned', earlier.id);
  const id = newUid(session);
  change(session, () => {
    reopen(desk, caseRow(dbOf(desk), decision.case_id), id);
    insertAppeal(session.workspace.store, {
      id,
      decision_id: decision.id,
      case_id: decision.case_id,
      lodged_at: input.lodgedAt,
      lodged_by: input.lodgedBy,
      grounds: input.grounds,
      due_at: input.dueAt ?? null,
      officer_id: session.officer.id,
      outcome: null,
      measure: null,
      reason: '',
      decided_by: null,
      decided_at: null,
      signature: null,
      public_key: null,
    });
    record(session, {
      type: 'appeal.lodged',
      subject: { type: 'appeal', id },
      caseId: decision.case_id,
      after: {
        decision: decision.id,
        lodgedBy: input.lodgedBy,
        grounds: input.grounds,
        dueAt: input.dueAt ?? null,
      },
    });
  });
  return listAppeals(desk, { caseId: decision.case_id });
}

function reopen(desk: CaseDesk, row: CaseRow, appealId: string): void {
  if (row.state !== 'closed') return;
  updateCaseRow(desk.session.workspace.store, row.id, { state: 'open', closed_at: null });
  record(desk.session, {
    type: 'case.reopened',
    subject: { type: 'case', id: row.id },
    caseId: row.id,
    before: { state: 'closed' },
    after: { state: 'open', appeal: appealId },
  });
  settleState(desk, row.id);
}

/** What is signed: the appeal, the decision it is against, and what became of it. */
function appealText(
  appeal: AppealRow,
  decided: Pick<AppealRow, 'outcome' | 'measure' | 'reason' | 'decided_at'>,
): string {
  const { id, decision_id, lodged_at, lodged_by, grounds } = appeal;
  return canonicalJson({
    appeal: { id, decisionId: decision_id, lodgedAt: lodged_at, lodgedBy: lodged_by, grounds },
    outcome: decided,
  });
}

/**
 * Decides an appeal by the passphrase of an officer who neither made nor approved the decision.
 * Throws `second-officer-required` for those two, `wrong-key`, `conflict` for an appeal that was decided, and
 * `invalid-input` for a reduction to what is not lower on the ladder of the decision.
 */
export function decideAppeal(desk: CaseDesk, input: Parsed<'appeals.decide'>): Appeal[] {
  const appeal = appealRow(dbOf(desk), input.appealId);
  if (appeal.outcome !== null)
    throw new DocketError('conflict', `the appeal was ${appeal.outcome}`, appeal.id);
  const decision = decisionRow(dbOf(desk), appeal.decision_id);
  const { proposal, approval } = toDecision(dbOf(desk), decision);
  requireStranger(desk, decision, input.officerId, approval !== null);
  const measure = input.outcome === 'reduced' ? reducedTo(proposal, decision, input.measure ?? '') : null;
  const session = sessionOfSecond(desk.session, { ...input, first: decision.officer_id });
  const judge: CaseDesk = { ...desk, session };
  const decided = {
    outcome: input.outcome,
    measure,
    reason: input.reason,
    decided_at: session.environment.now(),
  };
  change(session, () => {
    updateAppeal(session.workspace.store, appeal.id, {
      ...decided,
      decided_by: session.officer.id,
      ...signed(session, appealText(appeal, decided)),
    });
    record(session, {
      type: `appeal.${input.outcome}`,
      subject: { type: 'appeal', id: appeal.id },
      caseId: appeal.case_id,
      before: { measure: decision.measure },
      after: { decision: decision.id, measure, reason: input.reason },
    });
    if (input.outcome !== 'upheld') lift(judge, decision, proposal, measure);
    settleState(judge, appeal.case_id);
  });
  return listAppeals(desk, { caseId: appeal.case_id });
}

function requireStranger(desk: CaseDesk, decision: DecisionRow, officerId: string, approved: boolean): void {
  const approver = approved ? approverOf(dbOf(desk), decision.id) : null;
  if (officerId === decision.officer_id || officerId === approver) {
    throw new DocketError('second-officer-required', 'an appeal is decided by somebody else', officerId);
  }
}

function reducedTo(proposal: MeasureProposal, decision: DecisionRow, measure: string): string {
  const level = (id: string) => proposal.options.find((option) => option.id === id)?.level;
  const [now, then] = [level(decision.measure), level(measure)];
  if (now === undefined || then === undefined || then >= now)
    throw new DocketError('invalid-input', 'not a lower measure of the same ladder', 'measure');
  return measure;
}

/** What nobody did yet is withdrawn; what was done shows as to be restored; a lower measure takes its place. */
function lift(
  desk: CaseDesk,
  decision: DecisionRow,
  proposal: MeasureProposal,
  measure: string | null,
): void {
  const party = partyRows(dbOf(desk), decision.case_id).find(
    ({ id }) => id === decision.party_id,
  ) as PartyRow;
  const option = proposal.options.find(({ id }) => id === measure);
  const kept = option ? [option.id, ...(option.accompanying ?? [])] : [];
  withdrawOpen(desk, party.id, '');
  const standing = endExecuted(desk, decision.id, kept);
  recommend(desk, {
    schedule: desk.policies.schedule(caseRow(dbOf(desk), decision.case_id).profile),
    caseId: decision.case_id,
    party,
    decisionId: decision.id,
    measures: kept.filter((id) => !standing.includes(id)),
    terms: null,
  });
}
