/**
 * Proposes a measure for one party of a case from the organisation's penalty schedule.
 *
 * The schedule says where to start (tier and severity), and what the act, the party's role, evasion
 * and earlier decisions add. The result is a proposal with its reasons and a range; the officer
 * decides. Nothing is proposed in categories that only people may judge.
 */
import type { MeasureOption, MeasureProposal, MeasureSubject, PartyRole, Reason } from '../domain/case.ts';
import { type CategoryId, categoryOf, type Tier } from '../domain/category.ts';
import type { Act } from '../domain/message.ts';
import { civilDayOf, lastDayOfYears } from '../law/civil-day.ts';
import { type Adjustment, type Ladder, ladderOf, type PenaltySchedule } from './penalty-schedule.ts';

/** Every reason code a proposal can carry; the screen has words for each. */
export const PROPOSAL_REASONS = [
  'base',
  'act',
  'role',
  'role-without-measure',
  'evasion',
  'reach',
  'minors',
  'priors-counted',
  'priors-none',
  'priors-raise',
  'priors-left-out',
  'act-time-unknown',
  'capped-at-top',
  'human-decision-only',
  'second-approval',
] as const;
export type ProposalReason = (typeof PROPOSAL_REASONS)[number];

/** An earlier decision about the same person or group. Only `final` ones count. */
export interface PriorDecision {
  /** UTC milliseconds. */
  readonly decidedAt: number;
  readonly category: CategoryId;
  readonly severity: number;
  /** Level on the ladder of that decision; 0 is "no measure" and does not count. */
  readonly level: number;
  /** `unproved`: the decision could not show that its rules bound the person; like an overturned one it never counts. */
  readonly status: 'final' | 'awaiting-approval' | 'refused' | 'overturned' | 'unproved';
}

export interface ProposalInput {
  readonly subjectType: MeasureSubject;
  readonly category: CategoryId;
  readonly tier: Tier;
  /** 1 to 5. */
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly act: Act;
  readonly role: PartyRole;
  /** Was the content disguised, or the account registered again to get round a measure (S4-7)? */
  readonly evasion: boolean;
  /** People who could see it; null where nothing tells. */
  readonly reach: number | null;
  /** Minors are concerned. */
  readonly minors: boolean;
  readonly priors: readonly PriorDecision[];
  /** When the act was done, UTC milliseconds; null where the export does not tell. */
  readonly actAt: number | null;
}

export interface ProposedOption extends MeasureOption {
  accompanying: string[];
}

export interface ProposedMeasure extends MeasureProposal {
  options: ProposedOption[];
  /** The proposed level on the ladder, and the levels of the range. */
  readonly level: number;
  readonly levels: { readonly min: number; readonly max: number };
  /** What the decision has to cite. */
  readonly basisRequired: readonly ('law' | 'house')[];
}

export type ProposalResult =
  | { readonly ok: true; readonly proposal: ProposedMeasure }
  | { readonly ok: false; readonly code: 'no-ladder' };

interface Position {
  level: number;
  min: number;
  max: number;
}

/** The proposal for one party. `no-ladder`: the schedule has no measures for this kind of subject. */
export function proposeMeasure(schedule: PenaltySchedule, input: ProposalInput): ProposalResult {
  const day = input.actAt === null ? null : civilDayOf(input.actAt);
  const ladder = ladderOf(schedule, input.subjectType, day);
  if (ladder === null) return { ok: false, code: 'no-ladder' };
  const top = ladder.steps.length - 1;
  const reasons: Reason[] = [];
  const position = place(schedule, ladder, input, reasons);
  const options = ladder.steps.map((step, level) => optionOf(schedule, step, level));
  const proposed = options[position.level] as ProposedOption;
  if (proposed.needsSecondApproval)
    reasons.push({ code: 'second-approval', params: { measure: proposed.id } });
  return {
    ok: true,
    proposal: {
      schedule: { id: schedule.id, version: schedule.version },
      subjectType: input.subjectType,
      options,
      proposed: proposed.id,
      level: position.level,
      levels: { min: position.min, max: position.max },
      range: {
        min: (options[position.min] ?? proposed).id,
        max: (options[Math.min(position.max, top)] ?? proposed).id,
      },
      reasons,
      needsSecondApproval: proposed.needsSecondApproval,
      basisRequired: schedule.basisRequired[input.tier],
    },
  };
}

function optionOf(schedule: PenaltySchedule, step: Ladder['steps'][number], level: number): ProposedOption {
  // The schema refuses a ladder that names an unknown measure.
  const measure = schedule.measures.find(
    ({ id }) => id === step.measure,
  ) as PenaltySchedule['measures'][number];
  const { id, title, permanent, needsSecondApproval, duration, functions } = measure;
  return {
    id,
    level,
    title,
    permanent,
    needsSecondApproval,
    accompanying: [...step.accompanying],
    ...(duration ? { duration: { min: duration.min, default: duration.default, max: duration.max } } : {}),
    ...(functions ? { functions: [...functions] } : {}),
  };
}

