/** Decisions: a measure proposed by the penalty schedule, chosen by an officer, signed, approved. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { basisAt, holdingAt } from '../../cases/decision-basis.ts';
import { gravest } from '../../cases/gravity.ts';
import {
  type BasisProof,
  type Decision,
  type MeasureOption,
  MeasureProposal,
  type MeasureTerms,
  type ProposalFacts,
} from '../../domain/case.ts';
import type { Hit } from '../../domain/hit.ts';
import { approvalText, decisionText } from '../../evidence/decision-signature.ts';
import { civilDayOf } from '../../law/civil-day.ts';
import { proveBasis } from '../../penalties/basis-proof.ts';
import type { PenaltySchedule } from '../../penalties/penalty-schedule.ts';
import { proposeMeasure } from '../../penalties/propose-measure.ts';
import { type CaseRow, caseRow, type PartyRow, partiesOfCase, partyRows } from '../../storage/cases/cases.ts';
import {
  decisionRow,
  insertApproval,
  insertDecision,
  latestDecision,
  priorDecisions,
  setDecisionState,
  toDecision,
} from '../../storage/cases/decisions.ts';
import { houseRulesVersions, receivedOn } from '../../storage/cases/house-rules.ts';
import { reachOf } from '../../storage/detection/reach.ts';
import { listEvents } from '../../storage/events.ts';
import { cameBack } from '../../storage/people/watch-list.ts';
import { settleDuties } from '../duties/duties.ts';
import { drawForClosure } from '../review/second-reviews.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, caseFor, caseHits, dbOf, settleState } from './case-desk.ts';
import { recommend, withdrawOpen } from './measures.ts';
import { sessionOfSecond, signed } from './second-officer.ts';

interface Grounds {
  readonly party: PartyRow;
  readonly proposal: MeasureProposal;
  /** The gravest confirmed hit that the party answers for. */
  readonly worst: Hit;
  readonly hits: readonly Hit[];
}

/** Full width, capitals and traditional characters are how people write; only the rest speaks of hiding (S4-7). */
const INNOCENT: ReadonlySet<string> = new Set(['width', 'case', 'traditional']);

/**
 * The measure that the schedule of the case's profile proposes for a party, with its reasons.
 * Throws `verification-required` where the case has no confirmed hit, and `not-allowed` where the
 * schedule has no measures for this kind of party.
 */
export function proposeDecision(desk: CaseDesk, input: Parsed<'decisions.propose'>): MeasureProposal {
  const row = caseRow(dbOf(desk), input.caseId);
  const grounds = groundsOf(desk, row, input);
  const { proposal } = grounds;
  const option = proposal.options.find(({ id }) => id === proposal.proposed) as MeasureOption;
  return { ...proposal, basis: basisFor(desk, row, grounds, option).proof };
}

/**
 * A party answers for what it sent, a group for what was said in it; whoever sent nothing (a promoter,
 * an owner) for all of the case.
 */
function hitsOfParty(desk: CaseDesk, row: CaseRow, partyId: string): Hit[] {
  const party = partiesOfCase(dbOf(desk), row.id).find(({ id }) => id === partyId);
  const confirmed = caseHits(desk.reading, row.id).filter(
    ({ disposition }) => disposition?.verdict === 'confirmed',
  );
  const own = confirmed.filter(({ senderId, conversationId }) =>
    party?.accountId ? senderId === party.accountId : conversationId === party?.conversationId,
  );
  return own.length > 0 ? own : confirmed;
}

function groundsOf(
  desk: CaseDesk,
  row: CaseRow,
  { partyId, minors }: Pick<Parsed<'decisions.propose'>, 'partyId' | 'minors'>,
): Grounds {
  const party = partyRows(dbOf(desk), row.id).find(({ id }) => id === partyId);
  if (!party) throw new DocketError('not-found', 'no such party in this case', partyId);
  const hits = hitsOfParty(desk, row, partyId);
  const worst = gravest(hits);
  if (!worst) {
    throw new DocketError('verification-required', 'the case has no confirmed hit to decide about', row.id);
  }
  const facts: ProposalFacts = {
    category: worst.category,
    tier: worst.tier,
    severity: worst.severity,
    act: worst.act,
    role: party.role,
    evasion:
      (party.account_id !== null && cameBack(dbOf(desk), party.account_id)) ||
      hits.some(({ transforms }) => transforms.some((name) => !INNOCENT.has(name))),
    reach: reachOf(
      dbOf(desk),
      hits.map(({ conversationId }) => conversationId).filter((id) => id !== null),
    ),
    minors: minors ?? false,
    actAt: worst.sentAt,
  };
  const result = proposeMeasure(desk.policies.schedule(row.profile), {
    ...facts,
    severity: worst.severity as 1 | 2 | 3 | 4 | 5,
    subjectType: party.subject_type,
    priors: priorDecisions(dbOf(desk), party),
  });
  if (!result.ok) {
    throw new DocketError('not-allowed', `no measures against a ${party.subject_type}`, party.subject_type);
  }
  // Exactly what the contract shows is signed, so that whoever has the decision can rebuild the text.
  return { party, proposal: { ...MeasureProposal.parse(result.proposal), facts }, worst, hits };
}

