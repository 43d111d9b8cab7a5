/** What detection found, as it is stored. */
import type { Hit } from '../../domain/hit.ts';
import type { TextPlace } from './judged-texts.ts';

/** A finding of detection on one text. */
export interface FoundHit
  extends Pick<Hit, 'pack' | 'rule' | 'ruleVersion' | 'category' | 'tier' | 'severity' | 'status' | 'score'> {
  /** With subject and rule, the hit's identity. UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** JSON of the spans, and of the transforms' names: text crosses from thread to thread at half the cost of objects. */
  readonly spans: string;
  readonly transforms: string;
}

/** A message that takes part in a hit over several messages. */
export interface HitMember {
  readonly messageId: number;
  readonly start: number;
  readonly end: number;
}

/** A finding with its text, and for rules over several messages all that take part. */
export interface FoundOn {
  readonly text: TextPlace;
  readonly hit: FoundHit;
  readonly members?: readonly HitMember[];
}

/** What is stored of a hit, without the rest that judging knows of it. */
export function foundHit(
  hit: Omit<FoundHit, 'spans' | 'transforms'> & { readonly transforms: readonly string[] },
  spans: Hit['spans'],
): FoundHit {
  return {
    pack: hit.pack,
    rule: hit.rule,
    ruleVersion: hit.ruleVersion,
    category: hit.category,
    tier: hit.tier,
    severity: hit.severity,
    status: hit.status,
    score: hit.score,
    start: hit.start,
    end: hit.end,
    spans: JSON.stringify(spans),
    transforms: JSON.stringify(hit.transforms),
  };
}
