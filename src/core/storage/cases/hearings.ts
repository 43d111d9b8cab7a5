/** How parties were heard, what was written to them, and their appeals. */
import { DocketError } from '../../../contract/errors.ts';
import type { CaseOwes, MeasureProposal } from '../../domain/case.ts';
import type { Appeal, AppealOutcome, Authorship, Hearing, Letter } from '../../domain/hearing.ts';
import { all, type Database, get } from '../database.ts';
import { fingerprintOf } from '../officers.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';
import { PARTY_NAME } from './cases.ts';

export interface HearingRow {
  id: string;
  case_id: string;
  party_id: string;
  authorship: Authorship;
  authorship_note: string;
  invited_at: number | null;
  invited_how: string;
  answer_due: number | null;
  not_invited_reason: string;
  answered_at: number | null;
  answer: string;
}

export function hearingOf(db: Database, partyId: string): HearingRow | null {
  return get<HearingRow>(db, 'SELECT * FROM hearings WHERE party_id = ?', partyId) ?? null;
}

/** Adds the hearing of a party, or changes it; answers what it was. */
export function putHearing(store: Store, row: HearingRow): HearingRow | null {
  const before = hearingOf(store.db, row.party_id);
  const { id, ...changes } = row;
  if (before) updateRow(store, 'hearings', { id: before.id }, { ...changes });
  else insertRow(store, 'hearings', { id, ...changes });
  return before;
}

function toHearing(row: HearingRow): Hearing {
  const missing: Hearing['missing'] = [];
  if (row.authorship === 'not-asked') missing.push('authorship');
  if (row.invited_at === null && row.not_invited_reason === '') missing.push('invitation');
  if (row.invited_at !== null && row.answered_at === null) missing.push('answer');
  return {
    id: row.id,
    caseId: row.case_id,
    partyId: row.party_id,
    authorship: row.authorship,
    authorshipNote: row.authorship_note,
    invitedAt: row.invited_at,
    invitedHow: row.invited_how,
    answerDue: row.answer_due,
    notInvitedReason: row.not_invited_reason,
    answeredAt: row.answered_at,
    answer: row.answer,
    missing,
  };
}

export function hearingsOfCase(db: Database, caseId: string): Hearing[] {
  return all<HearingRow>(db, 'SELECT * FROM hearings WHERE case_id = ? ORDER BY id', caseId).map(toHearing);
}

export interface LetterRow {
  id: string;
  case_id: string;
  party_id: string;
  decision_id: string | null;
  kind: Letter['kind'];
  language: Letter['language'];
  format: Letter['format'];
  file: string;
  sha256: string;
  at: number;
  officer_id: string;
  served_at: number | null;
  served_how: string;
  service_proof: string;
}

export function insertLetter(store: Store, row: LetterRow): void {
  insertRow(store, 'letters', { ...row });
}

export function serveLetter(
  store: Store,
  id: string,
  served: Pick<LetterRow, 'served_at' | 'served_how' | 'service_proof'>,
): void {
  updateRow(store, 'letters', { id }, { ...served });
}

/** Throws `not-found`. */
export function letterRow(db: Database, id: string): LetterRow {
  const row = get<LetterRow>(db, 'SELECT * FROM letters WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such letter', id);
  return row;
}

/** What a case still owes beside its decisions and duties. */
export function owesOf(db: Database, caseId: string, now: number): CaseOwes {
  const count = (sql: string, ...values: (string | number)[]) =>
    get<{ n: number }>(db, `SELECT count(*) AS n FROM ${sql}`, ...values)?.n ?? 0;
  const heard = new Set(
    hearingsOfCase(db, caseId)
      .filter(({ missing }) => missing.length === 0)
      .map(({ partyId }) => partyId),
  );
  return {
    measures: count(
      `measures WHERE case_id = ? AND (state IN ('recommended', 'instructed', 'executed')
         OR (state = 'verified' AND expires_at IS NOT NULL AND expires_at <= ?))`,
      caseId,
      now,
    ),
    appeals: count('appeals WHERE case_id = ? AND outcome IS NULL', caseId),
    unheard: all<{ id: string }>(
      db,
      `SELECT id FROM parties WHERE case_id = ? AND role <> 'witness' AND account_id IS NOT NULL ORDER BY id`,
      caseId,
    )
      .map(({ id }) => id)
      .filter((id) => !heard.has(id)),
  };
}

