/**
 * How characters sound, what they look like, what they are put together from, and which words are
 * common: the data of variant-data.ts in flat tables. Made once, when the first rule needs it
 * (about 30 ms); all tables are read by UTF-16 unit of simplified text.
 */
import { emojiCharacters } from './emoji-characters.ts';
import { PARTS_ALIKE } from './shapes-alike.ts';
import * as data from './variant-data.ts';

/** Bits of a character that the frequency data does not have. */
const RARE_BITS = 20;
/** A Latin letter or a digit among Chinese characters. */
const LETTER_BITS = 5;
/** How digits are read aloud. */
const DIGIT_SOUNDS = ['ling', 'yi', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu'];
/** Spellings of syllables that keyboards take for others. */
const SPELLED_OTHERWISE: readonly (readonly [string, string])[] = [
  ['jv', 'ju'],
  ['qv', 'qu'],
  ['xv', 'xu'],
  ['yv', 'yu'],
  ['lue', 'lve'],
  ['nue', 'nve'],
];

/** V and W stand for this character in chat. */
export const WEI = 0x5fae;

export interface VariantTables {
  /** Sound of a character, letter or digit; 0: it has none. Syllables first, then the letters. */
  readonly sound: Uint16Array;
  /** Other sounds of characters that have more than one. */
  readonly furtherSounds: ReadonlyMap<number, readonly number[]>;
  /** Syllables as they are spelled. */
  readonly syllables: ReadonlyMap<string, number>;
  /** Spelling of a sound. */
  readonly spelling: readonly string[];
  /** What stands for all characters that look like this one; the character itself where none does. */
  readonly shape: Uint16Array;
  /** Information of a character anywhere, and of it as a word by itself, in bits. */
  readonly characterBits: Uint8Array;
  readonly aloneBits: Uint8Array;
  /** Common words of two to four characters. */
  readonly words: ReadonlySet<string>;
  /** Characters by their parts, written in the form that `part` gives. */
  readonly splits: ReadonlyMap<string, number>;
  /** First two parts of any of them: `first << 16 | second`. */
  readonly splitBeginnings: ReadonlySet<number>;
  readonly part: Uint16Array;
  readonly emoji: ReadonlyMap<number, readonly string[]>;
}

function identity(): Uint16Array {
  return Uint16Array.from({ length: 0x10000 }, (_, code) => code);
}

function decode(): VariantTables {
  const sound = new Uint16Array(0x10000);
  const syllables = new Map<string, number>();
  const spelling = [''];
  const idOf = (syllable: string): number => {
    let id = syllables.get(syllable);
    if (id === undefined) {
      id = spelling.push(syllable) - 1;
      syllables.set(syllable, id);
    }
    return id;
  };
  for (const entry of data.READINGS.split(' ')) {
    const [syllable, chars] = entry.split(':') as [string, string];
    for (const char of chars) sound[char.charCodeAt(0)] = idOf(syllable);
  }
  const furtherSounds = new Map<number, number[]>();
  for (const entry of data.FURTHER_READINGS.split(' ')) {
    const [syllable, chars] = entry.split(':') as [string, string];
    for (const char of chars) {
      const code = char.charCodeAt(0);
      furtherSounds.set(code, [...(furtherSounds.get(code) ?? []), idOf(syllable)]);
    }
  }
  for (const [other, syllable] of SPELLED_OTHERWISE) syllables.set(other, idOf(syllable));
  for (const [digit, syllable] of DIGIT_SOUNDS.entries()) sound[0x30 + digit] = idOf(syllable);
  for (let letter = 0x61; letter <= 0x7a; letter++) {
    sound[letter] = spelling.push(String.fromCharCode(letter)) - 1;
  }
  const shape = identity();
  for (const group of data.SHAPES.split(' ')) {
    for (const char of group) shape[char.charCodeAt(0)] = group.charCodeAt(0);
  }
  const characterBits = new Uint8Array(0x10000).fill(RARE_BITS);
  const aloneBits = new Uint8Array(0x10000).fill(RARE_BITS);
  for (let at = 0; at < data.CHARACTERS.length; at++) {
    const code = data.CHARACTERS.charCodeAt(at);
    characterBits[code] = Number.parseInt(data.CHARACTER_BITS[at] as string, 36);
    aloneBits[code] = Number.parseInt(data.ALONE_BITS[at] as string, 36);
  }
  for (let code = 0x30; code <= 0x7a; code++) {
    characterBits[code] = LETTER_BITS;
    aloneBits[code] = LETTER_BITS;
  }

  const words = new Set<string>();
  for (const entry of data.COMMON_WORDS.split(' ')) {
    const head = entry[0] as string;
    for (const tail of entry.slice(1).split(',')) words.add(head + tail);
  }

  const part = identity();
  for (const group of PARTS_ALIKE) {
    for (const char of group) part[char.charCodeAt(0)] = group.charCodeAt(0);
  }
  const splits = new Map<string, number>();
  const splitBeginnings = new Set<number>();
  for (const entry of data.SPLITS.split(' ')) {
    const [parts, char] = entry.split('=') as [string, string];
    splits.set(parts, char.charCodeAt(0));
    splitBeginnings.add(parts.charCodeAt(0) * 0x10000 + parts.charCodeAt(1));
  }
  return {
    sound,
    furtherSounds,
    syllables,
    spelling,
    shape,
    characterBits,
    aloneBits,
    words,
    splits,
    splitBeginnings,
    part,
    emoji: emojiCharacters(),
  };
}

let tables: VariantTables | undefined;

export function variantTables(): VariantTables {
  tables ??= decode();
  return tables;
}

/** All toneless syllables of a simplified character, the commonest first; empty: it has no sound. */
export function soundsOf(char: string): readonly string[] {
  const { sound, furtherSounds, spelling } = variantTables();
  const code = char.charCodeAt(0);
  const first = sound[code] as number;
  if (first === 0) return [];
  return [first, ...(furtherSounds.get(code) ?? [])].map((id) => spelling[id] as string);
}