/** A measure with those that go with it. */
const taken = ({ id, accompanying = [] }: MeasureOption) => [id, ...accompanying];

/** A measure taken together with others needs what any of them needs. */
function needsSecondOfficer(schedule: PenaltySchedule, option: MeasureOption): boolean {
  return taken(option).some((id) => {
    const measure = schedule.measures.find((candidate) => candidate.id === id);
    return measure === undefined || measure.permanent || measure.needsSecondApproval;
  });
}

/**
 * For how long and on what a measure is to act: the schedule's own days where none are said. Throws
 * `invalid-input` for days outside the schedule's bounds and for functions it does not name.
 */
function termsOf(
  schedule: PenaltySchedule,
  option: MeasureOption,
  days: number | null,
  functions: readonly string[],
): MeasureTerms | null {
  const measure = schedule.measures.find(({ id }) => id === option.id);
  const { duration, functions: known } = measure ?? {};
  if (days !== null && (!duration || days < duration.min || days > duration.max))
    throw new DocketError('invalid-input', 'not a number of days that the schedule allows', 'days');
  const unknown = functions.find((id) => !known?.some((one) => one.id === id));
  if (unknown) throw new DocketError('invalid-input', `no function ${unknown}`, 'functions');
  if (!duration && !known) return null;
  return { days: duration ? (days ?? duration.default) : null, functions: [...functions] };
}

/** What the measures of an option rest on by the schedule itself. */
function measureBasis(schedule: PenaltySchedule, option: MeasureOption): string[] {
  return taken(option).flatMap((id) => schedule.measures.find((measure) => measure.id === id)?.basis ?? []);
}

/** What a decision for an option cites, in the version of the day of the act, and whether that is proved. */
function basisFor(
  desk: CaseDesk,
  row: CaseRow,
  { party, proposal, worst, hits }: Grounds,
  option: MeasureOption,
): { basis: string[]; proof: BasisProof } {
  const db = dbOf(desk);
  const { law, houseRules, schedule: scheduleOf } = desk.policies;
  const schedule = scheduleOf(row.profile);
  const cited = [...hits.flatMap((hit) => hit.basis), ...measureBasis(schedule, option)];
  const basis = basisAt(cited, worst.sentAt, law);
  const versions = houseRulesVersions(db);
  const proof = proveBasis({
    tier: worst.tier,
    required: schedule.basisRequired[worst.tier],
    references: holdingAt(basis, worst.sentAt, law, houseRules),
    day: worst.sentAt === null ? null : civilDayOf(worst.sentAt),
    subjectType: proposal.subjectType,
    versions: versions.map((version) => ({ ...version, adopted: version.adoption !== null })),
    receivedOn: (id) => {
      const rules = versions.find((version) => version.id === id);
      return rules === undefined || party.account_id === null
        ? null
        : receivedOn(db, rules, party.account_id);
    },
  });
  return { basis, proof };
}

/**
 * Records a decision about a party, signed by the officer. The proposal is made again here, so that
 * what is signed is what held at this moment.
 * Throws `invalid-input` for a measure that the schedule does not offer, `reason-required` where it is
 * not the proposed one and no reason is given, `conflict` while an earlier decision waits.
 */
