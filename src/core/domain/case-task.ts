import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Instant, Uid } from './page.ts';

/** `not-needed` wants a reason in the note. */
export const TaskState = z.enum(['open', 'done', 'not-needed']);
export type TaskState = z.infer<typeof TaskState>;

/** One thing to be done about a case: of the shipped checklist, or the case's own. */
export const CaseTask = z.object({
  caseId: Uid,
  task: z.string(),
  title: Bilingual,
  help: z.object({ zh: z.string(), en: z.string() }),
  /** Written for this case by an officer. */
  own: z.boolean(),
  state: TaskState,
  note: z.string(),
  /** Who decided its state; null while it is open and untouched. */
  officer: z.string().nullable(),
  at: Instant.nullable(),
});
export type CaseTask = z.infer<typeof CaseTask>;
