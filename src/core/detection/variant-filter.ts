/**
 * Which parts of a text can have a term written in another way: a pass that most texts end at.
 *
 * A text is cut where no term reaches over: at the ends of sentences, at commas and at more than
 * MAX_DROPPED symbols. The first loop reads each unit once: it collects the elements that make no sense where
 * they stand (odd), and those that may begin a character that was taken apart. The second looks around these,
 * about one in five, for terms that may be meant (term-anchors.ts). A part is kept where one is found, where
 * there is an emoji with a reading, and, for the search to say more, where there are Latin letters. What is
 * not kept has no occurrence: a property test holds the search with and without the filter against each other.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { type VariantTables, variantTables } from '../normalization/variant-tables.ts';
import {
  BIT_SHIFT,
  COMMON_SHIFT,
  charactersOf,
  commonPairs,
  pairHash,
  SECOND_BIT_SHIFT,
  SPLIT_SHIFT,
  type SplitCharacter,
  splitPairs,
  THIRD_BIT_SHIFT,
} from './common-pairs.ts';
import { MARGIN, TermAnchors } from './term-anchors.ts';
import { ANYWHERE, placesOf, shapePair, soundPair } from './term-windows.ts';
import {
  BARRIER,
  FIRST_HAN,
  INVISIBLE,
  LATIN,
  MAYBE_ODD_SHIFT,
  SOUND_BITS,
  SOUND_SHIFT,
  SOUNDS,
  SYMBOL,
  unitClasses,
  VARIANT_READING_MASK,
} from './unit-classes.ts';
import { Candidates } from './variant-candidates.ts';
import { MAX_PARTS } from './variant-path.ts';
import type { VariantTerms } from './variant-terms.ts';

/** Places are noted with a bit that says whether the element stands there more than once. */
const REPEATED = 1;
/** Of a part, beside the bits of its entries: it is to be searched; it has candidates. */
const SEARCH = 1 << 30;
const COMPARE = 1 << 29;
/** Of two that were taken apart so near to one another each may stand beside the other. */
const NEAR = 2 * MAX_PARTS;

/** A part of a text that is to be read; the next one overwrites it. */
export interface Part {
  /** Where it stands in the text. */
  begin: number;
  end: number;
  /** Whether it is to be searched; else only the candidates are looked at, if nothing else is found by reading. */
  search: boolean;
  /** Its first element, as candidates count them, and how many it has. */
  first: number;
  elements: number;
  /** Its candidates. */
  from: number;
  to: number;
}

export type PartSink = (part: Part) => void;

export class VariantFilter {
  private readonly tables: VariantTables = variantTables();
  private readonly character = characterTable(VARIANT_READING_MASK);
  private readonly classes = unitClasses();
  private readonly common = commonPairs();
  private readonly splits = splitPairs();
  private readonly sounds: TermAnchors;
  private readonly shapes: TermAnchors;
  /** 1 for characters that look like a unit of a term. */
  private readonly looks: Uint8Array;

  /** The terms that may stand in the text last scanned. */
  readonly candidates = new Candidates();
  private readonly scratch = new Candidates();
  private readonly part: Part = { begin: 0, end: 0, search: false, first: 0, elements: 0, from: 0, to: 0 };
  /** Entries of the classes; MARGIN zeros before and behind, and a zero between parts. */
  private elements = new Int32Array(0);
  private oddAt = new Int32Array(0);
  private readonly splitAt: number[] = [];
  /** Of each part: the first element behind it, where it ends in the text, the bits of its entries and what is to be done. */
  private partTo = new Int32Array(0);
  private partEnd = new Int32Array(0);
  private partMet = new Int32Array(0);
  private parts = 0;
  private odds = 0;

  constructor({ soundKeys, shapeKeys }: VariantTerms) {
    this.sounds = new TermAnchors(soundKeys, true);
    this.shapes = new TermAnchors(shapeKeys, false);
    const { shape } = this.tables;
    const used = new Uint8Array(0x10000);
    for (const { key } of shapeKeys) for (let at = 0; at < key.length; at++) used[key.charCodeAt(at)] = 1;
    const sizes = new Uint32Array(0x10000);
    for (const name of shape) sizes[name] = (sizes[name] as number) + 1;
    this.looks = Uint8Array.from(shape, (name) => (used[name] === 1 && (sizes[name] as number) > 1 ? 1 : 0));
    this.reserve(1024);
  }

