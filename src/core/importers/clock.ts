/** Times of day as phones and programs write them, with the word for the half of the day. */

const AM = new Set(['am', '上午', '凌晨', '清晨', '早上', '午前', '오전']);
const PM = new Set(['pm', '下午', '傍晚', '晚上', '午後', '오후']);
const NOON = '中午';

/** The words for halves of the day, as a pattern without groups; dots and spaces inside are allowed. */
export const HALF_OF_DAY =
  '[AaPp]\\.?\\s?[Mm]\\.?|上午|下午|凌晨|清晨|早上|中午|傍晚|晚上|午前|午後|오전|오후';

export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * The hour of 24 of a time of day. `half` is the word for the half of the day; empty or undefined for
 * a clock of 24 hours. Null where there is no such time.
 */
export function clockOf(
  hour: number,
  minute: number,
  second: number,
  half: string | undefined,
): Clock | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const word = (half ?? '').toLowerCase().replace(/[.\s\u00a0\u202f]/g, '');
  if (word === '' || hour > 12) return { hour, minute, second };
  if (word === NOON) return { hour: hour < 11 ? hour + 12 : hour, minute, second };
  if (PM.has(word)) {
    const midnight = hour === 12 && word === '晚上';
    return { hour: midnight ? 0 : (hour % 12) + 12, minute, second };
  }
  return { hour: AM.has(word) ? hour % 12 : hour, minute, second };
}

/** Whether a text is the beginning of a word for half of the day, or nothing. */
export function mayBeginHalf(text: string): boolean {
  return [...AM, ...PM, NOON].some(
    (word) => /\p{L}/u.test(word.charAt(0)) && word.charCodeAt(0) > 0x7f && word.startsWith(text),
  );
}