function place(schedule: PenaltySchedule, ladder: Ladder, input: ProposalInput, reasons: Reason[]): Position {
  const top = ladder.steps.length - 1;
  const because = (code: ProposalReason, params: Reason['params'] = {}) => reasons.push({ code, params });

  if (categoryOf(input.category).organisationLoaded) {
    because('human-decision-only', { category: input.category });
    return { level: 0, min: 0, max: top };
  }
  const role = schedule.roles[input.role];
  if (role === 'no-measure') {
    because('role-without-measure', { role: input.role });
    return { level: 0, min: 0, max: 0 };
  }
  const start = ladder.base[input.tier][input.severity - 1] as Position;
  because('base', { tier: input.tier, severity: input.severity, level: start.level });
  const moved: Position = { ...start };

  const apply = ({ raise, widen }: Adjustment, code: ProposalReason, params: Reason['params']) => {
    if (raise === 0 && widen === 0) return;
    moved.level += raise;
    moved.max = widen === 'top' ? top : moved.max + Math.max(raise, 0) + widen;
    because(code, { ...params, raise, widen });
  };
  apply(schedule.acts[input.act], 'act', { act: input.act });
  apply(role, 'role', { role: input.role });
  if (input.evasion) apply(schedule.evasion, 'evasion', {});
  if (input.minors) apply(schedule.minors, 'minors', {});
  const { reach } = input;
  if (reach !== null) {
    const reached = schedule.reach.filter(({ atLeast }) => reach >= atLeast);
    const most = reached.sort((a, b) => b.atLeast - a.atLeast)[0];
    if (most) apply(most, 'reach', { reach, atLeast: most.atLeast });
  }

  const raise = raiseForPriors(schedule, input, because);
  if (raise === 'top') {
    moved.level = top;
    moved.max = top;
  } else {
    moved.level += raise;
    moved.max += raise;
  }
  if (moved.level > top) because('capped-at-top', { level: top });
  const level = Math.min(Math.max(moved.level, 0), top);
  return { level, min: Math.min(moved.min, level), max: Math.max(level, Math.min(moved.max, top)) };
}

function raiseForPriors(
  schedule: PenaltySchedule,
  input: ProposalInput,
  because: (code: ProposalReason, params?: Reason['params']) => unknown,
): number | 'top' {
  const years = schedule.lookBack[input.tier];
  if (input.actAt === null) {
    if (input.priors.length > 0) because('act-time-unknown', { priors: input.priors.length });
    return 0;
  }
  const counted: PriorDecision[] = [];
  const leftOut = { notFinal: 0, overturned: 0, unproved: 0, noMeasure: 0, afterAct: 0, outsideWindow: 0 };
  for (const prior of input.priors) {
    if (prior.status === 'overturned') leftOut.overturned++;
    else if (prior.status === 'unproved') leftOut.unproved++;
    else if (prior.status !== 'final') leftOut.notFinal++;
    else if (prior.level === 0) leftOut.noMeasure++;
    else if (prior.decidedAt > input.actAt) leftOut.afterAct++;
    else if (!withinLookBack(prior.decidedAt, input.actAt, years)) leftOut.outsideWindow++;
    else counted.push(prior);
  }
  const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  if (left > 0) because('priors-left-out', { ...leftOut, years });
  if (counted.length === 0) {
    because('priors-none', { years });
    return 0;
  }
  because('priors-counted', {
    counted: counted.length,
    sameCategory: counted.filter(({ category }) => category === input.category).length,
    highestLevel: Math.max(...counted.map(({ level }) => level)),
    years,
  });
  let strongest: PenaltySchedule['recidivism'][number] | null = null;
  for (const entry of schedule.recidivism) {
    const matching = counted.filter(
      ({ category, severity }) =>
        severity >= entry.minSeverity && (entry.scope === 'any' || category === input.category),
    );
    if (matching.length >= entry.atLeast && (strongest === null || weight(entry) > weight(strongest)))
      strongest = entry;
  }
  if (strongest === null) return 0;
  because('priors-raise', { rule: strongest.id, raise: strongest.raise });
  return strongest.raise;
}

const weight = ({ raise }: { raise: number | 'top' }) => (raise === 'top' ? Number.POSITIVE_INFINITY : raise);

/**
 * Does a decision of `decidedAt` still count for an act of `actAt`, `years` later at most? Counted in
 * civil days: the period ends with the end of its last day, so the same date counts, the next does not.
 */
export function withinLookBack(decidedAt: number, actAt: number, years: number): boolean {
  return decidedAt <= actAt && civilDayOf(actAt) <= lastDayOfYears(civilDayOf(decidedAt), years);
}
