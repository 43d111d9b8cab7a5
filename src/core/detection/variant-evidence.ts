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
import { COMMON_SHIFT, hasPair, wordBeginnings } from './common-pairs.ts';
import { commonWords } from './common-words.ts';
import { isDigit } from './unit-classes.ts';
import { READ, type VariantPath } from './variant-path.ts';
import type { VariantStream } from './variant-stream.ts';

/** Bits that each replaced character must bring, and the whole beyond that to be a match at all. */
const PER_REPLACED = 13;
const WHOLE = 2;
/** Bits beyond that for a match that is sure by itself. */
export const SURE = 8;
/** How much a bit of what was kept counts. */
const KEPT_SHARE = 0.5;

/** Of two characters one that is replaced must be this odd: the other can keep no more than 20 bits. */
export const MIN_ODD_OF_PAIR = PER_REPLACED + WHOLE - 20 * KEPT_SHARE;

/** Bits that an emoji is odd, and a syllable in Latin letters among Chinese characters. */
const PINYIN_BITS = 17;
/** The same where the letters may be a word of another language. */
const OTHER_WORD_BITS = 13;
export const EMOJI_BITS = 17;
/** Of a syllable whose letters stand one by one, and of a digit inside a word (王8蛋). */
const APART_BITS = 20;
export const DIGIT_BITS = 13;

const PRONOUNS: readonly number[] = Array.from('他她它', (char) => char.charCodeAt(0));

/** 他, 她 and 它 are no evasion of one another. */
export const arePronouns = (read: number, wanted: number): boolean =>
  PRONOUNS.includes(read) && PRONOUNS.includes(wanted);

/** Beside the transforms in the mask of a match: what makes a hit of it is no more than a proposal. */
export const WEAK = 1 << 30;

export const STRENGTH = { none: 0, weak: 1, strong: 2 } as const;

/** `replaced` units are not as the term has them and bring `odd` bits; the others keep `kept` bits. */
function strengthOf(replaced: number, kept: number, odd: number): number {
  const over = odd + kept * KEPT_SHARE - replaced * PER_REPLACED - WHOLE;
  return over < 0 ? STRENGTH.none : over < SURE ? STRENGTH.weak : STRENGTH.strong;
}

/** Nothing replaced (only repeated) is always enough. */
export function isEnough(replaced: number, kept: number, odd: number): boolean {
  return replaced === 0 || strengthOf(replaced, kept, odd) !== STRENGTH.none;
}

/** Bits of `coveredBy`. */
const COVERED_INSIDE = 1;
const COVERED_OVER = 2;
const MAX_WORD = 4;

/**
 * Which of the elements [from, to) belong to common words as the text has them: COVERED_INSIDE where
 * the word lies inside the match, COVERED_OVER where it reaches over its border.
 */
function coveredBy(stream: VariantStream, from: number, to: number, covered: Uint8Array): void {
  const { code, gap, run, length } = stream;
  const beginnings = wordBeginnings();
  const words = commonWords();
  covered.fill(0, 0, to - from);
  const first = Math.max(0, from - MAX_WORD + 1);
  for (let at = first; at < to; at++) {
    const own = code[at] as number;
    if ((run[at] as number) > 1 && at >= from && words.has((own << 16) | own, 0)) {
      covered[at - from] = (covered[at - from] as number) | COVERED_INSIDE;
    }
    if (at + 1 >= length || gap[at + 1] !== 0) continue;
    const pair = (own << 16) | (code[at + 1] as number);
    if (!hasPair(beginnings, COMMON_SHIFT, pair)) continue;
    let others = 0;
    for (let end = at + 1; end < length && end < at + MAX_WORD; end++) {
      // The code of an emoji is no character; 0 would be taken for the end of a word.
      if (gap[end] !== 0 || code[end] === 0) break;
      if (end === at + 2) others = (code[end] as number) << 16;
      else if (end === at + 3) others |= code[end] as number;
      if (end < from || !words.has(pair, others)) continue;
      const bit = at < from || end >= to ? COVERED_OVER : COVERED_INSIDE;
      for (let place = Math.max(at, from); place <= end && place < to; place++) {
        covered[place - from] = (covered[place - from] as number) | bit;
      }
    }
  }
}

/** Bits that a replaced element is odd by what it is; it stands for unit `depth` of a term of `units`. */
export function oddBits(stream: VariantStream, place: number, depth: number, units: number): number {
  const { code, gap, tables } = stream;
  const own = code[place] as number;
  const isInside = depth > 0 && depth < units - 1 && gap[place] === 0 && gap[place + 1] === 0;
  return isInside && isDigit(own) ? DIGIT_BITS : (tables.aloneBits[own] as number);
}

/** Bits that the syllable in letters `from` up to `to` is odd. */
export function syllableBits(stream: VariantStream, from: number, to: number): number {
  if (to > from + 1 && stream.isApart(from + 1)) return APART_BITS;
  return stream.isOtherWord(from) ? OTHER_WORD_BITS : PINYIN_BITS;
}

/** Judges alignments; its memory is used again. */
export class VariantEvidence {
  private covered = new Uint8Array(1024);

  /**
   * How strong the evidence is without what common words explain. The term is `codes` from `own` on,
   * of `units` units, aligned with the text as `path` says.
   */
  strength(stream: VariantStream, path: VariantPath, codes: Uint16Array, own: number, units: number): number {
    const { tables } = stream;
    const first = path.from[0] as number;
    const end = path.to[units - 1] as number;
    if (end - first > this.covered.length) this.covered = new Uint8Array((end - first) * 2);
    const { covered } = this;
    coveredBy(stream, first, end, covered);
    let kept = 0;
    let odd = 0;
    let replaced = 0;
    for (let depth = 0; depth < units; depth++) {
      const from = path.from[depth] as number;
      const to = path.to[depth] as number;
      const read = path.code[depth] as number;
      const kind = path.kind[depth] as number;
      const over = covered[from - first] as number;
      if (kind === READ.plain && read === codes[own + depth]) {
        if ((over & COVERED_OVER) === 0) kept += tables.characterBits[read] as number;
        continue;
      }
      replaced += 1;
      if (kind === READ.emoji) odd += EMOJI_BITS;
      else if (kind === READ.pinyin || kind === READ.wei) {
        odd += syllableBits(stream, from, to);
      } else if (kind === READ.plain) odd += over === 0 ? oddBits(stream, from, depth, units) : 0;
      else {
        for (let part = from; part < to; part++) {
          if (covered[part - first] === 0) odd += tables.aloneBits[stream.code[part] as number] as number;
        }
      }
    }
    return strengthOf(replaced, kept, odd);
  }
}
