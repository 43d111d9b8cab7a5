/** Checklists of cases, shipped as data: what is to be done, by category and tier. */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { CATEGORY_IDS, CategoryId, categoryOf, Tier } from '../domain/category.ts';

const Text = z.strictObject({ zh: z.string(), en: z.string() });

const PlaybookTask = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** A task belongs to cases of these categories or tiers. */
  categories: z.array(CategoryId),
  tiers: z.array(Tier),
  title: Bilingual,
  help: Text,
});

export const Playbook = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    title: Bilingual,
    note: Bilingual,
    tasks: z.array(PlaybookTask).min(1),
  })
  .superRefine((playbook, context) => {
    const seen = new Set<string>();
    for (const [index, { id, categories, tiers }] of playbook.tasks.entries()) {
      if (seen.has(id) || (categories.length === 0 && tiers.length === 0))
        context.addIssue({ code: 'custom', path: ['tasks', index], message: `${id} is twice or nowhere` });
      seen.add(id);
    }
    for (const id of CATEGORY_IDS)
      if (tasksFor(playbook, [id]).length === 0)
        context.addIssue({ code: 'custom', path: ['tasks'], message: `no task for ${id}` });
  });
export type Playbook = z.infer<typeof Playbook>;
export type PlaybookTask = z.infer<typeof PlaybookTask>;

/** Reads checklists from parsed JSON. Throws a ZodError that names every bad entry. */
export const loadPlaybook = (data: unknown): Playbook => Playbook.parse(data);

/** The tasks of a case of these categories, in the order of the checklist. */
export function tasksFor(
  playbook: Pick<Playbook, 'tasks'>,
  categories: readonly CategoryId[],
): PlaybookTask[] {
  const tiers = new Set(categories.map((id) => categoryOf(id).tier));
  return playbook.tasks.filter(
    (task) =>
      task.categories.some((id) => categories.includes(id)) || task.tiers.some((tier) => tiers.has(tier)),
  );
}
