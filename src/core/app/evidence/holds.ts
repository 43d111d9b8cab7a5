/** Legal holds on cases, single exhibits and single sources: while one stands, nothing of it is taken out or destroyed. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { ThingHold } from '../../domain/custody.ts';
import type { LegalHold } from '../../domain/duty.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { type DutyRow, termsOf } from '../../storage/duties/duties.ts';
import { holdRows, insertHold, isHeld, liftHoldRow } from '../../storage/duties/duty-records.ts';
import { exhibitRow } from '../../storage/evidence/exhibits.ts';
import {
  insertThingHold,
  isExhibitHeld,
  liftThingHold,
  thingHolds,
} from '../../storage/retention/thing-holds.ts';
import { sourceByUid } from '../../storage/sources/sources.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record, requireRole } from '../session.ts';

export function listHolds(desk: CaseDesk, caseId: string | null): LegalHold[] {
  return holdRows(dbOf(desk), desk.reading.prefix, caseId);
}

function keepHold(desk: CaseDesk, caseId: string, reason: string, dutyId: string | null): void {
  const { session } = desk;
  const id = newUid(session);
  insertHold(session.workspace.store, {
    id,
    case_id: caseId,
    reason,
    duty_id: dutyId,
    set_at: session.environment.now(),
    officer_id: session.officer.id,
    lifted_at: null,
    lifted_by: null,
    lifted_reason: null,
  });
  record(session, {
    type: 'hold.set',
    subject: { type: 'hold', id },
    caseId,
    after: { reason, ...(dutyId ? { duty: dutyId } : {}) },
  });
}

/** The filing of a report holds its case, once; call inside the filing's transaction. */
export function holdForFiling(desk: CaseDesk, row: DutyRow): void {
  if (isHeld(dbOf(desk), row.case_id)) return;
  const terms = termsOf(row);
  keepHold(desk, row.case_id, terms.kind === 'report' ? terms.receiver : row.kind, row.id);
}

export function setHold(desk: CaseDesk, { caseId, reason }: Parsed<'holds.set'>): LegalHold[] {
  caseRow(dbOf(desk), caseId);
  change(desk.session, () => keepHold(desk, caseId, reason.trim(), null));
  return listHolds(desk, caseId);
}

/** Throws `not-found`, `conflict` for one that was lifted, `not-allowed` for an officer. */
export function liftHold(desk: CaseDesk, { holdId, reason }: Parsed<'holds.lift'>): LegalHold[] {
  requireRole(desk.session, 'manager', 'legal', 'administrator');
  const hold = listHolds(desk, null).find(({ id }) => id === holdId);
  if (!hold) throw new DocketError('not-found', 'no such hold', holdId);
  if (hold.lifted) throw new DocketError('conflict', 'this hold was lifted already', holdId);
  change(desk.session, () => {
    liftHoldRow(desk.session.workspace.store, holdId, {
      lifted_at: desk.session.environment.now(),
      lifted_by: desk.session.officer.id,
      lifted_reason: reason.trim(),
    });
    record(desk.session, {
      type: 'hold.lifted',
      subject: { type: 'hold', id: holdId },
      caseId: hold.caseId,
      after: { reason: reason.trim() },
    });
  });
  return listHolds(desk, hold.caseId);
}

/** Throws `conflict` while a hold stands on the case. */
function requireNotHeld(desk: CaseDesk, caseId: string): void {
  if (isHeld(dbOf(desk), caseId))
    throw new DocketError('conflict', 'a legal hold stands on this case; lift it first', caseId);
}

/** Holds on single exhibits and sources, the latest first. */
export function listThingHolds(desk: CaseDesk, { id, caseId }: Parsed<'custody.holds'>): ThingHold[] {
  return thingHolds(dbOf(desk), desk.reading.prefix, { id: id ?? null, caseId: caseId ?? null });
}

function thingHold(desk: CaseDesk, holdId: string): ThingHold {
  const hold = listThingHolds(desk, {}).find(({ id }) => id === holdId);
  if (!hold) throw new DocketError('not-found', 'no such hold', holdId);
  return hold;
}

/** Places a hold on one exhibit or one source. Throws `not-found`. */
export function setThingHold(
  desk: CaseDesk,
  { on, id: subjectId, reason }: Parsed<'custody.setHold'>,
): ThingHold {
  const { session } = desk;
  const db = dbOf(desk);
  const exhibit = on === 'exhibit' ? exhibitRow(db, subjectId) : null;
  const source = on === 'source' ? sourceByUid(db, subjectId) : null;
  if (!exhibit && !source) throw new DocketError('not-found', 'no such source', subjectId);
  const id = newUid(session);
  change(session, () => {
    insertThingHold(session.workspace.store, {
      id,
      exhibit_id: exhibit?.id ?? null,
      source_id: source?.id ?? null,
      reason,
      set_at: session.environment.now(),
      officer_id: session.officer.id,
      lifted_at: null,
      lifted_by: null,
      lifted_reason: null,
    });
    record(session, {
      type: 'hold.set',
      subject: { type: 'hold', id },
      ...(exhibit ? { caseId: exhibit.case_id } : {}),
      after: { reason, [on]: subjectId },
    });
  });
  return thingHold(desk, id);
}

/** Throws `not-found`, `conflict` for one that was lifted, `not-allowed` for an officer. */
export function liftThing(desk: CaseDesk, { holdId, reason }: Parsed<'custody.liftHold'>): ThingHold {
  const { session } = desk;
  requireRole(session, 'manager', 'legal', 'administrator');
  const hold = thingHold(desk, holdId);
  if (hold.lifted) throw new DocketError('conflict', 'this hold was lifted already', holdId);
  change(session, () => {
    liftThingHold(session.workspace.store, holdId, {
      lifted_at: session.environment.now(),
      lifted_by: session.officer.id,
      lifted_reason: reason,
    });
    record(session, {
      type: 'hold.lifted',
      subject: { type: 'hold', id: holdId },
      ...(hold.caseId ? { caseId: hold.caseId } : {}),
      after: { reason, [hold.on]: hold.subjectId },
    });
  });
  return thingHold(desk, holdId);
}

/** Throws `conflict` while a hold stands on the exhibit or on its case. */
export function requireExhibitNotHeld(desk: CaseDesk, exhibitId: string): void {
  const { case_id } = exhibitRow(dbOf(desk), exhibitId);
  requireNotHeld(desk, case_id);
  if (isExhibitHeld(dbOf(desk), exhibitId))
    throw new DocketError('conflict', 'a legal hold stands on this exhibit; lift it first', exhibitId);
}
