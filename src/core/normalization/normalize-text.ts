/**
 * Normalised text with a way back: every UTF-16 unit of the result maps to its span in the
 * original, and says which transforms made it.
 *
 * One pass over the original and one table look-up per code point. The matcher does the same work
 * fused with its search (detection/automaton.ts) and does not call this; detectors, patterns and
 * the explanation of a hit do.
 */
import { codePointAt } from '../domain/code-point.ts';
import { type CharacterTable, characterTable, KIND, MAX_EXPANSION } from './character-table.ts';
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, type TransformName, transformMask } from './transforms.ts';

/**
 * How many symbols in a row may stand between two letters and still be dropped. More, or one that
 * ends a sentence or a line, and the letters belong to different words.
 */
export const MAX_DROPPED = 3;

/** Read it through `originalSpan` and `appliedMask`. */
export interface NormalizedText {
  readonly original: string;
  readonly text: string;
  /** The transforms that were on. */
  readonly mask: number;
  /** Undefined where each unit of `text` came from the unit of `original` at the same place. */
  readonly map: UnitMap | undefined;
}

/** For each unit of the normalised text: */
interface UnitMap {
  /** where its original code point begins, */
  readonly starts: Int32Array;
  /** where it ends, */
  readonly ends: Int32Array;
  /** mask of the transforms that made it, */
  readonly applied: Uint8Array;
  /** mask of the transforms that dropped something just before it. */
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

/** The result under construction; its arrays are used again for the next text. */
class Output {
  length = 0;
  private units = new Uint16Array(0);
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);
  private applied = new Uint8Array(0);
  private dropped = new Uint8Array(0);

  /** Empties it and makes room for any text of so many units. */
  reset(units: number): void {
    this.length = 0;
    const capacity = units * MAX_EXPANSION;
    if (capacity <= this.units.length) return;
    this.units = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.applied = new Uint8Array(capacity);
    this.dropped = new Uint8Array(capacity);
  }

  push(code: number, start: number, end: number, applied: number, dropped: number): void {
    if (code > 0xffff) {
      this.pushUnit(0xd7c0 + (code >> 10), start, end, applied, dropped);
      this.pushUnit(0xdc00 + (code & 0x3ff), start, end, applied, 0);
    } else {
      this.pushUnit(code, start, end, applied, dropped);
    }
  }

  finish(original: string, mask: number): NormalizedText {
    return {
      original,
      mask,
      text: decodeUnits(this.units.subarray(0, this.length)),
      map: {
        starts: this.starts.slice(0, this.length),
        ends: this.ends.slice(0, this.length),
        applied: this.applied.slice(0, this.length),
        dropped: this.dropped.slice(0, this.length),
      },
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
}

const out = new Output();

let aligned = new Uint16Array(0);

/**
 * The normalised text where every unit stays in its place, as it does in most texts; undefined
 * where something is dropped or becomes several.
 */
function alignedText(text: string, table: CharacterTable): string | undefined {
  const { basic } = table;
  if (text.length > aligned.length) aligned = new Uint16Array(text.length * 2);
  let changed = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const target = basic[unit] as number;
    if (target < 0) {
      const code = codePointAt(text, at);
      if (code <= 0xffff || table.target(code) !== code || table.kind(code) !== KIND.symbol) return undefined;
      if ((table.mask & TRANSFORM_BIT.symbols) !== 0) return undefined;
      aligned[at] = unit;
      at += 1;
      aligned[at] = text.charCodeAt(at);
    } else {
      aligned[at] = target;
      changed |= target ^ unit;
    }
  }
  return changed === 0 ? text : decodeUnits(aligned.subarray(0, text.length));
}

/**
 * Normalises `original` under a mask of transforms. Lone surrogates count as symbols (the first
 * half of a pair) or as invisible (the second). The result normalises to itself under the mask.
 */
export function normalizeMask(original: string, mask: number): NormalizedText {
  const table = characterTable(mask);
  const text = alignedText(original, table);
  return text === undefined ? fullyNormalized(original, table) : { original, text, mask, map: undefined };
}

function fullyNormalized(original: string, table: CharacterTable): NormalizedText {
  const dropsInvisible = (table.mask & TRANSFORM_BIT['zero-width']) !== 0;
  const dropsSymbols = (table.mask & TRANSFORM_BIT.symbols) !== 0;
  out.reset(original.length);
  /** Length of the output after the last letter; -1 before the first one. */
  let afterLetter = -1;
  let symbols = 0;
  /** What was dropped since the last unit kept, and since the last letter. */
  let dropped = 0;
  let droppedInRun = 0;

  function emit(code: number, start: number, end: number, applied: number): void {
    const kind = table.kind(code);
    if (kind === KIND.invisible && dropsInvisible) {
      dropped |= TRANSFORM_BIT['zero-width'];
      return;
    }
    droppedInRun |= dropped;
    const isLetter = kind === KIND.letter || kind === KIND.invisible;
    if (!isLetter) symbols = kind === KIND.barrier ? MAX_DROPPED + 1 : symbols + 1;
    else if (dropsSymbols && symbols > 0 && symbols <= MAX_DROPPED && afterLetter >= 0) {
      out.length = afterLetter;
      dropped = droppedInRun | TRANSFORM_BIT.symbols;
    }
    out.push(code, start, end, applied, dropped);
    dropped = 0;
    if (!isLetter) return;
    symbols = 0;
    droppedInRun = 0;
    afterLetter = out.length;
  }

  for (let start = 0; start < original.length; ) {
    const code = codePointAt(original, start);
    const end = start + (code > 0xffff ? 2 : 1);
    const target = table.target(code);
    const applied = table.applied(code);
    if (target >= 0) emit(target, start, end, applied);
    else for (const part of table.expansions[~target] as readonly number[]) emit(part, start, end, applied);
    start = end;
  }
  return out.finish(original, table.mask);
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
  const { map } = normalized;
  if (map === undefined) return { start: from, end: to };
  return { start: map.starts[from] as number, end: map.ends[to - 1] as number };
}

/** Mask of the transforms applied inside the units [from, to) of the result. */
export function appliedMask(normalized: NormalizedText, from: number, to: number): number {
  const { map, original } = normalized;
  let mask = 0;
  if (map === undefined) {
    const table = characterTable(normalized.mask);
    for (let at = from; at < to; at++) mask |= table.applied(original.charCodeAt(at));
    return mask;
  }
  for (let at = from; at < to; at++) {
    mask |= map.applied[at] as number;
    if (at > from) mask |= map.dropped[at] as number;
  }
  return mask;
}
