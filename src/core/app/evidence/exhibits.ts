/** Exhibits: messages of a case with their context, and the custody of each. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Exhibit } from '../../domain/case.ts';
import type { Message } from '../../domain/conversation.ts';
import { formatInstant, readableTime } from '../../domain/zone.ts';
import { exhibitDigest } from '../../evidence/exhibit-digest.ts';
import type { CaseRow } from '../../storage/cases/cases.ts';
import {
  type ExhibitMessage,
  exhibitOfMessage,
  exhibitRow,
  insertCustody,
  insertExhibit,
  markExhibitRemoved,
  messagesAround,
  messagesOfPeriod,
  nextExhibitPosition,
  type ProvenSource,
  provenSource,
  toExhibit,
} from '../../storage/evidence/exhibits.ts';
import { messageById, messageRowId } from '../../storage/messages/messages.ts';
import { type CaseDesk, caseFor, dbOf } from '../cases/case-desk.ts';
import { settleDuties } from '../duties/duties.ts';
import { change, newUid, record } from '../session.ts';
import { requireExhibitNotHeld } from './holds.ts';

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
  const description =
    options.description?.trim() ||
    [subject.conversation, subject.sender, plainTime(timeOf(subject, session.environment.zone))]
      .filter((part) => part)
      .join(' · ');
  return keepExhibit(desk, target, { subject, messages, subjectId, source, description });
}

interface Kept {
  /** What it is about; the first message of a period. */
  readonly subject: Message;
  readonly messages: readonly ExhibitMessage[];
  /** Null for a period: no message of it is singled out. */
  readonly subjectId: number | null;
  readonly source: ProvenSource;
  readonly description: string;
}

/** Call inside a transaction. */
function keepExhibit(
  desk: CaseDesk,
  target: CaseRow,
  { subject, messages, subjectId, source, description }: Kept,
): string {
  const { session } = desk;
  const { store } = session.workspace;
  const id = newUid(session);
  const at = session.environment.now();
  const position = nextExhibitPosition(store.db, target.id);
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
  return sentAt === null ? sentAtText : readableTime(formatInstant(sentAt, zone));
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

/** Messages of the longest period that becomes one exhibit. */
const LONGEST = 1_000_000;

/**
 * Makes everything that complete sources hold of a message's conversation in a period one exhibit, without a
 * message that it is about. Throws `conflict` where nothing of it is held, `invalid-input` for a period that
 * ends before it begins or is too long.
 */
export function addPeriod(desk: CaseDesk, input: Parsed<'evidence.addPeriod'>): Exhibit {
  const target = caseFor(desk, input.caseId, 'add');
  const { session } = desk;
  const { store } = session.workspace;
  const { from = null, to = null } = input;
  if (from !== null && to !== null && from > to) {
    throw new DocketError('invalid-input', 'the period ends before it begins', 'to');
  }
  const subjectId = messageRowId(store.db, input.messageId);
  const messages = messagesOfPeriod(store.db, subjectId, from, to);
  if (messages.length > LONGEST) throw new DocketError('invalid-input', 'the period is too long', 'to');
  const [first] = messages;
  const source = first && provenSource(store.db, first.id);
  if (!first || !source)
    throw new DocketError('conflict', 'no complete source holds this period', input.messageId);
  const id = change(session, () => {
    const made = keepExhibit(desk, target, {
      subject: messageById(store.db, first.id),
      messages,
      subjectId: null,
      source,
      description: input.description?.trim() || periodText(desk, messages),
    });
    settleDuties(desk, target.id);
    return made;
  });
  return toExhibit(store.db, desk.reading.prefix, exhibitRow(store.db, id));
}

/** `2026-03-01T09:05:00+08:00` as people write it; a time in an export's own words stays. */
function plainTime(time: string): string {
  return time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/, '$1 $2 $3');
}

/** `销售群 · 2026-03-01 — 2026-03-09`. */
function periodText(desk: CaseDesk, messages: readonly { readonly id: number }[]): string {
  const { db } = desk.session.workspace.store;
  const { zone } = desk.session.environment;
  const day = (row: { readonly id: number } | undefined) =>
    row ? timeOf(messageById(db, row.id), zone).slice(0, 10) : '';
  const { conversation } = messageById(db, (messages[0] as { id: number }).id);
  const period = [...new Set([day(messages[0]), day(messages.at(-1))])].join(' — ');
  return [conversation, period].filter((part) => part).join(' · ');
}

/** Takes an exhibit out of its case. Its number, its rows and its custody stay. */
export function removeExhibit(desk: CaseDesk, input: Parsed<'evidence.removeExhibit'>): Exhibit {
  const { session } = desk;
  const { store } = session.workspace;
  const row = exhibitRow(store.db, input.exhibitId);
  if (row.removed) throw new DocketError('conflict', 'this exhibit was taken out already', row.id);
  caseFor(desk, row.case_id, 'take-out');
  requireExhibitNotHeld(desk, row.id);
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
