/** Cases: opened from confirmed hits or from a person, worked on, closed, reopened. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { caseTitle } from '../../cases/case-title.ts';
import { partySubject } from '../../cases/party-subject.ts';
import type { CaseDetail, CaseSummary, TimelineEntry } from '../../domain/case.ts';
import type { Hit } from '../../domain/hit.ts';
import type { Page } from '../../domain/page.ts';
import {
  accountFacts,
  accountName,
  type CaseRow,
  caseRow,
  caseSummary,
  insertCase,
  insertCaseHit,
  insertParty,
  listCaseSummaries,
  loneConfirmedHits,
  nextCaseNumber,
  type PartyRow,
  participantRowId,
  partiesOfCase,
  partyById,
  partyRows,
  removeCaseHit,
  updateCaseRow,
} from '../../storage/cases/cases.ts';
import { decisionsOfCase } from '../../storage/cases/decisions.ts';
import { owesOf } from '../../storage/cases/hearings.ts';
import { caseNumber, hitByRowId, hitRowId, hitsByIds } from '../../storage/detection/hits.ts';
import { dutyRows } from '../../storage/duties/duties.ts';
import { eventsOfCase } from '../../storage/events.ts';
import { exhibitOfMessage, exhibitRows, packsOfCase, toExhibit } from '../../storage/evidence/exhibits.ts';
import { messageRowId } from '../../storage/messages/messages.ts';
import { listOfficers } from '../../storage/officers.ts';
import { dropFromDuties, openDuties, showDuty } from '../duties/duties.ts';
import { CONTEXT, makeExhibit } from '../evidence/exhibits.ts';
import { change, newUid, profileOf, record } from '../session.ts';
import { type CaseDesk, caseFor, caseHits, dbOf, settleState } from './case-desk.ts';

/** A page of cases, the newest first unless sorted otherwise. */
export function listCases(desk: CaseDesk, input: Parsed<'cases.list'>): Page<CaseSummary> {
  return listCaseSummaries(
    dbOf(desk),
    desk.reading.prefix,
    { state: input.state ?? null, category: input.category ?? null, text: input.text?.trim() || null },
    input.sort ?? { by: 'number', descending: true },
    input.cursor ?? null,
    input.limit,
  );
}

/** The whole case page. It shows content: the caller logs the view. */
export function getCase(desk: CaseDesk, input: Parsed<'cases.get'>): CaseDetail {
  return caseDetail(desk, caseRow(dbOf(desk), input.caseId));
}

function caseDetail(desk: CaseDesk, row: CaseRow): CaseDetail {
  const db = dbOf(desk);
  const { prefix } = desk.reading;
  const now = desk.session.environment.now();
  return {
    summary: caseSummary(db, prefix, row),
    owes: owesOf(db, row.id, now),
    profile: row.profile,
    note: row.note,
    parties: partiesOfCase(db, row.id),
    hits: caseHits(desk.reading, row.id),
    exhibits: exhibitRows(db, row.id).map((exhibit) => toExhibit(db, prefix, exhibit)),
    decisions: decisionsOfCase(db, row.id),
    duties: dutyRows(db, row.id).map((duty) => showDuty(db, prefix, now, duty)),
    timeline: timeline(desk, row.id),
    packs: packsOfCase(db, row.id),
  };
}

function timeline(desk: CaseDesk, caseId: string): TimelineEntry[] {
  const names = new Map(listOfficers(dbOf(desk)).map(({ id, name }) => [id, name]));
  return eventsOfCase(dbOf(desk), caseId).map(({ event }) => ({
    ...event,
    officer: names.get(event.officer) ?? event.officer,
  }));
}

/**
 * Opens a case from confirmed hits, from a person (with the person's confirmed hits that no case has
 * yet), or from both. Parties, exhibits and duties come with it.
 * Throws `verification-required` for a hit that nobody confirmed, `conflict` for one of another case.
 */
