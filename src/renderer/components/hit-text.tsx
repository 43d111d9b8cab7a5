import { Fragment } from 'react';
import classes from './hit-text.module.css';

export interface Marked {
  /** Half-open, in UTF-16 units of the text. */
  start: number;
  end: number;
  kind: 'hit' | 'found';
  /** Said on hover: which rule. */
  title?: string;
}

/** Pieces of a text between marks; overlapping marks are cut so that the earlier one wins. */
export function piecesOf(
  text: string,
  marks: readonly Marked[],
): { text: string; start: number; mark: Marked | null }[] {
  const pieces: { text: string; start: number; mark: Marked | null }[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = Math.max(at, mark.start);
    const end = Math.min(text.length, mark.end);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), start: at, mark: null });
    pieces.push({ text: text.slice(start, end), start, mark });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), start: at, mark: null });
  return pieces;
}

/** Places where a search word stands, without regard to case. */
export function findMarks(text: string, query: string | null | undefined): Marked[] {
  const words = (query ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean);
  const lower = text.toLowerCase();
  // Lower case can change a text's length; then its offsets say nothing about the original.
  if (lower.length !== text.length) return [];
  const marks: Marked[] = [];
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      marks.push({ start: at, end: at + word.length, kind: 'found' });
    }
  }
  return marks;
}

/** A text with its hits marked in place. */
export function HitText({ text, marks }: { text: string; marks: readonly Marked[] }) {
  return (
    <span className={classes.text}>
      {piecesOf(text, marks).map((piece) => (
        <Fragment key={piece.start}>
          {piece.mark ? (
            <mark className={classes.mark} data-kind={piece.mark.kind} title={piece.mark.title}>
              {piece.text}
            </mark>
          ) : (
            piece.text
          )}
        </Fragment>
      ))}
    </span>
  );
}
