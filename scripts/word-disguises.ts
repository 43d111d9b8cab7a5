/**
 * Ways of writing a word so that a filter does not see it, one at a time, chosen by a fixed seed: for measuring
 * what detection still finds.
 */
import { Converter } from 'opencc-js/cn2t';
import { soundsOf, type VariantTables, variantTables } from '../src/core/normalization/variant-tables.ts';

/** A small generator of pseudo-random numbers (mulberry32), so that every run measures the same. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
const SEED = 20260101;
let draw = generator(SEED);
/** A number below `below`, of the fixed seed. */
export const random = (below: number): number => draw(below);
/** Begins the numbers of the fixed seed again, so that what is measured does not depend on what came before. */
export function beginAgain(): void {
  draw = generator(SEED);
}
export const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

/** Common characters by sound, for homophones as people choose them. */
function bySound({ characterBits }: VariantTables): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    if ((characterBits[code] as number) > 15) continue;
    const char = String.fromCharCode(code);
    const sound = soundsOf(char)[0];
    if (sound !== undefined) groups.set(sound, [...(groups.get(sound) ?? []), char]);
  }
  return groups;
}

const tables = variantTables();
const homophones = bySound(tables);
const look = new Map<string, string[]>();
for (let code = 0x4e00; code <= 0x9fff; code++) {
  if ((tables.characterBits[code] as number) > 17) continue;
  const name = String.fromCharCode(tables.shape[code] as number);
  look.set(name, [...(look.get(name) ?? []), String.fromCharCode(code)]);
}
const spelt = new Map<string, string[]>();
for (const [parts, code] of tables.splits) {
  const char = String.fromCharCode(code);
  spelt.set(char, [...(spelt.get(char) ?? []), parts]);
}
const pictured = new Map<string, string[]>();
for (const [code, words] of tables.emoji) {
  for (const word of words) {
    const sound = word.length === 1 ? (soundsOf(word)[0] ?? '') : '';
    if (sound !== '') pictured.set(sound, [...(pictured.get(sound) ?? []), String.fromCodePoint(code)]);
  }
}
export const toTraditional = Converter({ from: 'cn', to: 'tw' }) as (text: string) => string;

/** A character in another way; undefined where there is none. */
export type Disguise = (char: string) => string | undefined;
const other = (list: readonly string[] | undefined, char: string): string | undefined => {
  const rest = (list ?? []).filter((one) => one !== char);
  return rest.length === 0 ? undefined : pick(rest);
};
export const homophone: Disguise = (char) => other(homophones.get(soundsOf(char)[0] ?? ''), char);
export const pinyin: Disguise = (char) => soundsOf(char)[0];
export const shape: Disguise = (char) =>
  other(look.get(String.fromCharCode(tables.shape[char.charCodeAt(0)] as number)), char);
export const split: Disguise = (char) => other(spelt.get(char), char);
export const emoji: Disguise = (char) => other(pictured.get(soundsOf(char)[0] ?? ''), char);

/** One character of the word in another way, or all; undefined where it cannot be. */
export function one(disguise: Disguise): (word: string) => string | undefined {
  return (word) => {
    const chars = Array.from(word);
    const start = random(chars.length);
    for (let step = 0; step < chars.length; step++) {
      const at = (start + step) % chars.length;
      const changed = disguise(chars[at] as string);
      if (changed !== undefined && changed !== chars[at]) {
        return [...chars.slice(0, at), changed, ...chars.slice(at + 1)].join('');
      }
    }
    return undefined;
  };
}
/** Every character of the word in another way. */
export function every(disguise: Disguise): (word: string) => string | undefined {
  return (word) => {
    const changed = Array.from(word, disguise);
    return changed.includes(undefined) ? undefined : changed.join('');
  };
}
export const between =
  (signs: readonly string[]) =>
  (word: string): string =>
    Array.from(word).join(pick(signs));
export const LEET: Readonly<Record<string, string>> = {
  a: '4',
  b: '8',
  e: '3',
  i: '1',
  o: '0',
  s: '5',
  t: '7',
};
export const GREEK: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
};
export const latin = (shift: number) => (word: string) =>
  /^[a-z]{3,}$/i.test(word)
    ? Array.from(word.toUpperCase(), (char) =>
        String.fromCodePoint((char.codePointAt(0) as number) + shift),
      ).join('')
    : undefined;

/** Two neighbours of a word of three characters or more in the wrong order. */
export function swapped(word: string): string | undefined {
  const chars = Array.from(word);
  if (chars.length < 3) return undefined;
  const at = random(chars.length - 1);
  const [first, second] = [chars[at] as string, chars[at + 1] as string];
  return [...chars.slice(0, at), second, first, ...chars.slice(at + 2)].join('');
}

/** First letters of the syllables, of any word. */
export const firstLetters = (word: string): string =>
  Array.from(word, (char) => soundsOf(char)[0]?.[0] ?? '').join('');

/** The same of words of three characters or more: two letters alone are everything. */
export const initials = (word: string): string | undefined =>
  word.length > 2 ? firstLetters(word) : undefined;

/** Every character that has another way of writing in it, at least one. */
const some =
  (disguise: Disguise) =>
  (word: string): string | undefined => {
    const changed = Array.from(word, (char) => disguise(char) ?? char).join('');
    return changed === word ? undefined : changed;
  };

/** Two neighbours of any word in the wrong order. */
function turned(word: string): string {
  const at = random(word.length - 1);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

/**
 * Eight ways of writing a word of two characters or more, as published collections of disguised insults name them
 * (Yang et al., Exploring Multimodal Challenges in Toxic Chinese Detection, 2025).
 */
export const EIGHT_WAYS: readonly [string, (word: string) => string | undefined][] = [
  ['looks alike', some(shape)],
  ['in parts', some(split)],
  ['traditional', toTraditional],
  ['initials', firstLetters],
  ['syllables in letters', every(pinyin)],
  ['homophones', every(homophone)],
  ['wrong order', turned],
  ['emoji', some(emoji)],
];

const HAN = /^[\u4e00-\u9fff]+$/;

/** The text in common words of two to four characters, neighbours that belong to none two by two, and what is between. */
export function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = [4, 3, 2].find(
      (one) => at + one <= text.length && tables.words.has(text.slice(at, at + one)),
    );
    const word = text.slice(at, at + (size ?? 1));
    const before = found[found.length - 1];
    if (size === undefined && before?.length === 1 && HAN.test(before + word))
      found[found.length - 1] += word;
    else found.push(word);
    at += word.length;
  }
  return found;
}

/** Whether a part of `wordsOf` can be written in one of the eight ways. */
export const isWord = (part: string): boolean => part.length > 1 && HAN.test(part);
