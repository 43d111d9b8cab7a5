/**
 * Normalised text with a way back: every UTF-16 unit of the result maps to its span in the
 * original, and says which transforms made it.
 *
 * One pass over the original and one table look-up per code point. The matcher does the same work
 * fused with its search (detection/automaton.ts) and does not call this; detectors, patterns and
 * the explanation of a hit do.
 */
import { characterTable, KIND } from './character-table.ts';
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, type TransformName, transformMask } from './transforms.ts';

/**
 * How many symbols in a row may stand between two letters and still be dropped. More, or one that
 * ends a sentence or a line, and the letters belong to different words.
 */
export const MAX_DROPPED = 3;

export interface NormalizedText {
  readonly original: string;
  readonly text: string;
  /** For each unit of `text`: where its original code point begins. */
  readonly starts: Int32Array;
  /** For each unit of `text`: where its original code point ends. */
  readonly ends: Int32Array;
  /** For each unit of `text`: mask of the transforms that made it. */
  readonly applied: Uint8Array;
  /** For each unit of `text`: mask of the transforms that dropped something just before it. */
  readonly dropped: Uint8Array;
}

const DEFAULT_MASK = transformMask(DEFAULT_TRANSFORMS);
const CHUNK = 4096;

function decodeUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += CHUNK) {
    text += String.fromCharCode.apply(null, units.subarray(at, at + CHUNK) as unknown as number[]);
  }
  return text;
}

/** The result under construction; grows by doubling. */
class Output {
  length = 0;
  private units: Uint16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private applied: Uint8Array;
  private dropped: Uint8Array;

  constructor(capacity: number) {
    this.units = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.applied = new Uint8Array(capacity);
    this.dropped = new Uint8Array(capacity);
  }

  push(code: number, start: number, end: number, applied: number, dropped: number): void {
    if (this.length + 2 > this.units.length) this.grow();
    if (code > 0xffff) {
      this.pushUnit(0xd7c0 + (code >> 10), start, end, applied, dropped);
      this.pushUnit(0xdc00 + (code & 0x3ff), start, end, applied, 0);
    } else {
      this.pushUnit(code, start, end, applied, dropped);
    }
  }

  finish(original: string): NormalizedText {
    return {
      original,
      text: decodeUnits(this.units.subarray(0, this.length)),
      starts: this.starts.slice(0, this.length),
      ends: this.ends.slice(0, this.length),
      applied: this.applied.slice(0, this.length),
      dropped: this.dropped.slice(0, this.length),
    };
  }

  private pushUnit(unit: number, start: number, end: number, applied: number, dropped: number): void {
    const at = this.length++;
    this.units[at] = unit;
    this.starts[at] = start;
    this.ends[at] = end;
    this.applied[at] = applied;
    this.dropped[at] = dropped;
  }

  private grow(): void {
    const capacity = this.units.length * 2 + 16;
    const larger = new Output(capacity);
    larger.units.set(this.units);
    larger.starts.set(this.starts);
    larger.ends.set(this.ends);
    larger.applied.set(this.applied);
    larger.dropped.set(this.dropped);
    this.units = larger.units;
    this.starts = larger.starts;
    this.ends = larger.ends;
    this.applied = larger.applied;
    this.dropped = larger.dropped;
  }
}

/**
 * Normalises `original` under a mask of transforms. Lone surrogates count as symbols and pass
 * through. The result normalises to itself under the same mask.
 */
export function normalizeMask(original: string, mask: number): NormalizedText {
  const table = characterTable(mask);
  const dropsInvisible = (mask & TRANSFORM_BIT['zero-width']) !== 0;
  const dropsSymbols = (mask & TRANSFORM_BIT.symbols) !== 0;
  const out = new Output(original.length + 8);
  /** Length of the output after the last letter; -1 before the first one. */
  let afterLetter = -1;
  let symbols = 0;
  let dropped = 0;

  function emit(code: number, start: number, end: number, applied: number): void {
    const kind = table.kind(code);
    if (kind === KIND.invisible && dropsInvisible) {
      dropped |= TRANSFORM_BIT['zero-width'];
      return;
    }
    if (kind === KIND.symbol || kind === KIND.barrier) {
      symbols = kind === KIND.barrier ? MAX_DROPPED + 1 : symbols + 1;
    } else {
      if (dropsSymbols && symbols > 0 && symbols <= MAX_DROPPED && afterLetter >= 0) {
        out.length = afterLetter;
        dropped |= TRANSFORM_BIT.symbols;
      }
      symbols = 0;
    }
    out.push(code, start, end, applied, dropped);
    dropped = 0;
    if (kind === KIND.letter || kind === KIND.invisible) afterLetter = out.length;
  }

  for (let start = 0; start < original.length; ) {
    const code = original.codePointAt(start) as number;
    const end = start + (code > 0xffff ? 2 : 1);
    const target = table.target(code);
    const applied = table.applied(code);
    if (target >= 0) emit(target, start, end, applied);
    else for (const part of table.expansions[~target] as readonly number[]) emit(part, start, end, applied);
    start = end;
  }
  return out.finish(original);
}

/** The same by names; without names all transforms but `numerals`. */
export function normalizeText(original: string, transforms?: readonly TransformName[]): NormalizedText {
  return normalizeMask(original, transforms === undefined ? DEFAULT_MASK : transformMask(transforms));
}

/** The span of the original from which the units [from, to) of the result came. Not for empty spans. */
export function originalSpan(
  normalized: NormalizedText,
  from: number,
  to: number,
): { start: number; end: number } {
  return { start: normalized.starts[from] as number, end: normalized.ends[to - 1] as number };
}

/** Mask of the transforms applied inside the units [from, to) of the result. */
export function appliedMask(normalized: NormalizedText, from: number, to: number): number {
  let mask = 0;
  for (let at = from; at < to; at++) {
    mask |= normalized.applied[at] as number;
    if (at > from) mask |= normalized.dropped[at] as number;
  }
  return mask;
}
