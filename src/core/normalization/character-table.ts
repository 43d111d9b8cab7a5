/**
 * What every code point becomes under a set of transforms, as flat typed arrays.
 *
 * A table is composed once per set and kept. The mappings are applied to each code point until
 * nothing changes, so a table maps its own results to themselves: normalising twice is normalising
 * once. Composing costs about 10 ms, a look-up one array read for the basic plane and two above it.
 */
import { codePointAt } from '../domain/code-point.ts';
import * as data from './normalization-data.ts';
import { TRANSFORM_BIT, VARIANT_MASK } from './transforms.ts';

/** What a code point is, after the transforms. */
export const KIND = {
  /** Letters, digits and anything else that words are made of. */
  letter: 0,
  /** Punctuation, signs, emoji, spaces. */
  symbol: 1,
  /** A symbol that ends a sentence or a line; words never join across it. */
  barrier: 2,
  /** Dropped. */
  invisible: 3,
} as const;

/** Most code points that one becomes (scripts/generate-normalization.ts). */
export const MAX_EXPANSION = 4;

export interface CharacterTable {
  /** The transforms that are on. */
  readonly mask: number;
  /** The code point that `code` becomes; negative: the expansion of number `~value`. */
  target(code: number): number;
  /** The transforms that were applied to `code`. */
  applied(code: number): number;
  /** One of KIND, for a code point that is already a result. */
  kind(code: number): number;
  readonly expansions: readonly (readonly number[])[];
  /**
   * For each UTF-16 unit that stands for itself: its target in the basic plane; -1: halves of
   * pairs, what becomes several or leaves the plane, and what the transforms may drop.
   */
  readonly basic: Int32Array;
}

/** Two levels of 256: `pages[code >> 8]` is the page, all empty pages are page 0. */
class SparseArray {
  private readonly pages = new Uint16Array(0x1100);
  private values = new Int32Array(256);
  private used = 1;

  get(code: number): number {
    return this.values[((this.pages[code >> 8] as number) << 8) | (code & 255)] as number;
  }

  set(code: number, value: number): void {
    let page = this.pages[code >> 8] as number;
    if (page === 0) {
      page = this.used++;
      this.pages[code >> 8] = page;
      if (this.used << 8 > this.values.length) {
        const larger = new Int32Array(this.values.length * 2);
        larger.set(this.values);
        this.values = larger;
      }
    }
    this.values[(page << 8) | (code & 255)] = value;
  }
}

type Mapping = ReadonlyMap<number, readonly number[]>;

function decodeMapping(source: string): Mapping {
  const map = new Map<number, readonly number[]>();
  for (const entry of source.split(' ')) {
    const [left, right] = entry.split('>') as [string, string];
    const [from, count] = left.split('+') as [string, string | undefined];
    const to = right.split(',').map((code) => Number.parseInt(code, 36));
    const first = Number.parseInt(from, 36);
    const length = count === undefined ? 1 : Number.parseInt(count, 36);
    for (let i = 0; i < length; i++) map.set(first + i, length === 1 ? to : [(to[0] as number) + i]);
  }
  return map;
}

function decodePairs(source: string): Mapping {
  const codes = Array.from(source, (char) => codePointAt(char, 0));
  const map = new Map<number, readonly number[]>();
  for (let i = 0; i < codes.length; i += 2) map.set(codes[i] as number, [codes[i + 1] as number]);
  return map;
}

function decodeRanges(source: string, each: (from: number, end: number) => void): void {
  let at = 0;
  for (const entry of source.split(' ')) {
    const [gap, length] = entry.split('+') as [string, string];
    const from = at + Number.parseInt(gap, 36);
    at = from + Number.parseInt(length, 36);
    each(from, at);
  }
}

/** Line ends, and the marks that end a sentence in Chinese and in Latin script. */
const BARRIERS = '\n\v\f\r\u0085\u2028\u2029。！？；｡!?;';

