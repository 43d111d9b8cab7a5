/** One alignment of a term with a text: for each unit, the elements it takes and how they are read. */

/** How elements are read. */
export const READ = {
  /** One element as the letter it is. */
  plain: 0,
  /** Latin letters as a syllable. */
  pinyin: 1,
  /** An emoji as the character it stands for. */
  emoji: 2,
  /** Several elements as the character they are the parts of. */
  split: 3,
  /** V as 微. */
  wei: 4,
} as const;

/** A character is written in at most so many parts. */
export const MAX_PARTS = 4;

export class VariantPath {
  readonly from: Int32Array;
  /** First element behind. */
  readonly to: Int32Array;
  /** The letter that was read. */
  readonly code: Uint16Array;
  readonly kind: Uint8Array;

  constructor(units: number) {
    this.from = new Int32Array(units);
    this.to = new Int32Array(units);
    this.code = new Uint16Array(units);
    this.kind = new Uint8Array(units);
  }

  /** The unit at `depth` is elements `from` up to `to`, read as `code`. */
  step(depth: number, from: number, to: number, code: number, kind: number): void {
    this.from[depth] = from;
    this.to[depth] = to;
    this.code[depth] = code;
    this.kind[depth] = kind;
  }
}
