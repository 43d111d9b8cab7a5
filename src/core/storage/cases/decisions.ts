import { DocketError } from '../../../contract/errors.ts';
import { gravest } from '../../cases/gravity.ts';
import type { Decision, MeasureProposal } from '../../domain/case.ts';
import type { CategoryId, Tier } from '../../domain/category.ts';
import type { PriorDecision } from '../../penalties/propose-measure.ts';
import { all, type Database, get } from '../database.ts';
import { fingerprintOf } from '../officers.ts';
import { accountsOfPerson } from '../people/people.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import { PARTY_HIT, PARTY_NAME, type PartyRow } from './cases.ts';
import { type AppealRow, appealOf } from './hearings.ts';

export interface DecisionRow {
  id: string;
  case_id: string;
  party_id: string;
  proposal: string;
  measure: string;
  deviation_reason: string;
  facts: string;
  basis: string;
  state: Decision['state'];
  officer_id: string;
  at: number;
  signature: Buffer;
  /** Raw Ed25519 key that the signature was made with: the officer may have another by now. */
  public_key: Buffer;
}

export interface ApprovalRow {
  id: string;
  decision_id: string;
  officer_id: string;
  approved: number;
  note: string;
  at: number;
  signature: Buffer;
  public_key: Buffer;
}

export function insertDecision(store: Store, row: DecisionRow): void {
  insertRow(store, 'decisions', { ...row });
}

export function setDecisionState(store: Store, id: string, state: Decision['state']): void {
  updateRow(store, 'decisions', { id }, { state });
}

export function insertApproval(store: Store, row: ApprovalRow): void {
  insertRow(store, 'approvals', { ...row });
}

/** Throws `not-found`. */
export function decisionRow(db: Database, id: string): DecisionRow {
  const row = get<DecisionRow>(db, 'SELECT * FROM decisions WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such decision', id);
  return row;
}

/** Leaves out decisions (`decisions` or an alias) that gave way where two workstations decided about the same party. */
export const unsuperseded = (alias = 'decisions') =>
  `${alias}.id NOT IN (SELECT decision_id FROM superseded_decisions)`;

/** The decision about a party that stands: the latest. */
export function latestDecision(db: Database, partyId: string): DecisionRow | null {
  return (
    get<DecisionRow>(
      db,
      `SELECT * FROM decisions WHERE party_id = ? AND ${unsuperseded()} ORDER BY at DESC, id DESC LIMIT 1`,
      partyId,
    ) ?? null
  );
}

/** The proposal as it was made and signed. */
function proposalOf(row: Pick<DecisionRow, 'proposal'>): MeasureProposal {
  return JSON.parse(row.proposal) as MeasureProposal;
}

function nameOfOfficer(db: Database, id: string): string {
  return get<{ name: string }>(db, 'SELECT name FROM officers WHERE id = ?', id)?.name ?? '';
}

export function toDecision(db: Database, row: DecisionRow): Decision {
  const proposal = proposalOf(row);
  const approval = get<ApprovalRow>(db, 'SELECT * FROM approvals WHERE decision_id = ?', row.id);
  const party = get<{ name: string }>(
    db,
    `SELECT ${PARTY_NAME} AS name FROM parties p LEFT JOIN accounts a ON a.id = p.account_id
     LEFT JOIN conversations c ON c.id = p.conversation_id WHERE p.id = ?`,
    row.party_id,
  );
  const appeal = appealOf(db, row.id);
  const option = proposal.options.find(({ id }) => id === row.measure);
  const signature = (signed: { officer_id: string; signature: Buffer; public_key: Buffer }) => ({
    officer: nameOfOfficer(db, signed.officer_id),
    fingerprint: fingerprintOf(signed.public_key),
    signature: signed.signature.toString('base64'),
  });
  return {
    id: row.id,
    partyId: row.party_id,
    party: party?.name ?? '',
    proposal,
    measure: row.measure,
    measureTitle: option?.title ?? { zh: row.measure, en: row.measure },
    deviates: row.measure !== proposal.proposed,
    deviationReason: row.deviation_reason,
    facts: row.facts,
    basis: JSON.parse(row.basis) as string[],
    state: row.state,
    appeal: appeal && {
      id: appeal.id,
      lodgedAt: appeal.lodged_at,
      outcome: appeal.outcome,
      measure: appeal.measure,
    },
    officer: nameOfOfficer(db, row.officer_id),
    officerId: row.officer_id,
    at: row.at,
    approval: approval
      ? {
          officer: nameOfOfficer(db, approval.officer_id),
          at: approval.at,
          approved: approval.approved === 1,
          note: approval.note,
        }
      : null,
    signatures: [signature(row), ...(approval ? [signature(approval)] : [])],
  };
}

