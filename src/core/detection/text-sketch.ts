/**
 * Sketches of texts, by which near-duplicates are found: eight minima of hashed three-character shingles, one
 * for each eighth of the hash range (one-permutation MinHash; Li, Owen, Zhang, 2012). Shingles are taken over
 * the normalised letters; digits, symbols and spaces are left out, because numbers and decoration are what
 * copies differ in. Equal eighths estimate how much of their shingles two texts share.
 */
import { characterTable, KIND } from '../normalization/character-table.ts';
import { DEFAULT_TRANSFORMS, transformMask } from '../normalization/transforms.ts';

const MASK = transformMask(DEFAULT_TRANSFORMS);
export const SKETCH_BINS = 8;
/** No shingle fell into this eighth. */
export const EMPTY_BIN = 0xffffffff;
/** Letters below which a text says too little to be called the same as another. */
const MIN_LETTERS = 8;
/** Letters that are looked at: the beginning decides. */
const MAX_LETTERS = 2000;

function mix(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The sketch of a text; undefined where it has fewer than eight letters. */
export function sketchOf(text: string): Uint32Array | undefined {
  const table = characterTable(MASK);
  const bins = new Uint32Array(SKETCH_BINS).fill(EMPTY_BIN);
  let before = 0;
  let last = 0;
  let letters = 0;
  for (let at = 0; at < text.length && letters < MAX_LETTERS; at++) {
    const target = table.target(text.charCodeAt(at));
    const code = target < 0 ? ((table.expansions[~target] as readonly number[])[0] as number) : target;
    if (table.kind(code) !== KIND.letter || (code >= 0x30 && code <= 0x39)) continue;
    letters += 1;
    if (letters > 2) {
      const hash = mix(before, last, code);
      const bin = hash >>> 29;
      if (hash < (bins[bin] as number)) bins[bin] = hash;
    }
    before = last;
    last = code;
  }
  return letters < MIN_LETTERS ? undefined : bins;
}

/** Eighths that must agree for two texts to be near-duplicates, of those that either text has. */
const SAME = 0.6;

/** Whether the sketches at two places of `data` are of near-duplicates. */
export function isNear(data: Uint32Array, a: number, other: Uint32Array, b: number): boolean {
  let equal = 0;
  let known = 0;
  for (let bin = 0; bin < SKETCH_BINS; bin++) {
    const one = data[a + bin] as number;
    const two = other[b + bin] as number;
    if (one === EMPTY_BIN && two === EMPTY_BIN) continue;
    known += 1;
    if (one === two) equal += 1;
  }
  return known > 0 && equal >= known * SAME;
}
