/**
 * Text exports whose messages are blocks: a head on a line of its own, the text below, a blank line
 * behind. A head counts only at the beginning or behind a blank line, so that a line of somebody's
 * text that looks like one is text.
 */
import type { ChatRun, Place } from '../../chat-run.ts';
import { eachLine } from '../../each-line.ts';
import type { ByteSource, ImportEvent, ImportOptions, MessageFlag } from '../../importer.ts';
import { TextRecords } from '../../text-records.ts';

export interface TextBlock<Head> {
  readonly head: Head;
  readonly text: string;
  /** Blank lines between the head and the next one, where the block has no text. */
  readonly blanks: number;
  readonly flags: readonly MessageFlag[];
}

export interface BlockFormat<Head> {
  /** The head that a line is; null for any other line. */
  headOf(line: string): Head | null;
  /** Whether a last line without an end can be a head's beginning. */
  isCut(line: string): boolean;
  /** Whether a line behind a blank was a head before it was damaged. */
  isDamaged(line: string): boolean;
  /** Whether a line is no message and no text (the rule between days); what it says is taken here. */
  isRule?(line: string): boolean;
  /** Books a whole block. */
  emit(block: TextBlock<Head>, place: Place): void;
}

/** The events of a text of blocks, without the last ones: `finish` of the run gives those. */
export function* readBlocks<Head>(
  source: ByteSource,
  options: ImportOptions,
  run: ChatRun,
  format: BlockFormat<Head>,
): Generator<ImportEvent> {
  let blanks = 0;
  const records = new TextRecords<Head>(run.batch, ({ head, lines, flags }, place) => {
    format.emit({ head, text: lines.join('\n'), blanks: lines.length === 0 ? blanks : 0, flags }, place);
  });
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  let free = true;
  for (const line of eachLine(source, options.head)) {
    const { text } = line;
    if (text === null) {
      records.book('line-too-long', line, 1);
      free = true;
      continue;
    }
    const head = free ? format.headOf(text) : null;
    const blank = text.trim() === '';
    if (head !== null && (line.terminated || !format.isCut(text))) {
      records.begin(head, line, null);
      blanks = 0;
    } else if (free && !line.terminated && !blank && format.isCut(text)) records.book('truncated', line, 1);
    else if (format.isRule?.(text)) records.book('structure', line);
    else if (free && !blank && format.isDamaged(text)) records.book('bad-row', line, 1);
    else {
      if (blank) blanks++;
      records.more(line);
    }
    free = blank || (format.isRule?.(text) ?? false);
    if (run.full) yield* run.batch.drain();
  }
  records.close();
}

const TIME = '2026-01-05 10:00:00';

/** Whether a text is the beginning of a time `YYYY-MM-DD HH:MM:SS`, or all of it. */
export function beginsTime(text: string): boolean {
  return text.length <= TIME.length && FULL_TIME.test(text + TIME.slice(text.length));
}

const FULL_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Whether a line begins with a time of which a few characters are wrong or missing. */
export function hasDamagedTime(line: string): boolean {
  const start = line.slice(0, TIME.length);
  if (FULL_TIME.test(start)) return false;
  let right = 0;
  for (let i = 0, k = 0; i < start.length && k < TIME.length; i++, k++) {
    const wanted = TIME.charCodeAt(k);
    const digit = wanted >= 48 && wanted <= 57;
    const code = start.charCodeAt(i);
    if (digit ? code >= 48 && code <= 57 : code === wanted) right++;
    // One character lost: what follows stands one place further left.
    else if (!digit && start.charCodeAt(i - 1) === wanted) i--;
  }
  return right >= 14;
}
