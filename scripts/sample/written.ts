import type { Line } from './script.ts';

/** One record of an output file, with what was said in it. */
export interface WrittenLine {
  readonly file: string;
  /** 1-based number of the record's first line in its file. */
  readonly line: number;
  /** The record as written, without its terminator. */
  readonly record: string;
  /** Null for records that are no message. */
  readonly said: {
    /** The platform's message id; null where the format has none. */
    readonly id: string | null;
    readonly conversation: string;
    /** The sender's name as a reader knows it; null for system messages. */
    readonly sender: string | null;
    readonly senderId: string | null;
    readonly source: Line;
  } | null;
}
