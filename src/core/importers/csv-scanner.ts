/**
 * Rows of delimited text with byte offsets: RFC 4180, and sensible about files that break it.
 *
 * A row is taken as RFC 4180 reads it whenever that gives the expected columns, even if a quoted
 * field holds lines that look like rows themselves: whoever writes a message must not be able to
 * forge rows. Only where that reading fails is a quote inside a field taken literally, first within
 * the line, then over several lines. What still does not fit is a bad row of one line, and reading
 * goes on at the next line, so a stray quote costs its own row and no other.
 */
import { isDamaged } from './encoding.ts';
import type { ByteSource, RangeCode, SourceHead } from './importer.ts';
import { BLOCK_SIZE, LINE_LIMIT, type LineBlock, LineReader } from './line-scanner.ts';

const QUOTE = 34;
const CR = 13;
const LF = 10;
/** How far the lenient reading may look over line ends, in characters. */
const LENIENT_REACH = 1 << 16;
/** Opening quotes of one line whose end is looked for in vain; further ones are text. */
const MAX_UNCLOSED = 32;

/**
 * `strict`: RFC 4180. `line`: within the line, a quote closes a field only before a delimiter or the
 * line's end, and one that never closes is text. `lenient`: the same over several lines.
 */
type Reading = 'strict' | 'line' | 'lenient';
/** `open`: the block ends inside a quoted field. */
type Outcome = 'row' | 'open' | 'malformed';

export type CsvStep = 'row' | 'blank' | 'skip' | 'end';

export interface CsvOptions {
  readonly delimiter: string;
  /** Whether rows with fewer fields than columns are rows (hand-made lists). */
  readonly ragged?: boolean;
}

export class CsvScanner {
  /** Expected number of columns; 0 while it is not known. */
  columns = 0;
  /** Says whether the current fields make a row of this table. Asked only where the columns fit. */
  accept: (() => boolean) | null = null;

  /** The current row: bytes from `start` to `end` without its terminator, to `until` with it. */
  start = 0;
  end = 0;
  until: number;
  /** 1-based number of the row's first line. */
  line = 0;
  /** Number of fields of the current row. */
  fields = 0;
  /** Why the last step was a `skip`. */
  code: RangeCode = 'bad-row';
  /** Whether the current row has a line terminator; only the last of a source can lack one. */
  terminated = true;

  readonly #reader: LineReader;
  readonly #delimiter: number;
  readonly #terminator: number;
  readonly #ragged: boolean;
  #block: LineBlock | null = null;
  #text = '';
  /** Where the next row begins: in the text, as line of the block, and as line of the source. */
  #at = 0;
  #lineIndex = 0;
  #nextLine = 1;
  /** The last reading: its fields, the text position behind its terminator, its number of lines. */
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #escaped = new Uint8Array(64);
  #rowEnd = 0;
  #rowLines = 0;
  #rowStart = 0;
  /** Position of a U+FFFD with none between the row it was looked up for and itself. */
  #replacedAt = -1;
  /** No line terminator stands between these two positions. */
  #searchedFrom = 0;
  #terminatorAt = -1;

  constructor(source: ByteSource, head: SourceHead, options: CsvOptions) {
    this.#reader = new LineReader(source, head);
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#terminator = this.#reader.terminator;
    this.#ragged = options.ragged ?? false;
    this.until = head.bomLength;
  }