  /** Calls `found` for each part of `text` that may have an occurrence, in order. */
  scan(text: string, found: PartSink): void {
    this.candidates.clear();
    const met = this.read(text) | this.findOdd() | this.findSplit();
    if ((met & (LATIN | SEARCH | COMPARE)) === 0) return;
    const { part, partTo, partEnd, partMet, parts } = this;
    const { starts } = this.candidates;
    part.end = -1;
    part.to = 0;
    for (let index = 0, first = MARGIN; index < parts; index++) {
      const bits = partMet[index] as number;
      const to = partTo[index] as number;
      part.begin = part.end + 1;
      part.end = partEnd[index] as number;
      part.search = (bits & SEARCH) !== 0;
      part.first = first;
      part.elements = to - first;
      part.from = part.to;
      while (part.to < starts.length && (starts[part.to] as number) < to) part.to += 1;
      if ((bits & (LATIN | SEARCH | COMPARE)) !== 0) found(part);
      first = to + 1;
    }
  }

  private reserve(units: number): void {
    const elements = units + 2 * MARGIN + 1;
    if (elements <= this.elements.length) return;
    this.elements = new Int32Array(elements * 2);
    this.oddAt = new Int32Array(elements * 2);
    this.partTo = new Int32Array(elements * 2);
    this.partEnd = new Int32Array(elements * 2);
    this.partMet = new Int32Array(elements * 2);
  }

  /** Reads the text into elements, odd places and parts; returns the bits of all parts. */
  private read(text: string): number {
    this.reserve(text.length);
    const { classes, common, splits, elements, oddAt, splitAt, partTo, partEnd, partMet } = this;
    splitAt.length = 0;
    let length = MARGIN;
    let odds = 0;
    let parts = 0;
    let dropped = 0;
    let met = 0;
    let all = 0;
    /** The letter before, whether it may be odd, and whether it and the one before it are a word. */
    let last = 0;
    let maybe = 0;
    let isWord = 0;
    for (let at = 0; at < text.length; at++) {
      const entry = classes[text.charCodeAt(at)] as number;
      if (entry >= 0) {
        const code = entry & 0xffff;
        if (code === last && code >= FIRST_HAN) {
          oddAt[odds++] = ((length - 1) << 1) | REPEATED;
          continue;
        }
        const hash = pairHash((last << 16) | code);
        const word = common[hash >>> COMMON_SHIFT] as number;
        const beginning = splits[hash >>> SPLIT_SHIFT] as number;
        const joined = last === 0 ? 0 : 1;
        const together =
          (word >>> (hash >>> BIT_SHIFT)) &
          (word >>> (hash >>> SECOND_BIT_SHIFT)) &
          (word >>> (hash >>> THIRD_BIT_SHIFT)) &
          joined;
        const isSplit =
          (beginning >>> (hash >>> BIT_SHIFT)) &
          (beginning >>> (hash >>> SECOND_BIT_SHIFT)) &
          (beginning >>> (hash >>> THIRD_BIT_SHIFT)) &
          joined &
          ~together;
        if (isSplit !== 0) splitAt.push(length - 1);
        oddAt[odds] = (length - 1) << 1;
        odds += maybe & ~(isWord | together);
        elements[length++] = entry;
        met |= entry;
        last = code;
        maybe = (entry >>> MAYBE_ODD_SHIFT) & 1;
        isWord = together;
        dropped = 0;
        continue;
      }
      if (entry === INVISIBLE) continue;
      if (entry === SYMBOL) {
        last = 0;
        dropped += 1;
        if (dropped <= MAX_DROPPED) continue;
      } else if (entry !== BARRIER) {
        const whole = codePointAt(text, at);
        at += whole > 0xffff ? 1 : 0;
        last = 0;
        dropped = 0;
        if (!this.isDropped(whole)) met |= SEARCH;
        continue;
      }
      oddAt[odds] = (length - 1) << 1;
      odds += maybe & ~isWord;
      partTo[parts] = length;
      partEnd[parts] = at;
      partMet[parts] = met;
      parts += 1;
      elements[length++] = 0;
      all |= met;
      dropped = met = last = maybe = isWord = 0;
    }
    oddAt[odds] = (length - 1) << 1;
    odds += maybe & ~isWord;
    partTo[parts] = length;
    partEnd[parts] = text.length;
    partMet[parts] = met;
    this.parts = parts + 1;
    this.odds = odds;
    for (let at = length; at < length + MARGIN; at++) elements[at] = 0;
    return all | met;
  }

