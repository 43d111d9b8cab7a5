/**
 * A transaction that takes longer than the host may be held up: over a connection of its own, in slices. What the
 * window asks for meanwhile is answered from before it, calls that write wait until it ends, and a crash leaves
 * nothing of it.
 */
import { join } from 'node:path';
import { DocketError } from '../../contract/errors.ts';
import { openDatabase } from '../storage/database.ts';
import { DATABASE_FILE } from '../storage/workspace-folder.ts';
import type { CaseDesk } from './cases/case-desk.ts';
import { writeLogBack } from './imports/rewrite.ts';
import { inSlices } from './pace.ts';
import { whilePutOff } from './putting-off.ts';
import type { Session } from './session.ts';
import { pauseUpkeep, stopUpkeep } from './upkeep.ts';

/** Pages at hand, in KiB with a minus: what is changed beyond them goes into the log on the way, not at the end. */
const CACHE = -4096;

/** Does work when no other job runs (`Jobs.alone`). */
export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/** The desk as work inside the transaction needs it. */
export function deskInside(desk: CaseDesk, session: Session): CaseDesk {
  return { ...desk, session, reading: { ...desk.reading, db: session.workspace.store.db } };
}

/**
 * Does work that yields at its safe points, in a session whose connection is inside one transaction. What it throws
 * takes all of it back, `check` too, which is asked between slices. No job may run beside it (`Jobs.alone`).
 */
export async function inLongTransaction<T>(
  session: Session,
  check: () => void,
  work: (session: Session) => Generator<void, T>,
): Promise<T> {
  const { workspace } = session;
  const resumeUpkeep = pauseUpkeep(workspace);
  try {
    await stopUpkeep(workspace);
    const done = await whilePutOff(workspace.store.db, () => transacted(session, check, work));
    await writeLogBack(session);
    return done;
  } finally {
    resumeUpkeep();
  }
}

async function transacted<T>(
  session: Session,
  check: () => void,
  work: (session: Session) => Generator<void, T>,
): Promise<T> {
  const { workspace } = session;
  const file = join(workspace.folder, DATABASE_FILE);
  const db = openDatabase(file, workspace.databaseKey, { cacheSize: CACHE });
  try {
    // Written back afterwards, in a thread.
    db.pragma('wal_autocheckpoint = 0');
    db.exec('BEGIN IMMEDIATE');
    const store = { ...workspace.store, db };
    const done = await inSlices(work({ ...session, workspace: { ...workspace, store } }), () => {
      check();
      if (!workspace.store.db.open) throw new DocketError('cancelled', 'the workspace was closed');
    });
    db.exec('COMMIT');
    return done;
  } finally {
    // What was not committed is taken back.
    db.close();
  }
}
