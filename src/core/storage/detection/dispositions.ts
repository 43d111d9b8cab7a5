import type { DispositionReason, Verdict } from '../../domain/hit.ts';
import { all, type Database, get, run } from '../database.ts';
import { insertRow, type Store } from '../rows.ts';

export interface NewDisposition {
  readonly id: string;
  readonly hitId: number;
  readonly batchId: string;
  /** Null takes the hit back to having no verdict. */
  readonly verdict: Verdict | null;
  readonly reason: DispositionReason | null;
  readonly note: string;
  readonly ruleVersion: string;
  readonly officerId: string;
  readonly at: number;
  readonly eventId: string;
  /** The disposition that this one takes back. */
  readonly undoes: string | null;
}

/** Adds a disposition and brings the hit's derived verdict up to date. Call inside a transaction. */
export function insertDisposition(store: Store, disposition: NewDisposition): void {
  insertRow(store, 'dispositions', {
    id: disposition.id,
    hit_id: disposition.hitId,
    batch_id: disposition.batchId,
    verdict: disposition.verdict,
    reason: disposition.reason,
    note: disposition.note,
    rule_version: disposition.ruleVersion,
    officer_id: disposition.officerId,
    at: disposition.at,
    event_id: disposition.eventId,
    undoes: disposition.undoes,
  });
  run(store.db, 'UPDATE hits SET verdict = ? WHERE id = ?', disposition.verdict, disposition.hitId);
}

/** Brings a hit's derived verdict up to date with its last disposition, where several came at once. */
export function settleVerdict(db: Database, hitId: number): void {
  run(
    db,
    `UPDATE hits SET verdict = (SELECT d.verdict FROM dispositions d WHERE d.hit_id = hits.id ORDER BY d.id DESC LIMIT 1)
     WHERE id = ?`,
    hitId,
  );
}

export interface StoredDisposition {
  id: string;
  hit_id: number;
  verdict: Verdict | null;
  reason: DispositionReason | null;
  note: string;
  rule_version: string;
  event_id: string;
}

/** The dispositions of one batch, in the order they were made. */
export function dispositionsOfBatch(db: Database, batchId: string): StoredDisposition[] {
  return all<StoredDisposition>(db, 'SELECT * FROM dispositions WHERE batch_id = ? ORDER BY id', batchId);
}

/** The disposition in force for a hit; undefined where there never was one. */
export function currentDisposition(db: Database, hitId: number): StoredDisposition | undefined {
  return get<StoredDisposition>(
    db,
    'SELECT * FROM dispositions WHERE hit_id = ? ORDER BY id DESC LIMIT 1',
    hitId,
  );
}

/** What stood before a disposition; undefined where it was the first. */
export function dispositionBefore(db: Database, hitId: number, id: string): StoredDisposition | undefined {
  return get<StoredDisposition>(
    db,
    'SELECT * FROM dispositions WHERE hit_id = ? AND id < ? ORDER BY id DESC LIMIT 1',
    hitId,
    id,
  );
}

export function caseOfHit(db: Database, hitId: number): string | null {
  return get<{ case_id: string | null }>(db, 'SELECT case_id FROM hits WHERE id = ?', hitId)?.case_id ?? null;
}
