import type { Hit } from '../../../core/domain/hit.ts';
import type { Marked } from '../hit-text.tsx';

/** Marks of one text of one message. */
export interface PartMarks {
  messageId: string;
  /** 0: the message's own text; 1, 2 …: a carried part. */
  part: number;
  marks: readonly Marked[];
}

/** Hits as marks in the messages they are about; `titleOf` says what the mark says on hover. */
export function marksOfHits(hits: readonly Hit[], titleOf: (hit: Hit) => string): PartMarks[] {
  return hits
    .filter((hit) => hit.subject.type === 'message')
    .map((hit) => ({
      messageId: hit.subject.id,
      part: hit.part,
      marks: hit.spans.map(({ start, end }) => ({ start, end, kind: 'hit' as const, title: titleOf(hit) })),
    }));
}
