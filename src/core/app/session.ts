import { DocketError } from '../../contract/errors.ts';
import type { UidSource } from '../domain/uid.ts';
import type { Officer, Profile } from '../domain/workspace.ts';
import { transact } from '../storage/database.ts';
import { appendEvent } from '../storage/events.ts';
import { readMeta } from '../storage/rows.ts';
import type { OpenWorkspace } from '../storage/workspace-folder.ts';
import type { Resources } from './resources.ts';

/** What the core takes from outside instead of reaching for it: time, chance, the machine's zone. */
export interface Environment {
  /** UTC milliseconds. */
  now(): number;
  random(bytes: number): Uint8Array;
  readonly uids: UidSource;
  /** IANA zone of the workstation. */
  zone: string;
  /** What ships beside the program: rule packs, penalty schedules, duty routes, law. */
  readonly resources: Resources;
  /** Program of the thread that parses large sources (import-worker.ts); absent where the caller's own parses. */
  readonly importWorker?: string;
  /** Program of the thread that builds indexes (storage/upkeep-worker.ts); absent where the next opening builds them. */
  readonly upkeepWorker?: string;
}

/** An open workspace and the officer who acts in it. */
export interface Session {
  readonly workspace: OpenWorkspace;
  readonly environment: Environment;
  readonly officer: Officer;
  readonly officerKey: Buffer;
}

/** What happened, for the audit log and timelines. `before` and `after` hold what changed, nothing else. */
export interface Happening {
  readonly type: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly caseId?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly supersedes?: string;
}

export function newUid(session: Pick<Session, 'environment'>): string {
  return session.environment.uids.next();
}

/** A UUIDv7 that opens a block for rows by the million (see domain/uid.ts). */
export function newBlockUid(session: Pick<Session, 'environment'>): string {
  return session.environment.uids.next(true);
}

/** Writes an event under the session's officer; answers its id. Call inside the change's transaction. */
export function record(session: Session, happening: Happening): string {
  const id = newUid(session);
  appendEvent(session.workspace.store, {
    id,
    officer: session.officer.id,
    at: session.environment.now(),
    type: happening.type,
    subject: happening.subject,
    caseId: happening.caseId ?? null,
    before: happening.before ?? null,
    after: happening.after ?? null,
    supersedes: happening.supersedes ?? null,
  });
  return id;
}

/** Runs a change and its events in one transaction. */
export function change<T>(session: Session, work: () => T): T {
  return transact(session.workspace.store.db, work);
}

export function profileOf(session: Session): Profile {
  return readMeta(session.workspace.store.db, 'profile') as Profile;
}

export function prefixOf(session: Session): string {
  return readMeta(session.workspace.store.db, 'prefix') ?? '';
}

/** Throws `not-allowed` unless the officer has one of the roles. */
export function requireRole(session: Session, ...roles: Officer['role'][]): void {
  if (!roles.includes(session.officer.role)) {
    throw new DocketError('not-allowed', `needs the role ${roles.join(' or ')}`, session.officer.name);
  }
}
