/** How the queue is worked on: its order, who works on what, whose names are covered, kept filters. */
import { z } from 'zod';
import { CategoryId } from './category.ts';
import { Count, Instant, Uid } from './page.ts';

/** Weights of the priority. The product of severity, certainty, reach, duty and waiting orders the queue. */
export const PriorityFormula = z.object({
  /** Exponent of the severity: 0 leaves it out, 2 lets it count double. */
  severity: z.number().min(0).max(4),
  /** What each power of ten of people adds. */
  reach: z.number().min(0).max(4),
  /** What a category adds whose confirmation opens a report. */
  duty: z.number().min(0).max(9),
  /** Days of waiting in which the priority doubles; null where waiting does not count. */
  doublingDays: z.number().min(7).max(3650).nullable(),
  /** Categories whose confirmation opens a report, by the routes of the profile when the weights were set. */
  categories: z.array(CategoryId),
});
export type PriorityFormula = z.infer<typeof PriorityFormula>;

/** One setting of the weights, with who set them and why. */
export const PriorityChange = PriorityFormula.extend({
  id: Uid,
  reason: z.string(),
  officer: z.string(),
  at: Instant,
  /** Whether every hit has its priority by these weights. */
  applied: z.boolean(),
});
export type PriorityChange = z.infer<typeof PriorityChange>;

export const PriorityState = z.object({
  /** The weights in force. */
  formula: PriorityFormula,
  /** The latest first; empty while nobody set any. */
  history: z.array(PriorityChange),
});
export type PriorityState = z.infer<typeof PriorityState>;

/** What a hit's priority is the product of. */
export const PriorityFactors = z.object({
  severity: z.number(),
  score: z.number(),
  reach: z.number(),
  duty: z.number(),
  waiting: z.number(),
  members: Count.nullable(),
  value: z.number(),
});
export type PriorityFactors = z.infer<typeof PriorityFactors>;

export const WorkSubject = z.object({ type: z.enum(['hit', 'case']), id: Uid });
export type WorkSubject = z.infer<typeof WorkSubject>;

/** An officer has taken a hit or case on; until then others see it and do not decide about it. */
export const WorkLock = z.object({
  subject: WorkSubject,
  officerId: Uid,
  officer: z.string(),
  takenAt: Instant,
  expiresAt: Instant,
});
export type WorkLock = z.infer<typeof WorkLock>;

/** Whether senders and conversations stand under aliases in review. */
export const TriageMode = z.object({ covered: z.boolean() });
export type TriageMode = z.infer<typeof TriageMode>;

/** Screens whose filters can be kept. */
export const FilterScreen = z.enum(['review', 'cases', 'duties', 'measures', 'leads']);
export const SavedFilter = z.object({
  id: Uid,
  screen: FilterScreen,
  name: z.string(),
  /** What stands in the screen's address, as JSON. */
  search: z.string(),
  officer: z.string(),
  at: Instant,
});
export type SavedFilter = z.infer<typeof SavedFilter>;