/** One class per code point; the planes above the emoji are described by ranges. */
const kinds = new Uint8Array(0x110000 >> 2);
function setKind(code: number, kind: number): void {
  const shift = (code & 3) << 1;
  kinds[code >> 2] = ((kinds[code >> 2] as number) & ~(3 << shift)) | (kind << shift);
}
function kindOf(code: number): number {
  return ((kinds[code >> 2] as number) >> ((code & 3) << 1)) & 3;
}
function fillKind(from: number, end: number, kind: number): void {
  const byte = kind * 0b01010101;
  let code = from;
  while (code < end && (code & 3) !== 0) setKind(code++, kind);
  const whole = end & ~3;
  if (whole > code) {
    kinds.fill(byte, code >> 2, whole >> 2);
    code = whole;
  }
  while (code < end) setKind(code++, kind);
}
decodeRanges(data.SYMBOLS, (from, end) => fillKind(from, end, KIND.symbol));
decodeRanges(data.INVISIBLE, (from, end) => fillKind(from, end, KIND.invisible));
for (const char of BARRIERS) setKind(char.charCodeAt(0), KIND.barrier);

/** In this order; a later one sees the result of an earlier one, until nothing changes. */
const MAPPINGS: readonly { readonly bit: number; readonly map: Mapping }[] = [
  { bit: TRANSFORM_BIT.numerals, map: decodeMapping(data.NUMERALS) },
  { bit: TRANSFORM_BIT.width, map: decodeMapping(data.WIDTH) },
  { bit: TRANSFORM_BIT.enclosed, map: decodeMapping(data.ENCLOSED) },
  { bit: TRANSFORM_BIT['look-alikes'], map: decodeMapping(data.LOOK_ALIKES) },
  { bit: TRANSFORM_BIT.case, map: decodeMapping(data.CASE) },
  { bit: TRANSFORM_BIT.traditional, map: decodePairs(data.TRADITIONAL) },
];

function compose(mask: number): CharacterTable {
  const active = MAPPINGS.filter(({ bit }) => (mask & bit) !== 0);
  const dropsInvisible = (mask & TRANSFORM_BIT['zero-width']) !== 0;
  /** 0: itself; positive: the target plus one; negative: the complement of an expansion's index. */
  const targets = new SparseArray();
  const applied = new SparseArray();
  const expansions: number[][] = [];

  for (const code of new Set(active.flatMap(({ map }) => [...map.keys()]))) {
    let codes: readonly number[] = [code];
    let bits = 0;
    for (let changed = true; changed; ) {
      changed = false;
      for (const { bit, map } of active) {
        if (!codes.some((one) => map.has(one))) continue;
        codes = codes.flatMap((one) => map.get(one) ?? [one]);
        bits |= bit;
        changed = true;
      }
    }
    const visible = dropsInvisible ? codes.filter((one) => kindOf(one) !== KIND.invisible) : codes;
    const kept = visible.length > 0 ? visible : codes.slice(0, 1);
    if (kept.length === 1) targets.set(code, (kept[0] as number) + 1);
    else targets.set(code, ~(expansions.push([...kept]) - 1));
    applied.set(code, bits);
  }
  const target = (code: number): number => {
    const value = targets.get(code);
    return value > 0 ? value - 1 : value === 0 ? code : value;
  };
  const dropsSymbols = (mask & TRANSFORM_BIT.symbols) !== 0;
  const basic = new Int32Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const result = target(unit);
    const kind = result < 0 ? KIND.letter : kindOf(result);
    const dropped = kind === KIND.invisible ? dropsInvisible : kind !== KIND.letter && dropsSymbols;
    const leaves = (unit & 0xf800) === 0xd800 || result < 0 || result > 0xffff;
    basic[unit] = dropped || leaves ? -1 : result;
  }
  return {
    mask,
    expansions,
    basic,
    target,
    applied: (code) => applied.get(code),
    kind: kindOf,
  };
}

const composed = new Map<number, CharacterTable>();

/** The table of a transform mask (`transformMask`); transforms of words do not count. */
export function characterTable(mask: number): CharacterTable {
  const characters = mask & ~VARIANT_MASK;
  let table = composed.get(characters);
  if (table === undefined) {
    table = compose(characters);
    composed.set(characters, table);
  }
  return table;
}
