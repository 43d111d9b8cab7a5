/** Chats of one text file, read line by line. */
import type { ChatRun } from './chat-run.ts';
import { eachLine, type Line } from './each-line.ts';
import type { ByteSource, ImportEvent, SourceHead } from './importer.ts';

/** What makes messages of a format's lines. */
export interface ReadsLines {
  line(line: Line): void;
  /** Called once behind the last line: what is still open ends with the file. */
  finish(): void;
}

/** Hands `reader` every line, gives out what it made as batches fill, and ends the run. */
export function* readLineChat(
  run: ChatRun,
  source: ByteSource,
  head: SourceHead,
  reader: ReadsLines,
): Generator<ImportEvent> {
  run.batch.range('byte-order-mark', head.bomLength, 1);
  for (const line of eachLine(source, head)) {
    reader.line(line);
    if (run.full) yield* run.batch.drain();
  }
  reader.finish();
  yield* run.finish();
}
