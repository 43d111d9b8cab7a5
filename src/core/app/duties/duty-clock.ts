/** The hours within which duties are due: the organisation's own, because no statute that was read gives any. */
import type { DutyClock } from '../../domain/duty.ts';
import type { DutyRoutes } from '../../duties/duty-routes.ts';
import type { Database } from '../../storage/database.ts';
import { readMeta, writeMeta } from '../../storage/rows.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, profileOf, record, requireRole } from '../session.ts';

const HOURS = 'duty-hours';

/** Hours until a duty is due: the organisation's own, else those that ship with the routes. */
export function clockHours(db: Database, table: DutyRoutes): number {
  return Number(readMeta(db, HOURS) ?? '') || table.clock.hours;
}

function showClock(desk: CaseDesk): DutyClock {
  const { clock } = desk.policies.routes(profileOf(desk.session));
  const { statutory, statutoryHours, note, hours: shipped } = clock;
  const hours = clockHours(dbOf(desk), desk.policies.routes(profileOf(desk.session)));
  return { hours, shipped, statutory, statutoryHours, note };
}

/** The hours in force; `hours` sets the organisation's own first, for duties that open from then on. */
export function dutyClock(desk: CaseDesk, hours: number | null = null): DutyClock {
  const before = showClock(desk);
  if (hours === null || hours === before.hours) return before;
  requireRole(desk.session, 'manager', 'legal', 'administrator');
  change(desk.session, () => {
    writeMeta(desk.session.workspace.store, HOURS, String(hours));
    record(desk.session, {
      type: 'duty.clock-changed',
      subject: { type: 'workspace', id: desk.session.workspace.keyFile.workspaceId },
      before: { hours: before.hours },
      after: { hours },
    });
  });
  return showClock(desk);
}
