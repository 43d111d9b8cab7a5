/** Fixing the commitments of sources, so that packs can prove where their messages stood. */
import { join } from 'node:path';
import { DocketError } from '../../../contract/errors.ts';
import { ROOTS_STATED } from '../../evidence/document-checks.ts';
import { type Database, get, openDatabase } from '../../storage/database.ts';
import {
  computeTrees,
  occurrencesOf,
  sealBlocks,
  sourceRoot,
  storeTrees,
  treeRows,
} from '../../storage/messages/commitments.ts';
import { type SourceRow, sourceByUid } from '../../storage/sources/sources.ts';
import { DATABASE_FILE } from '../../storage/workspace-folder.ts';
import { breathe } from '../jobs.ts';
import { inSlices } from '../pace.ts';
import { change, record, type Session } from '../session.ts';

/** Pages at hand while a source is read from end to end, in KiB. */
const CACHE_SIZE = -4096;

export interface FixOptions {
  readonly signal?: AbortSignal;
  /** Messages committed to so far, and in all, of the source under way. */
  progress?(file: string, done: number, total: number): void;
}

/**
 * Fixes the commitments of sources by an audit event each, where that was not done or messages were
 * recovered since. Once in a source's life: some 20 seconds for a million messages; the window does it beside the
 * work after an import (fixing.ts), whoever needs it sooner at once. Throws `cancelled`; a
 * source is fixed whole or not at all.
 */
export async function fixCommitments(
  session: Session,
  sourceUids: readonly string[],
  options: FixOptions = {},
): Promise<void> {
  // A connection of its own: a large source would go through the whole cache of the workspace's.
  const { folder, databaseKey } = session.workspace;
  const reading = openDatabase(join(folder, DATABASE_FILE), databaseKey, {
    readonly: true,
    cacheSize: CACHE_SIZE,
  });
  try {
    for (const uid of sourceUids) await fixSource(session, reading, uid, options);
  } finally {
    reading.close();
  }
}

async function fixSource(
  session: Session,
  reading: Database,
  uid: string,
  options: FixOptions,
): Promise<void> {
  const { store } = session.workspace;
  const source = sourceByUid(store.db, uid) as SourceRow;
  const total = occurrencesOf(reading, source.id);
  if (sourceRoot(store.db, source.id)?.messages === total) return;
  const steps = computeTrees(reading, source);
  let step = steps.next();
  while (!step.done) {
    options.progress?.(source.file, step.value, total);
    await breathe();
    if (options.signal?.aborted) {
      throw new DocketError('cancelled', 'cancelled by the officer', source.file);
    }
    step = steps.next();
  }
  const rows = treeRows(source.id, step.value);
  const seals = await inSlices(sealBlocks(store, rows));
  if (options.signal?.aborted) throw new DocketError('cancelled', 'cancelled by the officer', source.file);
  change(session, () => {
    const before = sourceRoot(store.db, source.id);
    // Nobody else writes meanwhile, and this transaction changes no message: what was committed last is what is.
    if (occurrencesOf(reading, source.id) !== rows.messages) {
      throw new DocketError('conflict', 'messages were added meanwhile', source.file);
    }
    const eventId = record(session, {
      type: 'source.committed',
      subject: { type: 'source', id: uid },
      ...(before ? { before: { root: before.root, messages: before.messages } } : {}),
      after: {
        root: rows.root,
        messages: rows.messages,
        conversations: rows.trees.length,
        sha256: source.sha256,
      },
    });
    const root = { source_id: source.id, messages: rows.messages, root: rows.root, event_id: eventId };
    storeTrees(store, rows, root, seals);
  });
}

/** A source's root as a case states it, with the audit entry that fixed it. */
interface StatedRoot {
  readonly source: string;
  readonly sha256: string;
  readonly root: string;
  readonly messages: number;
  readonly fixed: { readonly sequence: number; readonly hash: string };
}

/**
 * Writes the roots that a case's packs rest on into the case's own part of the audit log, where every pack
 * shows them; nothing where the last such event says the same.
 */
export function stateRoots(session: Session, caseId: string, sourceUids: readonly string[]): void {
  const { db } = session.workspace.store;
  const sources = [...sourceUids].sort().map((uid): StatedRoot => {
    const source = sourceByUid(db, uid) as SourceRow;
    const root = sourceRoot(db, source.id);
    const fixed = get<{ sequence: number; hash: string }>(
      db,
      'SELECT sequence, hash FROM audit_log WHERE event_id = ?',
      root?.event_id ?? '',
    );
    if (!root || !fixed) throw new DocketError('workspace-damaged', 'a root without its event', source.file);
    return { source: uid, sha256: source.sha256, root: root.root, messages: root.messages, fixed };
  });
  const last = get<{ after: string }>(
    db,
    'SELECT after FROM events WHERE case_id = ? AND type = ? ORDER BY id DESC LIMIT 1',
    caseId,
    ROOTS_STATED,
  );
  if (last?.after === JSON.stringify({ sources })) return;
  change(session, () =>
    record(session, {
      type: ROOTS_STATED,
      subject: { type: 'case', id: caseId },
      caseId,
      after: { sources },
    }),
  );
}
