import type { Hit } from '../../../core/domain/hit.ts';
import type { Marked } from '../../components/hit-text.tsx';

/** Characters kept before the first marked word, so that it is on screen in a narrow column. */
const BEFORE = 7;
const LENGTH = 160;

/** The stretch of a hit's text around its first marked word, on one line, with the marks moved along. */
export function hitSnippet(hit: Pick<Hit, 'text' | 'spans'>): { text: string; marks: Marked[] } {
  const first = Math.min(...hit.spans.map((span) => span.start));
  const start = first > BEFORE * 2 ? first - BEFORE : 0;
  const lead = start > 0 ? '…' : '';
  // Every blank becomes one blank, so that the offsets stay right.
  const text = lead + hit.text.slice(start, start + LENGTH).replace(/\s/g, ' ');
  const shift = lead.length - start;
  return {
    text,
    marks: hit.spans
      .filter((span) => span.start < start + LENGTH)
      .map((span) => ({ start: span.start + shift, end: span.end + shift, kind: 'hit' as const })),
  };
}

/** The words found, each once, as the sender wrote them. */
export function wordsFound(hit: Pick<Hit, 'spans'>): string[] {
  return [...new Set(hit.spans.map((span) => span.text))];
}