  /** Goes to the next row. On `row` its fields are there, on `skip` the reason is in `code`. */
  next(): CsvStep {
    if (this.#block === null || this.#at >= this.#text.length) {
      const loaded = this.#reader.load(this.until, this.#nextLine);
      if (loaded === null) return 'end';
      if (loaded.tooLong) {
        this.#block = null;
        this.start = loaded.base;
        this.end = loaded.end;
        this.until = loaded.end;
        this.line = this.#nextLine++;
        this.fields = 0;
        this.code = 'line-too-long';
        return 'skip';
      }
      this.#enter(loaded);
    }
    const outcome = this.#readStrict();
    if (outcome === 'row' && this.#isEmpty()) return this.#finish('blank');
    if (outcome === 'row' && this.#fits()) return this.#finish('row');
    if (this.#read('line') === 'row' && this.#fits()) return this.#finish('row');
    if (outcome !== 'row' && this.#read('lenient') === 'row' && this.#fits() && !this.#swallowsRows()) {
      return this.#finish('row');
    }
    this.#read('line');
    if (this.fields === 1 && this.field(0).trim() === '') return this.#finish('blank');
    this.#finish('skip');
    this.code = this.terminated ? 'bad-row' : 'truncated';
    return 'skip';
  }

  /** Text of field `index` of the current row, unescaped; the empty string where there is none. */
  field(index: number): string {
    if (index < 0 || index >= this.fields) return '';
    const text = this.#text.substring(this.#starts[index] as number, this.#ends[index] as number);
    return this.#escaped[index] === 1 ? text.replaceAll('""', '"') : text;
  }

  /** Whether decoding replaced bytes of the current row. */
  get damaged(): boolean {
    if (!this.#block?.replaced) return false;
    if (this.#replacedAt < this.#rowStart) {
      const at = this.#text.indexOf('\ufffd', this.#rowStart);
      this.#replacedAt = at < 0 ? this.#text.length : at;
    }
    if (this.#replacedAt >= this.#rowEnd) return false;
    return isDamaged(this.#reader.bytes(this.start, this.end), this.#reader.encoding);
  }

  #enter(block: LineBlock): void {
    this.#block = block;
    this.#text = block.text;
    this.#at = 0;
    this.#lineIndex = 0;
    this.#replacedAt = -1;
    this.#terminatorAt = -1;
  }

  /** Reads by RFC 4180; where a quoted field runs out of the block, a larger one is loaded. */
  #readStrict(): Outcome {
    let outcome = this.#read('strict');
    let size = BLOCK_SIZE;
    while (outcome === 'open' && !this.#block?.final && size < LINE_LIMIT) {
      size = Math.min(size * 2, LINE_LIMIT);
      const larger = this.#reader.load(this.until, this.#nextLine, size);
      if (larger === null || larger.tooLong) break;
      this.#enter(larger);
      outcome = this.#read('strict');
    }
    return outcome;
  }

  #read(reading: Reading): Outcome {
    const text = this.#text;
    const delimiter = this.#delimiter;
    const terminator = this.#terminator;
    const limit = this.#limit(reading);
    let unclosed = 0;
    this.#rowStart = this.#at;
    this.#rowLines = 1;
    let n = 0;
    let i = this.#at;
    for (;;) {
      if (n === this.#starts.length) this.#growFields();
      let j = -1;
      if (i < limit && text.charCodeAt(i) === QUOTE && unclosed < MAX_UNCLOSED) {
        const close = this.#closingQuote(reading, i + 1, limit, n);
        if (close >= 0) {
          this.#starts[n] = i + 1;
          this.#ends[n] = close;
          j = close + 1;
        } else if (reading === 'line') {
          unclosed++;
        } else {
          return close === -1 ? 'open' : 'malformed';
        }
      }
      if (j < 0) {
        j = i;
        for (let c = 0; j < limit; j++) {
          c = text.charCodeAt(j);
          if (c === delimiter || c === terminator) break;
        }
        this.#starts[n] = i;
        this.#ends[n] = j;
        this.#escaped[n] = 0;
        if (j > i && terminator === LF && text.charCodeAt(j - 1) === CR && text.charCodeAt(j) === LF) {
          this.#ends[n] = j - 1;
        }
      }
      n++;
      if (j >= limit && reading === 'lenient' && limit < text.length) return 'malformed';
      const after = text.charCodeAt(j);
      if (after === delimiter && j < limit) {
        i = j + 1;
        continue;
      }
      if (after === CR && terminator === LF && text.charCodeAt(j + 1) === LF) j++;
      this.fields = n;
      this.#rowEnd = j < text.length ? j + 1 : j;
      return 'row';
    }
  }

  #limit(reading: Reading): number {
    const length = this.#text.length;
    if (reading === 'strict') return length;
    if (reading === 'lenient') return Math.min(length, this.#at + LENIENT_REACH);
    return this.#terminatorAfter(this.#at);
  }

  /**
   * Position of the quote that closes the field whose content begins at `from`: -1 where there is
   * none before `limit`, -2 where the strict reading finds one in a place where none may stand.
   * Counts the line terminators that the field holds.
   */
  #closingQuote(reading: Reading, from: number, limit: number, n: number): number {
    const text = this.#text;
    this.#escaped[n] = 0;
    for (let j = from; ; ) {
      const at = text.indexOf('"', j);
      if (at < 0 || at >= limit) return -1;
      const after = text.charCodeAt(at + 1);
      if (after === QUOTE && at + 1 < limit) {
        this.#escaped[n] = 1;
        j = at + 2;
        continue;
      }
      const lineEnd = this.#endsLine(at + 1);
      const closes =
        after === this.#delimiter ||
        (lineEnd && (reading !== 'lenient' || this.columns === 0 || n + 1 === this.columns));
      if (closes) {
        this.#countLines(from, at);
        return at;
      }
      if (reading === 'strict') return -2;
      j = at + 1;
    }
  }

  /** Whether a row over several lines has one below its first with the delimiters of half a row or more. */
  #swallowsRows(): boolean {
    const text = this.#text;
    let delimiters = 0;
    for (
      let i = text.indexOf(this.#reader.terminatorText, this.#rowStart);
      i >= 0 && i < this.#rowEnd - 1;
      i++
    ) {
      const c = text.charCodeAt(i);
      if (c === this.#terminator) delimiters = 0;
      else if (c === this.#delimiter && ++delimiters * 2 >= this.columns) return true;
    }
    return false;
  }

  #endsLine(at: number): boolean {
    const text = this.#text;
    if (at >= text.length) return true;
    const c = text.charCodeAt(at);
    if (c === this.#terminator) return true;
    // At the source's end the line feed behind it may have been cut off.
    return c === CR && this.#terminator === LF && (at + 1 >= text.length || text.charCodeAt(at + 1) === LF);
  }

  #countLines(from: number, to: number): void {
    for (let at = this.#terminatorAfter(from); at < to; at = this.#terminatorAfter(at + 1)) this.#rowLines++;
  }

  /** Position of the first line terminator from `from`, remembered so that a long line is searched once. */
  #terminatorAfter(from: number): number {
    if (from < this.#searchedFrom || from > this.#terminatorAt) {
      const at = this.#text.indexOf(this.#reader.terminatorText, from);
      this.#searchedFrom = from;
      this.#terminatorAt = at < 0 ? this.#text.length : at;
    }
    return this.#terminatorAt;
  }

  #growFields(): void {
    const size = this.#starts.length * 2;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    const escaped = new Uint8Array(size);
    starts.set(this.#starts);
    ends.set(this.#ends);
    escaped.set(this.#escaped);
    this.#starts = starts;
    this.#ends = ends;
    this.#escaped = escaped;
  }

  /** Whether the row has delimiters at most. */
  #isEmpty(): boolean {
    if (this.#rowEnd - this.#rowStart > this.fields + 1) return false;
    for (let i = 0; i < this.fields; i++) if (this.#starts[i] !== this.#ends[i]) return false;
    return true;
  }

  #fits(): boolean {
    const { columns } = this;
    if (columns > 0) {
      while (this.fields > columns && this.#starts[this.fields - 1] === this.#ends[this.fields - 1])
        this.fields--;
      if (this.fields > columns || (this.fields < columns && !this.#ragged)) return false;
    }
    return this.accept === null || this.accept();
  }

  /** Makes the last reading the current row. */
  #finish(step: CsvStep): CsvStep {
    const block = this.#block as LineBlock;
    const text = this.#text;
    this.start = this.until;
    this.line = this.#nextLine;
    this.#lineIndex += this.#rowLines;
    this.#nextLine += this.#rowLines;
    this.until = block.base + (block.ends[this.#lineIndex - 1] as number);
    this.#at = this.#rowEnd;
    this.terminated = this.#rowEnd > this.#rowStart && text.charCodeAt(this.#rowEnd - 1) === this.#terminator;
    let terminatorUnits = this.terminated ? 1 : 0;
    if (this.terminated && this.#terminator === LF && text.charCodeAt(this.#rowEnd - 2) === CR)
      terminatorUnits = 2;
    this.end = Math.max(this.start, this.until - terminatorUnits * this.#reader.unitSize);
    return step;
  }
}
