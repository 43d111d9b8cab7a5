/**
 * Penalty schedules: which measures an organisation can take, in which order, and how the facts of a
 * case move the proposal up or down that order. All of it is data; `propose-measure.ts` only reads it.
 *
 * A level is a place on the ladder of one kind of subject. Level 0 is always "no measure".
 */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { MeasureSubject, PartyRole } from '../domain/case.ts';
import { Tier } from '../domain/category.ts';
import { Act } from '../domain/message.ts';
import { Profile } from '../domain/workspace.ts';
import { BasisReference } from '../law/basis.ts';
import { CivilDay } from '../law/civil-day.ts';

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const Level = z.number().int().nonnegative();

/**
 * Ending somebody's employment is never a measure here, whoever writes the schedule: Docket refers a
 * person to those who may decide about employment and goes no further.
 */
const DISMISSAL =
  /辞退|解雇|开除|除名|劝退|解除劳动|终止劳动|dismiss|\bsack(ed)?\b|\bfired\b|terminat\w*[^.]*(employ|contract)/i;

/** Is this text about ending somebody's employment? */
export function namesDismissal(text: string): boolean {
  return DISMISSAL.test(text);
}

export const Measure = z
  .strictObject({
    id: Id,
    title: Bilingual,
    /** Cannot be undone by the passing of time. Always needs the second officer. */
    permanent: z.boolean(),
    needsSecondApproval: z.boolean(),
    basis: z.array(BasisReference),
    /** For measures that end: the default and the bounds in days. */
    duration: z
      .strictObject({
        unit: z.literal('day'),
        min: z.number().int().positive(),
        default: z.number().int().positive(),
        max: z.number().int().positive(),
      })
      .refine((span) => span.min <= span.default && span.default <= span.max, 'min ≤ default ≤ max')
      .optional(),
    /** For measures that switch off parts of an account: what can be switched off. */
    functions: z
      .array(z.strictObject({ id: Id, title: Bilingual }))
      .min(1)
      .optional(),
  })
  .superRefine((measure, context) => {
    if (measure.permanent && !measure.needsSecondApproval)
      context.addIssue({ code: 'custom', message: `${measure.id} is permanent and needs a second approval` });
    if (namesDismissal(`${measure.id.replaceAll('-', ' ')} ${measure.title.zh} ${measure.title.en}`))
      context.addIssue({ code: 'custom', message: `${measure.id} ends somebody's employment` });
  });
export type Measure = z.infer<typeof Measure>;

/** Where a proposal starts and between which levels the officer may choose without a reason. */
const Start = z
  .strictObject({ level: Level, min: Level, max: Level })
  .refine((start) => start.min <= start.level && start.level <= start.max, 'min ≤ level ≤ max');

/** One start per severity, 1 to 5. */
const Starts = z.tuple([Start, Start, Start, Start, Start]);

export const Ladder = z.strictObject({
  subjectType: MeasureSubject,
  /**
   * Acts of these days: from the day on which the law or agreement behind the ladder took effect, until
   * the day on which another did. Absent: without beginning, without end.
   */
  from: CivilDay.optional(),
  until: CivilDay.optional(),
  /** Level is the position. `accompanying` measures are taken together with the step's own. */
  steps: z.array(z.strictObject({ measure: Id, accompanying: z.array(Id) })).min(2),
  base: z.strictObject({ illegal: Starts, harmful: Starts, 'house-rule': Starts }),
});
export type Ladder = z.infer<typeof Ladder>;

/** Moves the proposal by `raise` levels and the upper end of the range by `widen` more. */
const Adjustment = z.strictObject({
  raise: z.number().int(),
  widen: z.union([z.number().int().nonnegative(), z.literal('top')]),
});
export type Adjustment = z.infer<typeof Adjustment>;

