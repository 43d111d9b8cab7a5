/**
 * Finds terms that are written in another way: by sound, by look, taken apart, in pinyin, as emoji,
 * with characters repeated. One trie over the sounds of the terms and one over their shapes, both
 * searched over the same reading of the text as the automaton does it (bitmaps of beginnings, then
 * the trie). Only where an element may be read in several ways are the ways tried one by one.
 *
 * What is found was verified: unit by unit against the term, and by the evidence left (variant-evidence.ts).
 * Occurrences that need no transform of words are not reported; the other views find them.
 */
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { variantTables, WEI } from '../normalization/variant-tables.ts';
import { HASH_SPREAD, HASH_STEP } from './beginning-table.ts';
import { hasPair, SPLIT_SHIFT, splitPairs } from './common-pairs.ts';
import { MIN_ODD_OF_PAIR } from './variant-evidence.ts';
import { type Part, VariantFilter } from './variant-filter.ts';
import { VariantJudge } from './variant-judge.ts';
import { hasReadableLatin } from './variant-latin.ts';
import { MAX_PARTS, READ, VariantPath } from './variant-path.ts';
import { FLAG, VariantStream } from './variant-stream.ts';
import {
  LATIN_V,
  MAX_VARIANT_UNITS,
  type Skeleton,
  type VariantTerm,
  VariantTerms,
} from './variant-terms.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const MOST_DROPPED = MAX_DROPPED;
const STEP = HASH_STEP;
const SPREAD = HASH_SPREAD;
const PARTS_SHIFT = SPLIT_SHIFT;

/** Called for each occurrence: place of the term, span of the original, transforms needed. */
export type VariantSink = (term: number, start: number, end: number, mask: number) => void;

/** Steps along the tries, for each element of a text and at least; a text that needs more is left. */
const STEPS_PER_ELEMENT = 6;
const MIN_STEPS = 4000;
const MAX_SYLLABLE = 6;

/** Which bitmaps have a beginning. */
const PAIR = 1;
const TRIPLE = 2;

/** A matcher, in steps for a thread that has other work. */
export function* makingMatcher(terms: readonly VariantTerm[]): Generator<void, VariantMatcher> {
  const made = new VariantTerms(terms);
  yield;
  const filter = new VariantFilter(made);
  yield;
  return new VariantMatcher(terms, made, filter);
}

export class VariantMatcher {
  private readonly tables = variantTables();
  private readonly stream = new VariantStream();
  private readonly splits = splitPairs();
  private readonly terms: VariantTerms;
  private readonly filter: VariantFilter;
  private readonly sounds: Skeleton;
  private readonly shapes: Skeleton;

  /** The alignment that is being tried. */
  private readonly path = new VariantPath(MAX_VARIANT_UNITS + 1);
  private readonly judge: VariantJudge;
  private steps = 0;
  /** What `spelledAt` found out about the part that is searched. */
  private readonly spelled: (readonly number[] | undefined)[] = [];
  private sink: VariantSink = () => {};
  /** Of the last scanned text: steps along the tries, and occurrences verified. */
  work = 0;

  /** `made` and `filter`: what was made of the same terms, where that was done in steps. */
  constructor(
    terms: readonly VariantTerm[],
    made = new VariantTerms(terms),
    filter = new VariantFilter(made),
  ) {
    this.terms = made;
    this.judge = new VariantJudge(made);
    this.sounds = made.sounds;
    this.shapes = made.shapes;
    this.filter = filter;
  }

  /** Reports every occurrence in `text` that needs a transform of words */
  scan(text: string, sink: VariantSink): void {
    this.scanAll([text], (_, term, start, end, mask) => sink(term, start, end, mask));
  }

  /** The same for many texts, in their order. */
  scanAll(
    texts: readonly string[],
    sink: (text: number, ...occurrence: Parameters<VariantSink>) => void,
  ): void {
    const { stream } = this;
    let current = -1;
    let most = 0;
    let isSuspect = false;
    const { words, masks } = this.terms;
    this.sink = (term, start, end, mask) => sink(current, term, start, end, mask);
    const ended = (): void => {
      this.work = most - this.steps;
      if (!isSuspect || words.size === 0) return;
      words.scan(texts[current] as string, (term, start, end, mask) => {
        if ((mask & ~(masks[term] as number)) === 0) sink(current, term, start, end, mask);
      });
    };
    this.filter.scan(texts, (part) => {
      const text = texts[part.text] as string;
      const isLatinOnly = !part.search && part.candidate < 0;
      if (isLatinOnly && !hasReadableLatin(text, part.begin, part.end)) return;
      if (part.text !== current) {
        ended();
        current = part.text;
        most = Math.max(MIN_STEPS, text.length * STEPS_PER_ELEMENT);
        this.steps = most;
        isSuspect = false;
      }
      stream.read(text, part.begin, part.end);
      isSuspect ||= stream.isSuspect;
      if (part.search || stream.hasSyllables) this.search();
      else if (part.candidate >= 0) this.compare(part);
    });
    ended();
  }

