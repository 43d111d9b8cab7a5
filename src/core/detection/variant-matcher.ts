/**
 * Finds terms that are written in another way: by sound, by look, taken apart, in pinyin, as emoji,
 * with characters repeated. One trie over the sounds of the terms and one over their shapes, both
 * searched over the same reading of the text as the automaton does it (bitmaps of beginnings, then
 * the trie). Only where an element may be read in several ways are the ways tried one by one.
 *
 * What is found was verified: unit by unit against the term, and by the evidence left
 * (variant-evidence.ts). Occurrences that need no transform of words are not reported; the other
 * views find them.
 */
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import {
  DEFAULT_TRANSFORMS,
  TRANSFORM_BIT,
  transformMask,
  VARIANT_MASK,
} from '../normalization/transforms.ts';
import { type VariantTables, variantTables, WEI } from '../normalization/variant-tables.ts';
import { BeginningTable, HASH_SPREAD, HASH_STEP } from './beginning-table.ts';
import { buildTermTrie, type TermTrie } from './term-trie.ts';
import { termUnits } from './term-units.ts';
import { COVERED_OVER, coveredBy, isEnough, STRENGTH, strengthOf, WEAK } from './variant-evidence.ts';
import { FLAG, VariantStream } from './variant-stream.ts';
import { VariantWords } from './variant-words.ts';

/** A word to look for, and the transforms of words under which any rule wants it. */
export interface VariantTerm {
  readonly text: string;
  readonly mask: number;
}

/** Called for each occurrence: place of the term, span of the original, transforms needed. */
export type VariantSink = (term: number, start: number, end: number, mask: number) => void;

const BIT = TRANSFORM_BIT;
const SOUND_MASK = BIT.homophones | BIT.pinyin | BIT.emoji | BIT.split | BIT.repeats;
const OPTIONS = { mask: transformMask(DEFAULT_TRANSFORMS), symbols: 'drop' } as const;
/** Ways to read one term; more are left out. */
const MAX_READINGS = 8;
/** Steps along the tries, for each element of a text and at least; a text that needs more is left. */
const STEPS_PER_ELEMENT = 40;
const MIN_STEPS = 4000;
/** Bits that a syllable in Latin letters is odd among Chinese characters, and an emoji. */
const PINYIN_BITS = 17;
const EMOJI_BITS = 17;
const MAX_SYLLABLE = 6;
const MAX_PARTS = 4;

/** How an element was read. */
const KIND = { plain: 0, pinyin: 1, emoji: 2, split: 3, wei: 4 } as const;

const hasFlag = (flags: number, wanted: number): boolean =>
  ((flags | (flags >> 8) | (flags >> 16)) & wanted) !== 0;

/** One trie over keys of terms. */
class Skeleton {
  readonly trie: TermTrie;
  readonly pairs: BeginningTable;
  readonly triples: BeginningTable;
  /** Term of each key. */
  readonly terms: Int32Array;
  /** Depth-1 node of each unit. */
  readonly roots: Int32Array;
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
    if (out.codes[last] === code && code >= 0x3400) out.runs[last] = (out.runs[last] as number) + 1;
    else {
      out.codes.push(code);
      out.runs.push(1);
    }
  }
  return out;
}

const LATIN_V = 0x76;
const PRONOUNS: readonly number[] = Array.from('他她它', (char) => char.charCodeAt(0));

/** All keys of a term by sound; empty: a character of it has no sound. */
function soundKeys(codes: readonly number[], tables: VariantTables): string[] {
  let keys = [''];
  for (const code of codes) {
    const sounds = [tables.sound[code] as number, ...(tables.furtherSounds.get(code) ?? [])];
    if (sounds[0] === 0) return [];
    if (code === LATIN_V) sounds.push(tables.sound[WEI] as number);
    keys = keys
      .flatMap((key) => sounds.map((sound) => key + String.fromCharCode(sound)))
      .slice(0, MAX_READINGS);
  }
  return keys;
}

export class VariantMatcher {
  private readonly tables = variantTables();
  private readonly stream = new VariantStream();
  private readonly masks: Int32Array;
  /** Units of term `t`: `codes[from[t]]` up to `codes[from[t + 1]]`, with their runs. */
  private readonly from: Int32Array;
  private readonly codes: Uint16Array;
  private readonly runs: Uint8Array;
  private readonly sounds: Skeleton;
  private readonly shapes: Skeleton;
  private readonly words = new VariantWords();

  /** The alignment that is being tried: for each unit, the elements it takes and how it reads them. */
  private readonly pathFrom = new Int32Array(128);
  private readonly pathTo = new Int32Array(128);
  private readonly pathCode = new Uint16Array(128);
  private readonly pathKind = new Uint8Array(128);
  private covered = new Uint8Array(1024);
  private steps = 0;
  private sink: VariantSink = () => {};
  /** Of the last scanned text: steps along the tries, and occurrences verified. */
  work = 0;

