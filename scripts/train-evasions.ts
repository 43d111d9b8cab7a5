/**
 * Ways in which writers disguise words, applied by chance: homophones, syllables in Latin letters or their
 * first letters, characters that look alike or stand in parts, neighbours in the wrong order, symbols and
 * emoji between characters, repeated characters, dropped clauses. They make the model
 * see what filters are evaded with; clean texts get them too, so that a disguise alone says nothing.
 */
import { pinyin } from 'pinyin-pro';
import { SYLLABLE_END, SYLLABLE_FROM } from '../src/core/classifier/features.ts';
import { variantTables } from '../src/core/normalization/variant-tables.ts';

export interface Sounds {
  /** The number of each character's toneless syllable, from SYLLABLE_FROM on; 0: none. */
  readonly table: Uint16Array;
  readonly names: readonly string[];
  /** Common characters of a syllable. */
  readonly homophones: readonly (readonly string[])[];
}

/** Syllables by pinyin-pro (MIT); homophones among the characters met at least `often` times. */
export function soundsOf(texts: readonly string[], often: number): Sounds {
  const met = new Map<string, number>();
  for (const text of texts) for (const char of text) met.set(char, (met.get(char) ?? 0) + 1);
  const table = new Uint16Array(SYLLABLE_END - SYLLABLE_FROM);
  const names = [''];
  const homophones: string[][] = [[]];
  const ids = new Map<string, number>();
  for (let code = SYLLABLE_FROM; code < SYLLABLE_END; code++) {
    const char = String.fromCharCode(code);
    const name = pinyin(char, { toneType: 'none', v: true });
    if (!/^[a-z]+$/.test(name)) continue;
    let id = ids.get(name);
    if (id === undefined) {
      id = names.push(name) - 1;
      ids.set(name, id);
      homophones.push([]);
    }
    table[code - SYLLABLE_FROM] = id;
    if ((met.get(char) ?? 0) >= often) (homophones[id] as string[]).push(char);
  }
  return { table, names, homophones };
}

/** Characters that look like another, or its parts; by character. */
function alikes(): ReadonlyMap<string, readonly string[]> {
  const { shape, characterBits, splits } = variantTables();
  const groups = new Map<number, string[]>();
  for (let code = SYLLABLE_FROM; code < SYLLABLE_END; code++) {
    if ((characterBits[code] as number) > RARE_BITS) continue;
    const name = shape[code] as number;
    groups.set(name, [...(groups.get(name) ?? []), String.fromCharCode(code)]);
  }
  const found = new Map<string, string[]>();
  for (const group of groups.values()) {
    for (const char of group) {
      const others = group.filter((one) => one !== char);
      if (others.length > 0) found.set(char, others);
    }
  }
  for (const [parts, code] of splits) {
    const char = String.fromCharCode(code);
    found.set(char, [...(found.get(char) ?? []), parts]);
  }
  return found;
}

/** Characters with more bits than this are too rare to be chosen for their looks. */
const RARE_BITS = 17;
const looks = alikes();

const SYMBOLS = ['丨', '.', '*', '-', ' ', '、', '/', '_', '～', '|', '+', '丶', '·', '^', '，'];
const EMOJI = [...'🔥💰💎👇👉✅🎉🎁💯⭐🌹💋😘🧧🀄🎰📱🚀💵👍🌟📣⚡😂🤣😭😊🙏💪🐶🤔😡😄👀❗'];

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;
const isHan = (char: string): boolean => char >= '\u4e00' && char <= '\u9fff';

/** The text with disguises; how many follows from chance. */
export function disguise(text: string, sounds: Sounds, next: () => number): string {
  const chars = [...text];
  const kinds = [next() < 0.6, next() < 0.35, next() < 0.3, next() < 0.15];
  const isShaped = next() < 0.2;
  if (next() < 0.12) {
    for (let at = 0; at + 1 < chars.length; at++) {
      if (next() >= 0.12 || !isHan(chars[at] as string) || !isHan(chars[at + 1] as string)) continue;
      [chars[at], chars[at + 1]] = [chars[at + 1] as string, chars[at] as string];
      at += 1;
    }
  }
  const share = 0.05 + next() * 0.4;
  const symbol = pick(SYMBOLS, next);
  let out = '';
  for (const [index, char] of chars.entries()) {
    let written = char;
    const id = isHan(char) ? (sounds.table[char.charCodeAt(0) - SYLLABLE_FROM] as number) : 0;
    if (id > 0 && kinds[0] === true && next() < share) {
      const alike = sounds.homophones[id] as readonly string[];
      const name = sounds.names[id] as string;
      const how = next();
      if (how < 0.15) written = name;
      else if (how < 0.2) written = name[0] as string;
      else if (alike.length > 0) written = pick(alike, next);
    } else if (isShaped && next() < share) {
      const others = looks.get(char);
      if (others !== undefined) written = pick(others, next);
    }
    if (id > 0 && kinds[3] === true && next() < 0.05) written += written;
    out += written;
    if (index === chars.length - 1) continue;
    if (kinds[1] === true && isHan(char) && next() < share) out += symbol;
    if (kinds[2] === true && next() < 0.06) out += pick(EMOJI, next);
  }
  return out;
}

/** The text without one of its clauses, where it has at least three. */
export function shorten(text: string, next: () => number): string {
  const clauses = text.split('，');
  if (clauses.length < 3) return text;
  const without = 1 + Math.floor(next() * (clauses.length - 1));
  return clauses.filter((_, index) => index !== without).join(pick(['，', '，', ' ', '', '。', '\n'], next));
}

/** Other signs between the clauses. */
export function punctuate(text: string, next: () => number): string {
  const sign = pick(['，', '，', ' ', '', ',', '！', '。', '\n', '~', ' | ', '…'], next);
  return sign === '，' ? text : text.replaceAll('，', sign);
}
