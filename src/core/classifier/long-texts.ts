/**
 * Parts of a long text that are judged by themselves: of ten sentences one is the offer, and the others would outvote it.
 * Pure.
 */

/** Letters from which a text is judged in parts too. */
export const LONG_LETTERS = 80;
/** A part has at least so many UTF-16 units; from the second number on it ends at a comma or a space too. */
const SHORTEST = 20;
const LONG = 50;
/** Parts that are looked at; rules read everything. */
const MOST_PARTS = 64;

const SENTENCE_ENDS = new Set('。！？!?；;\n…'.split(''));
const PAUSES = new Set('，,、 \u3000~～'.split(''));

/** The parts of `text`, in their order: sentences, short ones together with the next. At most 64. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length && parts.length < MOST_PARTS; at++) {
    const length = at + 1 - from;
    if (length < SHORTEST) continue;
    const sign = text[at] as string;
    if (!SENTENCE_ENDS.has(sign) && !(length >= LONG && PAUSES.has(sign))) continue;
    parts.push(text.slice(from, at + 1));
    from = at + 1;
  }
  if (from < text.length && parts.length < MOST_PARTS) parts.push(text.slice(from));
  return parts;
}