export function openCase(desk: CaseDesk, input: Parsed<'cases.open'>): CaseDetail {
  const { session, reading } = desk;
  const accountId = input.accountId ? participantRowId(dbOf(desk), 'accounts', input.accountId) : null;
  if (input.hitIds.length === 0 && accountId === null) {
    throw new DocketError('invalid-input', 'a case opens from hits or from an account', 'hitIds');
  }
  const chosen = hitsByIds(reading, [...new Set(input.hitIds)]);
  const known = new Set(chosen.map(({ id }) => id));
  const own =
    accountId === null
      ? []
      : loneConfirmedHits(dbOf(desk), accountId)
          .map((id) => hitByRowId(reading, id))
          .filter(({ id }) => !known.has(id));
  const hits = [...chosen, ...own];
  requireFree(hits);
  const id = newUid(session);
  change(session, () => {
    const row: CaseRow = {
      id,
      number: nextCaseNumber(dbOf(desk)),
      title: input.title?.trim() || firstTitle(desk, hits, accountId),
      note: '',
      state: 'open',
      profile: profileOf(session),
      opened_at: session.environment.now(),
      closed_at: null,
      officer_id: session.officer.id,
    };
    insertCase(session.workspace.store, row);
    record(session, {
      type: 'case.opened',
      subject: { type: 'case', id },
      caseId: id,
      after: {
        number: caseNumber(reading.prefix, row.number),
        title: row.title,
        profile: row.profile,
        state: row.state,
      },
    });
    if (accountId !== null) addAccountParty(desk, row, accountId);
    takeHits(desk, row, hits);
  });
  return caseDetail(desk, caseRow(dbOf(desk), id));
}

/** Categories, the most frequent first, and the people concerned. */
function firstTitle(desk: CaseDesk, hits: readonly Hit[], accountId: number | null): string {
  const db = dbOf(desk);
  const counts = new Map<Hit['category'], number>();
  for (const { category } of hits) counts.set(category, (counts.get(category) ?? 0) + 1);
  const categories = [...counts].sort(([, a], [, b]) => b - a).map(([category]) => category);
  const accounts = new Set(accountId === null ? [] : [accountId]);
  for (const { senderId } of hits) if (senderId) accounts.add(participantRowId(db, 'accounts', senderId));
  return caseTitle(
    categories,
    [...accounts].map((id) => accountName(db, id)).filter((name) => name !== ''),
  );
}

function requireFree(hits: readonly Hit[]): void {
  for (const hit of hits) {
    if (hit.disposition?.verdict !== 'confirmed') {
      throw new DocketError('verification-required', 'only confirmed hits make a case', hit.id);
    }
    if (hit.caseId !== null) {
      throw new DocketError('conflict', `the hit belongs to ${hit.caseNumber}`, hit.id);
    }
  }
}

/** Brings hits into a case with the parties, exhibits and duties that they call for. */
function takeHits(desk: CaseDesk, row: CaseRow, hits: readonly Hit[]): void {
  if (hits.length === 0) return;
  const { store } = desk.session.workspace;
  for (const hit of hits) insertCaseHit(store, row.id, hitRowId(store.db, hit.id));
  record(desk.session, {
    type: 'case.hits-added',
    subject: { type: 'case', id: row.id },
    caseId: row.id,
    after: { hits: hits.map(({ id, rule, ruleVersion, category }) => ({ id, rule, ruleVersion, category })) },
  });
  const senders = new Set(hits.map(({ senderId }) => senderId).filter((id) => id !== null));
  for (const sender of senders) addAccountParty(desk, row, participantRowId(store.db, 'accounts', sender));
  for (const { subject } of hits) {
    if (subject.type !== 'message') continue;
    if (exhibitOfMessage(store.db, row.id, messageRowId(store.db, subject.id)) !== null) continue;
    makeExhibit(desk, row, subject.id, { context: CONTEXT, description: null });
  }
  openDuties(
    desk,
    row,
    hitsByIds(
      desk.reading,
      hits.map(({ id }) => id),
    ),
  );
  settleState(desk, row.id);
}

/** The sender of a hit, or the person that a case is opened about, becomes a party as publisher, once. */
function addAccountParty(desk: CaseDesk, row: CaseRow, accountId: number): void {
  const { db } = desk.session.workspace.store;
  if (partyRows(db, row.id).some((party) => party.account_id === accountId)) return;
  storeParty(desk, {
    id: newUid(desk.session),
    case_id: row.id,
    role: 'publisher',
    subject_type: partySubject(row.profile, accountFacts(db, accountId)),
    account_id: accountId,
    conversation_id: null,
  });
}

function storeParty(desk: CaseDesk, party: PartyRow): void {
  insertParty(desk.session.workspace.store, party);
  const { accountId, conversationId, name } = partyById(dbOf(desk), party.id);
  record(desk.session, {
    type: 'case.party-added',
    subject: { type: 'party', id: party.id },
    caseId: party.case_id,
    after: {
      role: party.role,
      subjectType: party.subject_type,
      account: accountId,
      conversation: conversationId,
      name,
    },
  });
}

export function addHits(desk: CaseDesk, input: Parsed<'cases.addHits'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'add');
  const hits = hitsByIds(desk.reading, [...new Set(input.hitIds)]);
  requireFree(hits);
  change(desk.session, () => takeHits(desk, row, hits));
  return caseDetail(desk, caseRow(dbOf(desk), row.id));
}

