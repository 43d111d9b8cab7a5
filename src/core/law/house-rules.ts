/**
 * Clauses of house rules, group rules and service agreements that a measure can rest on, next to the
 * law (S4-12). The shipped clauses are defaults; an organisation replaces their texts with its own.
 */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';

export const HouseClause = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: Bilingual,
  text: Bilingual,
});
export type HouseClause = z.infer<typeof HouseClause>;

export const HouseRulesData = z
  .strictObject({ version: z.string().min(1), clauses: z.array(HouseClause).min(1) })
  .superRefine(({ clauses }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of clauses.entries()) {
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: ['clauses', index], message: `duplicate id ${id}` });
      seen.add(id);
    }
  });
export type HouseRulesData = z.infer<typeof HouseRulesData>;

export type HouseRules = ReadonlyMap<string, HouseClause>;

/** Builds the clauses by id from parsed JSON. Throws a ZodError that names every bad entry. */
export function loadHouseRules(data: unknown): HouseRules {
  return new Map(HouseRulesData.parse(data).clauses.map((clause) => [clause.id, clause]));
}
