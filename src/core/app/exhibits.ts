/** Exhibits: messages of a case with their context, and the custody of each. */
import type { Parsed } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import type { Exhibit } from '../domain/case.ts';
import type { Message } from '../domain/conversation.ts';
import { formatInstant } from '../domain/zone.ts';
import { exhibitDigest } from '../evidence/exhibit-digest.ts';
import type { CaseRow } from '../storage/cases.ts';
import {
  exhibitOfMessage,
  exhibitRow,
  insertCustody,
  insertExhibit,
  markExhibitRemoved,
  messagesAround,
  nextExhibitPosition,
  provenSource,
  toExhibit,
} from '../storage/exhibits.ts';
import { messageById, messageRowId } from '../storage/messages.ts';
import { type CaseDesk, caseFor, dbOf } from './case-desk.ts';
import { settleDuties } from './duties.ts';
import { requireNotHeld } from './holds.ts';
import { change, newUid, record } from './session.ts';

/** Messages kept with an exhibit on either side of its subject, unless the officer says otherwise. */
export const CONTEXT = 20;

/**
 * Makes a message an exhibit and starts its custody with the import of the source that proves it.
 * Throws `conflict` where the message is an exhibit of this case already, or no complete source holds
 * it. Call inside a transaction.
 */
export function makeExhibit(
  desk: CaseDesk,
  target: CaseRow,
  messageId: string,
  options: { context: number; description: string | null },
): string {
  const { session } = desk;
  const { store } = session.workspace;
  const subjectId = messageRowId(store.db, messageId);
  if (exhibitOfMessage(store.db, target.id, subjectId) !== null) {
    throw new DocketError('conflict', 'this message is an exhibit of the case already', messageId);
  }
  const messages = messagesAround(store.db, subjectId, options.context);
  const source = provenSource(store.db, subjectId);
  if (!source || messages.length === 0) {
    throw new DocketError('conflict', 'no complete source holds this message', messageId);
  }
  const subject = messageById(store.db, subjectId);
  const id = newUid(session);
  const at = session.environment.now();
  const position = nextExhibitPosition(store.db, target.id);
  const description =
    options.description?.trim() ||
    [subject.conversation, subject.sender, timeOf(subject, session.environment.zone)]
      .filter((part) => part)
      .join(' · ');
  const sha256 = exhibitDigest(messages.map(({ digest }) => digest.toString('hex')));
  insertExhibit(
    store,
    {
      id,
      case_id: target.id,
      position,
      description,
      subject_type: 'message',
      subject_id: subject.id,
      source_id: source.id,
      sha256,
      removed: 0,
      added_at: at,
      officer_id: session.officer.id,
    },
    messages.map((message) => message.id),
    subjectId,
  );
  const eventId = record(session, {
    type: 'exhibit.added',
    subject: { type: 'exhibit', id },
    caseId: target.id,
    after: { position, message: subject.id, messages: messages.length, sha256, description },
  });
  const custody = { exhibit_id: id, purpose: '' };
  insertCustody(store, {
    ...custody,
    id: newUid(session),
    action: 'imported',
    officer_id: source.officer_id,
    at: source.imported_at,
    event_id: source.event_id ?? eventId,
  });
  insertCustody(store, {
    ...custody,
    id: newUid(session),
    action: 'added',
    officer_id: session.officer.id,
    at,
    event_id: eventId,
  });
  return id;
}

/** When it was said, to the second. Exports may write a bare number, which tells a reader nothing. */
function timeOf({ sentAt, sentAtText }: Message, zone: string): string {
  return sentAt === null ? sentAtText : formatInstant(Math.floor(sentAt / 1000) * 1000, zone);
}

export function addExhibit(desk: CaseDesk, input: Parsed<'evidence.addExhibit'>): Exhibit {
  const target = caseFor(desk, input.caseId, 'add');
  const id = change(desk.session, () => {
    const made = makeExhibit(desk, target, input.messageId, {
      context: input.context,
      description: input.description ?? null,
    });
    settleDuties(desk, target.id);
    return made;
  });
  return toExhibit(dbOf(desk), desk.reading.prefix, exhibitRow(dbOf(desk), id));
}

/** Takes an exhibit out of its case. Its number, its rows and its custody stay. */
export function removeExhibit(desk: CaseDesk, input: Parsed<'evidence.removeExhibit'>): Exhibit {
  const { session } = desk;
  const { store } = session.workspace;
  const row = exhibitRow(store.db, input.exhibitId);
  if (row.removed) throw new DocketError('conflict', 'this exhibit was taken out already', row.id);
  caseFor(desk, row.case_id, 'take-out');
  requireNotHeld(desk, row.case_id);
  change(session, () => {
    markExhibitRemoved(store, row.id);
    const eventId = record(session, {
      type: 'exhibit.removed',
      subject: { type: 'exhibit', id: row.id },
      caseId: row.case_id,
      before: { removed: false },
      after: { removed: true, reason: input.reason },
    });
    insertCustody(store, {
      id: newUid(session),
      exhibit_id: row.id,
      action: 'removed',
      purpose: input.reason,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
    settleDuties(desk, row.case_id);
  });
  return toExhibit(store.db, desk.reading.prefix, exhibitRow(store.db, row.id));
}
