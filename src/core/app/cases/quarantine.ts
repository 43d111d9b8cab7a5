/**
 * Quarantine (design.md §6): content that must not be looked at or kept freely. It leaves views, lists,
 * packs, statistics and training sets; its digest and place remain. Its bytes stay in the sealed source
 * until the competent authority decides about the original.
 */
import type { Output, Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { QuarantineEntry } from '../../domain/quarantine.ts';
import { uidInBlock } from '../../domain/uid.ts';
import { insertCustody } from '../../storage/evidence/exhibits.ts';
import { messageRowId } from '../../storage/messages/messages.ts';
import {
  contentOf,
  insertQuarantine,
  isQuarantined,
  type QuarantineFacts,
  quarantineRows,
  releaseQuarantine,
  setExhibitsAside,
} from '../../storage/messages/quarantine.ts';
import { change, newUid, record, requireRole, type Session } from '../session.ts';
import { sessionOfSecond } from './second-officer.ts';

function toEntry(row: QuarantineFacts): QuarantineEntry {
  return {
    id: row.id,
    messageId: uidInBlock(row.source_uid, row.ordinal),
    reason: row.reason,
    note: row.note,
    officer: row.officer,
    at: row.at,
    sentAt: row.sent_at,
    digest: row.digest.toString('hex'),
    sourceId: row.source_uid,
    file: row.file,
    locator: { start: row.start, end: row.end, line: row.line },
    released:
      row.released_at === null
        ? null
        : {
            at: row.released_at,
            officer: row.releaser ?? '',
            approver: row.approver,
            reason: row.released_reason ?? '',
          },
  };
}

export function listQuarantine(session: Session): QuarantineEntry[] {
  return quarantineRows(session.workspace.store.db).map(toEntry);
}

function standing(session: Session, id: string): QuarantineFacts {
  const [row] = quarantineRows(session.workspace.store.db, id);
  if (!row) throw new DocketError('not-found', 'no such entry', id);
  if (row.released_at !== null) throw new DocketError('conflict', 'released already', id);
  return row;
}

/** Exhibits that show the message leave their cases' packs with it, or come back; custody says so. */
function moveExhibits(
  session: Session,
  messageId: number,
  aside: boolean,
  eventId: string,
  why: string,
): void {
  const { store } = session.workspace;
  for (const exhibitId of setExhibitsAside(store, messageId, aside)) {
    insertCustody(store, {
      id: newUid(session),
      exhibit_id: exhibitId,
      action: aside ? 'removed' : 'added',
      purpose: why,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
  }
}

/** Puts messages into quarantine; those that are there already stay as they are. Throws `not-found`. */
export function setQuarantine(
  session: Session,
  { messageIds, reason, note }: Parsed<'quarantine.set'>,
): Output<'quarantine.set'> {
  const { store } = session.workspace;
  const rows = [...new Set(messageIds.map((uid) => messageRowId(store.db, uid)))].filter(
    (id) => !isQuarantined(store.db, id),
  );
  change(session, () => {
    for (const messageId of rows) {
      const id = newUid(session);
      insertQuarantine(store, {
        id,
        message_id: messageId,
        reason,
        note: note.trim(),
        officer_id: session.officer.id,
        at: session.environment.now(),
        released_at: null,
        released_by: null,
        approver_id: null,
        released_reason: null,
      });
      const eventId = record(session, {
        type: 'quarantine.set',
        subject: { type: 'quarantine', id },
        after: { reason, ...(note.trim() ? { note: note.trim() } : {}) },
      });
      moveExhibits(session, messageId, true, eventId, reason);
    }
  });
  return { added: rows.length };
}

/** The content, for a stated purpose before a second officer. Every opening is an event of its own. */
export function openQuarantined(
  session: Session,
  { quarantineId, purpose, approverId, passphrase }: Parsed<'quarantine.open'>,
): Output<'quarantine.open'> {
  const row = standing(session, quarantineId);
  const second = sessionOfSecond(session, { officerId: approverId, passphrase, first: session.officer.id });
  change(session, () =>
    record(session, {
      type: 'quarantine.opened',
      subject: { type: 'quarantine', id: row.id },
      after: { purpose, approver: second.officer.id },
    }),
  );
  return contentOf(session.workspace.store.db, row.message_id);
}

/** Throws `not-allowed` for an officer without a leading role, and what the second unlock throws. */
export function releaseQuarantined(
  session: Session,
  { quarantineId, reason, approverId, passphrase }: Parsed<'quarantine.release'>,
): QuarantineEntry {
  requireRole(session, 'manager', 'legal', 'administrator');
  const row = standing(session, quarantineId);
  const second = sessionOfSecond(session, { officerId: approverId, passphrase, first: session.officer.id });
  change(session, () => {
    releaseQuarantine(session.workspace.store, row.id, {
      released_at: session.environment.now(),
      released_by: session.officer.id,
      approver_id: second.officer.id,
      released_reason: reason,
    });
    const eventId = record(session, {
      type: 'quarantine.released',
      subject: { type: 'quarantine', id: row.id },
      after: { reason, approver: second.officer.id },
    });
    moveExhibits(session, row.message_id, false, eventId, reason);
  });
  return toEntry(quarantineRows(session.workspace.store.db, row.id)[0] as QuarantineFacts);
}
