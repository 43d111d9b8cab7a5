/** The law library as screens and the command line read it. */
import { DocketError } from '../../../contract/errors.ts';
import type { CitationReport, CitingEntry, LawEntry, LawPage } from '../../domain/law.ts';
import { Profile } from '../../domain/workspace.ts';
import { type Citing, citedBy, citingOf, DEAD_CITATIONS, findCitationProblems } from '../../law/citations.ts';
import { type CivilDay, civilDayOf } from '../../law/civil-day.ts';
import { citeArticle, type LawArticle, type LawLibrary, versionsOf } from '../../law/law-library.ts';
import { basisOfMeter } from '../../meter/meter-data.ts';
import type { RulePack } from '../../rules/rule-pack.ts';
import { currentPacks } from '../../storage/detection/rule-packs.ts';
import type { Resources } from '../resources.ts';
import type { Session } from '../session.ts';

/** Everything that cites articles: the packs given, and the schedules, routes and meters of all profiles. */
export function citingOfResources(resources: Resources, packs: readonly RulePack[]): Citing[] {
  return citingOf({
    packs,
    schedules: Profile.options.map((profile) => resources.schedule(profile)),
    routes: Profile.options.map((profile) => resources.routes(profile)),
    meters: resources.meters.map((meter) => ({
      id: meter.id,
      title: meter.title,
      basis: basisOfMeter(meter),
    })),
  });
}

/** A library with what cites it: the shipped one, or that of a workspace with its own packs. */
export interface LawDesk {
  readonly resources: Resources;
  readonly citing: readonly Citing[];
}

export const lawDesk = ({ environment, workspace }: Session): LawDesk => ({
  resources: environment.resources,
  citing: citingOfResources(
    environment.resources,
    currentPacks(workspace.store.db).map(({ pack }) => pack),
  ),
});

function entryOf(law: LawLibrary, article: LawArticle, day: CivilDay, cited: number): LawEntry {
  return {
    id: article.id,
    law: article.law,
    article: article.article,
    citation: citeArticle(article),
    summary: article.summary,
    effectiveFrom: article.effectiveFrom,
    ended: article.ended,
    inForce: article.effectiveFrom <= day && (article.ended === null || day < article.ended.on),
    marks: {
      content: article.verification,
      number: article.numberVerification,
      dates: article.datesVerification,
    },
    note: article.note ?? null,
    source: law.sourceOf(article.id),
    cited,
  };
}

/** Every version of every article, in the order of the library. */
export function lawEntries({ resources: { law }, citing }: LawDesk, day: CivilDay): LawEntry[] {
  return [...law.articles.values()].map((article) =>
    entryOf(law, article, day, citedBy(citing, versionsOf(law, article.id)).length),
  );
}

/** An article with its versions and what cites it. Throws `not-found`. */
export function lawPage({ resources: { law }, citing: all }: LawDesk, id: string, day: CivilDay): LawPage {
  const article = law.articles.get(id);
  if (!article) throw new DocketError('not-found', 'no such article', id);
  const versions = versionsOf(law, id);
  const citing = citedBy(all, versions);
  const ids = new Set(versions.flatMap((version) => [version.id, `law:${version.id}`]));
  const entry = (one: LawArticle) => entryOf(law, one, day, citing.length);
  return {
    entry: entry(article),
    versions: versions.map(entry),
    citing: citing.flatMap((one) =>
      one.basis.filter((reference) => ids.has(reference)).map((reference) => citingEntry(one, reference)),
    ),
  };
}

const citingEntry = ({ kind, set, id, title }: Citing, reference: string): CitingEntry => ({
  kind,
  set,
  id,
  title,
  reference,
});

/** What does not stand on the day, the dead citations first. */
export function lawReport({ resources, citing }: LawDesk, day: CivilDay): CitationReport {
  const { law, houseRules } = resources;
  const problems = findCitationProblems(citing, day, law, houseRules).map((finding) => ({
    ...citingEntry(finding.citing, finding.reference),
    problem: finding.problem,
    dead: DEAD_CITATIONS.includes(finding.problem),
    standing: finding.article ? citeArticle(finding.article) : null,
  }));
  return {
    day,
    checked: citing.reduce((sum, { basis }) => sum + basis.length, 0),
    problems: problems.sort((a, b) => Number(b.dead) - Number(a.dead)),
  };
}

const dayOf = (session: Session, day: CivilDay | null) => day ?? civilDayOf(session.environment.now());

/** `lawEntries` of an open workspace; without a day as of today. */
export const listLaw = (session: Session, day: CivilDay | null): LawEntry[] =>
  lawEntries(lawDesk(session), dayOf(session, day));

/** `lawPage` of an open workspace. */
export const getLaw = (session: Session, id: string, day: CivilDay | null): LawPage =>
  lawPage(lawDesk(session), id, dayOf(session, day));

/** `lawReport` of an open workspace. */
export const checkLaw = (session: Session, day: CivilDay | null): CitationReport =>
  lawReport(lawDesk(session), dayOf(session, day));
