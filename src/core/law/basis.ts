/** What a rule, a measure or a duty rests on: `law:<article id>` or `house:<clause id>`. */
import { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { CivilDay } from './civil-day.ts';
import type { HouseRules } from './house-rules.ts';
import { articleAt, citeArticle, type LawArticle, type LawLibrary } from './law-library.ts';

export const BasisReference = z.string().regex(/^(law|house):[a-z0-9]+(-[a-z0-9]+)*$/);
export type BasisReference = z.infer<typeof BasisReference>;

export type ResolvedBasis =
  | {
      readonly kind: 'law';
      readonly reference: BasisReference;
      readonly citation: Bilingual;
      readonly article: LawArticle;
      readonly moved: boolean;
      readonly inferred: boolean;
    }
  | { readonly kind: 'house'; readonly reference: BasisReference; readonly citation: Bilingual }
  | {
      readonly kind: 'dead';
      readonly reference: BasisReference;
      readonly code: 'unknown-article' | 'not-yet-in-force' | 'ended' | 'unknown-clause';
    };

/**
 * The citation of a basis for an act of `day`. A reference that does not hold on that day comes back
 * as `dead` with its reason; nothing is left out.
 */
export function resolveBasis(
  reference: BasisReference,
  day: CivilDay,
  law: LawLibrary,
  house: HouseRules,
): ResolvedBasis {
  const at = reference.indexOf(':');
  const id = reference.slice(at + 1);
  if (reference.startsWith('house:')) {
    const clause = house.get(id);
    return clause === undefined
      ? { kind: 'dead', reference, code: 'unknown-clause' }
      : { kind: 'house', reference, citation: clause.title };
  }
  const found = articleAt(law, id, day);
  if (!found.ok) return { kind: 'dead', reference, code: found.code };
  const { article, moved, inferred } = found;
  return { kind: 'law', reference, citation: citeArticle(article), article, moved, inferred };
}
