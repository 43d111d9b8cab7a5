/** Hits that a second officer judges without knowing the first verdict. */
import { DocketError } from '../../../contract/errors.ts';
import type { CategoryId } from '../../domain/category.ts';
import type { Verdict } from '../../domain/hit.ts';
import type { SecondReviewCause } from '../../domain/second-review.ts';
import { all, type Database, get } from '../database.ts';
import { visibleHits } from '../detection/hits.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface SecondReviewRow {
  id: string;
  hit_id: number;
  cause: SecondReviewCause;
  drawn_at: number;
  /** The officer whose verdict stood when the hit was drawn, and that verdict. */
  first_officer_id: string;
  first_verdict: Verdict;
  verdict: Verdict | null;
  note: string;
  officer_id: string | null;
  at: number | null;
}

export function insertSecondReview(store: Store, row: SecondReviewRow): void {
  insertRow(store, 'second_reviews', { ...row });
}

export function judgeRow(
  store: Store,
  id: string,
  judged: Pick<SecondReviewRow, 'verdict' | 'note' | 'officer_id' | 'at'>,
): void {
  updateRow(store, 'second_reviews', { id }, { ...judged });
}

/** Throws `not-found`. */
export function secondReviewRow(db: Database, id: string): SecondReviewRow {
  const row = get<SecondReviewRow>(db, 'SELECT * FROM second_reviews WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such review', id);
  return row;
}

/** Hits with a verdict that were not drawn yet, with the officer who gave it; all of them, or among `hitIds`. */
export function drawable(
  db: Database,
  hitIds: readonly number[] | null = null,
): { hit_id: number; uid: string; officer_id: string; verdict: Verdict }[] {
  return all(
    db,
    `SELECT h.id AS hit_id, r.uid || ':' || h.position AS uid, d.officer_id, d.verdict FROM hits h
     JOIN detection_runs r ON r.id = h.run_id
     JOIN dispositions d ON d.id = (SELECT id FROM dispositions WHERE hit_id = h.id ORDER BY id DESC LIMIT 1)
     WHERE h.verdict IN ('confirmed', 'dismissed') AND ${visibleHits(db)}
       ${hitIds === null ? '' : `AND h.id IN (${hitIds.map(() => '?').join(', ')})`}
       AND NOT EXISTS (SELECT 1 FROM second_reviews s WHERE s.hit_id = h.id) ORDER BY h.id`,
    ...(hitIds ?? []),
  );
}

/** What waits for somebody other than who gave the first verdict, closures first. */
export function waitingFor(db: Database, officerId: string, limit: number): SecondReviewRow[] {
  return all<SecondReviewRow>(
    db,
    `SELECT s.* FROM second_reviews s JOIN hits h ON h.id = s.hit_id
     WHERE s.verdict IS NULL AND s.first_officer_id <> ? AND ${visibleHits(db)}
     ORDER BY s.cause, s.id LIMIT ?`,
    officerId,
    limit,
  );
}

/** Judged reviews, disagreements first. */
export function judgedReviews(db: Database, limit: number): SecondReviewRow[] {
  return all<SecondReviewRow>(
    db,
    `SELECT s.* FROM second_reviews s JOIN hits h ON h.id = s.hit_id
     WHERE s.verdict IS NOT NULL AND ${visibleHits(db)}
     ORDER BY s.verdict = s.first_verdict, s.at DESC LIMIT ?`,
    limit,
  );
}

export function verdictPairs(db: Database): { category: CategoryId; first: Verdict; second: Verdict }[] {
  return all(
    db,
    `SELECT h.category, s.first_verdict AS first, s.verdict AS second FROM second_reviews s
     JOIN hits h ON h.id = s.hit_id WHERE s.verdict IS NOT NULL ORDER BY h.category`,
  );
}
