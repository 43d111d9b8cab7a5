/**
 * Statutory meters as data: which article counts what, up to which limit, over which time.
 *
 * A meter shows how the material stands against the numbers of an article. It never says that an
 * offence was committed: intent, purpose, earlier penalties and much else are no numbers.
 */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { CategoryId } from '../domain/category.ts';
import { BasisReference } from '../law/basis.ts';

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What an item of material is, for articles that count files by their type. */
export const MeterMedia = z.enum(['video', 'audio', 'other']);
export type MeterMedia = z.infer<typeof MeterMedia>;

/** Where the value of a counter comes from. Every counter can besides be entered by an officer, with its source. */
const CounterFrom = z.discriminatedUnion('kind', [
  /** Different messages among the confirmed hits, by the type of what they carry. */
  z.strictObject({ kind: z.literal('items'), media: z.array(MeterMedia).min(1) }),
  /** Groups in which items stand, of which the person is known to be the owner. */
  z.strictObject({ kind: z.literal('owned-groups') }),
  /** Known members of these groups, added up over the groups. */
  z.strictObject({ kind: z.literal('owned-group-members') }),
  /** Known members of every group in which items stand, added up over the groups. */
  z.strictObject({ kind: z.literal('group-members') }),
  /** Different accounts known in the conversations in which items stand. */
  z.strictObject({ kind: z.literal('accounts-reached') }),
  /** The most forwards of one and the same text. */
  z.strictObject({ kind: z.literal('same-text-forwards') }),
  /** Nothing in exported chats tells it. */
  z.strictObject({ kind: z.literal('entered') }),
]);

export const MeterCounter = z.strictObject({
  id: Id,
  title: Bilingual,
  unit: z.enum(['file', 'item', 'group', 'account', 'click', 'forward', 'yuan', 'penalty']),
  from: CounterFrom,
});
export type MeterCounter = z.infer<typeof MeterCounter>;

/** How counters together reach an article. */
export const MeterRule = z.discriminatedUnion('kind', [
  /** At least `needed` of the counters reach `share` of their limits (1 the limit, 0.5 half of it, 2 twice). */
  z.strictObject({
    kind: z.literal('reach'),
    needed: z.number().int().positive(),
    share: z.number().positive(),
    of: z.array(Id).min(1),
  }),
  /** Shares of the limits add up to one: quantities convert in proportion. */
  z.strictObject({ kind: z.literal('convert'), of: z.array(Id).min(2) }),
]);
export type MeterRule = z.infer<typeof MeterRule>;

/** A way to count: all items against the limits, or only some against a part of them. */
export const MeterVariant = z.strictObject({
  id: Id,
  title: Bilingual,
  article: BasisReference,
  only: z.enum(['under-14']).nullable(),
  factor: z.number().positive(),
});
export type MeterVariant = z.infer<typeof MeterVariant>;

export const Meter = z
  .strictObject({
    id: Id,
    title: Bilingual,
    subjects: z.array(z.enum(['person', 'group', 'case'])).min(1),
    categories: z.array(CategoryId).min(1),
    counters: z.array(MeterCounter).min(1),
    /** Limits by version of the article: the day of an act picks the version, the version its limits. */
    versions: z
      .array(z.strictObject({ article: BasisReference, limits: z.record(Id, z.number().positive()) }))
      .min(1),
    variants: z.array(MeterVariant).min(1),
    rules: z.array(MeterRule).min(1),
    /** Acts within so many years that nobody has dealt with add up; null where the article names no time. */
    window: z.strictObject({ years: z.number().int().positive(), article: BasisReference }).nullable(),
    /** What the article asks beside numbers; no export tells it. */
    unknowns: z.array(Bilingual).min(1),
  })
  .superRefine((meter, context) => {
    const refuse = (message: string) =>
      context.addIssue({ code: 'custom', message: `${meter.id}: ${message}` });
    const counters = new Set(meter.counters.map(({ id }) => id));
    if (counters.size < meter.counters.length) refuse('a counter id occurs twice');
    for (const id of meter.rules.flatMap(({ of }) => of))
      if (!counters.has(id)) refuse(`a rule names the unknown counter ${id}`);
    for (const { article, limits } of meter.versions) {
      for (const id of counters) if (!Object.hasOwn(limits, id)) refuse(`${article} has no limit for ${id}`);
      for (const id of Object.keys(limits))
        if (!counters.has(id)) refuse(`${article} limits the unknown ${id}`);
    }
  });
export type Meter = z.infer<typeof Meter>;

export const MetersData = z.strictObject({ version: z.string().min(1), meters: z.array(Meter).min(1) });

/** Reads meters from parsed JSON. Throws a ZodError that names every bad entry. */
export function loadMeters(data: unknown): readonly Meter[] {
  return MetersData.parse(data).meters;
}

/** Every article that a meter rests on. */
export function basisOfMeter(meter: Meter): string[] {
  return [
    ...new Set([
      ...meter.versions.map(({ article }) => article),
      ...meter.variants.map(({ article }) => article),
      ...(meter.window ? [meter.window.article] : []),
    ]),
  ];
}