  constructor(terms: readonly VariantTerm[]) {
    this.masks = Int32Array.from(terms, ({ mask }) => mask);
    this.from = new Int32Array(terms.length + 1);
    const codes: number[] = [];
    const runs: number[] = [];
    const soundKeysOf: string[] = [];
    const soundTerms: number[] = [];
    const shapeKeysOf: string[] = [];
    const shapeTerms: number[] = [];
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
      if (own.codes.length < 2 || own.codes.some((code) => code > 0xffff)) continue;
      codes.push(...own.codes);
      runs.push(...own.runs);
      if ((mask & SOUND_MASK) !== 0) {
        for (const key of soundKeys(own.codes, this.tables)) {
          soundKeysOf.push(key);
          soundTerms.push(term);
        }
      }
      if ((mask & BIT.shapes) !== 0) {
        shapeKeysOf.push(String.fromCharCode(...own.codes.map((code) => this.tables.shape[code] as number)));
        shapeTerms.push(term);
      }
    }
    this.from[terms.length] = codes.length;
    this.codes = Uint16Array.from(codes);
    this.runs = Uint8Array.from(runs);
    this.sounds = new Skeleton(soundKeysOf, soundTerms);
    this.shapes = new Skeleton(shapeKeysOf, shapeTerms);
  }

  /** Reports every occurrence in `text` that needs a transform of words */
  scan(text: string, sink: VariantSink): void {
    const { stream } = this;
    stream.read(text);
    this.sink = sink;
    this.steps = Math.max(MIN_STEPS, stream.length * STEPS_PER_ELEMENT);
    const most = this.steps;
    this.search(this.sounds, true);
    this.search(this.shapes, false);
    if (stream.hasLatinWord && this.words.size > 0) {
      this.words.scan(text, (term, start, end, mask) => {
        if ((mask & ~(this.masks[term] as number)) === 0) sink(term, start, end, mask);
      });
    }
    this.work = most - this.steps;
  }

  /** Follows every term that begins somewhere in the text; most places are done with two bits. */
  private search(skeleton: Skeleton, bySound: boolean): void {
    const { length, code, flag, gap } = this.stream;
    const { bitmap: pairBits, shift: pairShift } = skeleton.pairs;
    const { bitmap: tripleBits, shift: tripleShift } = skeleton.triples;
    const unitOf = bySound ? this.tables.sound : this.tables.shape;
    const special = bySound ? 0xff : FLAG.emoji;
    /** Starts below this were followed. */
    let done = 0;
    let window = 0;
    /** Flags of this element and the two before it. */
    let flags = 0;
    for (let at = 0; at < length; at++) {
      const unit = unitOf[code[at] as number] as number;
      if ((gap[at] as number) > MAX_DROPPED) {
        window = 0;
        flags = 0;
      }
      flags = ((flags << 8) | (flag[at] as number)) & 0xffffff;
      const tripleBit = Math.imul(Math.imul(window, HASH_STEP) + unit, HASH_SPREAD) >>> tripleShift;
      const pairBit = Math.imul(Math.imul(window & 0xffff, HASH_STEP) + unit, HASH_SPREAD) >>> pairShift;
      const isTriple = (tripleBits[tripleBit >>> 5] as number) >>> tripleBit;
      const isPair = (pairBits[pairBit >>> 5] as number) >>> pairBit;
      const before = window;
      window = (window << 16) | unit;
      if (flags !== 0 && hasFlag(flags, special)) {
        // What may be read in several ways cannot be looked up: it is followed.
        if (!this.isOddNear(at)) continue;
        for (let start = Math.max(done, at - 2); start <= at; start++) this.follow(skeleton, 0, start, 0, 0);
        done = at + 1;
        continue;
      }
      if (((isTriple | isPair) & 1) === 0) continue;
      if ((isPair & 1) !== 0) {
        const node = skeleton.pairs.node(before & 0xffff, unit);
        if (node !== 0) this.straight(skeleton, node, at - 1, 2);
      }
      if ((isTriple & 1) !== 0) {
        const node = skeleton.triples.node(before, unit);
        if (node !== 0) {
          this.straight(skeleton, node, at - 2, 3);
          this.follow(skeleton, node, at + 1, 3, 0);
        }
      }
    }
  }

  private isOddNear(at: number): boolean {
    const { stream } = this;
    return stream.isOdd(at) || (at > 0 && stream.isOdd(at - 1)) || (at > 1 && stream.isOdd(at - 2));
  }

  /** The unit at `depth` is the element `at`, read as it stands. */
  private take(depth: number, at: number, kind: number = KIND.plain): void {
    this.step(depth, at, at + 1, this.stream.code[at] as number, kind);
  }

  private step(depth: number, from: number, to: number, code: number, kind: number): void {
    this.pathFrom[depth] = from;
    this.pathTo[depth] = to;
    this.pathCode[depth] = code;
    this.pathKind[depth] = kind;
  }

  /** Terms of so many units that end at `node`, over elements that stand for themselves. */
  private straight(skeleton: Skeleton, node: number, from: number, units: number): void {
    for (let depth = 0; depth < units; depth++) this.take(depth, from + depth);
    this.arrive(skeleton, node, units);
  }

  /** Goes on from `node` at element `at` in every way it can be read; `skipped`: emoji passed over. */
  private follow(skeleton: Skeleton, node: number, at: number, depth: number, skipped: number): void {
    const { code, flag, gap, length } = this.stream;
    const bySound = skeleton === this.sounds;
    const unitOf = bySound ? this.tables.sound : this.tables.shape;
    let here = node;
    for (let place = at, units = depth; place < length; place++) {
      if (--this.steps < 0) return;
      const dropped = (gap[place] as number) + (place === at ? skipped : 0);
      if (units > 0 && dropped > MAX_DROPPED) return;
      const special = flag[place] as number;
      if (special !== 0 && (bySound || special === FLAG.emoji)) {
        if (bySound) this.branch(skeleton, here, place, units);
        if (special === FLAG.emoji && units > 0) this.follow(skeleton, here, place + 1, units, dropped + 1);
        return;
      }
      here = skeleton.child(here, unitOf[code[place] as number] as number);
      if (here === 0) return;
      this.take(units, place);
      units += 1;
      this.arrive(skeleton, here, units);
    }
  }

  private branch(skeleton: Skeleton, node: number, at: number, depth: number): void {
    const { stream, tables } = this;
    const special = stream.flag[at] as number;
    if (special === FLAG.emoji) {
      this.branchEmoji(skeleton, node, at, depth);
      return;
    }
    const code = stream.code[at] as number;
    this.branchTo(skeleton, node, depth, tables.sound[code] as number, at, at + 1, code, KIND.plain);
    if ((special & FLAG.pinyin) !== 0) {
      this.branchLatin(skeleton, node, at, depth);
      return;
    }
    for (const sound of tables.furtherSounds.get(code) ?? []) {
      this.branchTo(skeleton, node, depth, sound, at, at + 1, code, KIND.plain);
    }
    if ((special & FLAG.split) === 0) return;
    let parts = '';
    for (let end = at; end < stream.length && end < at + MAX_PARTS; end++) {
      if (end > at && stream.gap[end] !== 0) break;
      if (stream.run[end] !== 1 || stream.flag[end] === FLAG.emoji) break;
      parts += String.fromCharCode(tables.part[stream.code[end] as number] as number);
      const whole = tables.splits.get(parts);
      if (whole === undefined) continue;
      const sound = tables.sound[whole] as number;
      this.branchTo(skeleton, node, depth, sound, at, end + 1, whole, KIND.split);
    }
  }

  private branchTo(
    skeleton: Skeleton,
    node: number,
    depth: number,
    unit: number,
    from: number,
    to: number,
    code: number,
    kind: number,
  ): void {
    const child = unit === 0 ? 0 : skeleton.child(node, unit);
    if (child === 0) return;
    this.step(depth, from, to, code, kind);
    this.arrive(skeleton, child, depth + 1);
    this.follow(skeleton, child, to, depth + 1, 0);
  }

  private branchLatin(skeleton: Skeleton, node: number, at: number, depth: number): void {
    const { stream, tables } = this;
    const letters = stream.letters(at, MAX_SYLLABLE + 1);
    for (let size = 1; size <= MAX_SYLLABLE && size <= letters.length; size++) {
      const sound = tables.syllables.get(letters.slice(0, size));
      const ends = stream.endsSyllable(at + size);
      if (sound !== undefined && ends) {
        this.branchTo(skeleton, node, depth, sound, at, at + size, 0, KIND.pinyin);
      }
    }
    if (letters === 'v') {
      this.branchTo(skeleton, node, depth, tables.sound[WEI] as number, at, at + 1, WEI, KIND.wei);
    }
  }

  private branchEmoji(skeleton: Skeleton, node: number, at: number, depth: number): void {
    const { stream, tables } = this;
    for (const word of tables.emoji.get(stream.signs[stream.code[at] as number] as number) ?? []) {
      let here = node;
      let units = depth;
      for (const char of word) {
        const code = char.charCodeAt(0);
        here = skeleton.child(here, tables.sound[code] as number);
        if (here === 0) break;
        this.step(units, at, at + 1, code, KIND.emoji);
        units += 1;
      }
      if (here === 0) continue;
      this.arrive(skeleton, here, units);
      this.follow(skeleton, here, at + 1, units, 0);
    }
  }

  private arrive(skeleton: Skeleton, node: number, units: number): void {
    const { endFrom, endTo, order } = skeleton.trie;
    for (let place = endFrom[node] as number; place < (endTo[node] as number); place++) {
      this.steps -= 1;
      this.verify(skeleton.terms[order[place] as number] as number, units, skeleton === this.shapes);
    }
  }

  /** Reports `term` where the alignment that is being tried holds for it and is evidence enough. */
  private verify(term: number, units: number, byShape: boolean): void {
    const { codes, runs, stream, tables, pathFrom, pathTo, pathCode, pathKind } = this;
    const own = this.from[term] as number;
    let mask = 0;
    let kept = 0;
    let odd = 0;
    let replaced = 0;
    let strange = false;
    for (let depth = 0; depth < units; depth++) {
      const wanted = codes[own + depth] as number;
      const read = pathCode[depth] as number;
      const kind = pathKind[depth] as number;
      const from = pathFrom[depth] as number;
      const wantedRun = runs[own + depth] as number;
      if (depth > 0 && stream.gap[from] !== 0) mask |= BIT.symbols;
      if (kind === KIND.plain) {
        const run = stream.run[from] as number;
        if (run < wantedRun) return;
        if (run > wantedRun && depth > 0 && depth < units - 1) mask |= BIT.repeats;
        if (read === wanted) {
          kept += tables.characterBits[read] as number;
          continue;
        }
        // 他, 她 and 它 are no evasion of one another.
        if (PRONOUNS.includes(read) && PRONOUNS.includes(wanted)) return;
        // V stands for 微 and what looks like it, not for all that sounds so.
        if (wanted === LATIN_V && tables.shape[read] !== tables.shape[WEI]) return;
        mask |= byShape ? BIT.shapes : wanted === LATIN_V ? BIT.pinyin : BIT.homophones;
        odd += tables.aloneBits[read] as number;
        strange ||= stream.isOdd(from);
      } else if (wantedRun > 1) return;
      else if (kind === KIND.split) {
        mask |= read === wanted ? BIT.split : BIT.split | BIT.homophones;
        for (let part = from; part < (pathTo[depth] as number); part++) {
          odd += tables.aloneBits[stream.code[part] as number] as number;
        }
      } else if (kind === KIND.emoji) {
        mask |= BIT.emoji;
        odd += EMOJI_BITS;
      } else {
        if (kind === KIND.wei && wanted !== WEI) return;
        mask |= BIT.pinyin;
        odd += PINYIN_BITS;
      }
      replaced += 1;
      strange ||= kind !== KIND.plain;
    }
    if ((mask & VARIANT_MASK) === 0 || (mask & VARIANT_MASK & ~(this.masks[term] as number)) !== 0) return;
    if (!isEnough(replaced, kept, odd) || (replaced > 0 && !strange)) return;
    const strength = replaced === 0 ? STRENGTH.strong : this.strength(own, units);
    if (strength === STRENGTH.none) return;
    if (strength === STRENGTH.weak) mask |= WEAK;
    const last = units - 1;
    const lastElement = (pathTo[last] as number) - 1;
    const firstElement = pathFrom[0] as number;
    const start = runs[own] === 1 ? stream.lastBegin(firstElement) : (stream.start[firstElement] as number);
    const end = runs[own + last] === 1 ? stream.firstEnd(lastElement) : stream.end(lastElement);
    this.sink(term, start, end, mask);
  }

  /** How strong the evidence is without what common words explain. */
  private strength(own: number, units: number): number {
    const { codes, stream, tables, pathFrom, pathTo, pathCode, pathKind } = this;
    const first = pathFrom[0] as number;
    const end = pathTo[units - 1] as number;
    if (end - first > this.covered.length) this.covered = new Uint8Array((end - first) * 2);
    coveredBy(stream, first, end, this.covered);
    let kept = 0;
    let odd = 0;
    let replaced = 0;
    for (let depth = 0; depth < units; depth++) {
      const from = pathFrom[depth] as number;
      const read = pathCode[depth] as number;
      const kind = pathKind[depth] as number;
      const covered = this.covered[from - first] as number;
      if (kind === KIND.plain && read === codes[own + depth]) {
        if ((covered & COVERED_OVER) === 0) kept += tables.characterBits[read] as number;
        continue;
      }
      replaced += 1;
      if (kind === KIND.emoji) odd += EMOJI_BITS;
      else if (kind === KIND.pinyin || kind === KIND.wei) odd += PINYIN_BITS;
      else {
        for (let part = from; part < (pathTo[depth] as number); part++) {
          if (this.covered[part - first] !== 0) continue;
          odd += tables.aloneBits[stream.code[part] as number] as number;
        }
      }
    }
    return strengthOf(replaced, kept, odd);
  }
}
