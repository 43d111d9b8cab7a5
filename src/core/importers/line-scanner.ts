/**
 * Lines of a source with their byte offsets, a block at a time.
 *
 * A block is read, cut behind its last line terminator, and decoded in one call; the terminators are
 * found on the bytes. Only LF ends a line (CRLF included); in a file of the old Macintosh kind, with
 * CR and no LF in its head, CR does. U+2028, U+0085 and the like are text. A line without a
 * terminator within `LINE_LIMIT` is reported as too long, without keeping it, and reading goes on
 * behind it; so memory does not depend on the source.
 */
import { decoderOf, scanUnits, unitSize } from './encoding.ts';
import type { ByteSource, Encoding, SourceHead } from './importer.ts';

/** Bytes read at a time. */
export const BLOCK_SIZE = 1 << 20;

/** Longest line, CSV row or JSON element that is read, in bytes. */
export const LINE_LIMIT = 16 << 20;

const LF = 10;
const CR = 13;

export interface LineBlock {
  readonly tooLong: false;
  /** The block's whole lines with their terminators; at the source's end the last may have none. */
  readonly text: string;
  /** Byte offset of the block. */
  readonly base: number;
  /** Byte offset behind the block. */
  readonly end: number;
  /** 1-based number of the first line. */
  readonly line: number;
  readonly lines: number;
  /** For each line, the byte offset behind it, relative to `base`. Valid until the next `load`. */
  readonly ends: Int32Array;
  /** Whether the text has a U+FFFD: bytes may have been replaced. */
  readonly replaced: boolean;
  /** Whether the block reaches the source's end. */
  readonly final: boolean;
}

export interface LongLine {
  readonly tooLong: true;
  readonly base: number;
  readonly end: number;
  readonly line: number;
}

/** The code of the character that ends a line in this source: LF, or CR where the head has only that. */
export function lineTerminator(head: SourceHead): 10 | 13 {
  return head.text.includes('\n') || !head.text.includes('\r') ? LF : CR;
}

export class LineReader {
  readonly encoding: Encoding;
  readonly terminator: 10 | 13;
  readonly unitSize: 1 | 2;
  readonly #source: ByteSource;
  #ends = new Int32Array(1 << 14);

  constructor(source: ByteSource, head: SourceHead) {
    this.#source = source;
    this.encoding = head.encoding;
    this.terminator = lineTerminator(head);
    this.unitSize = unitSize(head.encoding);
  }

  /** The line terminator as text. */
  get terminatorText(): '\n' | '\r' {
    return this.terminator === LF ? '\n' : '\r';
  }

  /**
   * The lines from byte `base`, the beginning of line `line`: at least one, and about `size` bytes.
   * Null at the source's end.
   */
  load(base: number, line: number, size = BLOCK_SIZE): LineBlock | LongLine | null {
    if (base >= this.#source.size) return null;
    const bytes = this.#source.read(base, size);
    if (bytes.length === 0) throw new Error(`source ended at byte ${base} of ${this.#source.size}`);
    const final = base + bytes.length >= this.#source.size;
    const lines = this.#findLines(bytes, final);
    if (lines === 0) {
      if (bytes.length >= LINE_LIMIT) return this.#longLine(base, line);
      return this.load(base, line, Math.min(size * 2, LINE_LIMIT));
    }
    const length = this.#ends[lines - 1] as number;
    if (lines === 1 && length > LINE_LIMIT) return { tooLong: true, base, end: base + length, line };
    const text = decoderOf(this.encoding).decode(bytes.subarray(0, length));
    const replaced = text.includes('\ufffd');
    return { tooLong: false, text, base, end: base + length, line, lines, ends: this.#ends, replaced, final };
  }

  /** Raw bytes of the source, for a closer look at one record. */
  bytes(start: number, end: number): Uint8Array {
    return this.#source.read(start, end - start);
  }

  #findLines(bytes: Uint8Array, final: boolean): number {
    const units = scanUnits(bytes, this.encoding);
    const size = this.unitSize;
    let count = 0;
    let from = 0;
    for (let at = units.indexOf(this.terminator); at >= 0; at = units.indexOf(this.terminator, from)) {
      from = at + 1;
      this.#setEnd(count++, from * size);
    }
    if (final && from * size < bytes.length) this.#setEnd(count++, bytes.length);
    return count;
  }

  #setEnd(index: number, end: number): void {
    if (index === this.#ends.length) {
      const grown = new Int32Array(index * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[index] = end;
  }

  #longLine(base: number, line: number): LongLine {
    const size = this.#source.size;
    let offset = base;
    while (offset < size) {
      const bytes = this.#source.read(offset, BLOCK_SIZE);
      if (bytes.length === 0) throw new Error(`source ended at byte ${offset} of ${size}`);
      const at = scanUnits(bytes, this.encoding).indexOf(this.terminator);
      if (at >= 0)
        return { tooLong: true, base, end: Math.min(size, offset + (at + 1) * this.unitSize), line };
      offset += bytes.length;
    }
    return { tooLong: true, base, end: size, line };
  }
}
