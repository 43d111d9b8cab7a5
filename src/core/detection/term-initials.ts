/** Words by the first letters of their syllables (加微信: jwx, 加wx, 加微x). */
import { soundsOf } from '../normalization/variant-tables.ts';

/** Of longer words only the letters of all syllables are looked for. */
const MAX_MIXED = 4;
const MAX_LETTERS = 8;

const isHan = (char: string): boolean => /^[\u3400-\u9fff]$/.test(char);

/** All letters, and each way to keep some characters; empty for a word with a character of no sound. */
export function initialsOf(term: string): string[] {
  const chars = Array.from(term);
  const letters = chars.map((char) => (isHan(char) ? soundsOf(char)[0]?.[0] : char.toLowerCase()));
  const han = chars.filter(isHan).length;
  if (letters.includes(undefined) || han < 2 || chars.length > MAX_LETTERS) return [];
  if (chars.length > MAX_MIXED) return [letters.join('')];
  const forms = new Set<string>();
  for (let kept = 0; kept < (1 << chars.length) - 1; kept++) {
    forms.add(chars.map((char, at) => ((kept >> at) & 1 ? char : letters[at])).join(''));
  }
  forms.delete(term);
  return [...forms];
}
