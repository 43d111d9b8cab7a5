/**
 * What officers sign when they decide. The text is built from the decision alone, so that it can be
 * rebuilt and checked wherever the decision is shown; names and titles, which may change later, are not
 * part of it, ids are.
 */
import { canonicalJson } from '../audit/digest.ts';
import type { Decision } from '../domain/case.ts';

export type SignedDecision = Pick<
  Decision,
  'id' | 'partyId' | 'proposal' | 'measure' | 'deviationReason' | 'facts' | 'basis' | 'officerId' | 'at'
>;
export type SignedApproval = Pick<NonNullable<Decision['approval']>, 'at' | 'approved' | 'note'>;

function decided(decision: SignedDecision) {
  const { id, partyId, proposal, measure, deviationReason, facts, basis, officerId, at } = decision;
  return { id, partyId, proposal, measure, deviationReason, facts, basis, officerId, at };
}

/** The text that the deciding officer signs, as UTF-8: canonical JSON. */
export function decisionText(decision: SignedDecision): string {
  return canonicalJson({ decision: decided(decision) });
}

/** The text that the second officer signs: the same decision with the approval or refusal. */
export function approvalText(decision: SignedDecision, approval: SignedApproval): string {
  const { at, approved, note } = approval;
  return canonicalJson({ decision: decided(decision), approval: { at, approved, note } });
}
