import { z } from 'zod';
import { MessageKind } from './message.ts';
import { Count, Instant, Uid } from './page.ts';

/** One side's export: a source, and a conversation of it where it holds several. */
export const ReconciliationSide = z.object({ sourceId: Uid, conversationId: Uid.nullish() });
export type ReconciliationSide = z.infer<typeof ReconciliationSide>;

export const ReconciliationInput = z.object({
  a: ReconciliationSide,
  b: ReconciliationSide,
  /** Seconds by which times may differ beyond the clocks' offset; absent: the usual 5. */
  tolerance: Count.max(86_400).nullish(),
});
export type ReconciliationInput = z.infer<typeof ReconciliationInput>;

export const RowKind = z.enum(['matched', 'only-a', 'only-b', 'differs']);
export const Difference = z.enum(['recall', 'edit', 'clock']);

/** A message as one side's export tells it. */
export const ToldMessage = z.object({
  id: Uid,
  sentAt: Instant.nullable(),
  sentAtText: z.string(),
  sender: z.string().nullable(),
  kind: MessageKind,
  text: z.string(),
  locator: z.object({ start: Count, end: Count, line: Count }),
});
export type ToldMessage = z.infer<typeof ToldMessage>;

export const ReconciliationRow = z.object({
  /** Place in the comparison, from 0. */
  position: Count,
  kind: RowKind,
  differences: z.array(Difference),
  /** On one side only, at a time that the other side's export does not reach. */
  outside: z.boolean(),
  /** B's time minus A's beyond the clocks' offset, in milliseconds. */
  residual: z.number().int().nullable(),
  a: ToldMessage.nullable(),
  b: ToldMessage.nullable(),
});
export type ReconciliationRow = z.infer<typeof ReconciliationRow>;

const Told = z.object({ file: z.string(), conversation: z.string().nullable(), messages: Count });

export const ReconciliationSummary = z.object({
  a: Told,
  b: Told,
  matched: Count,
  /** On one side only, within the time that the other side's export covers. */
  onlyA: Count,
  onlyB: Count,
  /** On one side only, outside of it. */
  outsideA: Count,
  outsideB: Count,
  differs: Count,
  recalled: Count,
  edited: Count,
  clock: Count,
  /** Estimated offset of B's clock against A's, in milliseconds, from so many messages of those tried. */
  offset: z.object({
    milliseconds: z.number().int(),
    anchors: Count,
    agreeing: Count,
    zoneLike: z.boolean(),
  }),
  /** Milliseconds by which times were allowed to differ. */
  tolerance: Count,
});
export type ReconciliationSummary = z.infer<typeof ReconciliationSummary>;

/** A conversation that a source holds. */
export const SourceConversation = z.object({
  conversationId: Uid,
  name: z.string().nullable(),
  messages: Count,
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});
export type SourceConversation = z.infer<typeof SourceConversation>;