/** Takes a hit out; its exhibit and its sender stay until they are taken out themselves. */
export function removeHit(desk: CaseDesk, input: Parsed<'cases.removeHit'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'take-out');
  const [hit] = hitsByIds(desk.reading, [input.hitId]);
  if (hit?.caseId !== row.id) throw new DocketError('not-found', 'the hit is not in this case', input.hitId);
  change(desk.session, () => {
    removeCaseHit(desk.session.workspace.store, row.id, hitRowId(dbOf(desk), hit.id));
    record(desk.session, {
      type: 'case.hit-removed',
      subject: { type: 'hit', id: hit.id },
      caseId: row.id,
      before: { case: caseNumber(desk.reading.prefix, row.number) },
      after: { case: null, reason: input.reason },
    });
    dropFromDuties(desk, row, hit.id, input.reason);
    settleState(desk, row.id);
  });
  return caseDetail(desk, caseRow(dbOf(desk), row.id));
}

export function updateCase(desk: CaseDesk, input: Parsed<'cases.update'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'add');
  const before: { title?: string; note?: string } = {};
  const after: { title?: string; note?: string } = {};
  const title = input.title?.trim();
  if (title && title !== row.title) {
    before.title = row.title;
    after.title = title;
  }
  if (input.note != null && input.note !== row.note) {
    before.note = row.note;
    after.note = input.note;
  }
  if (Object.keys(after).length > 0) {
    change(desk.session, () => {
      updateCaseRow(desk.session.workspace.store, row.id, after);
      record(desk.session, {
        type: 'case.updated',
        subject: { type: 'case', id: row.id },
        caseId: row.id,
        before,
        after,
      });
    });
  }
  return caseDetail(desk, caseRow(dbOf(desk), row.id));
}

/**
 * Adds a party by hand: a promoter, an owner or admin, a group, a witness. A group is a conversation,
 * everything else an account; a link is known by who spread it or where.
 */
export function addParty(desk: CaseDesk, input: Parsed<'cases.addParty'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'add');
  const { db } = desk.session.workspace.store;
  const isGroup = input.conversationId != null;
  if (isGroup === (input.accountId != null)) {
    throw new DocketError('invalid-input', 'a party is an account or a conversation', 'accountId');
  }
  if (input.subjectType !== 'link' && isGroup !== (input.subjectType === 'group')) {
    throw new DocketError('invalid-input', `not a ${input.subjectType}`, 'subjectType');
  }
  const party: PartyRow = {
    id: newUid(desk.session),
    case_id: row.id,
    role: input.role,
    subject_type: input.subjectType,
    account_id: input.accountId ? participantRowId(db, 'accounts', input.accountId) : null,
    conversation_id: input.conversationId
      ? participantRowId(db, 'conversations', input.conversationId)
      : null,
  };
  const twin = partyRows(db, row.id).some(
    (known) =>
      known.account_id === party.account_id &&
      known.conversation_id === party.conversation_id &&
      known.subject_type === party.subject_type,
  );
  if (twin) throw new DocketError('conflict', 'this is a party of the case already', input.subjectType);
  change(desk.session, () => {
    storeParty(desk, party);
    settleState(desk, row.id);
  });
  return caseDetail(desk, caseRow(db, row.id));
}

/** Throws `duty-open` while a duty of the case has not ended, and `conflict` while a decision waits. */
export function closeCase(desk: CaseDesk, input: Parsed<'cases.close'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'close');
  const owed = dutyRows(dbOf(desk), row.id).find(({ state }) => state !== 'closed');
  if (owed) throw new DocketError('duty-open', 'a duty of this case has not ended', owed.id);
  change(desk.session, () => {
    updateCaseRow(desk.session.workspace.store, row.id, {
      state: 'closed',
      closed_at: desk.session.environment.now(),
    });
    record(desk.session, {
      type: 'case.closed',
      subject: { type: 'case', id: row.id },
      caseId: row.id,
      before: { state: row.state },
      after: { state: 'closed', reason: input.reason },
    });
  });
  return caseDetail(desk, caseRow(dbOf(desk), row.id));
}

/** Takes a closed case up again: it stands where its decisions stand. */
export function reopenCase(desk: CaseDesk, input: Parsed<'cases.reopen'>): CaseDetail {
  const row = caseFor(desk, input.caseId, 'reopen');
  change(desk.session, () => {
    updateCaseRow(desk.session.workspace.store, row.id, { state: 'open', closed_at: null });
    record(desk.session, {
      type: 'case.reopened',
      subject: { type: 'case', id: row.id },
      caseId: row.id,
      before: { state: 'closed' },
      after: { state: 'open', reason: input.reason },
    });
    settleState(desk, row.id);
  });
  return caseDetail(desk, caseRow(dbOf(desk), row.id));
}
