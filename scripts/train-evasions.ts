/**
 * Ways in which writers disguise words, applied by chance: homophones, syllables in Latin letters,
 * symbols and emoji between characters, repeated characters, dropped clauses. They make the model
 * see what filters are evaded with; clean texts get them too, so that a disguise alone says nothing.
 */
import { pinyin } from 'pinyin-pro';
import { SYLLABLE_END, SYLLABLE_FROM } from '../src/core/classifier/features.ts';

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

const SYMBOLS = ['.', '*', '-', ' ', '、', '/', '_', '～', '|', '+', '丶', '·', '^', '，'];
const EMOJI = [...'🔥💰💎👇👉✅🎉🎁💯⭐🌹💋😘🧧🀄🎰📱🚀💵👍🌟📣⚡😂🤣😭😊🙏💪🐶🤔😡😄👀❗'];

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;
const isHan = (char: string): boolean => char >= '\u4e00' && char <= '\u9fff';

/** The text with disguises; how many follows from chance. */
export function disguise(text: string, sounds: Sounds, next: () => number): string {
  const chars = [...text];
  const kinds = [next() < 0.6, next() < 0.35, next() < 0.3, next() < 0.15];
  const share = 0.05 + next() * 0.3;
  const symbol = pick(SYMBOLS, next);
  let out = '';
  for (const [index, char] of chars.entries()) {
    let written = char;
    const id = isHan(char) ? (sounds.table[char.charCodeAt(0) - SYLLABLE_FROM] as number) : 0;
    if (id > 0 && kinds[0] === true && next() < share) {
      const alike = sounds.homophones[id] as readonly string[];
      written = next() < 0.15 ? (sounds.names[id] as string) : alike.length > 0 ? pick(alike, next) : char;
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