  /** Verifies the terms that the filter says may stand in the part that was read. */
  private compare({ first, candidate: last }: Part): void {
    const { terms, sounds, shapes } = this;
    const [{ candidates }, { gap }] = [this.filter, this.stream];
    for (const candidate of candidates.ordered(last)) {
      const key = candidates.keys[candidate] as number;
      const start = (candidates.starts[candidate] as number) - first;
      const term = (key >= 0 ? sounds.terms[key] : shapes.terms[~key]) as number;
      const units = (terms.from[term + 1] as number) - (terms.from[term] as number);
      this.steps -= units;
      if (this.steps < 0) return;
      let isJoined = true;
      for (let depth = 0; depth < units; depth++) {
        this.take(depth, start + depth);
        isJoined &&= depth === 0 || (gap[start + depth] as number) <= MOST_DROPPED;
      }
      if (isJoined) this.verify(term, units, key < 0);
    }
  }

  /** Follows every term that begins somewhere in the text; most places are done with four bits. */
  private search(): void {
    const { length, code, flag, gap } = this.stream;
    const { splits, sounds, shapes } = this;
    this.spelled.length = 0;
    const { sound, shape } = this.tables;
    const { bitmap: soundPairs, shift: soundPairShift } = sounds.pairs;
    const { bitmap: soundTriples, shift: soundTripleShift } = sounds.triples;
    const { bitmap: shapePairs, shift: shapePairShift } = shapes.pairs;
    const { bitmap: shapeTriples, shift: shapeTripleShift } = shapes.triples;
    /** Starts below this were followed in every way they can be read. */
    let done = 0;
    /** The last two units by sound and by shape, `first << 16 | second`. */
    let heard = 0;
    /** The letter before. */
    let previous = 0;
    let seen = 0;
    /** Flags of this element and the two before it. */
    let flags = 0;
    for (let at = 0; at < length; at++) {
      const letter = code[at] as number;
      const here = flag[at] as number;
      const unit = sound[letter] as number;
      const look = here === FLAG.emoji ? 0 : (shape[letter] as number);
      if ((gap[at] as number) > MOST_DROPPED) {
        heard = 0;
        seen = 0;
        flags = 0;
      }
      const isBeginning = at > 0 && hasPair(splits, PARTS_SHIFT, (previous << 16) | letter);
      if (isBeginning && this.stream.markSplit(at - 1)) flags |= FLAG.split;
      flags = ((flags << 8) | here) & 0xffffff;
      previous = letter;
      const a = Math.imul(Math.imul(heard & 0xffff, STEP) + unit, SPREAD) >>> soundPairShift;
      const b = Math.imul(Math.imul(heard, STEP) + unit, SPREAD) >>> soundTripleShift;
      const c = Math.imul(Math.imul(seen & 0xffff, STEP) + look, SPREAD) >>> shapePairShift;
      const d = Math.imul(Math.imul(seen, STEP) + look, SPREAD) >>> shapeTripleShift;
      const bySound =
        (((soundPairs[a >>> 5] as number) >>> a) & 1) |
        ((((soundTriples[b >>> 5] as number) >>> b) & 1) << 1);
      const byShape =
        (((shapePairs[c >>> 5] as number) >>> c) & 1) |
        ((((shapeTriples[d >>> 5] as number) >>> d) & 1) << 1);
      if (flags !== 0 && this.isOddNear(at)) {
        // What may be read in several ways cannot be looked up: it is followed.
        for (let start = Math.max(done, at - 3); start <= at; start++) this.follow(sounds, 0, start, 0, 0);
        done = at + 1;
      } else if (bySound !== 0) this.meet(sounds, bySound, heard, unit, at);
      if (byShape !== 0) this.meet(shapes, byShape, seen, look, at);
      heard = (heard << 16) | unit;
      seen = (seen << 16) | look;
    }
  }

