/** A fair hearing before the decision: is it theirs, were they asked, what did they say (S3-7). */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Hearing } from '../../domain/hearing.ts';
import { partyRows } from '../../storage/cases/cases.ts';
import { type HearingRow, hearingOf, hearingsOfCase, putHearing } from '../../storage/cases/hearings.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, caseFor, dbOf } from './case-desk.ts';

export function listHearings(desk: CaseDesk, input: Parsed<'hearings.list'>): Hearing[] {
  return hearingsOfCase(dbOf(desk), input.caseId);
}

/**
 * Changes the hearing of a party; the first change begins it. Only what is given changes. Throws
 * `invalid-input` where nothing is said, for an answer without an invitation and for a deadline that is
 * no later than the invitation.
 */
export function putPartyHearing(desk: CaseDesk, input: Parsed<'hearings.put'>): Hearing[] {
  const { session } = desk;
  const row = caseFor(desk, input.caseId, 'add');
  const party = partyRows(dbOf(desk), row.id).find(({ id }) => id === input.partyId);
  if (!party) throw new DocketError('not-found', 'no such party in this case', input.partyId);
  if (party.role === 'witness')
    throw new DocketError('invalid-input', 'nothing is held against a witness', 'partyId');
  const known: HearingRow = hearingOf(dbOf(desk), party.id) ?? {
    id: newUid(session),
    case_id: row.id,
    party_id: party.id,
    authorship: 'not-asked',
    authorship_note: '',
    invited_at: null,
    invited_how: '',
    answer_due: null,
    not_invited_reason: '',
    answered_at: null,
    answer: '',
  };
  const changes: Partial<HearingRow> = {
    ...(input.authorship
      ? { authorship: input.authorship.says, authorship_note: input.authorship.note }
      : {}),
    ...(input.invitation
      ? {
          invited_at: input.invitation.at,
          invited_how: input.invitation.how,
          answer_due: input.invitation.due,
          not_invited_reason: '',
        }
      : {}),
    ...(input.notInvitedReason
      ? { not_invited_reason: input.notInvitedReason, invited_at: null, invited_how: '', answer_due: null }
      : {}),
    ...(input.answer ? { answered_at: input.answer.at, answer: input.answer.text } : {}),
  };
  const next = { ...known, ...changes };
  if (Object.keys(changes).length === 0)
    throw new DocketError('invalid-input', 'nothing is said', 'authorship');
  if (next.answered_at !== null && next.invited_at === null && next.not_invited_reason === '')
    throw new DocketError('invalid-input', 'an answer needs its invitation', 'answer');
  if (next.invited_at !== null && next.answer_due !== null && next.answer_due <= next.invited_at)
    throw new DocketError('invalid-input', 'the deadline comes before the invitation', 'due');
  change(session, () => {
    const before = putHearing(session.workspace.store, next);
    const names = Object.keys(changes) as (keyof HearingRow)[];
    record(session, {
      type: 'hearing.changed',
      subject: { type: 'party', id: party.id },
      caseId: row.id,
      before: before ? Object.fromEntries(names.map((name) => [name, before[name]])) : null,
      after: changes,
    });
  });
  return listHearings(desk, { caseId: row.id });
}
