/** Opening exhibits. Whoever sees the content of one is in its custody, without having to enter it. */
import type { Output, Parsed } from '../../../contract/api.ts';
import type { OpenedExhibit } from '../../domain/case.ts';
import { wallToInstant, zoneOffset } from '../../domain/zone.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { isBeingEmptied } from '../../storage/check/check-messages.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import {
  exhibitMessages,
  exhibitRow,
  insertCustody,
  toExhibit,
  wasViewed,
} from '../../storage/evidence/exhibits.ts';
import { messageById } from '../../storage/messages/messages.ts';
import { isQuarantined } from '../../storage/messages/quarantine.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { logView } from '../review/view-log.ts';
import { change, newUid, record, type Session } from '../session.ts';

const DAY = 24 * 60 * 60 * 1000;

/** When the workstation's present day began. */
function startOfDay({ environment }: Session): number {
  const now = environment.now();
  const wall = now + zoneOffset(now, environment.zone);
  return wallToInstant(Math.floor(wall / DAY) * DAY, environment.zone);
}

/**
 * Enters that the officer saw an exhibit, for its case and for `purpose` where one was named: once for each
 * officer, exhibit, day of the workstation and purpose, so that paging does not flood the custody. How many
 * messages were shown is in the audit log, each time. Answers whether an event was entered.
 */
export function enterView(desk: CaseDesk, exhibitId: string, purpose = ''): boolean {
  const { session } = desk;
  const { store } = session.workspace;
  const row = exhibitRow(store.db, exhibitId);
  const { number } = caseRow(store.db, row.case_id);
  const what = [caseNumber(desk.reading.prefix, number), purpose].filter((part) => part !== '').join(' · ');
  const since = startOfDay(session);
  if (wasViewed(store.db, exhibitId, { officerId: session.officer.id, purpose: what, since })) return false;
  change(session, () => {
    const eventId = record(session, {
      type: 'exhibit.viewed',
      subject: { type: 'exhibit', id: exhibitId },
      caseId: row.case_id,
      after: { purpose: what },
    });
    insertCustody(store, {
      id: newUid(session),
      exhibit_id: exhibitId,
      action: 'viewed',
      purpose: what,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
  });
  return true;
}

type Row = OpenedExhibit['rows'][number];

function rowOf(desk: CaseDesk, { id, isSubject }: { id: number; isSubject: boolean }): Row {
  const db = dbOf(desk);
  const message = messageById(db, id);
  const withheld = isQuarantined(db, id) ? 'quarantined' : isBeingEmptied(db, { id }) ? 'destroyed' : null;
  if (withheld !== 'quarantined') return { message, isSubject, withheld };
  return {
    message: { ...message, text: '', carried: [], attachments: [], editedAtText: null },
    isSubject,
    withheld,
  };
}

/** A page of an exhibit's messages; taken-out exhibits too. The caller has entered the view. Throws `not-found`. */
export function openExhibit(desk: CaseDesk, input: Parsed<'evidence.open'>): Output<'evidence.open'> {
  const db = dbOf(desk);
  const { exhibitId, offset, limit } = input;
  const found = exhibitRow(db, exhibitId);
  const rows = exhibitMessages(db, exhibitId, offset, limit).map((row) => rowOf(desk, row));
  logView(desk.session, { type: 'case', id: found.case_id }, rows.length);
  const exhibit = toExhibit(db, desk.reading.prefix, found);
  return { exhibit, total: exhibit.messages, rows };
}
