/** Trainings of the workspace's own classifier, and the reviewed texts that they may use. */
import type { CategoryId } from '../../domain/category.ts';
import type { Training, TrainingState } from '../../domain/training.ts';
import { all, type Database, get } from '../database.ts';
import { visibleOnly } from '../messages/messages.ts';
import { insertRow, type Store, updateRow } from '../rows.ts';

export interface TrainingRow {
  id: string;
  state: TrainingState;
  base: string;
  purpose: string;
  texts: number;
  figures: string;
  body: Buffer;
  at: number;
  officer_id: string;
  decided_at: number | null;
  decided_by: string | null;
  note: string;
}

type Named = Omit<TrainingRow, 'body'> & { officer: string; decider: string | null };

export function insertTraining(store: Store, row: TrainingRow): void {
  insertRow(store, 'trainings', { ...row });
}

export function updateTraining(
  store: Store,
  id: string,
  changes: Partial<Pick<TrainingRow, 'state' | 'decided_at' | 'decided_by' | 'note'>>,
): void {
  updateRow(store, 'trainings', { id }, changes);
}

export function listTrainings(db: Database): Training[] {
  return all<Named>(
    db,
    `SELECT t.id, t.state, t.base, t.purpose, t.texts, t.figures, t.at, t.officer_id, t.decided_at, t.decided_by, t.note,
       o.name AS officer, d.name AS decider
     FROM trainings t JOIN officers o ON o.id = t.officer_id LEFT JOIN officers d ON d.id = t.decided_by ORDER BY t.id DESC`,
  ).map((row) => ({
    id: row.id,
    state: row.state,
    base: row.base,
    purpose: row.purpose,
    texts: row.texts,
    figures: JSON.parse(row.figures) as Training['figures'],
    at: row.at,
    officerId: row.officer_id,
    officer: row.officer,
    decidedAt: row.decided_at,
    decidedBy: row.decider,
    note: row.note,
  }));
}

/** The model that the workspace uses instead of the shipped one. */
export function trainingInForce(db: Database): { id: string; body: Buffer } | undefined {
  return get<{ id: string; body: Buffer }>(db, "SELECT id, body FROM trainings WHERE state = 'in-force'");
}

export interface ReviewedHit {
  readonly text: string;
  readonly category: CategoryId;
  readonly verdict: 'confirmed' | 'dismissed';
}

/**
 * Reviewed texts of messages, newest first. Left out: hits of a case in which a decision was refused,
 * overturned or unproved, because what it found is not settled; texts with a hit for state secrets or for sexual content
 * with minors, which no training set may hold; and what is not visible any more.
 */
export function reviewedHits(db: Database, limit: number): ReviewedHit[] {
  return all<ReviewedHit>(
    db,
    `SELECT coalesce(p.text, m.text) AS text, h.category, h.verdict FROM hits h
     JOIN messages m ON m.id = h.message_id
     LEFT JOIN carried_texts p ON p.message_id = m.id AND p.part = h.part
     WHERE h.verdict IN ('confirmed', 'dismissed') AND h.act <> 'quote'
       AND NOT EXISTS (SELECT 1 FROM case_hits k JOIN decisions d ON d.case_id = k.case_id
         WHERE k.hit_id = h.id AND k.removed = 0 AND (d.state = 'refused' OR json_extract(d.proposal, '$.basis.proved') = 0
           OR EXISTS (SELECT 1 FROM appeals a WHERE a.decision_id = d.id AND a.outcome = 'overturned')))
       AND NOT EXISTS (SELECT 1 FROM hits q WHERE q.message_id = h.message_id
         AND (q.category = 'state-secrets' OR q.rule = 'clean.minor-sexual-content')
         AND coalesce(q.verdict, '') <> 'dismissed')
       ${visibleOnly(db)}
     ORDER BY h.id DESC LIMIT ?`,
    limit,
  );
}
