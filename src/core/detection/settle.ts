/**
 * What is told of a text once all rules that ship have spoken: one finding for each thing said. Rules of
 * an organisation's own packs are never left out. Pure.
 *
 *   nested   A hit inside another of its category says the same thing. The more precise stays: one that
 *            marks words before one that marks the whole text, else the longer.
 *   kin      Categories that share words (a loan scam is fraud and illegal finance). Where the marks
 *            overlap, the text is of the surer one; it is of both only where both are sure.
 *   beside   What only the classifier proposes is left out beside a hit of a kin category.
 */
import type { CategoryId } from '../domain/category.ts';
import { CLASSIFIER_PACK, type TextHit } from './text-hit.ts';

const KIN: Partial<Record<CategoryId, readonly CategoryId[]>> = {
  fraud: ['illegal-finance', 'illicit-services', 'marketing-spam'],
  'illegal-finance': ['marketing-spam', 'illicit-services'],
  'illicit-services': [
    'marketing-spam',
    'counterfeit-documents',
    'contraband-goods',
    'piracy',
    'personal-information',
  ],
  gambling: ['marketing-spam', 'illicit-services', 'fraud'],
  pornography: ['vulgar-content', 'harassment', 'marketing-spam'],
  'vulgar-content': ['harassment', 'abuse'],
  abuse: ['harassment', 'violence-terror'],
  harassment: ['violence-terror'],
  'contraband-goods': ['drugs', 'weapons', 'marketing-spam'],
  'counterfeit-documents': ['marketing-spam'],
  piracy: ['marketing-spam'],
  'superstition-cult': ['marketing-spam', 'fraud'],
};

/** Both of two kin categories are told where rules are sure of each and the classifier gives each at least this. */
const BOTH_SURE = 0.15;

/** Each hit is compared with each; a text with more is told as it is. */
const MOST = 300;

const isKin = (a: CategoryId, b: CategoryId): boolean =>
  KIN[a]?.includes(b) === true || KIN[b]?.includes(a) === true;
const overlap = (a: TextHit, b: TextHit): boolean => a.start < b.end && b.start < a.end;
const rank = ({ status }: TextHit): number => (status === 'hit' ? 1 : 0);

/**
 * `hits` of one text of `length` units without those that say nothing more. `mayDrop`: hits of rules that
 * ship; `probability`: what the classifier gives a category, undefined where it does not know it.
 */
export function settle(
  hits: readonly TextHit[],
  length: number,
  mayDrop: (hit: TextHit) => boolean,
  probability: (category: CategoryId) => number | undefined,
): TextHit[] {
  if (hits.length < 2 || hits.length > MOST) return [...hits];
  const place = new Map(hits.map((hit, index) => [hit, index]));
  const isWhole = ({ start, end }: TextHit): boolean => start === 0 && end === length;
  /** Whether `a` is told rather than `b`; both are of one category. */
  const beats = (a: TextHit, b: TextHit): boolean => {
    if (rank(a) !== rank(b)) return rank(a) > rank(b);
    if (isWhole(a) !== isWhole(b)) return isWhole(b);
    const longer = a.end - a.start - (b.end - b.start);
    return longer !== 0 ? longer > 0 : (place.get(a) as number) < (place.get(b) as number);
  };
  const inside = (a: TextHit, b: TextHit): boolean =>
    (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
  const isSaid = (hit: TextHit): boolean =>
    hits.some(
      (other) => other !== hit && other.category === hit.category && inside(hit, other) && beats(other, hit),
    );
  const isKinOfSurer = (hit: TextHit): boolean =>
    hits.some((other) => {
      if (!isKin(hit.category, other.category) || rank(other) < rank(hit)) return false;
      if (hit.pack === CLASSIFIER_PACK) return rank(other) > 0;
      if (!overlap(hit, other)) return false;
      const [own, others] = [probability(hit.category), probability(other.category)];
      if (own === undefined || others === undefined || others <= own) return false;
      return rank(other) > rank(hit) || own < BOTH_SURE;
    });
  return hits.filter((hit) => !mayDrop(hit) || (!isSaid(hit) && !isKinOfSurer(hit)));
}
