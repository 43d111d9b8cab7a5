/** Batches: hundreds of links or accounts under one decision and one second approval (S2-7, S2-9). */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { canonicalJson } from '../../audit/digest.ts';
import { basisAt } from '../../cases/decision-basis.ts';
import { gravest } from '../../cases/gravity.ts';
import { type MeasureOption, MeasureProposal } from '../../domain/case.ts';
import type { MeasureBatch } from '../../domain/measure.ts';
import { linksIn } from '../../links/seen-links.ts';
import { proposeMeasure } from '../../penalties/propose-measure.ts';
import { type CaseRow, caseRow, participantRowId } from '../../storage/cases/cases.ts';
import {
  type BatchItem,
  type BatchRow,
  batchesOfCase,
  batchRow,
  insertBatch,
  updateBatch,
} from '../../storage/cases/measure-batches.ts';
import { change, newUid, record } from '../session.ts';
import { type CaseDesk, caseFor, caseHits, dbOf, settleState } from './case-desk.ts';
import { takeMeasures } from './measures.ts';
import { sessionOfSecond, signed } from './second-officer.ts';

function confirmedHits(desk: CaseDesk, caseId: string) {
  return caseHits(desk.reading, caseId).filter(({ disposition }) => disposition?.verdict === 'confirmed');
}

/** What the confirmed hits of a case name: links in their texts, or the accounts that sent them; each once. */
export function batchCandidates(desk: CaseDesk, input: Parsed<'batches.candidates'>): BatchItem[] {
  const items = new Map<string, BatchItem>();
  for (const hit of confirmedHits(desk, caseRow(dbOf(desk), input.caseId).id)) {
    if (input.subjectType === 'link') {
      for (const { url } of linksIn(hit.text))
        items.set(url, { target: url, platformId: null, accountId: null });
    } else if (hit.senderId !== null) {
      items.set(hit.senderId, { target: hit.sender ?? '', platformId: null, accountId: hit.senderId });
    }
  }
  return [...items.values()];
}

/** What the schedule proposes for one of a batch, from the gravest confirmed hit of the case. */
function groundsOf(desk: CaseDesk, row: CaseRow, subjectType: BatchRow['subject_type']) {
  const hits = confirmedHits(desk, row.id);
  const worst = gravest(hits);
  if (!worst) throw new DocketError('verification-required', 'the case has no confirmed hit', row.id);
  const schedule = desk.policies.schedule(row.profile);
  const result = proposeMeasure(schedule, {
    subjectType,
    category: worst.category,
    tier: worst.tier,
    severity: worst.severity as 1 | 2 | 3 | 4 | 5,
    act: worst.act,
    role: 'publisher',
    evasion: false,
    reach: null,
    minors: false,
    priors: [],
    actAt: worst.sentAt,
  });
  if (!result.ok) throw new DocketError('not-allowed', `no measures against a ${subjectType}`, subjectType);
  return { hits, worst, schedule, proposal: MeasureProposal.parse(result.proposal) };
}

export function proposeBatch(desk: CaseDesk, input: Parsed<'batches.propose'>): MeasureProposal {
  return groundsOf(desk, caseRow(dbOf(desk), input.caseId), input.subjectType).proposal;
}

const taken = ({ id, accompanying = [] }: MeasureOption) => [id, ...accompanying];

/** What is signed: every item, in order, with the measure and what it rests on. */
function batchText(
  row: Omit<BatchRow, 'signature' | 'public_key' | 'approval_signature' | 'approval_key'>,
): string {
  const {
    id,
    case_id,
    subject_type,
    proposal,
    measure,
    deviation_reason,
    facts,
    basis,
    items,
    officer_id,
    at,
  } = row;
  return canonicalJson({
    batch: {
      id,
      caseId: case_id,
      subjectType: subject_type,
      proposal: JSON.parse(proposal) as unknown,
      measure,
      deviationReason: deviation_reason,
      facts,
      basis: JSON.parse(basis) as unknown,
      items: JSON.parse(items) as unknown,
      officerId: officer_id,
      at,
    },
  });
}

/**
 * Records a batch; it waits for the second officer, whatever its measure. Throws as a decision does, and
 * `invalid-input` for an item without a target.
 */
