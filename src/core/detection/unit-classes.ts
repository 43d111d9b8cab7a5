/**
 * What each UTF-16 unit is to the matcher of other ways of writing: one entry of a table for each,
 * read by the filter that most texts end at, and by the stream behind it.
 */
import { characterTable, KIND } from '../normalization/character-table.ts';
import { DEFAULT_TRANSFORMS, transformMask } from '../normalization/transforms.ts';
import { variantTables } from '../normalization/variant-tables.ts';

/**
 * Entries of letters: the letter they become in the low 16 bits, its sound in the next nine, and what
 * else is known of it. Bit 25 is 0: texts as they are read have it where something parts the letter from the one before.
 */
export const SOUND_SHIFT = 16;
export const SOUND_BITS = 0x1ff;
export const PARTED_SHIFT = 25;
export const PARTED = 1 << PARTED_SHIFT;
/** A Chinese character that is rarely a word by itself, or a digit. */
export const MAYBE_ODD_SHIFT = 26;
export const LATIN = 1 << 27;
/** A character of several sounds. */
export const SOUNDS_SHIFT = 28;
export const SOUNDS = 1 << SOUNDS_SHIFT;
/** May be the first, or the second, part of a character that was taken apart. */
export const FIRST_PART_SHIFT = 29;
export const SECOND_PART_SHIFT = 30;
/** Entries below zero are no letters: */
export const SYMBOL = -1;
export const BARRIER = -2;
export const INVISIBLE = -3;
/** half of a pair, an emoji with a reading, a character that becomes several. */
export const COMPLEX = -4;

export const FIRST_HAN = 0x3400;
export const FIRST_LATIN = 0x61;
export const LAST_LATIN = 0x7a;

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** A character that is a word by itself more often than this is not odd. */
const MIN_ODD_BITS = 10;

/** Marks that part words even where other symbols may be dropped: who evades does not write commas. */
const PARTING = new Set(Array.from('，、：（）《》〈〉“”‘’「」【】[](),:"', (char) => char.charCodeAt(0)));

/** The transforms of characters by which the text is read. */
export const VARIANT_READING_MASK = transformMask(DEFAULT_TRANSFORMS);

let classes: Int32Array | undefined;

function build(): Int32Array {
  const { aloneBits, emoji, furtherSounds, part, sound, splitBeginnings } = variantTables();
  const firstParts = new Set(Array.from(splitBeginnings, (pair) => Math.floor(pair / 0x10000)));
  const secondParts = new Set(Array.from(splitBeginnings, (pair) => pair % 0x10000));
  const character = characterTable(VARIANT_READING_MASK);
  const entries = new Int32Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const target = character.target(unit);
    if ((unit & 0xf800) === 0xd800 || target < 0 || target > 0xffff || emoji.has(unit)) {
      entries[unit] = COMPLEX;
      continue;
    }
    const kind = character.kind(target);
    if (kind === KIND.invisible) entries[unit] = INVISIBLE;
    else if (kind === KIND.barrier || PARTING.has(target)) entries[unit] = BARRIER;
    else if (kind === KIND.symbol) entries[unit] = SYMBOL;
    else {
      let entry = target | ((sound[target] as number) << SOUND_SHIFT);
      const isRare = target >= FIRST_HAN && (aloneBits[target] as number) >= MIN_ODD_BITS;
      if (isRare || isDigit(target)) entry |= 1 << MAYBE_ODD_SHIFT;
      if (target >= FIRST_LATIN && target <= LAST_LATIN) entry |= LATIN;
      if (furtherSounds.has(target)) entry |= SOUNDS;
      if (firstParts.has(part[target] as number)) entry |= 1 << FIRST_PART_SHIFT;
      if (secondParts.has(part[target] as number)) entry |= 1 << SECOND_PART_SHIFT;
      entries[unit] = entry;
    }
  }
  return entries;
}

/** Made once, when the first rule needs it. */
export function unitClasses(): Int32Array {
  classes ??= build();
  return classes;
}
