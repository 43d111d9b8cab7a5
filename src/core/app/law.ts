/** The law library as screens and the command line read it. */
import { DocketError } from '../../contract/errors.ts';
import type { CitationReport, CitingEntry, LawEntry, LawPage } from '../domain/law.ts';
import { Profile } from '../domain/workspace.ts';
import { type Citing, citedBy, citingOf, DEAD_CITATIONS, findCitationProblems } from '../law/citations.ts';
import { type CivilDay, civilDayOf } from '../law/civil-day.ts';
import { citeArticle, type LawArticle, type LawLibrary, versionsOf } from '../law/law-library.ts';
import { basisOfMeter } from '../meter/meter-data.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { currentPacks } from '../storage/rule-packs.ts';
import type { Resources } from './resources.ts';
import type { Session } from './session.ts';

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

const citingIn = (session: Session): Citing[] =>
  citingOfResources(
    session.environment.resources,
    currentPacks(session.workspace.store.db).map(({ pack }) => pack),
  );

const today = (session: Session): CivilDay => civilDayOf(session.environment.now());

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
export function listLaw(session: Session, day: CivilDay | null): LawEntry[] {
  const { law } = session.environment.resources;
  const citing = citingIn(session);
  return [...law.articles.values()].map((article) =>
    entryOf(law, article, day ?? today(session), citedBy(citing, versionsOf(law, article.id)).length),
  );
}

/** An article with its versions and what cites it. Throws `not-found`. */
export function getLaw(session: Session, id: string, day: CivilDay | null): LawPage {
  const { law } = session.environment.resources;
  const article = law.articles.get(id);
  if (!article) throw new DocketError('not-found', 'no such article', id);
  const versions = versionsOf(law, id);
  const citing = citedBy(citingIn(session), versions);
  const ids = new Set(versions.flatMap((version) => [version.id, `law:${version.id}`]));
  const entry = (one: LawArticle) => entryOf(law, one, day ?? today(session), citing.length);
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
export function checkLaw(session: Session, asked: CivilDay | null): CitationReport {
  const { law, houseRules } = session.environment.resources;
  const day = asked ?? today(session);
  const citing = citingIn(session);
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
