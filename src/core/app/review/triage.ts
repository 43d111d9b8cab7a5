/** Working the queue: who has taken what on, covered names, kept filters. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Message } from '../../domain/conversation.ts';
import type { Hit } from '../../domain/hit.ts';
import type { SavedFilter, TriageMode, WorkLock } from '../../domain/triage.ts';
import { caseRow, participantRowId } from '../../storage/cases/cases.ts';
import { hitByRowId, hitRowId } from '../../storage/detection/hits.ts';
import {
  insertReveal,
  isRevealed,
  lockOf,
  putLock,
  removeFilter,
  savedFilters,
  saveFilter,
  workLocks,
} from '../../storage/detection/triage.ts';
import { keyed, readMeta, writeMeta } from '../../storage/rows.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record, requireRole, type Session } from '../session.ts';
import { endWork, requireFreeWork } from '../work-lock.ts';

const HOUR = 3_600_000;

export function listWork(desk: CaseDesk): WorkLock[] {
  return workLocks(dbOf(desk), desk.session.environment.now());
}

/**
 * Takes a hit or case on, or prolongs that. Throws `in-work` where another officer has it and no reason for
 * taking it over is given.
 */
export function takeWork(desk: CaseDesk, { subject, hours, reason }: Parsed<'work.take'>): WorkLock[] {
  const { session } = desk;
  const db = dbOf(desk);
  if (subject.type === 'hit') hitRowId(db, subject.id);
  else caseRow(db, subject.id);
  if (reason === '') requireFreeWork(session, subject);
  const now = session.environment.now();
  const before = lockOf(db, subject, now);
  change(session, () => {
    putLock(session.workspace.store, subject, {
      officer_id: session.officer.id,
      taken_at: now,
      expires_at: now + hours * HOUR,
    });
    record(session, {
      type: 'work.taken',
      subject,
      ...(subject.type === 'case' ? { caseId: subject.id } : {}),
      before: before && { officer: before.officer },
      after: { officer: session.officer.name, hours, ...(reason ? { reason } : {}) },
    });
  });
  return listWork(desk);
}

/** Gives back what the officer had taken on; nothing where it was free. Throws `in-work` for another's. */
export function releaseWork(desk: CaseDesk, { subject }: Parsed<'work.release'>): WorkLock[] {
  const { session } = desk;
  requireFreeWork(session, subject);
  if (lockOf(dbOf(desk), subject, session.environment.now()))
    change(session, () => {
      endWork(session, subject);
      record(session, {
        type: 'work.released',
        subject,
        ...(subject.type === 'case' ? { caseId: subject.id } : {}),
        before: { officer: session.officer.name },
      });
    });
  return listWork(desk);
}

const META = 'triage';

export function triageMode(session: Session): TriageMode {
  return { covered: readMeta(session.workspace.store.db, META) === 'covered' };
}

/** Covers or uncovers all names in review. For managers and administrators. */
export function setTriageMode(session: Session, input: Parsed<'triage.setMode'>): TriageMode {
  requireRole(session, 'manager', 'administrator');
  const before = triageMode(session);
  if (before.covered !== input.covered)
    change(session, () => {
      writeMeta(session.workspace.store, META, input.covered ? 'covered' : 'open');
      record(session, {
        type: 'triage.mode-set',
        subject: { type: 'workspace', id: session.workspace.keyFile.workspaceId },
        before,
        after: { covered: input.covered, reason: input.reason },
      });
    });
  return triageMode(session);
}

/** The alias of an account or conversation: the same everywhere in this workspace, and telling nothing. */
const aliasOf = (session: Session, id: string): string =>
  `#${keyed(session.workspace.store.sealKey, 'alias', id).toString('hex', 0, 3).toUpperCase()}`;

/**
 * Hits as review shows them: while names are covered, sender and conversation stand under aliases, until
 * somebody uncovered the sender or the hit became part of a case. What people say of each other stays.
 */
export function coverHits<T extends Hit>(session: Session, hits: readonly T[]): T[] {
  if (!triageMode(session).covered) return [...hits];
  const { db } = session.workspace.store;
  return hits.map((hit) => {
    if (hit.caseId !== null || (hit.senderId !== null && isRevealed(db, hit.senderId))) return hit;
    return {
      ...hit,
      sender: hit.sender === null ? null : aliasOf(session, hit.senderId ?? hit.sender),
      conversation: hit.conversationId === null ? null : aliasOf(session, hit.conversationId),
    };
  });
}

/** Messages around a hit, covered like the hits. */
export function coverMessages(session: Session, messages: readonly Message[]): Message[] {
  if (!triageMode(session).covered) return [...messages];
  const { db } = session.workspace.store;
  return messages.map((message) => {
    if (message.senderId !== null && isRevealed(db, message.senderId)) return message;
    return {
      ...message,
      sender: message.sender === null ? null : aliasOf(session, message.senderId ?? message.sender),
      conversation: aliasOf(session, message.conversationId),
    };
  });
}

/** Uncovers the sender of a hit for everybody, with a reason that is logged. */
export function revealSender(desk: CaseDesk, { hitId, reason }: Parsed<'triage.reveal'>): Hit {
  const { session, reading } = desk;
  const db = dbOf(desk);
  const row = hitRowId(db, hitId);
  const hit = hitByRowId(reading, row);
  const { senderId } = hit;
  if (senderId === null) throw new DocketError('not-found', 'the hit has no sender', hitId);
  change(session, () => {
    insertReveal(session.workspace.store, {
      id: newUid(session),
      account_id: participantRowId(db, 'accounts', senderId),
      hit_id: row,
      reason,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: 'triage.revealed',
      subject: { type: 'account', id: senderId },
      after: { hit: hitId, reason },
    });
  });
  return hit;
}

export function listFilters(desk: CaseDesk, { screen }: Parsed<'filters.list'>): SavedFilter[] {
  return savedFilters(dbOf(desk), screen);
}

export function keepFilter(desk: CaseDesk, input: Parsed<'filters.save'>): SavedFilter[] {
  const { session } = desk;
  change(session, () => {
    const id = newUid(session);
    saveFilter(session.workspace.store, {
      id,
      ...input,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, { type: 'filter.saved', subject: { type: 'filter', id }, after: { ...input } });
  });
  return savedFilters(dbOf(desk), input.screen);
}

/** Throws `not-found`. */
export function dropFilter(desk: CaseDesk, { filterId }: Parsed<'filters.remove'>): SavedFilter[] {
  const { session } = desk;
  const screen = change(session, () => {
    const of = removeFilter(session.workspace.store, filterId);
    if (of) record(session, { type: 'filter.removed', subject: { type: 'filter', id: filterId } });
    return of;
  });
  if (!screen) throw new DocketError('not-found', 'no such filter', filterId);
  return savedFilters(dbOf(desk), screen);
}
