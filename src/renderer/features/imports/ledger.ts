/** The ledger of a source as a bar of equal pieces, each coloured by the gravest thing in it. */
import type { Output } from '../../../contract/api.ts';

type SourceRange = Output<'sources.ranges'>['rows'][number];

export type Piece = SourceRange['kind'] | 'unread';

export interface Stretch {
  kind: Piece;
  /** Shares of the source, 0 … 1. */
  from: number;
  to: number;
}

const GRAVITY: Record<Piece, number> = { unread: 0, parsed: 1, ignored: 2, skipped: 3 };

/**
 * One skipped line in a gigabyte would be thinner than a pixel; so the source is cut into `pieces`, and
 * a piece shows the gravest range it touches. Ranges not read yet stay `unread`.
 */
export function stretchesOf(
  ranges: readonly Pick<SourceRange, 'kind' | 'start' | 'end'>[],
  bytes: number,
  pieces: number,
): Stretch[] {
  if (bytes === 0) return [];
  const kinds: Piece[] = Array.from({ length: pieces }, () => 'unread');
  for (const range of ranges) {
    if (range.end <= range.start) continue;
    const first = Math.min(pieces - 1, Math.floor((range.start / bytes) * pieces));
    const last = Math.min(pieces - 1, Math.ceil((range.end / bytes) * pieces) - 1);
    for (let at = first; at <= Math.max(first, last); at += 1) {
      if (GRAVITY[range.kind] > GRAVITY[kinds[at] ?? 'unread']) kinds[at] = range.kind;
    }
  }
  const stretches: Stretch[] = [];
  kinds.forEach((kind, index) => {
    const open = stretches.at(-1);
    if (open?.kind === kind) open.to = (index + 1) / pieces;
    else stretches.push({ kind, from: index / pieces, to: (index + 1) / pieces });
  });
  return stretches;
}
