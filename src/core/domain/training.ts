/** Training of the workspace's own classifier on what its officers reviewed. */
import { z } from 'zod';
import { CategoryId } from './category.ts';
import { Count, Instant, Uid } from './page.ts';

/** `waiting` for a second officer; `in-force`; `refused`; `replaced` by a later one or by what ships. */
export const TrainingState = z.enum(['waiting', 'in-force', 'refused', 'replaced']);
export type TrainingState = z.infer<typeof TrainingState>;

/** Figures of one category on reviewed texts that neither model was trained on. */
export const TrainingFigure = z.object({
  category: CategoryId,
  confirmed: Count,
  dismissed: Count,
  /** Texts of each that were proposed: by the model before, and by the new one. */
  before: z.object({ confirmed: Count, dismissed: Count }),
  after: z.object({ confirmed: Count, dismissed: Count }),
});
export type TrainingFigure = z.infer<typeof TrainingFigure>;

export const Training = z.object({
  id: Uid,
  state: TrainingState,
  /** Version of the model it went on from. */
  base: z.string(),
  purpose: z.string(),
  /** Reviewed texts that were used. */
  texts: Count,
  figures: z.array(TrainingFigure),
  at: Instant,
  officerId: Uid,
  officer: z.string(),
  decidedAt: Instant.nullable(),
  decidedBy: z.string().nullable(),
  note: z.string(),
});
export type Training = z.infer<typeof Training>;

export const ClassifierStatus = z.object({
  /** Version of the model that judges now: the shipped one's, or the id of a training. */
  version: z.string(),
  shipped: z.string(),
  categories: z.array(CategoryId),
  /** Reviewed texts that may train. */
  reviewed: z.object({ confirmed: Count, dismissed: Count }),
  trainings: z.array(Training),
});
export type ClassifierStatus = z.infer<typeof ClassifierStatus>;
