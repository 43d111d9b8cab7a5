/**
 * The law library: which article said what, from when to when, and how well that is known.
 *
 * Rules, penalty schedules and duty routes cite article ids (`law:csl-2016-47`). A text that was
 * renumbered or revised keeps its old entry and points to its successor, so that an act is always
 * cited under the number that held on the day of the act.
 */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { CivilDay } from './civil-day.ts';

export { citeArticle } from '../domain/citation.ts';

/**
 * How an article is known. `V`: read in the text named. `V2`: read only in a secondary page.
 * `M`: general knowledge, not re-read. A mark is never raised without reading the text.
 */
export const VerificationMark = z.enum(['V', 'V2', 'M']);
export type VerificationMark = z.infer<typeof VerificationMark>;

/** As `VerificationMark`; `inferred` is a number worked out from its neighbours after a renumbering. */
export const NumberMark = z.enum(['V', 'V2', 'M', 'inferred']);
export type NumberMark = z.infer<typeof NumberMark>;

export const LawArticle = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  law: Bilingual,
  /** `47`, `287-1` (第287条之一), `110–114` for a run of articles; null where the law is cited as a whole. */
  article: z
    .string()
    .regex(/^\d+(-\d+|–\d+)?$/)
    .nullable(),
  summary: Bilingual,
  effectiveFrom: CivilDay,
  /** `on` is the first day on which this entry no longer holds. */
  ended: z
    .strictObject({
      on: CivilDay,
      how: z.enum(['repealed', 'renumbered', 'revised']),
      successor: z.string().nullable(),
    })
    .nullable(),
  /** How the content is known. */
  verification: VerificationMark,
  numberVerification: NumberMark,
  datesVerification: VerificationMark,
  note: Bilingual.optional(),
});
export type LawArticle = z.infer<typeof LawArticle>;

/** What was read of a law, in words: the reason behind the marks of its articles. */
const LawSource = z.strictObject({ id: z.string().min(1), source: Bilingual });

/** The file as shipped or loaded; a broken chain of successors is refused. */
export const LawLibraryData = z
  .strictObject({
    version: z.string().min(1),
    laws: z.array(LawSource).default([]),
    articles: z.array(LawArticle).min(1),
  })
  .superRefine(({ articles }, context) => {
    const byId = new Map<string, LawArticle>();
    const heirs = new Map<string, string>();
    const refuse = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: ['articles', index], message });
    for (const [index, article] of articles.entries()) {
      if (byId.has(article.id)) refuse(index, `duplicate id ${article.id}`);
      byId.set(article.id, article);
    }
    for (const [index, { id, effectiveFrom, ended }] of articles.entries()) {
      if (ended === null) continue;
      if (ended.on <= effectiveFrom) refuse(index, `${id} ends before it takes effect`);
      if (ended.successor === null) continue;
      const successor = byId.get(ended.successor);
      if (successor === undefined) refuse(index, `${id} names an unknown successor ${ended.successor}`);
      else if (successor.effectiveFrom !== ended.on)
        refuse(index, `${id} ends on ${ended.on}, but ${successor.id} starts on ${successor.effectiveFrom}`);
      const other = heirs.get(ended.successor);
      if (other !== undefined) refuse(index, `${id} and ${other} name the same successor`);
      heirs.set(ended.successor, id);
    }
  });
export type LawLibraryData = z.infer<typeof LawLibraryData>;

export interface LawLibrary {
  readonly version: string;
  readonly articles: ReadonlyMap<string, LawArticle>;
  /** Successor id → id of the entry it replaced. */
  readonly predecessors: ReadonlyMap<string, string>;
  /** What was read of the law of an article; null where nobody noted it. */
  sourceOf(articleId: string): Bilingual | null;
}

/** Builds the library from parsed JSON. Throws a ZodError that names every bad entry. */
export function loadLawLibrary(data: unknown): LawLibrary {
  const { version, laws, articles } = LawLibraryData.parse(data);
  const predecessors = new Map<string, string>();
  for (const { id, ended } of articles) if (ended?.successor) predecessors.set(ended.successor, id);
  return {
    version,
    articles: new Map(articles.map((article) => [article.id, article])),
    predecessors,
    sourceOf: (articleId) =>
      laws.find(({ id }) => articleId === id || articleId.startsWith(`${id}-`))?.source ?? null,
  };
}

/** Every version of an article, the first one first, whichever version is asked for; empty for an unknown id. */
export function versionsOf(library: LawLibrary, id: string): LawArticle[] {
  let first = library.articles.get(id);
  for (let before = first; before !== undefined; ) {
    first = before;
    before = library.articles.get(library.predecessors.get(before.id) ?? '');
  }
  const versions: LawArticle[] = [];
  for (let next = first; next !== undefined; next = library.articles.get(next.ended?.successor ?? ''))
    versions.push(next);
  return versions;
}

export type ArticleAtResult =
  | {
      readonly ok: true;
      readonly article: LawArticle;
      /** The article asked for is not the one that held on the day; the citation moved. */
      readonly moved: boolean;
      /** The number of the article found was inferred, not read. Show this wherever it is cited. */
      readonly inferred: boolean;
    }
  | { readonly ok: false; readonly code: 'unknown-article' }
  | { readonly ok: false; readonly code: 'not-yet-in-force' | 'ended'; readonly article: LawArticle };

/**
 * The entry that held on `day` in the chain of versions to which `id` belongs, whichever version is
 * asked for. `ended` means that the chain stops before the day, `not-yet-in-force` that it starts
 * after it; both name the nearest entry.
 */
export function articleAt(library: LawLibrary, id: string, day: CivilDay): ArticleAtResult {
  let article = library.articles.get(id);
  if (article === undefined) return { ok: false, code: 'unknown-article' };
  while (day < article.effectiveFrom) {
    const earlier = library.articles.get(library.predecessors.get(article.id) ?? '');
    if (earlier === undefined) return { ok: false, code: 'not-yet-in-force', article };
    article = earlier;
  }
  while (article.ended !== null && day >= article.ended.on) {
    const later = library.articles.get(article.ended.successor ?? '');
    if (later === undefined) return { ok: false, code: 'ended', article };
    article = later;
  }
  return {
    ok: true,
    article,
    moved: article.id !== id,
    inferred: article.numberVerification === 'inferred',
  };
}