  /** An emoji or sign that has no reading. */
  private isDropped(whole: number): boolean {
    if (this.tables.emoji.has(whole)) return false;
    const target = this.character.target(whole);
    return target >= 0 && this.character.kind(target) === KIND.symbol;
  }

  /** Marks the part of an element. */
  private mark(place: number, bits: number): number {
    const { partTo, partMet } = this;
    let part = 0;
    for (let end = this.parts - 1; part < end; ) {
      const middle = (part + end) >> 1;
      if ((partTo[middle] as number) <= place) part = middle + 1;
      else end = middle;
    }
    partMet[part] = (partMet[part] as number) | bits;
    return bits;
  }

  /** Finds the terms that may stand where an element is odd; returns what is to be done. */
  private findOdd(): number {
    const { elements, oddAt, odds, sounds, shapes, looks } = this;
    const { pairs: heard } = sounds;
    const { pairs: seen } = shapes;
    const { shape } = this.tables;
    let last = 0;
    let found = 0;
    for (let index = 0; index < odds; index++) {
      const place = oddAt[index] as number;
      if (place === last) continue;
      last = place;
      const at = place >>> 1;
      const before = elements[at - 1] as number;
      const element = elements[at] as number;
      const behind = elements[at + 1] as number;
      const own = (element >>> SOUND_SHIFT) & SOUND_BITS;
      const left = heard[soundPair((before >>> SOUND_SHIFT) & SOUND_BITS, own)] as number;
      const right = heard[soundPair(own, (behind >>> SOUND_SHIFT) & SOUND_BITS)] as number;
      // What has several sounds is looked at by each of them.
      const heardAt = placesOf(left, right);
      if ((heardAt | ((before | element | behind) & SOUNDS)) !== 0) {
        found |= this.note(sounds, at, (place & REPEATED) !== 0, heardAt);
      }
      if (looks[element & 0xffff] === 0) continue;
      const name = shape[element & 0xffff] as number;
      const above = seen[shapePair(shape[before & 0xffff] as number, name)] as number;
      const below = seen[shapePair(name, shape[behind & 0xffff] as number)] as number;
      const seenAt = placesOf(above, below);
      if (seenAt !== 0) found |= this.note(shapes, at, (place & REPEATED) !== 0, seenAt);
    }
    return found;
  }

  /** Notes the terms that may have the element `at` in place of another; returns what is to be done. */
  private note(anchors: TermAnchors, at: number, isRepeated: boolean, places: number): number {
    const { candidates } = this;
    const count = candidates.length;
    if (anchors.find(this.elements, at, isRepeated, places, candidates)) return this.mark(at, SEARCH);
    return candidates.length > count ? this.mark(at, COMPARE) : 0;
  }

  /** Marks the parts in which a character of a term may have been taken apart. */
  private findSplit(): number {
    const { splitAt } = this;
    let before = Number.NEGATIVE_INFINITY;
    let found = 0;
    for (const place of splitAt) {
      const characters = charactersOf(this.partAt(place), this.partAt(place + 1));
      if (characters === undefined) continue;
      const isNear = place - before <= NEAR;
      before = place;
      if (isNear || this.isOddMet(place) || characters.some((one) => this.isSplitMet(one, place))) {
        found |= this.mark(place, SEARCH);
      }
    }
    return found;
  }

  /** The first part of a character that was taken apart is odd whatever it is. */
  private isOddMet(place: number): boolean {
    const { scratch, elements } = this;
    scratch.clear();
    const isMany =
      this.sounds.find(elements, place, false, ANYWHERE, scratch) ||
      this.shapes.find(elements, place, false, ANYWHERE, scratch);
    return isMany || scratch.length > 0;
  }

  private partAt(place: number): number {
    return this.tables.part[(this.elements[place] as number) & 0xffff] as number;
  }

  /** Whether a character whose first parts stand at `place` may be there whole, as one of a term. */
  private isSplitMet({ rest, sound }: SplitCharacter, place: number): boolean {
    const behind = place + 2 + rest.length;
    if (!rest.every((part, index) => this.partAt(place + 2 + index) === part)) return false;
    return this.sounds.hasSound(sound, this.elements, place - 1, behind);
  }
}
