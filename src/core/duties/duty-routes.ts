/**
 * Duty routes: who has to be told about which confirmed content, on which basis, and by when.
 *
 * No statute that was read gives a deadline in hours; they say "immediately" or "promptly". The clock
 * therefore carries the statute's word and an organisation's own number of hours, and says so.
 */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { CategoryId } from '../domain/category.ts';
import { DutyAction, DutyMark } from '../domain/duty-words.ts';
import { Profile } from '../domain/workspace.ts';
import { BasisReference } from '../law/basis.ts';

export { DutyAction, DutyMark } from '../domain/duty-words.ts';

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

export const DutyRoute = z.strictObject({
  id: Id,
  title: Bilingual,
  /** The route holds for an item of any of these categories, rules or marks. */
  when: z.strictObject({
    categories: z.array(CategoryId),
    rules: z.array(z.string().min(1)),
    marks: z.array(DutyMark),
  }),
  /** One report per entry; `alternatives` are receivers that the same law allows instead. */
  reports: z.array(z.strictObject({ receiver: Id, alternatives: z.array(Id) })).min(1),
  basis: z.array(BasisReference).min(1),
  actions: z.array(DutyAction).min(1),
  /** What the law wants a notice to say. */
  noticeItems: z.array(z.strictObject({ id: Id, title: Bilingual })),
});
export type DutyRoute = z.infer<typeof DutyRoute>;

export const DutyRoutes = z
  .strictObject({
    id: Id,
    version: z.string().min(1),
    profile: Profile,
    title: Bilingual,
    /** `report`: a confirmed item opens a report by itself. `assessment`: one assessment per case. */
    opens: z.enum(['report', 'assessment']),
    clock: z.strictObject({
      /** The word of the law. */
      statutory: Bilingual,
      /** Hours that a statute gives; none was found. */
      statutoryHours: z.number().positive().nullable(),
      /** The organisation's own hours, counted from the confirmation. */
      hours: z.number().positive(),
      note: Bilingual,
    }),
    /** `givesReceipt`: an authority confirms a filing with a number; individuals are only told. */
    receivers: z.array(z.strictObject({ id: Id, title: Bilingual, givesReceipt: z.boolean() })).min(1),
    /** In order of the statutes' table; every route that holds for an item applies. */
    routes: z.array(DutyRoute).min(1),
    /** For items of the illegal tier that no other route claims. */
    defaultRoute: Id,
  })
  .superRefine((table, context) => {
    const refuse = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', path, message });
    const receivers = new Set(table.receivers.map(({ id }) => id));
    if (receivers.size < table.receivers.length) refuse('a receiver id occurs twice', 'receivers');
    const routes = new Set(table.routes.map(({ id }) => id));
    if (routes.size < table.routes.length) refuse('a route id occurs twice', 'routes');
    if (!routes.has(table.defaultRoute)) refuse(`unknown route ${table.defaultRoute}`, 'defaultRoute');
    for (const [index, { id, when, reports }] of table.routes.entries()) {
      for (const receiver of reports.flatMap((report) => [report.receiver, ...report.alternatives]))
        if (!receivers.has(receiver)) refuse(`unknown receiver ${receiver}`, 'routes', index);
      const conditions = when.categories.length + when.rules.length + when.marks.length;
      if (conditions === 0 && id !== table.defaultRoute) refuse(`${id} can never hold`, 'routes', index);
    }
  });
export type DutyRoutes = z.infer<typeof DutyRoutes>;

/** Reads duty routes from parsed JSON. Throws a ZodError that names every bad entry. */
export function loadDutyRoutes(data: unknown): DutyRoutes {
  return DutyRoutes.parse(data);
}