  /** The terms that begin with the units before `at` and the one there; `which`: bits of PAIR and TRIPLE. */
  private meet(skeleton: Skeleton, which: number, window: number, unit: number, at: number): void {
    const { aloneBits } = this.tables;
    const { code } = this.stream;
    const last = aloneBits[code[at] as number] as number;
    const before = aloneBits[code[Math.max(0, at - 1)] as number] as number;
    if ((which & PAIR) !== 0 && (last >= MIN_ODD_OF_PAIR || before >= MIN_ODD_OF_PAIR)) {
      const pair = skeleton.pairs.node(window & 0xffff, unit);
      if (pair !== 0) this.straight(skeleton, pair, at - 1, 2);
    }
    if ((which & TRIPLE) === 0) return;
    const triple = skeleton.triples.node(window, unit);
    if (triple === 0) return;
    this.straight(skeleton, triple, at - 2, 3);
    if (skeleton.hasChildren(triple)) this.follow(skeleton, triple, at + 1, 3, 0);
  }

  private isOddNear(at: number): boolean {
    const { stream } = this;
    return stream.isOdd(at) || (at > 0 && stream.isOdd(at - 1)) || (at > 1 && stream.isOdd(at - 2));
  }

  /** The unit at `depth` is the element `at`, read as it stands. */
  private take(depth: number, at: number, kind: number = READ.plain): void {
    this.path.step(depth, at, at + 1, this.stream.code[at] as number, kind);
  }

  /** Terms of so many units that end at `node`, over elements that stand for themselves. */
  private straight(skeleton: Skeleton, node: number, from: number, units: number): void {
    for (let depth = 0; depth < units; depth++) this.take(depth, from + depth);
    this.arrive(skeleton, node, units);
  }

  /** Goes on from `node` at element `at` in every way it can be read; `skipped`: emoji passed over. */
  private follow(skeleton: Skeleton, node: number, at: number, depth: number, skipped: number): void {
    const { stream } = this;
    const { code, flag, gap, length } = stream;
    const bySound = skeleton === this.sounds;
    const unitOf = bySound ? this.tables.sound : this.tables.shape;
    let here = node;
    for (let place = at, units = depth; place < length; place++) {
      if (--this.steps < 0) return;
      const dropped = (gap[place] as number) + (place === at ? skipped : 0);
      if (units > 0 && dropped > MOST_DROPPED) return;
      const special = bySound ? stream.flagsAt(place) : (flag[place] as number);
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
    this.branchTo(skeleton, node, depth, tables.sound[code] as number, at, at + 1, code, READ.plain);
    if ((special & FLAG.pinyin) !== 0) {
      this.branchLatin(skeleton, node, at, depth);
      return;
    }
    for (const sound of tables.furtherSounds.get(code) ?? []) {
      this.branchTo(skeleton, node, depth, sound, at, at + 1, code, READ.plain);
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
      this.branchTo(skeleton, node, depth, sound, at, end + 1, whole, READ.split);
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
    this.path.step(depth, from, to, code, kind);
    this.arrive(skeleton, child, depth + 1);
    this.follow(skeleton, child, to, depth + 1, 0);
  }

  private branchLatin(skeleton: Skeleton, node: number, at: number, depth: number): void {
    const { stream, tables } = this;
    const spelled = this.spelledAt(at);
    for (let index = 0; index < spelled.length; index += 2) {
      const size = spelled[index] as number;
      this.branchTo(skeleton, node, depth, spelled[index + 1] as number, at, at + size, 0, READ.pinyin);
    }
    if (stream.code[at] === LATIN_V && stream.letters(at, 2).length === 1) {
      this.branchTo(skeleton, node, depth, tables.sound[WEI] as number, at, at + 1, WEI, READ.wei);
    }
  }

  /** The syllables that letters from `at` on may be, two numbers each: how many letters, the sound. */
  private spelledAt(at: number): readonly number[] {
    const { stream, tables } = this;
    const known = this.spelled[at];
    if (known !== undefined) return known;
    const spelled: number[] = [];
    const letters = stream.letters(at, MAX_SYLLABLE);
    for (let size = 1; size <= letters.length; size++) {
      const sound = tables.syllables.get(letters.slice(0, size));
      if (sound !== undefined && stream.endsSyllable(at + size)) spelled.push(size, sound);
    }
    this.spelled[at] = spelled;
    return spelled;
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
        this.path.step(units, at, at + 1, code, READ.emoji);
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
      this.steps -= units;
      this.verify(skeleton.terms[order[place] as number] as number, units, skeleton === this.shapes);
    }
  }

  /** Reports `term` where the alignment that is being tried holds for it and is evidence enough. */
  private verify(term: number, units: number, byShape: boolean): void {
    const mask = this.judge.verify(this.stream, this.path, term, units, byShape);
    if (mask === 0) return;
    const { stream, path } = this;
    const { runs, from } = this.terms;
    const own = from[term] as number;
    const last = units - 1;
    const start = stream.begin(path.from[0] as number, runs[own] as number);
    const end = stream.end((path.to[last] as number) - 1, runs[own + last] as number);
    this.sink(term, start, end, mask);
  }
}
