import { z } from 'zod';
import { CaseState } from '../../../core/domain/case.ts';
import { CategoryId } from '../../../core/domain/category.ts';
import { optional, sortBy } from '../../app/search.ts';

export const CasesSearch = z.object({
  state: optional(z.union([CaseState, z.literal('unclosed')])),
  category: optional(CategoryId),
  text: optional(z.string()),
  sort: sortBy('number', 'openedAt', 'severity', 'title'),
});
export type CasesSearch = z.infer<typeof CasesSearch>;

export const CASE_TABS = ['overview', 'evidence', 'decision', 'measures', 'duties', 'timeline'] as const;
export type CaseTab = (typeof CASE_TABS)[number];

export const CaseSearch = z.object({
  /** Absent: the overview. */
  tab: optional(z.enum(CASE_TABS)),
});
export type CaseSearch = z.infer<typeof CaseSearch>;
