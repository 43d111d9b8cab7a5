/** Statutory meters as screens show them: inputs, limits, windows, what is missing. Never a verdict. */
import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { CategoryId } from './category.ts';
import { Count, Instant, Uid } from './page.ts';

/** Whom or what a meter reads: a person (by any of their accounts), a group, a case. */
export const MeterSubject = z.object({ type: z.enum(['person', 'group', 'case']), id: Uid });
export type MeterSubject = z.infer<typeof MeterSubject>;

const Cited = z.object({
  reference: z.string(),
  citation: Bilingual,
  /** Marks of content, number and dates, as in the law library. */
  marks: z.string(),
});

export const MeterFigureEntry = z.object({
  id: Uid,
  counter: z.string(),
  variant: z.string(),
  value: z.number().nonnegative(),
  day: z.iso.date(),
  /** Where the officer has it from. */
  source: z.string(),
  officer: z.string(),
  at: Instant,
});
export type MeterFigureEntry = z.infer<typeof MeterFigureEntry>;

const CounterView = z.object({
  id: z.string(),
  title: Bilingual,
  unit: z.enum(['file', 'item', 'group', 'account', 'click', 'forward', 'yuan', 'penalty']),
  value: z.number().nullable(),
  counted: z.number().nullable(),
  entered: z.number().nullable(),
  limit: z.number(),
  share: z.number().nullable(),
  missing: z.array(z.enum(['not-in-exports', 'members-unlisted', 'owner-unknown'])),
});

const RuleView = z.object({
  kind: z.enum(['reach', 'convert']),
  needed: z.number().nullable(),
  share: z.number().nullable(),
  of: z.array(z.string()),
  met: z.number(),
  progress: z.number(),
  reached: z.boolean(),
});

export const MeterReadingView = z.object({
  variant: z.object({ id: z.string(), title: Bilingual, factor: z.number() }),
  article: Cited,
  variantArticle: Cited,
  window: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  items: Count,
  outside: Count,
  counters: z.array(CounterView),
  rules: z.array(RuleView),
  share: z.number(),
  state: z.enum(['below', 'half', 'reached']),
});
export type MeterReadingView = z.infer<typeof MeterReadingView>;

export const MeterView = z.object({
  id: z.string(),
  title: Bilingual,
  categories: z.array(CategoryId),
  window: z.object({ years: z.number(), article: Cited }).nullable(),
  /** Confirmed messages that the meter looked at, and hits that nobody has decided about yet. */
  items: Count,
  undecided: Count,
  readings: z.array(MeterReadingView),
  left: z.object({ undated: Count, notInForce: Count, noLimits: Count }),
  figures: z.array(MeterFigureEntry),
  /** Counters and variants that a figure can be entered for. */
  counters: z.array(z.object({ id: z.string(), title: Bilingual })),
  variants: z.array(z.object({ id: z.string(), title: Bilingual })),
  /** What the article asks beside numbers. */
  unknowns: z.array(Bilingual),
});
export type MeterView = z.infer<typeof MeterView>;
