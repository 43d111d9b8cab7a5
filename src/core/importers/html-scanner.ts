/**
 * Records of a web page with their byte ranges, for chat exports in HTML of any size.
 *
 * The importer names the start tag of its records by a pattern (`marker`). The page is read a block
 * at a time and cut at the markers; each piece is parsed on its own by htmlparser2. So memory does not
 * depend on the page, and damage inside a record (a lost end tag, an open quote, a cut) cannot reach
 * beyond the next marker. Markers inside comments, scripts and styles do not count.
 *
 * Use:
 *
 *     const scanner = new HtmlScanner(source, head, { marker: /<div class="message [^>]*>/ });
 *     for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
 *       if (step === 'record') …   // scanner.element, scanner.closed; bytes [start, end), up to `until`
 *       else if (step === 'skip') … // scanner.code says why (`line-too-long`)
 *       else …                      // 'between': scanner.nodes; no record
 *       batch.range(code, scanner.until, scanner.line, count);
 *     }
 *
 * The steps touch: each begins where the last one's `until` was, the first behind the byte order mark
 * (or at `from`), and the last ends at the source's end (or at `to`). A record ends with its end tag;
 * what stands between it and the next marker is a `between` of its own, except white space, which
 * belongs to the record. A record without its end tag (`closed` false) reaches to the next marker: it
 * is damaged, or encloses the markers that follow it; its importer decides.
 *
 * Offsets are exact for every encoding and for damaged text: `<` and `>` are never part of another
 * character, and decoding never swallows them, so that the k-th of the text is the k-th of the bytes.
 */
import { decoderOf, isDamaged, scanUnits, unitSize } from './encoding.ts';
import { type HtmlElement, type HtmlNode, parseHtml } from './html-tree.ts';
import type { ByteSource, Encoding, RangeCode, SourceHead } from './importer.ts';
import { BLOCK_SIZE, LINE_LIMIT } from './line-scanner.ts';

export interface HtmlOptions {
  /**
   * Matches the start tag of a record, beginning with its `<`. It should hold a quoted attribute, so
   * that no attribute's value and no escaped text can pass for it.
   */
  readonly marker: RegExp;
  /** The page's place where the source holds more than it (a part of a MIME file), in bytes. */
  readonly from?: number;
  readonly to?: number;
  /** 1-based line of `from`. */
  readonly line?: number;
}

export type HtmlStep = 'record' | 'between' | 'skip' | 'end';

/** A place in the window, in both measures. */
interface Place {
  readonly text: number;
  readonly unit: number;
}

const LF = 10;
const SPACES: ReadonlySet<number> = new Set([9, LF, 12, 13, 32]);
const LESS = 0x3c;
const GREATER = 0x3e;
/** What hides markers: comments, scripts and styles, with what ends them. */
const HIDDEN = /<!--|<(script|style)\b/gi;
/** Longest start tag that a block's end may cut, in code units. */
const TAG_REACH = 4096;

export class HtmlScanner {
  /** The current step: bytes from `start` to `end`, with the white space behind it to `until`. */
  start: number;
  end: number;
  until: number;
  /** 1-based line of `start`. */
  line: number;
  /** What the step holds; for a record, `element` is the first of them. */
  nodes: readonly HtmlNode[] = [];
  /** Whether the record has its end tag. */
  closed = false;
  /** Why the last step was a `skip`. */
  code: RangeCode = 'line-too-long';

  readonly #source: ByteSource;
  readonly #encoding: Encoding;
  readonly #unitSize: 1 | 2;
  readonly #marker: RegExp;
  readonly #markerHere: RegExp;
  readonly #to: number;
  /** The window: its first byte, its units, its text, whether it reaches the end. */
  #base: number;
  #units: Buffer = Buffer.alloc(0);
  #text = '';
  #final = false;
  #replaced = false;
  /** Where the next step begins, and on which line. */
  #at: Place = { text: 0, unit: 0 };
  #nextLine: number;
  /** The first hidden stretch of text from where it was last looked for. */
  #hidden = { from: -1, to: -1 };
  /** Ends of hidden stretches of which the window has no more. */
  readonly #missing = new Set<string>();
  #raw = '';
  /** First line feed of the window from the last place asked for, or its length. */
  #lineFeed = -1;

