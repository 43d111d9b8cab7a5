import { resolveBasis } from '../law/basis.ts';
import { civilDayOf } from '../law/civil-day.ts';
import type { HouseRules } from '../law/house-rules.ts';
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

/** Those references that hold on the day of `at` (UTC milliseconds); where the time is not known, all that exist. */
export function holdingAt(
  references: readonly string[],
  at: number | null,
  law: LawLibrary,
  house: HouseRules,
): string[] {
  return references.filter((reference) => {
    if (at === null) {
      const [kind, id = ''] = reference.split(':');
      return kind === 'law' ? law.articles.has(id) : house.has(id);
    }
    return resolveBasis(reference, civilDayOf(at), law, house).kind !== 'dead';
  });
}
