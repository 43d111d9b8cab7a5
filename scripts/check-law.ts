/**
 * Checks every citation of the shipped rule packs, penalty schedules, duty routes and meters against the
 * law library, on a day (the first argument, `YYYY-MM-DD`) or today. Prints what does not stand; exit 1
 * when a citation is dead. Stale ones are told and do no harm: the act's day picks the version.
 */
import { fileURLToPath } from 'node:url';
import { citingOfResources } from '../src/core/app/duties/law.ts';
import { openResources } from '../src/core/app/resources.ts';
import { DEAD_CITATIONS, findCitationProblems } from '../src/core/law/citations.ts';
import { civilDayOf } from '../src/core/law/civil-day.ts';
import { citeArticle } from '../src/core/law/law-library.ts';

const resources = openResources(fileURLToPath(new URL('../resources', import.meta.url)));
const day = process.argv[2] ?? civilDayOf(Date.now());
const citing = citingOfResources(
  resources,
  resources.shippedPacks.map(({ pack }) => pack),
);
const problems = findCitationProblems(citing, day, resources.law, resources.houseRules);
const dead = problems.filter(({ problem }) => DEAD_CITATIONS.includes(problem));
for (const { citing: one, reference, problem, article } of problems)
  console.log(
    `${DEAD_CITATIONS.includes(problem) ? 'DEAD ' : 'stale'} ${one.set} ${one.id}: ${reference} (${problem}${
      article ? `, ${citeArticle(article).en}` : ''
    })`,
  );
const citations = citing.reduce((sum, { basis }) => sum + basis.length, 0);
console.log(`${day}: ${citations} citations, ${dead.length} dead, ${problems.length - dead.length} stale`);
process.exitCode = dead.length > 0 ? 1 : 0;
