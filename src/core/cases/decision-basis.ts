import { civilDayOf } from '../law/civil-day.ts';
import { articleAt, type LawLibrary } from '../law/law-library.ts';

/**
 * What a decision or a duty rests on, each reference once: articles in the version that held on the
 * day of `at` (UTC milliseconds), everything else as written. An article that did not hold that day
 * stays as it was cited, so that the reader sees what the rule said. Null leaves all as cited.
 */
export function basisAt(references: readonly string[], at: number | null, law: LawLibrary): string[] {
  const day = at === null ? null : civilDayOf(at);
  return [
    ...new Set(
      references.map((reference) => {
        const id = reference.startsWith('law:') ? reference.slice(4) : reference;
        if (!law.articles.has(id)) return reference;
        const found = day === null ? null : articleAt(law, id, day);
        return `law:${found?.ok ? found.article.id : id}`;
      }),
    ),
  ];
}
