/** What a rule, or the classifier, says of a place in a text. */
import type { CategoryId, Tier } from '../domain/category.ts';
import type { HitStatus } from '../domain/hit.ts';
import type { TransformName } from '../normalization/transforms.ts';

/** Pack that hits of the classifier name; its rules are the categories. */
export const CLASSIFIER_PACK = 'classifier';

/** A rule that holds in a text. With the subject, `pack`, `rule`, `start` and `end` are its identity. */
export interface TextHit {
  readonly pack: string;
  readonly rule: string;
  /** Version of the pack. */
  readonly ruleVersion: string;
  readonly category: CategoryId;
  readonly tier: Tier;
  readonly severity: number;
  readonly status: HitStatus;
  /** Probability that the hit is right, 0 to 1 (score.ts). */
  readonly score: number;
  /** UTF-16 units of the original text, on code point boundaries. */
  readonly start: number;
  readonly end: number;
  /** The original text from `start` to `end`. */
  readonly match: string;
  /** The same normalised. */
  readonly normalized: string;
  /** Transforms without which the rule would not have matched. */
  readonly transforms: readonly TransformName[];
  /** The words and data that make the hit, in the order of the text; one for a single word. */
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}