/** Every decision of a case, the first one first. */
export function decisionsOfCase(db: Database, caseId: string): Decision[] {
  return all<DecisionRow>(db, 'SELECT * FROM decisions WHERE case_id = ? ORDER BY at, id', caseId).map(
    (row) => toDecision(db, row),
  );
}

/** Public keys that the decisions of a case were signed with, raw, each with its officer's name. */
export function signingKeysOfCase(db: Database, caseId: string): { officer: string; publicKey: Buffer }[] {
  return all<{ officer: string; publicKey: Buffer }>(
    db,
    `SELECT DISTINCT f.name AS officer, k.public_key AS publicKey FROM (
       SELECT officer_id, public_key FROM decisions WHERE case_id = ?
       UNION SELECT a.officer_id, a.public_key FROM approvals a
         JOIN decisions d ON d.id = a.decision_id WHERE d.case_id = ?) k
     JOIN officers f ON f.id = k.officer_id ORDER BY f.name, k.public_key`,
    caseId,
    caseId,
  );
}

/**
 * Where the parties of a case stand: for each that can be the subject of a measure (witnesses cannot),
 * the state of the decision that stands, or null.
 */
export function decisionStates(db: Database, caseId: string): (Decision['state'] | null)[] {
  return all<{ id: string }>(
    db,
    "SELECT id FROM parties WHERE case_id = ? AND role <> 'witness'",
    caseId,
  ).map(({ id }) => latestDecision(db, id)?.state ?? null);
}

export function hasFinalDecision(db: Database, caseId: string): boolean {
  return get(db, "SELECT 1 FROM decisions WHERE case_id = ? AND state = 'final'", caseId) !== undefined;
}

/**
 * Decisions that stand about the same person (every account that an officer tied to them), or the same group,
 * in other cases: what counts of them
 * is for the penalty schedule to say. Category and severity are those of the gravest confirmed hit of
 * that party, or of its case where the party published nothing itself.
 */
export function priorDecisions(db: Database, party: PartyRow): PriorDecision[] {
  const [column, values] =
    party.account_id === null
      ? ['conversation_id', [party.conversation_id]]
      : ['account_id', accountsOfPerson(db, party.account_id)];
  const others = all<{ id: string; case_id: string }>(
    db,
    `SELECT id, case_id FROM parties WHERE ${column} IN (${values.map(() => '?').join(', ')}) AND case_id <> ? ORDER BY id`,
    ...values,
    party.case_id,
  );
  const priors: PriorDecision[] = [];
  for (const other of others) {
    const decision = get<DecisionRow>(
      db,
      `SELECT * FROM decisions WHERE party_id = ? AND ${unsuperseded()}
       ORDER BY state = 'final' DESC, at DESC, id DESC LIMIT 1`,
      other.id,
    );
    const worst = gravest(
      findings(db, `SELECT ${FINDING} FROM hits h JOIN parties p ON p.id = ? WHERE ${PARTY_HIT}`, other.id),
    );
    const found =
      worst ??
      gravest(
        findings(
          db,
          `SELECT ${FINDING} FROM hits h WHERE h.case_id = ? AND h.verdict = 'confirmed'`,
          other.case_id,
        ),
      );
    if (!decision || !found) continue;
    const appeal = appealOf(db, decision.id);
    const measure = appeal?.outcome === 'reduced' ? appeal.measure : decision.measure;
    priors.push({
      decidedAt: decision.at,
      category: found.category,
      severity: found.severity,
      level: proposalOf(decision).options.find(({ id }) => id === measure)?.level ?? 0,
      status: priorStatus(decision, appeal),
    });
  }
  return priors;
}

/** Whether a decision may count later, and if not, why. */
export function priorStatus(decision: DecisionRow, appeal: AppealRow | null): PriorDecision['status'] {
  if (decision.state !== 'final') return decision.state;
  if (appeal?.outcome === 'overturned') return 'overturned';
  return proposalOf(decision).basis?.proved === false ? 'unproved' : 'final';
}

/** The officer who approved or refused a decision; null while nobody has. */
export function approverOf(db: Database, decisionId: string): string | null {
  return (
    get<{ officer_id: string }>(db, 'SELECT officer_id FROM approvals WHERE decision_id = ?', decisionId)
      ?.officer_id ?? null
  );
}

const FINDING = 'h.category, h.tier, h.severity, h.sort_at AS sentAt';

function findings(db: Database, sql: string, id: string) {
  return all<{ category: CategoryId; tier: Tier; severity: number; sentAt: number }>(db, sql, id);
}
