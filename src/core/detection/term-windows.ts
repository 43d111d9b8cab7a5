/**
 * The units around one unit of a term, as numbers: what it and its neighbours are to the terms, and hashes of the
 * windows of up to four units by which terms are found (term-anchors.ts).
 */

/** What two neighbouring units are in terms: bits of `pairs`. */
export const PAIR = {
  /** In a term of four or more: the first two, the last two. */
  begins: 1,
  ends: 2,
  /** The same where the second, or the first, of the two is neither the first nor the last unit. */
  before: 4,
  behind: 8,
  firstOfThree: 16,
  lastOfThree: 32,
  /** A term of two. */
  whole: 64,
} as const;
const BEHIND_SHIFT = 1;
const LAST_SHIFT = 1;

/** Where the replaced unit is in a window: of a term of four or more, of three, of two. */
export const ROLE = {
  first: 0,
  second: 1,
  third: 2,
  last: 3,
  firstOfThree: 4,
  middle: 5,
  lastOfThree: 6,
  firstOfTwo: 7,
  lastOfTwo: 8,
} as const;

/** Odd multipliers that spread small numbers (a MurmurHash3 finaliser constant, the golden ratio). */
const STEP = 0x85ebca6b | 0;
const SPREAD = 0x9e3779b1 | 0;
/** Tells windows apart that differ in their role only. */
const ROLE_STEP = 0x27d4eb2f | 0;

/** Pairs of sounds have an entry each, pairs of shapes share entries. */
const SOUND_SIZE = 9;
const SHAPE_PAIRS_SHIFT = 32 - 17;
/** How many entries there are. */
export const SOUND_PAIRS = 1 << (2 * SOUND_SIZE);
export const SHAPE_PAIRS = 1 << (32 - SHAPE_PAIRS_SHIFT);

/** The high bits are the word of the bitmap and the bucket; `bitsOf` are the bits in the word. */
export function windowHash(
  first: number,
  second: number,
  third: number,
  fourth: number,
  role: number,
): number {
  const pairs = Math.imul(Math.imul(first, STEP) + second, STEP) + third;
  const mixed = Math.imul(Math.imul(pairs, STEP) + fourth, STEP) ^ Math.imul(role, ROLE_STEP);
  return Math.imul(mixed ^ (mixed >>> 15), SPREAD);
}

/** The hash of the window by which unit `place` of `key` is found. */
export function hashOf(key: string, place: number): number {
  const { length } = key;
  const unit = (at: number): number => key.charCodeAt(at);
  if (length === 2) return windowHash(unit(0), unit(1), 0, 0, ROLE.firstOfTwo + place);
  if (length === 3) return windowHash(unit(0), unit(1), unit(2), 0, ROLE.firstOfThree + place);
  const role =
    place === 0
      ? ROLE.first
      : place === length - 1
        ? ROLE.last
        : place === length - 2
          ? ROLE.third
          : ROLE.second;
  const from = place - role;
  return windowHash(unit(from), unit(from + 1), unit(from + 2), unit(from + 3), role);
}

/** What units `place` and the next are in a key of `length`. */
export function pairBits(length: number, place: number): number {
  if (length === 2) return PAIR.whole;
  if (length === 3) return place === 0 ? PAIR.firstOfThree : PAIR.lastOfThree;
  return (place === 0 ? PAIR.begins : PAIR.behind) | (place === length - 2 ? PAIR.ends : PAIR.before);
}

/** The entries of `pairs` for two units. */
export const soundPair = (first: number, second: number): number => (first << SOUND_SIZE) | second;
export const shapePair = (first: number, second: number): number =>
  Math.imul(Math.imul(first, STEP) + second, SPREAD) >>> SHAPE_PAIRS_SHIFT;

/** All bits of PAIR, and how many they are. */
export const ROLES = 127;
export const ROLES_SHIFT = 7;

/** Where a unit may stand in terms by its pairs with the two beside it: bits of PAIR; 0 for most. */
export function placesOf(left: number, right: number): number {
  return (
    (right & (PAIR.begins | PAIR.firstOfThree)) |
    (left & (PAIR.ends | PAIR.lastOfThree)) |
    (left & (right >>> BEHIND_SHIFT) & PAIR.before) |
    // The middle one of three, as if it were the first: the windows tell.
    (left & (right >>> LAST_SHIFT) & PAIR.firstOfThree) |
    ((left | right) & PAIR.whole)
  );
}

/** A window to look up where a bit of PAIR stands: it begins `from` units before the place and has so many. */
export interface Window {
  readonly bit: number;
  readonly from: number;
  readonly units: number;
}
/** In the order of ROLE. */
export const WINDOWS: readonly Window[] = [
  { bit: PAIR.begins, from: 0, units: 4 },
  { bit: PAIR.before, from: -1, units: 4 },
  { bit: PAIR.before, from: -2, units: 4 },
  { bit: PAIR.ends, from: -3, units: 4 },
  { bit: PAIR.firstOfThree, from: 0, units: 3 },
  { bit: PAIR.firstOfThree, from: -1, units: 3 },
  { bit: PAIR.lastOfThree, from: -2, units: 3 },
  { bit: PAIR.whole, from: 0, units: 2 },
  { bit: PAIR.whole, from: -1, units: 2 },
];
/** A window's number has so many bits. */
export const WINDOW_BITS = 4;
/** Of each window where it begins; all bits where it has a third and a fourth unit, else none. */
export const FROM_OF_WINDOWS = Int32Array.from(WINDOWS, ({ from }) => from);
export const THIRD_OF_WINDOWS = Int32Array.from(WINDOWS, ({ units }) => (units > 2 ? -1 : 0));
export const FOURTH_OF_WINDOWS = Int32Array.from(WINDOWS, ({ units }) => (units > 3 ? -1 : 0));
/** For what stands in `roles`, a bit for each window to look up. */
export const WINDOWS_OF_ROLES = Int32Array.from({ length: ROLES + 1 }, (_, roles) =>
  WINDOWS.reduce((bits, { bit }, index) => bits | ((roles & bit) !== 0 ? 1 << index : 0), 0),
);
