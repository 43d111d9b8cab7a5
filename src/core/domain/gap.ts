import { z } from 'zod';
import { Count, Uid } from './page.ts';

export const GapKind = z.enum(['missing-days', 'sequence-hole', 'backwards', 'damage']);
export type GapKind = z.infer<typeof GapKind>;

/** Calendar day, `YYYY-MM-DD`, in the zone of the question. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const Gap = z.object({
  kind: GapKind,
  /** Messages on both sides of it. */
  before: Uid.nullable(),
  after: Uid.nullable(),
  fromDay: Day.nullable(),
  toDay: Day.nullable(),
  /** Days, milliseconds, numbers or messages, by kind. */
  size: Count,
  /** Messages that the density around would have brought into missing days. */
  expected: Count,
  detail: z.string().nullable(),
});
export type Gap = z.infer<typeof Gap>;

/** What a scope's own messages can show to be missing. Complete relative to the file, never to the chat. */
export const GapReport = z.object({
  messages: Count,
  /** Messages without a readable time. */
  untimed: Count,
  /** Skipped records of the source; null where the question is about a conversation of all sources. */
  skipped: Count.nullable(),
  days: z.array(z.object({ day: Day, messages: Count })),
  counts: z.record(GapKind, Count),
  /** At most 500 of each kind, gravest first. */
  gaps: z.array(Gap),
  /** `none`: no numbers; `loose`: not consecutive in this file, so holes say nothing. */
  sequence: z.enum(['none', 'loose', 'consecutive']),
});
export type GapReport = z.infer<typeof GapReport>;

/** How dense a conversation is around one message. */
export const Density = z.object({
  /** Messages of the seven days before, of its own day, and of the seven after; oldest first. */
  days: z.array(z.object({ day: Day, messages: Count })),
  /** Milliseconds since the message before and until the one after; null where there is none. */
  sinceBefore: Count.nullable(),
  untilAfter: Count.nullable(),
  /** Messages of the conversation a day, over its days with messages. */
  usual: z.number(),
});
export type Density = z.infer<typeof Density>;