export function recordDecision(desk: CaseDesk, input: Parsed<'decisions.record'>): Decision {
  const { session } = desk;
  const { db } = session.workspace.store;
  const row = caseFor(desk, input.caseId, 'decide');
  const grounds = groundsOf(desk, row, input);
  const { party } = grounds;
  const earlier = latestDecision(db, party.id);
  if (earlier?.state === 'awaiting-approval') {
    throw new DocketError('conflict', 'a decision about this party waits for approval', earlier.id);
  }
  const option = grounds.proposal.options.find(({ id }) => id === input.measure);
  if (!option) throw new DocketError('invalid-input', 'the schedule does not offer this measure', 'measure');
  const { basis, proof } = basisFor(desk, row, grounds, option);
  const terms = termsOf(
    desk.policies.schedule(row.profile),
    option,
    input.days ?? null,
    input.functions ?? [],
  );
  const proposal: MeasureProposal = { ...grounds.proposal, basis: proof, ...(terms ? { terms } : {}) };
  const deviationReason = input.deviationReason.trim();
  if (option.id !== proposal.proposed && deviationReason === '') {
    throw new DocketError(
      'reason-required',
      `${option.id} instead of the proposed ${proposal.proposed} needs a reason`,
      'deviationReason',
    );
  }
  const schedule = desk.policies.schedule(row.profile);
  const decided = {
    id: newUid(session),
    partyId: party.id,
    proposal,
    measure: option.id,
    deviationReason,
    facts: input.facts,
    basis,
    officerId: session.officer.id,
    at: session.environment.now(),
  };
  const state = needsSecondOfficer(schedule, option) ? 'awaiting-approval' : 'final';
  change(session, () => {
    insertDecision(session.workspace.store, {
      id: decided.id,
      case_id: row.id,
      party_id: party.id,
      proposal: JSON.stringify(proposal),
      measure: option.id,
      deviation_reason: deviationReason,
      facts: input.facts,
      basis: JSON.stringify(basis),
      state,
      officer_id: session.officer.id,
      at: decided.at,
      ...signed(session, decisionText(decided)),
    });
    const superseded = earlier ? recordingOf(desk, earlier.id) : undefined;
    record(session, {
      type: 'decision.recorded',
      subject: { type: 'decision', id: decided.id },
      caseId: row.id,
      before: earlier ? { decision: earlier.id, measure: earlier.measure, state: earlier.state } : null,
      after: {
        party: party.id,
        measure: option.id,
        proposed: proposal.proposed,
        deviationReason,
        schedule: proposal.schedule,
        state,
      },
      ...(superseded ? { supersedes: superseded } : {}),
    });
    if (option.permanent) drawForClosure(desk, grounds.hits);
    settleState(desk, row.id);
    if (state === 'final') takeEffect(desk, decided.id);
  });
  return toDecision(db, decisionRow(db, decided.id));
}

/** What follows from a decision that became final: its measures are recommended, earlier ones not yet carried out withdrawn. */
function takeEffect(desk: CaseDesk, decisionId: string): void {
  const row = decisionRow(dbOf(desk), decisionId);
  const { proposal } = toDecision(dbOf(desk), row);
  const party = partyRows(dbOf(desk), row.case_id).find(({ id }) => id === row.party_id) as PartyRow;
  const option = proposal.options.find(({ id }) => id === row.measure) as MeasureOption;
  withdrawOpen(desk, party.id, decisionId);
  recommend(desk, {
    schedule: desk.policies.schedule(caseRow(dbOf(desk), row.case_id).profile),
    caseId: row.case_id,
    party,
    decisionId,
    measures: taken(option),
    terms: proposal.terms ?? null,
  });
  settleDuties(desk, row.case_id);
}

/** The event that recorded a decision. */
function recordingOf(desk: CaseDesk, decisionId: string): string | undefined {
  const filter = { type: 'decision.recorded', officerId: null, subjectId: decisionId };
  return listEvents(dbOf(desk), filter, Number.MAX_SAFE_INTEGER, 1)[0]?.event.id;
}

/**
 * The second officer approves or refuses, with their own passphrase, beside whoever's session this is:
 * the event and the signature are theirs.
 * Throws `second-officer-required` for the officer who decided, `wrong-key`, `not-allowed` for an
 * officer who left, `conflict` where the decision does not wait, `reason-required` for a refusal
 * without a note.
 */
export function approveDecision(desk: CaseDesk, input: Parsed<'decisions.approve'>): Decision {
  const { db } = desk.session.workspace.store;
  const row = decisionRow(db, input.decisionId);
  if (row.state !== 'awaiting-approval') {
    throw new DocketError('conflict', `the decision is ${row.state}`, row.id);
  }
  const note = input.note.trim();
  if (!input.approved && note === '') {
    throw new DocketError('reason-required', 'a refusal needs its reason', 'note');
  }
  const session = sessionOfSecond(desk.session, { ...input, first: row.officer_id });
  const second: CaseDesk = { ...desk, session };
  const state = input.approved ? 'final' : 'refused';
  change(session, () => {
    const { store } = session.workspace;
    const approval = { at: session.environment.now(), approved: input.approved, note };
    insertApproval(store, {
      id: newUid(session),
      decision_id: row.id,
      officer_id: session.officer.id,
      approved: input.approved ? 1 : 0,
      note,
      at: approval.at,
      ...signed(session, approvalText(toDecision(db, row), approval)),
    });
    setDecisionState(store, row.id, state);
    record(session, {
      type: input.approved ? 'decision.approved' : 'decision.refused',
      subject: { type: 'decision', id: row.id },
      caseId: row.case_id,
      before: { state: row.state },
      after: { state, note },
    });
    settleState(second, row.case_id);
    if (input.approved) takeEffect(second, row.id);
  });
  return toDecision(db, decisionRow(db, row.id));
}