  constructor(source: ByteSource, head: SourceHead, options: HtmlOptions) {
    this.#source = source;
    this.#encoding = head.encoding;
    this.#unitSize = unitSize(head.encoding);
    this.#marker = new RegExp(options.marker.source, `${options.marker.flags.replace(/[gy]/g, '')}g`);
    this.#markerHere = new RegExp(options.marker.source, `${options.marker.flags.replace(/[gy]/g, '')}y`);
    this.#to = Math.min(options.to ?? source.size, source.size);
    this.#base = options.from ?? head.bomLength;
    this.start = this.#base;
    this.end = this.#base;
    this.until = this.#base;
    this.#nextLine = options.line ?? 1;
    this.line = this.#nextLine;
  }

  /** The current record. */
  get element(): HtmlElement {
    const element = this.nodes.find((node) => typeof node !== 'string');
    if (element === undefined) throw new Error('no record here');
    return element;
  }

  /** The step's markup as written, without the white space behind it. */
  get markup(): string {
    return this.#raw;
  }

  /** Whether decoding replaced bytes of the current step. */
  get damaged(): boolean {
    if (!this.#replaced || !this.#raw.includes('\ufffd')) return false;
    return isDamaged(this.#source.read(this.start, this.end - this.start), this.#encoding);
  }

  /** Goes to the next step. */
  next(): HtmlStep {
    if (this.until >= this.#to) return 'end';
    if (this.#at.text >= this.#text.length) this.#load(this.until, BLOCK_SIZE);
    const inRecord = this.#isMarkerAt(this.#at.text);
    let end = this.#nextMarker(inRecord);
    while (end === null) {
      const size = this.#units.length * this.#unitSize - this.#at.unit * this.#unitSize;
      if (size >= LINE_LIMIT) return this.#skip();
      this.#load(this.until, Math.min(LINE_LIMIT, Math.max(BLOCK_SIZE, size * 2)));
      end = this.#nextMarker(inRecord);
    }
    const text = this.#text.slice(this.#at.text, end);
    const { children, firstEnd } = parseHtml(text);
    const first = children.findIndex((node) => typeof node !== 'string');
    this.closed = firstEnd >= 0;
    this.nodes = children;
    if (!inRecord) return this.#finish('between', end, end);
    if (first < 0) {
      this.code = this.#final && end === this.#text.length ? 'truncated' : 'bad-row';
      return this.#finish('skip', end, end);
    }
    if (firstEnd < 0) return this.#finish('record', end, end);
    this.nodes = children.slice(0, first + 1);
    let rest = firstEnd;
    while (SPACES.has(text.charCodeAt(rest))) rest++;
    return this.#finish('record', this.#at.text + firstEnd, this.#at.text + rest);
  }

  #isMarkerAt(at: number): boolean {
    this.#markerHere.lastIndex = at;
    return this.#markerHere.test(this.#text);
  }

  /**
   * Text position of the next marker, or of the window's end where that is the page's; null where the
   * window has to be larger to tell.
   */
  #nextMarker(inRecord: boolean): number | null {
    let from = this.#at.text + (inRecord ? 1 : 0);
    for (;;) {
      this.#marker.lastIndex = from;
      const found = this.#marker.exec(this.#text);
      const at = found === null ? this.#text.length : found.index;
      const hidden = this.#hiddenBefore(from, at);
      if (hidden === null) {
        if (found !== null || this.#final) return at;
        return this.#partial(inRecord);
      }
      if (hidden > this.#text.length) {
        // A comment or script without an end hides nothing: damage must not swallow the page.
        if (!this.#final) return null;
        return at;
      }
      from = hidden;
    }
  }

  /** Far from any record, a window's worth is a step of its own, so that a page without records streams. */
  #partial(inRecord: boolean): number | null {
    const end = this.#text.lastIndexOf('<', this.#text.length - TAG_REACH);
    return inRecord || end <= this.#at.text ? null : end;
  }

  /** End of the first hidden stretch that begins in text [from, to); beyond the text where it has none. */
  #hiddenBefore(from: number, to: number): number | null {
    if (this.#hidden.from < from) {
      HIDDEN.lastIndex = from;
      const found = HIDDEN.exec(this.#text);
      if (found === null) {
        this.#hidden = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
      } else {
        const to = this.#closeOf(found[1]?.toLowerCase() ?? '', HIDDEN.lastIndex);
        this.#hidden = { from: found.index, to };
      }
    }
    return this.#hidden.from < to ? this.#hidden.to : null;
  }

  /** Position behind what ends a hidden stretch: an element of this name, or (empty) a comment. */
  #closeOf(name: string, from: number): number {
    if (this.#missing.has(name)) return Number.POSITIVE_INFINITY;
    const closer = name === '' ? /-->/g : new RegExp(`</${name}`, 'gi');
    closer.lastIndex = from;
    if (closer.test(this.#text)) return closer.lastIndex;
    this.#missing.add(name);
    return Number.POSITIVE_INFINITY;
  }

  #load(base: number, size: number): void {
    const bytes = this.#source.read(base, Math.min(size, this.#to - base));
    if (bytes.length === 0) throw new Error(`source ended at byte ${base} of ${this.#to}`);
    this.#base = base;
    this.#final = base + bytes.length >= this.#to;
    this.#units = scanUnits(bytes, this.#encoding);
    this.#text = decoderOf(this.#encoding).decode(bytes);
    this.#replaced = this.#text.includes('\ufffd');
    this.#at = { text: 0, unit: 0 };
    this.#hidden = { from: -1, to: -1 };
    this.#missing.clear();
    this.#lineFeed = -1;
  }

  /** Makes text [at, end) the current step; `until` is behind the white space that belongs to it. */
  #finish(step: HtmlStep, end: number, until: number): HtmlStep {
    this.start = this.until;
    this.line = this.#nextLine;
    this.#raw = this.#text.slice(this.#at.text, end);
    const endPlace = this.#place(end);
    const untilPlace = until === end ? endPlace : this.#spacePlace(endPlace, until);
    this.end = this.#byteOf(endPlace);
    this.until = this.#byteOf(untilPlace);
    this.#nextLine += this.#lines(this.#at.unit, untilPlace.unit);
    this.#at = untilPlace;
    return step;
  }

  /** The place of a text position before a `<`, behind a `>`, or at the window's end. */
  #place(text: number): Place {
    if (text >= this.#text.length) return { text, unit: this.#units.length };
    const code = this.#text.charCodeAt(text) === LESS ? LESS : GREATER;
    const sign = String.fromCharCode(code);
    let unit = this.#at.unit - 1;
    for (let at = this.#text.indexOf(sign, this.#at.text); at >= 0; at = this.#text.indexOf(sign, at + 1)) {
      if (code === LESS ? at > text : at >= text) break;
      unit = this.#units.indexOf(code, unit + 1);
    }
    return { text, unit: code === LESS ? unit : unit + 1 };
  }

  /** The place behind white space (ASCII characters of one unit each). */
  #spacePlace(from: Place, text: number): Place {
    if (text >= this.#text.length) return { text, unit: this.#units.length };
    return { text, unit: from.unit + (text - from.text) };
  }

  #byteOf(place: Place): number {
    return Math.min(this.#to, this.#base + place.unit * this.#unitSize);
  }

  #lines(from: number, to: number): number {
    // The next line feed is remembered: a page may be one line, which must not be searched for every step.
    if (this.#lineFeed < from) this.#lineFeed = this.#lineFeedFrom(from);
    let lines = 0;
    for (; this.#lineFeed < to; this.#lineFeed = this.#lineFeedFrom(this.#lineFeed + 1)) lines++;
    return lines;
  }

  #lineFeedFrom(from: number): number {
    const found = this.#units.indexOf(LF, from);
    return found < 0 ? this.#units.length : found;
  }

  /** Gives up a window's worth: what begins here is longer than any record may be. */
  #skip(): HtmlStep {
    this.code = 'line-too-long';
    this.nodes = [];
    const tag = this.#text.lastIndexOf('<', this.#text.length - TAG_REACH);
    const end = tag > this.#at.text ? tag : this.#text.length;
    return this.#finish('skip', end, end);
  }
}
