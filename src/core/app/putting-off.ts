/** Work beside which nothing is written over the host's connection: calls that write wait until it ends. */
import { type Database, putOffWriting, WritingPutOff } from '../storage/database.ts';

const underWay = new WeakMap<Database, Promise<unknown>>();

/** Does work while transactions of this connection are put off; what reads goes on. */
export async function whilePutOff<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const writeAgain = putOffWriting(db);
  const ending = work().finally(() => {
    writeAgain();
    underWay.delete(db);
  });
  underWay.set(
    db,
    ending.catch(() => undefined),
  );
  return ending;
}

/**
 * Does a call's work, and does it again where writing was put off: whatever writes does so first or last, in one
 * transaction, and what was put off has changed nothing.
 */
export async function patiently<T>(db: () => Database | null, work: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof WritingPutOff)) throw error;
      const open = db();
      if (open) await underWay.get(open);
    }
  }
}
