import { all, type Database, get } from '../database.ts';
import type { HitMember } from './found-hit.ts';

/** Messages that take part in a hit over several, in the order of time. */
export function hitMembers(db: Database, hitId: number): HitMember[] {
  return all<HitMember>(
    db,
    'SELECT message_id AS messageId, start, end FROM hit_members WHERE hit_id = ? ORDER BY position',
    hitId,
  );
}

/** Other rules of the same category that hit the same text. The plus keeps SQLite off the index of categories. */
export function otherRules(db: Database, hitId: number): number {
  return (
    get<{ n: number }>(
      db,
      `SELECT count(DISTINCT o.pack || '/' || o.rule) AS n FROM hits h JOIN hits o ON o.message_id = h.message_id
         AND o.part = h.part AND +o.category = h.category AND (o.rule <> h.rule OR o.pack <> h.pack)
         AND o.pack <> 'classifier' WHERE h.id = ?`,
      hitId,
    )?.n ?? 0
  );
}
