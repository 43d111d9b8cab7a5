/**
 * Whether enough of a term is left in a text to be sure that it is meant.
 *
 * Chinese has some 400 syllables for thousands of characters, so that ordinary words often sound
 * like a term. What tells an evasion from ordinary writing is that the characters put in place make
 * no sense where they stand: they belong to no common word, and are rarely words by themselves. Each
 * replaced character therefore gives as many bits of evidence as it is odd, none inside a common
 * word; each character left as it was gives a part of its own information. The sum must reach what
 * the number of replaced characters asks for. The figures were chosen on benign chat
 * (docs/detection.md).
 */
import type { VariantStream } from './variant-stream.ts';

/** Bits that each replaced character must bring, and the whole beyond that to be a match at all. */
export const PER_REPLACED = 13;
export const WHOLE = 5;
/** Bits beyond that for a match that is sure by itself. */
export const SURE = 5;
/** How much a bit of what was kept counts. */
export const KEPT_SHARE = 0.5;

/** Beside the transforms in the mask of a match: what makes a hit of it is no more than a proposal. */
export const WEAK = 1 << 30;

export const STRENGTH = { none: 0, weak: 1, strong: 2 } as const;

/** `replaced` units are not as the term has them and bring `odd` bits; the others keep `kept` bits. */
export function strengthOf(replaced: number, kept: number, odd: number): number {
  const over = odd + kept * KEPT_SHARE - replaced * PER_REPLACED - WHOLE;
  return over < 0 ? STRENGTH.none : over < SURE ? STRENGTH.weak : STRENGTH.strong;
}

/** Nothing replaced (only repeated) is always enough. */
export function isEnough(replaced: number, kept: number, odd: number): boolean {
  return replaced === 0 || strengthOf(replaced, kept, odd) !== STRENGTH.none;
}

/** Bits of `coveredBy`. */
export const COVERED_INSIDE = 1;
export const COVERED_OVER = 2;
const MAX_WORD = 4;

/**
 * Which of the elements [from, to) belong to common words as the text has them: COVERED_INSIDE where
 * the word lies inside the match, COVERED_OVER where it reaches over its border.
 */
export function coveredBy(stream: VariantStream, from: number, to: number, covered: Uint8Array): void {
  const { code, gap, run, length, tables } = stream;
  covered.fill(0, 0, to - from);
  const first = Math.max(0, from - MAX_WORD + 1);
  for (let at = first; at < to; at++) {
    if ((run[at] as number) > 1 && at >= from) {
      const char = String.fromCharCode(code[at] as number);
      if (tables.words.has(char + char)) covered[at - from] = (covered[at - from] as number) | COVERED_INSIDE;
    }
    let word = String.fromCharCode(code[at] as number);
    for (let end = at + 1; end < length && end < at + MAX_WORD; end++) {
      if (gap[end] !== 0) break;
      word += String.fromCharCode(code[end] as number);
      if (end < from || !tables.words.has(word)) continue;
      const bit = at < from || end >= to ? COVERED_OVER : COVERED_INSIDE;
      for (let place = Math.max(at, from); place <= end && place < to; place++) {
        covered[place - from] = (covered[place - from] as number) | bit;
      }
    }
  }
}
