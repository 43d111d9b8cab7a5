/**
 * The named transforms of text normalisation. The names are part of the contract: rules switch
 * them, hits carry them, reviewers read them. The order is the bit order of a transform mask.
 *
 * The first eight say what single characters become (normalize-text.ts). The others are readings of
 * words: they hold for terms only, where enough of the term is left to be sure
 * (detection/variant-matcher.ts), and leave the normalised text as it is.
 */
export const TRANSFORMS = [
  /** Full-width, half-width and other Unicode compatibility forms (NFKC). */
  'width',
  /** Upper case to lower case. */
  'case',
  /** Traditional to simplified, character by character. */
  'traditional',
  /** Circled, squared, parenthesised and mathematical letters; mathematical digits. */
  'enclosed',
  /** Letters of other scripts that look like Latin ones, and Latin letters with diacritics. */
  'look-alikes',
  /** Invisible characters and combining marks, dropped. */
  'zero-width',
  /** Symbols, emoji and spaces between other characters, dropped. */
  'symbols',
  /** Chinese and circled digits read as ASCII digits. Off unless a rule asks. */
  'numerals',
  /** Characters written more often than the term has them (加微微微信). */
  'repeats',
  /** Chinese characters that look alike (徽 for 微). */
  'shapes',
  /** Characters that sound alike, tones aside; digits read aloud (堵博 for 赌博). */
  'homophones',
  /** Latin letters that spell a character's sound (du博); V for 微. */
  'pinyin',
  /** Emoji and signs that stand for characters (🐮, 🐧, ✈). */
  'emoji',
  /** Characters written as their parts (弓虽 for 强). */
  'split',
  /** Digits and signs for Latin letters (sh1t). */
  'leet',
  /** The first letters of the syllables (jwx for 加微信). Off unless a rule asks. */
  'initials',
] as const;

export type TransformName = (typeof TRANSFORMS)[number];

/** The bit of each transform in a mask. */
export const TRANSFORM_BIT = Object.fromEntries(
  TRANSFORMS.map((name, index) => [name, 1 << index]),
) as Record<TransformName, number>;

/** Too loose to hold unasked. */
const ASKED_ONLY: readonly TransformName[] = ['numerals', 'initials'];

/** What holds where a rule names no transforms. */
export const DEFAULT_TRANSFORMS: readonly TransformName[] = TRANSFORMS.filter(
  (name) => !ASKED_ONLY.includes(name),
);

/** The mask of a list of transforms. */
export function transformMask(names: readonly TransformName[]): number {
  return names.reduce((mask, name) => mask | TRANSFORM_BIT[name], 0);
}

/** The names in a mask, in their fixed order. */
export function transformNames(mask: number): TransformName[] {
  return TRANSFORMS.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** The transforms of words, which normalising does not apply. */
export const VARIANT_TRANSFORMS: readonly TransformName[] = TRANSFORMS.slice(8);
export const VARIANT_MASK = transformMask(VARIANT_TRANSFORMS);