/** Holds when at least so many earlier decisions count; the strongest that holds applies alone. */
const Recidivism = z.strictObject({
  id: Id,
  scope: z.enum(['same-category', 'any']),
  atLeast: z.number().int().positive(),
  /** Earlier decisions below this severity do not count for this entry. */
  minSeverity: z.number().int().min(1).max(5),
  raise: z.union([z.number().int().positive(), z.literal('top')]),
});

const LookBackYears = z.union([z.literal(1), z.literal(2)]);

export const PenaltySchedule = z
  .strictObject({
    id: Id,
    version: z.string().min(1),
    profile: Profile,
    title: Bilingual,
    measures: z.array(Measure).min(1),
    ladders: z.array(Ladder).min(1),
    acts: z.strictObject(record(Act, Adjustment)),
    roles: z.strictObject(record(PartyRole, z.union([Adjustment, z.literal('no-measure')]))),
    evasion: Adjustment,
    /** Where minors are concerned. */
    minors: Adjustment,
    /** By the number of people who could see it; the entry with the highest number reached applies. */
    reach: z.array(Adjustment.extend({ atLeast: z.number().int().positive() })),
    recidivism: z.array(Recidivism),
    /** Years before the act within which earlier decisions count, by the tier of the act. */
    lookBack: z.strictObject({ ...record(Tier, LookBackYears), basis: z.array(BasisReference) }),
    /** What a decision has to cite, by tier (S4-12). */
    basisRequired: z.strictObject(record(Tier, z.array(z.enum(['law', 'house'])).min(1))),
  })
  .superRefine((schedule, context) => {
    const refuse = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', path, message });
    const measures = new Map(schedule.measures.map((measure) => [measure.id, measure]));
    if (measures.size < schedule.measures.length) refuse('a measure id occurs twice', 'measures');
    for (const [index, ladder] of schedule.ladders.entries()) {
      const { subjectType, steps, base } = ladder;
      if (schedule.ladders.slice(0, index).some((other) => overlap(ladder, other)))
        refuse(`two ladders for ${subjectType}`, 'ladders', index);
      if (steps[0]?.measure !== 'no-measure') refuse('level 0 is no-measure', 'ladders', index);
      const named = steps.flatMap((step) => [step.measure, ...step.accompanying]);
      for (const id of named) if (!measures.has(id)) refuse(`unknown measure ${id}`, 'ladders', index);
      for (const id of steps.flatMap((step) => step.accompanying))
        if (measures.get(id)?.permanent) refuse(`${id} is permanent and cannot accompany`, 'ladders', index);
      const top = steps.length - 1;
      for (const start of Object.values(base).flat())
        if (start.max > top) refuse(`level ${start.max} is above the ladder`, 'ladders', index);
    }
  });
export type PenaltySchedule = z.infer<typeof PenaltySchedule>;

function overlap(a: Ladder, b: Ladder): boolean {
  const before = (end: Ladder, start: Ladder) =>
    end.until !== undefined && start.from !== undefined && end.until <= start.from;
  return a.subjectType === b.subjectType && !before(a, b) && !before(b, a);
}

/** The ladder for a kind of subject and an act of `day`; without a day, the one that holds longest. */
export function ladderOf(
  schedule: PenaltySchedule,
  subjectType: MeasureSubject,
  day: CivilDay | null,
): Ladder | null {
  const ladders = schedule.ladders.filter((ladder) => ladder.subjectType === subjectType);
  if (day === null) return ladders.find(({ until }) => until === undefined) ?? ladders.at(-1) ?? null;
  return (
    ladders.find(
      ({ from, until }) => (from === undefined || day >= from) && (until === undefined || day < until),
    ) ?? null
  );
}

/** A shape with every value of an enum as a key. */
function record<K extends string, V extends z.ZodType>(keys: { options: readonly K[] }, value: V) {
  return Object.fromEntries(keys.options.map((key) => [key, value])) as Record<K, V>;
}

/** Reads a schedule from parsed JSON. Throws a ZodError that names every bad entry. */
export function loadPenaltySchedule(data: unknown): PenaltySchedule {
  return PenaltySchedule.parse(data);
}
