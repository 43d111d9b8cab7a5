/**
 * Messages of text exports: a line with a head, the lines below it, blank lines between. A blank line
 * is part of a message only where more of its text follows.
 */
import type { EventBatch } from './batch.ts';
import type { Place } from './chat-run.ts';
import type { Line } from './each-line.ts';
import type { MessageFlag, RangeCode } from './importer.ts';
import { NONE } from './text.ts';

export interface TextRecord<Head> {
  readonly head: Head;
  /** The message's lines; the first is what stands on the head's own line, where the format has that. */
  readonly lines: readonly string[];
  readonly flags: readonly MessageFlag[];
}

interface OpenRecord<Head> {
  readonly head: Head;
  readonly lines: string[];
  readonly start: number;
  readonly line: number;
  end: number;
  until: number;
  damaged: boolean;
}

/** Longest line that the end of a file may have left of a head, in code units. */
const STUMP = 60;

/**
 * Whether a last line without a line end, behind an empty one, may be the beginning of a head whose
 * format begins it with a name: better a line named as cut off than words put into somebody's mouth.
 */
export function isStump(line: Line, behindBlank: boolean): boolean {
  return (
    !line.terminated &&
    behindBlank &&
    line.text !== null &&
    line.text.length <= STUMP &&
    line.text.trim() !== ''
  );
}

const DAMAGED: readonly MessageFlag[] = ['invalid-bytes-replaced'];

export class TextRecords<Head> {
  readonly #batch: EventBatch;
  readonly #emit: (record: TextRecord<Head>, place: Place) => void;
  #open: OpenRecord<Head> | null = null;
  /** Blank lines that nothing has followed yet. */
  #blanks: Line[] = [];

  /** `emit` receives each whole message and books its bytes. */
  constructor(batch: EventBatch, emit: (record: TextRecord<Head>, place: Place) => void) {
    this.#batch = batch;
    this.#emit = emit;
  }

  /** The head of the message that is open; null where none is. */
  get head(): Head | null {
    return this.#open?.head ?? null;
  }

  /** How many lines the open message has, blank ones below it not counted. */
  get length(): number {
    return this.#open?.lines.length ?? 0;
  }

  /** Whether the line above was empty. */
  get behindBlank(): boolean {
    return this.#blanks.length > 0;
  }

  /** Begins a message. `first` is its text on the head's line; null where the text begins below. */
  begin(head: Head, line: Line, first: string | null): void {
    this.close();
    const { start, end, until, damaged } = line;
    this.#open = { head, lines: first === null ? [] : [first], start, line: line.line, end, until, damaged };
  }

  /** Takes a line that begins no message: text of the one above, a blank, or text that nobody wrote. */
  more(line: Line): void {
    const text = line.text as string;
    const open = this.#open;
    if (text.trim() === '') {
      if (open === null) this.#batch.range('blank', line.until, line.line);
      else this.#blanks.push(line);
      return;
    }
    if (open === null) {
      this.#batch.range('unattached-text', line.until, line.line, 1);
      return;
    }
    for (const blank of this.#blanks) open.lines.push(blank.text as string);
    this.#blanks = [];
    open.lines.push(text);
    open.end = line.end;
    open.until = line.until;
    open.damaged ||= line.damaged;
  }

  /** Books a line that is no part of a message; the one above is complete. */
  book(code: RangeCode, line: Line, count = 0): void {
    this.close();
    this.#batch.range(code, line.until, line.line, count);
  }

  /** Completes the message that is open. */
  close(): void {
    const open = this.#open;
    if (open !== null) {
      this.#open = null;
      const { start, end, until, line } = open;
      const flags = open.damaged ? DAMAGED : NONE;
      this.#emit({ head: open.head, lines: open.lines, flags }, { start, end, until, line });
    }
    for (const blank of this.#blanks) this.#batch.range('blank', blank.until, blank.line);
    this.#blanks = [];
  }
}
