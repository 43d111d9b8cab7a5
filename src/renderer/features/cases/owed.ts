import type { CaseDetail, Decision, Duty, Party } from '../../../core/domain/case.ts';
import type { CaseTab } from './search.ts';

/** One thing that still stands between a case and its end. */
export type Owed =
  | { kind: 'undecided'; party: Party }
  | { kind: 'approval'; decision: Decision }
  | { kind: 'duty'; duty: Duty }
  | { kind: 'measures'; count: number }
  | { kind: 'appeals'; count: number }
  | { kind: 'unheard'; party: Party }
  | { kind: 'no-exhibit' }
  | { kind: 'no-pack' };

/** The tab on which each is settled. */
export const SETTLED_ON: Record<Owed['kind'], CaseTab> = {
  undecided: 'decision',
  approval: 'decision',
  measures: 'measures',
  appeals: 'decision',
  unheard: 'decision',
  duty: 'duties',
  'no-exhibit': 'evidence',
  'no-pack': 'evidence',
};

/** The decision of a party that stands: the latest by time. */
export function standingDecision(detail: CaseDetail, partyId: string): Decision | null {
  return decisionsOf(detail, partyId)[0] ?? null;
}

/** Decisions about a party, newest first. */
export function decisionsOf(detail: CaseDetail, partyId: string): Decision[] {
  return detail.decisions
    .filter((decision) => decision.partyId === partyId)
    .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

/** A witness is heard, not measured. */
export const canBeDecided = (party: Party): boolean => party.role !== 'witness';

/** What is still owed, in the order in which it is usually done. Nothing is owed by a closed case. */
export function owedBy(detail: CaseDetail): Owed[] {
  if (detail.summary.state === 'closed') return [];
  const owed: Owed[] = [];
  for (const party of detail.parties.filter(canBeDecided)) {
    const decision = standingDecision(detail, party.id);
    if (decision?.state === 'awaiting-approval') owed.push({ kind: 'approval', decision });
    else if (decision?.state !== 'final') owed.push({ kind: 'undecided', party });
  }
  const { measures = 0, appeals = 0, unheard = [] } = detail.owes ?? {};
  for (const party of detail.parties) if (unheard.includes(party.id)) owed.push({ kind: 'unheard', party });
  if (appeals > 0) owed.push({ kind: 'appeals', count: appeals });
  if (measures > 0) owed.push({ kind: 'measures', count: measures });
  for (const duty of detail.duties) if (duty.state !== 'closed') owed.push({ kind: 'duty', duty });
  if (detail.exhibits.length === 0) owed.push({ kind: 'no-exhibit' });
  else if (detail.packs.length === 0) owed.push({ kind: 'no-pack' });
  return owed;
}

/** What keeps a case from being closed; the rest is only said before it closes. */
export const keepsOpen = (owed: Owed): boolean => owed.kind === 'duty' || owed.kind === 'approval';

/** More of one sort than this are one line. */
const LINES_OF_A_SORT = 3;

const sortOf = (owed: Owed): string =>
  owed.kind === 'duty' ? `duty ${owed.duty.kind} ${owed.duty.state} ${owed.duty.receiver.zh}` : owed.kind;

/** Owed things as lines: what there is much of stands together, the most pressing first, in the place of its first. */
export function linesOf(owed: readonly Owed[]): (readonly [Owed, ...Owed[]])[] {
  const sorts = new Map<string, Owed[]>();
  for (const item of owed) sorts.set(sortOf(item), [...(sorts.get(sortOf(item)) ?? []), item]);
  const dueOf = (item: Owed) => (item.kind === 'duty' ? (item.duty.dueAt ?? Number.POSITIVE_INFINITY) : 0);
  return [...sorts.values()].flatMap((items): (readonly [Owed, ...Owed[]])[] =>
    items.length > LINES_OF_A_SORT
      ? [[...items].sort((a, b) => dueOf(a) - dueOf(b)) as [Owed, ...Owed[]]]
      : items.map((item) => [item] as const),
  );
}