/** Letters of a case, the latest first. */
export function lettersOfCase(db: Database, caseId: string): Letter[] {
  return all<LetterRow & { party: string; officer: string | null }>(
    db,
    `SELECT l.*, ${PARTY_NAME} AS party, o.name AS officer FROM letters l JOIN parties p ON p.id = l.party_id
     LEFT JOIN accounts a ON a.id = p.account_id LEFT JOIN conversations c ON c.id = p.conversation_id
     LEFT JOIN officers o ON o.id = l.officer_id WHERE l.case_id = ? ORDER BY l.id DESC`,
    caseId,
  ).map((row) => ({
    id: row.id,
    caseId: row.case_id,
    partyId: row.party_id,
    party: row.party,
    decisionId: row.decision_id,
    kind: row.kind,
    language: row.language,
    format: row.format,
    file: row.file,
    sha256: row.sha256,
    at: row.at,
    officer: row.officer ?? '',
    servedAt: row.served_at,
    servedHow: row.served_how,
    serviceProof: row.service_proof,
  }));
}

export interface AppealRow {
  id: string;
  decision_id: string;
  case_id: string;
  lodged_at: number;
  lodged_by: string;
  grounds: string;
  due_at: number | null;
  officer_id: string;
  outcome: AppealOutcome | null;
  measure: string | null;
  reason: string;
  decided_by: string | null;
  decided_at: number | null;
  signature: Buffer | null;
  public_key: Buffer | null;
}

export function insertAppeal(store: Store, row: AppealRow): void {
  insertRow(store, 'appeals', { ...row });
}

export function updateAppeal(store: Store, id: string, changes: Partial<AppealRow>): void {
  updateRow(store, 'appeals', { id }, { ...changes });
}

/** Throws `not-found`. */
export function appealRow(db: Database, id: string): AppealRow {
  const row = get<AppealRow>(db, 'SELECT * FROM appeals WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such appeal', id);
  return row;
}

/** The latest appeal against a decision; null for none. */
export function appealOf(db: Database, decisionId: string): AppealRow | null {
  return (
    get<AppealRow>(db, 'SELECT * FROM appeals WHERE decision_id = ? ORDER BY id DESC LIMIT 1', decisionId) ??
    null
  );
}

type NamedAppeal = AppealRow & { receiver: string | null; judge: string | null; proposal: string };

/** Appeals of a case, the first one first; `open` alone over all cases, by their due time. */
export function appealsOf(db: Database, caseId: string | null): Appeal[] {
  return all<NamedAppeal>(
    db,
    `SELECT a.*, o.name AS receiver, j.name AS judge, d.proposal FROM appeals a JOIN decisions d ON d.id = a.decision_id
     LEFT JOIN officers o ON o.id = a.officer_id LEFT JOIN officers j ON j.id = a.decided_by
     WHERE ${caseId === null ? 'a.outcome IS NULL ORDER BY a.due_at IS NULL, a.due_at, a.id' : 'a.case_id = ? ORDER BY a.id'}`,
    ...(caseId === null ? [] : [caseId]),
  ).map((row) => ({
    id: row.id,
    decisionId: row.decision_id,
    caseId: row.case_id,
    lodgedAt: row.lodged_at,
    lodgedBy: row.lodged_by,
    grounds: row.grounds,
    dueAt: row.due_at,
    officer: row.receiver ?? '',
    outcome: row.outcome,
    measure: row.measure,
    measureTitle:
      row.measure === null
        ? null
        : ((JSON.parse(row.proposal) as MeasureProposal).options.find(({ id }) => id === row.measure)
            ?.title ?? null),
    reason: row.reason,
    decidedBy: row.judge,
    decidedAt: row.decided_at,
    signature: row.signature?.toString('base64') ?? null,
    fingerprint: row.public_key === null ? null : fingerprintOf(row.public_key),
  }));
}