export function recordBatch(desk: CaseDesk, input: Parsed<'batches.record'>): MeasureBatch[] {
  const { session } = desk;
  const row = caseFor(desk, input.caseId, 'decide');
  const { hits, worst, schedule, proposal } = groundsOf(desk, row, input.subjectType);
  const option = proposal.options.find(({ id }) => id === input.measure);
  if (!option || option.level === 0)
    throw new DocketError('invalid-input', 'the schedule does not offer this measure', 'measure');
  const deviationReason = input.deviationReason.trim();
  if (option.id !== proposal.proposed && deviationReason === '')
    throw new DocketError('reason-required', 'another measure than the proposed one', 'deviationReason');
  const items = itemsOf(desk, input.items);
  const cited = [
    ...hits.flatMap((hit) => hit.basis),
    ...taken(option).flatMap((id) => schedule.measures.find((measure) => measure.id === id)?.basis ?? []),
  ];
  const stored = {
    id: newUid(session),
    case_id: row.id,
    subject_type: input.subjectType,
    proposal: JSON.stringify(proposal),
    measure: option.id,
    deviation_reason: deviationReason,
    facts: input.facts,
    basis: JSON.stringify(basisAt(cited, worst.sentAt, desk.policies.law)),
    items: JSON.stringify(items),
    state: 'awaiting-approval' as const,
    officer_id: session.officer.id,
    at: session.environment.now(),
    approver_id: null,
    approved_at: null,
    note: '',
  };
  change(session, () => {
    insertBatch(session.workspace.store, {
      ...stored,
      ...signed(session, batchText(stored)),
      approval_signature: null,
      approval_key: null,
    });
    record(session, {
      type: 'batch.recorded',
      subject: { type: 'batch', id: stored.id },
      caseId: row.id,
      after: {
        measure: option.id,
        proposed: proposal.proposed,
        deviationReason,
        subjectType: input.subjectType,
        items: items.length,
        state: stored.state,
      },
    });
    settleState(desk, row.id);
  });
  return listBatches(desk, { caseId: row.id });
}

function itemsOf(desk: CaseDesk, given: Parsed<'batches.record'>['items']): BatchItem[] {
  const items = new Map<string, BatchItem>();
  for (const { target, accountId } of given) {
    if (accountId) participantRowId(dbOf(desk), 'accounts', accountId);
    const name = target.trim();
    if (name === '') throw new DocketError('invalid-input', 'an item without a target', 'items');
    items.set(accountId ?? name, { target: name, platformId: null, accountId: accountId ?? null });
  }
  return [...items.values()];
}

/** The second officer approves or refuses the whole batch. Throws as the approval of a decision does. */
export function approveBatch(desk: CaseDesk, input: Parsed<'batches.approve'>): MeasureBatch[] {
  const row = batchRow(dbOf(desk), input.batchId);
  if (row.state !== 'awaiting-approval')
    throw new DocketError('conflict', `the batch is ${row.state}`, row.id);
  const note = input.note.trim();
  if (!input.approved && note === '')
    throw new DocketError('reason-required', 'a refusal needs its reason', 'note');
  const session = sessionOfSecond(desk.session, { ...input, first: row.officer_id });
  const second: CaseDesk = { ...desk, session };
  const approvedAt = session.environment.now();
  const state = input.approved ? 'final' : 'refused';
  change(session, () => {
    const text = canonicalJson({
      of: batchText(row),
      approval: { at: approvedAt, approved: input.approved, note },
    });
    const { signature, public_key } = signed(session, text);
    updateBatch(session.workspace.store, row.id, {
      state,
      approver_id: session.officer.id,
      approved_at: approvedAt,
      note,
      approval_signature: signature,
      approval_key: public_key,
    });
    record(session, {
      type: input.approved ? 'batch.approved' : 'batch.refused',
      subject: { type: 'batch', id: row.id },
      caseId: row.case_id,
      before: { state: row.state },
      after: { state, note },
    });
    if (input.approved) takeBatch(second, row);
    settleState(second, row.case_id);
  });
  return listBatches(desk, { caseId: row.case_id });
}

function takeBatch(desk: CaseDesk, row: BatchRow): void {
  const schedule = desk.policies.schedule(caseRow(dbOf(desk), row.case_id).profile);
  const { options } = JSON.parse(row.proposal) as MeasureProposal;
  const option = options.find(({ id }) => id === row.measure) as MeasureOption;
  for (const item of JSON.parse(row.items) as BatchItem[]) {
    const target = {
      subjectType: row.subject_type,
      target: item.target,
      platformId: item.platformId,
      accountId: item.accountId ? participantRowId(dbOf(desk), 'accounts', item.accountId) : null,
      partyId: null,
      decisionId: null,
      batchId: row.id,
    };
    takeMeasures(desk, row.case_id, target, schedule, taken(option), null);
  }
}

export function listBatches(desk: CaseDesk, input: Parsed<'batches.list'>): MeasureBatch[] {
  return batchesOfCase(dbOf(desk), desk.reading.prefix, input.caseId);
}
