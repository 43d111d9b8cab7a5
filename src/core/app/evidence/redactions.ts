/** Withholding parts of messages from the packs of a case. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { PackRedaction } from '../../domain/case.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import type { Database } from '../../storage/database.ts';
import {
  insertRedaction,
  type RedactionRow,
  redactionRow,
  redactionsOfCase,
  withdrawRedaction,
} from '../../storage/evidence/redactions.ts';
import { messageUid } from '../../storage/messages/gaps.ts';
import { messageById, messageRowId } from '../../storage/messages/messages.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record } from '../session.ts';

function shown(db: Database, row: RedactionRow & { officer: string }): PackRedaction {
  return {
    id: row.id,
    messageId: messageUid(db, row.message_id) ?? '',
    part: row.part,
    spans: row.spans === null ? null : (JSON.parse(row.spans) as PackRedaction['spans']),
    reason: row.reason,
    officer: row.officer,
    at: row.at,
  };
}

export function listRedactions(desk: CaseDesk, { caseId }: Parsed<'evidence.redactions'>): PackRedaction[] {
  caseRow(dbOf(desk), caseId);
  return redactionsOfCase(dbOf(desk), caseId).map((row) => shown(dbOf(desk), row));
}

/**
 * Withholds a part of a message from every later pack of the case. Throws `not-found`, and `invalid-input`
 * for spans outside the text or of a part that is no text.
 */
export function redact(desk: CaseDesk, input: Parsed<'evidence.redact'>): PackRedaction {
  const db = dbOf(desk);
  caseRow(db, input.caseId);
  const messageId = messageRowId(db, input.messageId);
  const spans = input.spans ?? null;
  if (spans !== null) {
    const { text } = messageById(db, messageId);
    if (input.part !== 'text' || spans.some(({ start, end }) => start >= end || end > text.length)) {
      throw new DocketError('invalid-input', 'spans lie inside the text', input.messageId);
    }
  }
  const { session } = desk;
  const { part, reason } = input;
  const id = newUid(session);
  change(session, () => {
    const eventId = record(session, {
      type: 'redaction.made',
      subject: { type: 'message', id: input.messageId },
      caseId: input.caseId,
      after: { redaction: id, part, spans, reason },
    });
    insertRedaction(session.workspace.store, {
      id,
      case_id: input.caseId,
      message_id: messageId,
      part,
      spans: spans === null ? null : JSON.stringify(spans),
      reason,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
      withdrawn: 0,
    });
  });
  return shown(db, { ...redactionRow(db, id), officer: session.officer.name });
}

/** Takes a redaction back for later packs; packs that went out stay as they are. Throws `not-found`, `conflict`. */
export function takeBackRedaction(
  desk: CaseDesk,
  input: Parsed<'evidence.withdrawRedaction'>,
): PackRedaction[] {
  const db = dbOf(desk);
  const { session } = desk;
  const row = redactionRow(db, input.redactionId);
  if (row.withdrawn === 1) throw new DocketError('conflict', 'this redaction was taken back already', row.id);
  change(session, () => {
    withdrawRedaction(session.workspace.store, row.id);
    record(session, {
      type: 'redaction.withdrawn',
      subject: { type: 'message', id: messageUid(db, row.message_id) ?? '' },
      caseId: row.case_id,
      before: { redaction: row.id },
      after: { reason: input.reason },
    });
  });
  return listRedactions(desk, { caseId: row.case_id });
}
