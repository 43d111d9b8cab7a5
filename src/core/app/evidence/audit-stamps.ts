/**
 * Time stamps of the audit log's head (RFC 3161): a request at intervals that an officer sets, the answer
 * taken in later. What was logged up to a stamped head cannot be rewritten afterwards without showing.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { AuditStamp, StampSchedule } from '../../domain/custody.ts';
import { timestampRequest } from '../../evidence/timestamp-request.ts';
import { auditHead } from '../../storage/events.ts';
import {
  type AuditStampRow,
  answerAuditStamp,
  auditStampRows,
  insertAuditStamp,
} from '../../storage/evidence/custody.ts';
import { readMeta, writeMeta } from '../../storage/rows.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { signed } from '../cases/second-officer.ts';
import { change, newUid, record, requireRole } from '../session.ts';
import { MAX_ANSWER, readAnswer } from './stamps.ts';

const DAY = 24 * 60 * 60 * 1000;
const INTERVAL = 'stampEveryDays';

function present(row: AuditStampRow & { officer: string }): AuditStamp {
  const { id, sequence, hash, file, officer, at, stamped_at, authority, serial, imported_at } = row;
  return {
    id,
    sequence,
    hash,
    file,
    officer,
    at,
    stamped:
      stamped_at === null || imported_at === null
        ? null
        : { at: stamped_at, authority: authority ?? '', serial: serial ?? '', importedAt: imported_at },
  };
}

export function listStamps(desk: CaseDesk): AuditStamp[] {
  return auditStampRows(dbOf(desk)).map(present);
}

/** When the next request is due: the interval after the last one, at once where there was none. */
export function stampSchedule(desk: CaseDesk): StampSchedule {
  const db = dbOf(desk);
  const interval = readMeta(db, INTERVAL);
  const everyDays = interval ? Number(interval) : null;
  const rows = listStamps(desk);
  const now = desk.session.environment.now();
  const dueAt = everyDays === null ? null : rows[0] ? rows[0].at + everyDays * DAY : now;
  return {
    everyDays,
    dueAt,
    due: dueAt !== null && dueAt <= now,
    waiting: rows.filter(({ stamped }) => stamped === null).length,
    lastStampedAt: rows.find(({ stamped }) => stamped !== null)?.stamped?.at ?? null,
  };
}

/** Throws `not-allowed` for an officer. */
export function setStampSchedule(desk: CaseDesk, { everyDays }: Parsed<'stamps.setSchedule'>): StampSchedule {
  requireRole(desk.session, 'manager', 'legal', 'administrator');
  const before = stampSchedule(desk).everyDays;
  change(desk.session, () => {
    writeMeta(desk.session.workspace.store, INTERVAL, everyDays === null ? '' : String(everyDays));
    record(desk.session, {
      type: 'audit.stamp-schedule-set',
      subject: { type: 'audit', id: 'head' },
      before: { everyDays: before },
      after: { everyDays },
    });
  });
  return stampSchedule(desk);
}

/** Writes the request for the head as it stands, with a nonce that follows from the officer's signature of it. */
export function requestStamp(desk: CaseDesk, { file }: Parsed<'stamps.request'>): AuditStamp {
  const { session } = desk;
  const head = auditHead(dbOf(desk));
  if (head.sequence === 0) throw new DocketError('conflict', 'the log is empty', file);
  const request = timestampRequest(Buffer.from(head.hash, 'hex'), signed(session, head.hash).signature);
  const id = newUid(session);
  writeFileSync(file, request, { mode: 0o600 });
  try {
    change(session, () => {
      insertAuditStamp(session.workspace.store, {
        id,
        ...head,
        request,
        file,
        officer_id: session.officer.id,
        at: session.environment.now(),
        response: null,
        stamped_at: null,
        authority: null,
        serial: null,
        imported_by: null,
        imported_at: null,
      });
      record(session, {
        type: 'audit.stamp-requested',
        subject: { type: 'audit', id },
        after: { ...head, file },
      });
    });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  return stampById(desk, id);
}

function stampById(desk: CaseDesk, id: string): AuditStamp {
  const found = listStamps(desk).find((one) => one.id === id);
  if (!found) throw new DocketError('not-found', 'no such request', id);
  return found;
}

/** Takes an answer in. Throws `not-found`, `conflict` for a head that is stamped, `stamp-invalid`. */
export function importAuditStamp(desk: CaseDesk, input: Parsed<'stamps.import'>): AuditStamp {
  const { session } = desk;
  const { hash, sequence, stamped } = stampById(desk, input.stampId);
  if (stamped) throw new DocketError('conflict', 'this head is stamped already', input.stampId);
  if (statSync(input.file).size > MAX_ANSWER) throw new DocketError('stamp-invalid', 'malformed', input.file);
  const response = readFileSync(input.file);
  const stamp = readAnswer(response, Buffer.from(hash, 'hex'), input.file);
  change(session, () => {
    answerAuditStamp(session.workspace.store, input.stampId, {
      response,
      stamped_at: stamp.at,
      authority: stamp.authority,
      serial: stamp.serial,
      imported_by: session.officer.id,
      imported_at: session.environment.now(),
    });
    record(session, {
      type: 'audit.stamped',
      subject: { type: 'audit', id: input.stampId },
      after: { sequence, hash, at: stamp.at, authority: stamp.authority, serial: stamp.serial },
    });
  });
  return stampById(desk, input.stampId);
}
