/** Who had an exhibit in hand: hand-overs, returns and looks at it, entered by the officer. */
import type { Parsed } from '../../../contract/api.ts';
import type { Exhibit } from '../../domain/case.ts';
import { exhibitRow, insertCustody, toExhibit } from '../../storage/evidence/exhibits.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record } from '../session.ts';

/**
 * Enters a custody event for each exhibit under one event of its case. Closed cases and exhibits that were
 * taken out too: what they were goes on having a holder. Throws `not-found`.
 */
export function recordCustody(desk: CaseDesk, input: Parsed<'evidence.recordCustody'>): Exhibit[] {
  const { session } = desk;
  const { store } = session.workspace;
  const rows = input.exhibitIds.map((id) => exhibitRow(store.db, id));
  const { action, person } = input;
  const purpose = [person, input.purpose].filter((part) => part !== '').join(' · ');
  change(session, () => {
    for (const row of rows) {
      const eventId = record(session, {
        type: `exhibit.${action}`,
        subject: { type: 'exhibit', id: row.id },
        caseId: row.case_id,
        after: { person, purpose: input.purpose },
      });
      insertCustody(store, {
        id: newUid(session),
        exhibit_id: row.id,
        action,
        purpose,
        officer_id: session.officer.id,
        at: session.environment.now(),
        event_id: eventId,
      });
    }
  });
  return rows.map(({ id }) => toExhibit(dbOf(desk), desk.reading.prefix, exhibitRow(store.db, id)));
}
