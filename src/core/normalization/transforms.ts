/**
 * The named transforms of text normalisation. The names are part of the contract: rules switch
 * them, hits carry them, reviewers read them. The order is the bit order of a transform mask.
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
] as const;

export type TransformName = (typeof TRANSFORMS)[number];

/** The bit of each transform in a mask. */
export const TRANSFORM_BIT = Object.fromEntries(
  TRANSFORMS.map((name, index) => [name, 1 << index]),
) as Record<TransformName, number>;

/** What holds where a rule names no transforms: all but `numerals`. */
export const DEFAULT_TRANSFORMS: readonly TransformName[] = TRANSFORMS.filter((name) => name !== 'numerals');

/** The mask of a list of transforms. */
export function transformMask(names: readonly TransformName[]): number {
  return names.reduce((mask, name) => mask | TRANSFORM_BIT[name], 0);
}

/** The names in a mask, in their fixed order. */
export function transformNames(mask: number): TransformName[] {
  return TRANSFORMS.filter((_, index) => (mask & (1 << index)) !== 0);
}
