/** The lines of a source one by one, with their bytes. */
import { isDamaged } from './encoding.ts';
import type { ByteSource, SourceHead } from './importer.ts';
import { LineReader } from './line-scanner.ts';

export interface Line {
  /** Without its terminator. Null for a line that is too long to be read. */
  readonly text: string | null;
  /** Byte range without, and end with the terminator. */
  readonly start: number;
  readonly end: number;
  readonly until: number;
  /** 1-based. */
  readonly line: number;
  /** Whether it has a terminator; only the last of a source can lack one. */
  readonly terminated: boolean;
  /** Whether decoding replaced bytes of it. */
  readonly damaged: boolean;
}

/** All lines behind the byte order mark. */
export function* eachLine(source: ByteSource, head: SourceHead): Generator<Line> {
  const reader = new LineReader(source, head);
  let offset = head.bomLength;
  let line = 1;
  for (let block = reader.load(offset, line); block !== null; block = reader.load(offset, line)) {
    if (block.tooLong) {
      const { base, end } = block;
      yield { text: null, start: base, end, until: end, line, terminated: true, damaged: false };
      line++;
    } else {
      const { text, base, ends, replaced, lines } = block;
      let at = 0;
      let start = base;
      for (let i = 0; i < lines; i++) {
        const terminator = text.indexOf(reader.terminatorText, at);
        const terminated = terminator >= 0;
        let textEnd = terminated ? terminator : text.length;
        const next = textEnd + 1;
        const until = base + (ends[i] as number);
        let end = terminated ? until - reader.unitSize : until;
        if (textEnd > at && text.charCodeAt(textEnd - 1) === 13) {
          textEnd--;
          end -= reader.unitSize;
        }
        const words = text.substring(at, textEnd);
        const damaged =
          replaced && words.includes('\ufffd') && isDamaged(reader.bytes(start, end), reader.encoding);
        yield { text: words, start, end, until, line: line + i, terminated, damaged };
        at = next;
        start = until;
      }
      line += lines;
    }
    offset = block.end;
  }
}
