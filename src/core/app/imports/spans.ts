import type { TextHit } from '../../detection/judge.ts';
import type { Hit } from '../../domain/hit.ts';

/** The words and data that make a hit, as spans of the text; the whole match where it has no parts. */
export function spansOf(hit: TextHit, text: string): Hit['spans'] {
  const parts = hit.parts.length > 0 ? hit.parts : [hit];
  return parts.map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}
