import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Dashboard } from '../../domain/statistics.ts';
import { isZone, wallToInstant, zoneOffset } from '../../domain/zone.ts';
import { casesByState, hitFigures, totals } from '../../storage/statistics.ts';
import type { Session } from '../session.ts';

const DAY = 86_400_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

/** The Monday 00:00 that opens the week of an instant, in a zone. UTC milliseconds. */
export function weekStart(at: number, zone: string): number {
  const wall = at + zoneOffset(at, zone);
  return wallToInstant(Math.floor((wall - FIRST_MONDAY) / (7 * DAY)) * 7 * DAY + FIRST_MONDAY, zone);
}

/** The numbers of the dashboard; the period limits hits by when they were said. Throws `zone-unknown`. */
export function dashboard(session: Session, input: Parsed<'statistics.dashboard'>): Dashboard {
  if (!isZone(input.zone)) throw new DocketError('zone-unknown', `no time zone ${input.zone}`, 'zone');
  const { db } = session.workspace.store;
  const from = input.from ?? 0;
  const to = input.to ?? Number.MAX_SAFE_INTEGER;
  return {
    totals: totals(db, session.environment.now()),
    ...hitFigures(db, from, to, (at) => weekStart(at, input.zone)),
    casesByState: casesByState(db),
  };
}
