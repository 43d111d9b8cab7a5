import { DocketError } from '../../contract/errors.ts';
import type { WorkSubject } from '../domain/triage.ts';
import { dropLock, lockOf } from '../storage/detection/triage.ts';
import type { Session } from './session.ts';

/** Throws `in-work` where another officer has taken something on. */
export function requireFreeWork(session: Session, subject: WorkSubject): void {
  const lock = lockOf(session.workspace.store.db, subject, session.environment.now());
  if (lock && lock.officerId !== session.officer.id)
    throw new DocketError('in-work', `${lock.officer} works on it`, lock.officer);
}

/** Decided: nobody works on it any more. Call inside a transaction. */
export function endWork(session: Session, subject: WorkSubject): void {
  dropLock(session.workspace.store, subject);
}
