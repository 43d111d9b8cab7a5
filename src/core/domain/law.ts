/** Articles, who cites them and what is wrong with citations, as the contract shows them. */
import { z } from 'zod';
import { Bilingual } from './bilingual.ts';
import { Count } from './page.ts';

const Mark = z.enum(['V', 'V2', 'M']);

/** A line of the law library. Each version of an article is one. */
export const LawEntry = z.object({
  id: z.string(),
  law: Bilingual,
  article: z.string().nullable(),
  citation: Bilingual,
  summary: Bilingual,
  effectiveFrom: z.iso.date(),
  ended: z
    .object({
      on: z.iso.date(),
      how: z.enum(['repealed', 'renumbered', 'revised']),
      successor: z.string().nullable(),
    })
    .nullable(),
  /** Did this version hold on the day asked about? */
  inForce: z.boolean(),
  /** How content, number and dates are known. `V` read in the text, `V2` in a secondary page, `M` not re-read. */
  marks: z.object({ content: Mark, number: z.enum(['V', 'V2', 'M', 'inferred']), dates: Mark }),
  note: Bilingual.nullable(),
  /** What was read of this law. */
  source: Bilingual.nullable(),
  /** Rules, measures, duties and meters that cite any version of this article. */
  cited: Count,
});
export type LawEntry = z.infer<typeof LawEntry>;

export const CitingEntry = z.object({
  kind: z.enum(['rule', 'measure', 'look-back', 'duty', 'meter']),
  set: z.string(),
  id: z.string(),
  title: Bilingual,
  /** The reference as it is written there. */
  reference: z.string(),
});
export type CitingEntry = z.infer<typeof CitingEntry>;

export const LawPage = z.object({
  entry: LawEntry,
  /** All versions, the first one first. */
  versions: z.array(LawEntry),
  citing: z.array(CitingEntry),
});
export type LawPage = z.infer<typeof LawPage>;

export const CitationReport = z.object({
  day: z.iso.date(),
  checked: Count,
  problems: z.array(
    CitingEntry.extend({
      problem: z.enum(['unknown-article', 'unknown-clause', 'ended', 'not-yet-in-force', 'moved', 'words']),
      /** No version can be found for it; the others are found by the day of the act. */
      dead: z.boolean(),
      /** The version in force on the day, or the nearest one. */
      standing: Bilingual.nullable(),
    }),
  ),
});
export type CitationReport = z.infer<typeof CitationReport>;
