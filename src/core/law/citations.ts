/**
 * Who cites which article, and whether the citation still stands.
 *
 * Rules, measures, duty routes and meters cite one version of an article; the day of the act picks the
 * version that is shown. A citation is dead where no version can ever be found for it; it is stale where
 * the version it names is not the one in force on the day of the check.
 */
import type { Bilingual } from '../domain/bilingual.ts';
import type { CivilDay } from './civil-day.ts';
import type { HouseRules } from './house-rules.ts';
import { articleAt, type LawArticle, type LawLibrary } from './law-library.ts';

/** Something that rests on articles or clauses. `set` is the file it stands in, with its version. */
export interface Citing {
  readonly kind: 'rule' | 'measure' | 'look-back' | 'duty' | 'meter';
  readonly set: string;
  readonly id: string;
  readonly title: Bilingual;
  readonly basis: readonly string[];
}

interface Titled {
  readonly id: string;
  readonly title: Bilingual;
}

/** The parts of packs, schedules, routes and meters that this module reads. */
export interface CitationSources {
  readonly packs: readonly {
    readonly id: string;
    readonly version: string;
    readonly rules: readonly (Titled & { readonly basis?: readonly string[] | undefined })[];
  }[];
  readonly schedules: readonly (Titled & {
    readonly version: string;
    readonly measures: readonly (Titled & { readonly basis: readonly string[] })[];
    readonly lookBack: { readonly basis: readonly string[] };
  })[];
  readonly routes: readonly (Titled & {
    readonly version: string;
    readonly routes: readonly (Titled & { readonly basis: readonly string[] })[];
  })[];
  readonly meters: readonly (Titled & { readonly basis: readonly string[] })[];
}

/** Everything that cites, in the order packs, schedules, routes, meters. */
export function citingOf({ packs, schedules, routes, meters }: CitationSources): Citing[] {
  const set = (kind: string, of: { id: string; version: string }) => `${kind}/${of.id} ${of.version}`;
  return [
    ...packs.flatMap((pack) =>
      pack.rules.map(({ id, title, basis = [] }) => ({
        kind: 'rule' as const,
        set: set('rule-packs', pack),
        id,
        title,
        basis,
      })),
    ),
    ...schedules.flatMap((schedule) => [
      ...schedule.measures.map(({ id, title, basis }) => ({
        kind: 'measure' as const,
        set: set('penalty-schedules', schedule),
        id,
        title,
        basis,
      })),
      {
        kind: 'look-back' as const,
        set: set('penalty-schedules', schedule),
        id: 'look-back',
        title: schedule.title,
        basis: schedule.lookBack.basis,
      },
    ]),
    ...routes.flatMap((table) =>
      table.routes.map(({ id, title, basis }) => ({
        kind: 'duty' as const,
        set: set('duty-routes', table),
        id,
        title,
        basis,
      })),
    ),
    ...meters.map(({ id, title, basis }) => ({
      kind: 'meter' as const,
      set: 'law/meters',
      id,
      title,
      basis,
    })),
  ];
}

/**
 * What is wrong with a reference on a day. Dead: `unknown-article`, `unknown-clause`, `ended` (repealed
 * without successor), `not-yet-in-force`. Stale: `moved`, another version is in force; the act's day
 * still finds the right one. `words` are a basis in free words, which no library can check.
 */
export type CitationProblem =
  | 'unknown-article'
  | 'unknown-clause'
  | 'ended'
  | 'not-yet-in-force'
  | 'moved'
  | 'words';

export const DEAD_CITATIONS: readonly CitationProblem[] = [
  'unknown-article',
  'unknown-clause',
  'ended',
  'not-yet-in-force',
];

export interface CitationState {
  readonly reference: string;
  readonly problem: CitationProblem | null;
  /** The version in force on the day, or the nearest one; null for clauses and unknown articles. */
  readonly article: LawArticle | null;
}

/** A reference (`law:<article>`, `house:<clause>`, a bare article id or free words) as it stands on `day`. */
export function citationOn(
  reference: string,
  day: CivilDay,
  law: LawLibrary,
  house: HouseRules,
): CitationState {
  if (reference.startsWith('house:')) {
    const known = house.has(reference.slice(6));
    return { reference, problem: known ? null : 'unknown-clause', article: null };
  }
  const id = reference.startsWith('law:') ? reference.slice(4) : reference;
  if (id === reference && !law.articles.has(id)) return { reference, problem: 'words', article: null };
  const found = articleAt(law, id, day);
  if (!found.ok)
    return { reference, problem: found.code, article: 'article' in found ? found.article : null };
  return { reference, problem: found.moved ? 'moved' : null, article: found.article };
}

export interface CitationFinding extends CitationState {
  readonly citing: Citing;
  readonly problem: CitationProblem;
}

/**
 * Every citation that is dead, stale or in free words on `day`. An article that moved is cited rightly where
 * the same basis names the version in force too: the act's day then picks one of the two.
 */
export function findCitationProblems(
  citing: readonly Citing[],
  day: CivilDay,
  law: LawLibrary,
  house: HouseRules,
): CitationFinding[] {
  return citing.flatMap((one) =>
    one.basis.flatMap((reference) => {
      const state = citationOn(reference, day, law, house);
      if (
        state.problem === 'moved' &&
        state.article !== null &&
        one.basis.includes(`law:${state.article.id}`)
      )
        return [];
      return state.problem === null ? [] : [{ ...state, problem: state.problem, citing: one }];
    }),
  );
}

/** Who cites any version of an article. */
export function citedBy(citing: readonly Citing[], versions: readonly LawArticle[]): Citing[] {
  const references = new Set(versions.flatMap(({ id }) => [id, `law:${id}`]));
  return citing.filter(({ basis }) => basis.some((reference) => references.has(reference)));
}
