/** A movable window onto the bytes of a JSON source, as scan units with byte offsets and line numbers. */
import { decoderOf, scanUnits, unitSize } from './encoding.ts';
import type { ByteSource, Encoding, SourceHead } from './importer.ts';
import { BLOCK_SIZE, LINE_LIMIT } from './line-scanner.ts';

const LF = 10;

/** Number of line feeds in units [from, to). */
export function countLines(units: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (units[i] === LF) lines++;
  return lines;
}

export class JsonWindow {
  readonly encoding: Encoding;
  /** Scan units in the window, and their number. */
  units: Buffer = Buffer.alloc(0);
  length = 0;
  /** Whether the window reaches the source's end. */
  final = false;
  /** Index of the current unit, and the 1-based line it stands on. */
  at = 0;
  line = 1;
  readonly #source: ByteSource;
  readonly #unitSize: 1 | 2;
  #bytes: Uint8Array = new Uint8Array(0);
  #base: number;

  constructor(source: ByteSource, head: SourceHead) {
    this.#source = source;
    this.encoding = head.encoding;
    this.#unitSize = unitSize(head.encoding);
    this.#base = head.bomLength;
    this.#load(this.#base, BLOCK_SIZE);
  }

  /** Byte offset of unit `index`. */
  byteAt(index: number): number {
    return Math.min(this.#source.size, this.#base + index * this.#unitSize);
  }

  /** Whether growing the window could show more of what begins at the current unit. */
  get canGrow(): boolean {
    return !this.final && (this.length - this.at) * this.#unitSize < LINE_LIMIT;
  }

  /** Moves the window's beginning to the current unit and reads at least twice as far as before. */
  grow(): void {
    const ahead = (this.length - this.at) * this.#unitSize;
    this.#load(this.byteAt(this.at), Math.min(LINE_LIMIT, Math.max(BLOCK_SIZE, ahead * 2)));
  }

  /** Goes to unit `index`, counting lines on the way. */
  moveTo(index: number): void {
    this.line += countLines(this.units, this.at, index);
    this.at = index;
  }

  /** Raw bytes and text of units [from, to). */
  bytes(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from * this.#unitSize, to * this.#unitSize);
  }

  text(from: number, to: number): string {
    return decoderOf(this.encoding).decode(this.bytes(from, to));
  }

  #load(base: number, size: number): void {
    const bytes = this.#source.read(base, size);
    if (bytes.length === 0 && base < this.#source.size) {
      throw new Error(`source ended at byte ${base} of ${this.#source.size}`);
    }
    this.#base = base;
    this.#bytes = bytes;
    this.units = scanUnits(bytes, this.encoding);
    this.length = this.units.length;
    this.final = base + bytes.length >= this.#source.size;
    this.at = 0;
  }
}
