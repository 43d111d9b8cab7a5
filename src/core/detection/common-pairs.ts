/**
 * Pairs of neighbouring characters that mean something, as bitmaps that stay in the second-level cache:
 * common words of two characters, and the first two parts of characters that are written taken apart
 * (女 子 for 好). Each pair sets three bits of one word of 32 bits, so that one read answers. Of other
 * pairs about one in a hundred is taken for a common word, and one in a thousand for parts.
 */
import { type VariantTables, variantTables } from '../normalization/variant-tables.ts';

const STEP = 0x9e3779b1 | 0;
const SPREAD = 0x85ebca6b | 0;
/** The high bits of the hash are the word; the other numbers are the shifts of its bits. */
export const COMMON_SHIFT = 17;
export const SPLIT_SHIFT = 18;
export const BIT_SHIFT = 12;
export const SECOND_BIT_SHIFT = 7;
export const THIRD_BIT_SHIFT = 2;

/** `pair`: first character `<< 16 |` second. */
export function pairHash(pair: number): number {
  const mixed = Math.imul(pair, STEP);
  return Math.imul(mixed ^ (mixed >>> 15), SPREAD);
}

/** The three bits of a hash in its word. */
export function bitsOf(hash: number): number {
  return (1 << (hash >>> BIT_SHIFT)) | (1 << (hash >>> SECOND_BIT_SHIFT)) | (1 << (hash >>> THIRD_BIT_SHIFT));
}

function bitmapOf(pairs: Iterable<number>, shift: number): Int32Array {
  const bits = new Int32Array(1 << (32 - shift));
  for (const pair of pairs) {
    const hash = pairHash(pair);
    bits[hash >>> shift] = (bits[hash >>> shift] as number) | bitsOf(hash);
  }
  return bits;
}

function* wordsOfTwo({ words }: VariantTables): Generator<number> {
  for (const word of words) {
    if (word.length === 2) yield (word.charCodeAt(0) << 16) | word.charCodeAt(1);
  }
}

function* wordBeginningsOf({ words }: VariantTables): Generator<number> {
  for (const word of words) yield (word.charCodeAt(0) << 16) | word.charCodeAt(1);
}

/** The parts in every way they are written. */
function* beginnings({ part, splitBeginnings }: VariantTables): Generator<number> {
  const alike = new Map<number, number[]>();
  for (let code = 0; code < 0x10000; code++) {
    const group = part[code] as number;
    if (group !== code) alike.set(group, [...(alike.get(group) ?? [group]), code]);
  }
  for (const pair of splitBeginnings) {
    const first = Math.floor(pair / 0x10000);
    const second = pair % 0x10000;
    for (const a of alike.get(first) ?? [first]) {
      for (const b of alike.get(second) ?? [second]) yield (a << 16) | b;
    }
  }
}

let common: Int32Array | undefined;
let split: Int32Array | undefined;
let beginning: Int32Array | undefined;

/** Made once, when the first rule needs it. */
export function commonPairs(): Int32Array {
  common ??= bitmapOf(wordsOfTwo(variantTables()), COMMON_SHIFT);
  return common;
}

/** The first two characters of all common words, by COMMON_SHIFT. */
export function wordBeginnings(): Int32Array {
  beginning ??= bitmapOf(wordBeginningsOf(variantTables()), COMMON_SHIFT);
  return beginning;
}

/** Made once, when the first rule needs it. */
export function splitPairs(): Int32Array {
  split ??= bitmapOf(beginnings(variantTables()), SPLIT_SHIFT);
  return split;
}

/** Whether `pair` may be one of a bitmap's; `shift` is the bitmap's own. */
export function hasPair(bits: Int32Array, shift: number, pair: number): boolean {
  const hash = pairHash(pair);
  const word = bits[hash >>> shift] as number;
  return (word & bitsOf(hash)) === bitsOf(hash);
}

/** A character by its parts from the third on, as `part` of the tables gives them, and its sound. */
export interface SplitCharacter {
  readonly rest: readonly number[];
  readonly sound: number;
}

let characters: Map<number, SplitCharacter[]> | undefined;

/** The characters whose first two parts are these; undefined: there is none. Made once. */
export function charactersOf(first: number, second: number): readonly SplitCharacter[] | undefined {
  if (characters === undefined) {
    characters = new Map();
    const { splits, sound } = variantTables();
    for (const [parts, whole] of splits) {
      const [a, b, ...rest] = Array.from(parts, (part) => part.charCodeAt(0)) as [
        number,
        number,
        ...number[],
      ];
      const made: SplitCharacter = { rest, sound: sound[whole] as number };
      const list = characters.get((a << 16) | b);
      if (list === undefined) characters.set((a << 16) | b, [made]);
      else list.push(made);
    }
  }
  return characters.get((first << 16) | second);
}
