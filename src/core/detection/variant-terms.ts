/**
 * The terms as the variant matcher looks for them: units with their runs in flat arrays, one trie
 * over their sounds, one over their shapes, and the words of Latin letters.
 */
import { DEFAULT_TRANSFORMS, TRANSFORM_BIT, transformMask } from '../normalization/transforms.ts';
import { type VariantTables, variantTables, WEI } from '../normalization/variant-tables.ts';
import { BeginningTable } from './beginning-table.ts';
import { buildTermTrie, type TermTrie } from './term-trie.ts';
import { termUnits } from './term-units.ts';
import { VariantWords } from './variant-words.ts';

/** A word to look for, and the transforms of words under which any rule wants it. */
export interface VariantTerm {
  readonly text: string;
  readonly mask: number;
}

/** The units of a term: its letters, and a way to hear or to see each of them. */
export interface VariantKey {
  readonly codes: readonly number[];
  readonly key: string;
}

/** Longer words are looked for as they are: shorter ones inside them do the rest. */
export const MAX_VARIANT_UNITS = 8;
export const LATIN_V = 0x76;

const BIT = TRANSFORM_BIT;
const SOUND_MASK = BIT.homophones | BIT.pinyin | BIT.emoji | BIT.split | BIT.repeats;
const OPTIONS = { mask: transformMask(DEFAULT_TRANSFORMS), symbols: 'drop' } as const;
/** Ways to read one term; more are left out. */
const MAX_READINGS = 8;
const FIRST_HAN = 0x3400;

/** One trie over keys of terms. */
export class Skeleton {
  readonly trie: TermTrie;
  readonly pairs: BeginningTable;
  readonly triples: BeginningTable;
  /** Term of each key. */
  readonly terms: Int32Array;
  /** Depth-1 node of each unit. */
  private readonly roots: Int32Array;

  constructor(keys: readonly string[], terms: readonly number[]) {
    this.trie = buildTermTrie(keys);
    this.pairs = new BeginningTable(this.trie.pairs);
    this.triples = new BeginningTable(this.trie.triples);
    this.terms = Int32Array.from(terms);
    this.roots = new Int32Array(0x10000);
    for (let node = 1; node < (this.trie.childFrom[1] as number); node++) {
      this.roots[this.trie.unit[node] as number] = node;
    }
  }

  hasChildren(node: number): boolean {
    return this.trie.childFrom[node] !== this.trie.childFrom[node + 1];
  }

  /** The node behind `node` by `unit`; 0: there is none. */
  child(node: number, unit: number): number {
    if (node === 0) return this.roots[unit] as number;
    const { trie } = this;
    let child = trie.childFrom[node] as number;
    let end = trie.childFrom[node + 1] as number;
    while (end - child > 8) {
      const middle = (child + end) >> 1;
      if ((trie.unit[middle] as number) <= unit) child = middle;
      else end = middle;
    }
    while (child < end && trie.unit[child] !== unit) child += 1;
    return child === end ? 0 : child;
  }
}

/** Neighbouring equal characters as one, with how often they stand. */
function runsOf(codes: readonly number[]): { codes: number[]; runs: number[] } {
  const out: { codes: number[]; runs: number[] } = { codes: [], runs: [] };
  for (const code of codes) {
    const last = out.codes.length - 1;
    if (out.codes[last] === code && code >= FIRST_HAN) out.runs[last] = (out.runs[last] as number) + 1;
    else {
      out.codes.push(code);
      out.runs.push(1);
    }
  }
  return out;
}

/** All keys of a term by sound; empty: a character of it has no sound. */
function soundKeys(codes: readonly number[], tables: VariantTables): string[] {
  let keys = [''];
  for (const code of codes) {
    const sounds = [tables.sound[code] as number, ...(tables.furtherSounds.get(code) ?? [])];
    if (sounds[0] === 0) return [];
    if (code === LATIN_V) sounds.push(tables.sound[WEI] as number);
    keys =
      sounds.length === 1
        ? keys.map((key) => key + String.fromCharCode(sounds[0] as number))
        : keys.flatMap((key) => sounds.map((sound) => key + String.fromCharCode(sound)));
    if (keys.length > MAX_READINGS) keys.length = MAX_READINGS;
  }
  return keys;
}

interface TermKey extends VariantKey {
  readonly term: number;
}

export class VariantTerms {
  readonly masks: Int32Array;
  /** Units of term `t`: `codes[from[t]]` up to `codes[from[t + 1]]`, with their runs. */
  readonly from: Int32Array;
  readonly codes: Uint16Array;
  readonly runs: Uint8Array;
  readonly sounds: Skeleton;
  readonly shapes: Skeleton;
  readonly words = new VariantWords();
  readonly soundKeys: readonly VariantKey[];
  readonly shapeKeys: readonly VariantKey[];

  constructor(terms: readonly VariantTerm[]) {
    const tables = variantTables();
    this.masks = Int32Array.from(terms, ({ mask }) => mask);
    this.from = new Int32Array(terms.length + 1);
    const codes: number[] = [];
    const runs: number[] = [];
    const bySound: TermKey[] = [];
    const byShape: TermKey[] = [];
    for (const [term, { text, mask }] of terms.entries()) {
      this.from[term] = codes.length;
      const units = termUnits(text, OPTIONS);
      if (units.every((code) => code < 0x80)) {
        if ((mask & (BIT.leet | BIT.repeats)) !== 0) this.words.add(String.fromCharCode(...units), term);
        continue;
      }
      // A symbol in a term is part of it, and the other ways of writing know none.
      if (termUnits(text, { ...OPTIONS, symbols: 'keep' }).length !== units.length) continue;
      const own = runsOf(units);
      const { length } = own.codes;
      if (length < 2 || length > MAX_VARIANT_UNITS || own.codes.some((code) => code > 0xffff)) continue;
      codes.push(...own.codes);
      runs.push(...own.runs);
      if ((mask & SOUND_MASK) !== 0) {
        for (const key of soundKeys(own.codes, tables)) bySound.push({ key, term, codes: own.codes });
      }
      if ((mask & BIT.shapes) !== 0) {
        const key = String.fromCharCode(...own.codes.map((code) => tables.shape[code] as number));
        byShape.push({ key, term, codes: own.codes });
      }
    }
    this.from[terms.length] = codes.length;
    this.codes = Uint16Array.from(codes);
    this.runs = Uint8Array.from(runs);
    const skeleton = (keys: readonly TermKey[]): Skeleton =>
      new Skeleton(
        keys.map(({ key }) => key),
        keys.map(({ term }) => term),
      );
    this.soundKeys = bySound;
    this.shapeKeys = byShape;
    this.sounds = skeleton(bySound);
    this.shapes = skeleton(byShape);
  }
}
