/**
 * Texts as the filter before the search for other ways of writing has them: the elements of many texts one behind
 * the other, the parts they fall into, and what there is to look at. Arrays are used again for the next texts.
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable, KIND } from '../normalization/character-table.ts';
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { variantTables } from '../normalization/variant-tables.ts';
import {
  BIT_SHIFT,
  COMMON_SHIFT,
  commonPairs,
  pairHash,
  SECOND_BIT_SHIFT,
  SPLIT_SHIFT,
  splitPairs,
  THIRD_BIT_SHIFT,
} from './common-pairs.ts';
import {
  COMPLEX,
  FIRST_HAN,
  FIRST_PART_SHIFT,
  INVISIBLE,
  LATIN,
  MAYBE_ODD_SHIFT,
  PARTED,
  PARTED_SHIFT,
  SECOND_PART_SHIFT,
  SOUNDS,
  SYMBOL,
  unitClasses,
  VARIANT_READING_MASK,
} from './unit-classes.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const WORD_SHIFT = COMMON_SHIFT;
const PARTS_SHIFT = SPLIT_SHIFT;
const BIT_1 = BIT_SHIFT;
const BIT_2 = SECOND_BIT_SHIFT;
const BIT_3 = THIRD_BIT_SHIFT;
const hashOfPair = pairHash;
const HAN = FIRST_HAN;
const PART_1 = FIRST_PART_SHIFT;
const PART_2 = SECOND_PART_SHIFT;
const NOTHING = INVISIBLE;
const LETTERS = LATIN;
const ODD_SHIFT = MAYBE_ODD_SHIFT;
const GAP = PARTED;
const GAP_SHIFT = PARTED_SHIFT;
const SEVERAL = SOUNDS;
const SEVERAL_UNITS = COMPLEX;
const SIGN = SYMBOL;
const MOST_DROPPED = MAX_DROPPED;

/** So many elements before and behind a place are read. */
export const MARGIN = 8;
/** So many elements are read at once, more only of a longer text: their arrays stay in the second-level cache. */
const BLOCK_ELEMENTS = 1 << 13;
/** Of a part, beside LATIN: it is to be searched; it has candidates. */
export const SEARCH = 1 << 30;
export const COMPARE = 1 << 29;

/** A place is the index of an element, shifted, and why it is looked at beside being odd. */
export const PLACE_SHIFT = 2;
const INDEX_SHIFT = PLACE_SHIFT;
/** It stands there more than once, and need not be in place of another. */
export const REPEATED = 1;
const TWICE = REPEATED;
/** It may be the first part of a character that was taken apart; where a term is met the part is searched. */
export const APART = 2;
export const KINDS = REPEATED | APART;

/** Elements read in several ways, so many around each (`VIEW_CENTRE` is its place): copies behind those of the texts. */
export const VIEW_CENTRE = 3;
export const VIEW_SIZE = 2 * VIEW_CENTRE + 1;
export const MOST_VIEWS = 1024;

/** A text of more units is not read: it is searched (variant-filter.ts). Memory that is not written to costs none. */
export const MOST_UNITS = 1 << 19;
const MOST_ELEMENTS = MOST_UNITS + 2 * MARGIN + 1 + MOST_VIEWS * VIEW_SIZE;

/*
 * What texts are read into, once for a thread: V8 compiles the place of a constant array into the loops over it.
 * Nothing is kept here between two calls of `VariantFilter.scan`.
 */
const classes = new Int32Array(0x10000);
const common = new Int32Array(1 << (32 - COMMON_SHIFT));
const viewAt = new Int32Array(MOST_VIEWS);
const elements = new Int32Array(MOST_ELEMENTS);
// Each element may be odd, and be so as one that is repeated, and as the first of parts besides.
const oddAt = new Int32Array(3 * MOST_ELEMENTS);
const severalAt = new Int32Array(MOST_ELEMENTS);
const splitAt = new Int32Array(MOST_ELEMENTS);
const partTo = new Int32Array(MOST_ELEMENTS);
const partEnd = new Int32Array(MOST_ELEMENTS);
const partMet = new Int32Array(MOST_ELEMENTS);
const partText = new Int32Array(MOST_ELEMENTS);
/** Units that are half of a pair, have a reading or become several, and their parts. */
const complexAt = new Int32Array(MOST_ELEMENTS);
const complexPart = new Int32Array(MOST_ELEMENTS);

// Exported by other names: what a module exports it reads from memory itself.
/** Entries of the classes; MARGIN empty ones before and behind, one between parts, and the views behind. */
export const ELEMENTS = elements;
/** Odd places. */
export const ODD_AT = oddAt;
/** Places of the views. */
export const VIEW_AT = viewAt;

export class VariantElements {
  private readonly tables = variantTables();
  private readonly character = characterTable(VARIANT_READING_MASK);
  private readonly splitPairs = splitPairs();

  private length = 0;
  /** Odd places, in ODD_AT. */
  odds = 0;
  /** Elements that with the one behind may begin a character that was taken apart. */
  readonly splitAt = splitAt;
  splits = 0;
  /** Characters of several sounds, in order, and one behind all elements. */
  readonly severalAt = severalAt;
  several = 0;
  /** Of each view: the element that it shows, or its complement where it shows one that is not in the text. */
  private readonly viewed = new Int32Array(MOST_VIEWS);
  views = 0;
  /** Of each part: its text, the first element behind it, where it ends in the text, bits. */
  readonly partText = partText;
  readonly partTo = partTo;
  readonly partEnd = partEnd;
  readonly partMet = partMet;
  parts = 0;
  /** How many units of `complexAt`. */
  private complex = 0;

  constructor() {
    classes.set(unitClasses());
    common.set(commonPairs());
  }

  /**
   * Reads texts from `from` on into elements and parts; returns the first that is left. The first must have no more
   * than MOST_UNITS units.
   */
  read(texts: readonly string[], from: number): number {
    elements.fill(GAP, 0, MARGIN);
    const next = this.gather(texts, from);
    const { length } = this;
    elements.fill(GAP, length, length + MARGIN);
    severalAt[this.several] = MOST_ELEMENTS;
    this.views = 0;
    this.markComplex(texts);
    return next;
  }

  /** The loop of `read`: without calls in it V8 keeps what it works with in registers. */
  private gather(texts: readonly string[], from: number): number {
    let length = MARGIN | 0;
    let odds = 0;
    let several = 0;
    let parts = 0;
    let complex = 0;
    let most = MOST_ELEMENTS;
    let index = from | 0;
    for (; index < texts.length; index = (index + 1) | 0) {
      const text = texts[index] as string;
      const units = text.length | 0;
      // A text has at most as many elements and ends of parts as units, and its own end.
      if (((length + units) | 0) >= most) break;
      most = BLOCK_ELEMENTS;
      let dropped = 0;
      let met = 0;
      /** The entry before; 0: something parts it from the next. */
      let before = 0;
      let parted = GAP | 0;
      for (let at = 0; at < units; at = (at + 1) | 0) {
        const entry = classes[text.charCodeAt(at)] as number;
        if (entry >= 0) {
          if (((entry ^ before) & 0xffff) === 0 && (entry & 0xffff) >= HAN) {
            const place = ((length - 1) << INDEX_SHIFT) | TWICE | 0;
            oddAt[odds] = place;
            odds = (odds + (odds === 0 || oddAt[odds - 1] !== place ? 1 : 0)) | 0;
            continue;
          }
          if ((entry & SEVERAL) !== 0) {
            severalAt[several] = length;
            several = (several + 1) | 0;
          }
          elements[length] = entry | parted;
          length = (length + 1) | 0;
          met |= entry;
          before = entry;
          parted = 0;
          dropped = 0;
          continue;
        }
        if (entry === NOTHING) continue;
        before = 0;
        parted = GAP | 0;
        if (entry === SIGN) {
          dropped = (dropped + 1) | 0;
          if (dropped <= MOST_DROPPED) continue;
        }
        dropped = 0;
        if (entry === SEVERAL_UNITS) {
          complexAt[complex] = at;
          complexPart[complex] = parts;
          complex = (complex + 1) | 0;
          continue;
        }
        partText[parts] = index;
        partTo[parts] = length;
        partEnd[parts] = at;
        partMet[parts] = met & LETTERS;
        parts = (parts + 1) | 0;
        elements[length] = GAP;
        length = (length + 1) | 0;
        met = 0;
      }
      partText[parts] = index;
      partTo[parts] = length;
      partEnd[parts] = units;
      partMet[parts] = met & LETTERS;
      parts = (parts + 1) | 0;
      elements[length] = GAP;
      length = (length + 1) | 0;
    }
    this.several = several;
    this.parts = parts;
    this.length = length;
    this.odds = odds;
    this.complex = complex;
    return index;
  }

  /** Parts with an emoji that has a reading, and the like, are searched. */
  private markComplex(texts: readonly string[]): void {
    for (let index = 0; index < this.complex; index++) {
      const at = complexAt[index] as number;
      const part = complexPart[index] as number;
      const text = texts[partText[part] as number] as string;
      const isSecond = at > 0 && codePointAt(text, at - 1) > 0xffff;
      if (isSecond || this.isDropped(codePointAt(text, at))) continue;
      partMet[part] = (partMet[part] as number) | SEARCH;
    }
  }

  /** An emoji or sign that has no reading. */
  private isDropped(whole: number): boolean {
    if (this.tables.emoji.has(whole)) return false;
    const target = this.character.target(whole);
    return target >= 0 && this.character.kind(target) === KIND.symbol;
  }

  /** Which part an element is in. */
  partOf(element: number): number {
    let part = 0;
    for (let end = this.parts - 1; part < end; ) {
      const middle = (part + end) >> 1;
      if ((partTo[middle] as number) <= element) part = middle + 1;
      else end = middle;
    }
    return part;
  }

  /** Marks the part of an element. */
  mark(element: number, bits: number): void {
    const part = this.partOf(element);
    partMet[part] = (partMet[part] as number) | bits;
  }

  /** Collects the elements that are odd, and those that may begin a character that was taken apart. */
  findOdd(): void {
    const { length } = this;
    let { odds } = this;
    let splits = 0;
    let element = GAP;
    /** Whether it and the one before it are a word. */
    let isWord = 0;
    for (let at = (MARGIN - 1) | 0; at < length; at = (at + 1) | 0) {
      const behind = elements[at + 1] as number;
      const joined = ~(behind >>> GAP_SHIFT);
      const hash = hashOfPair((element << 16) | (behind & 0xffff));
      const word = common[hash >>> WORD_SHIFT] as number;
      const together =
        (word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & joined;
      oddAt[odds] = at << INDEX_SHIFT;
      odds = (odds + ((element >>> ODD_SHIFT) & ~(isWord | together) & 1)) | 0;
      splitAt[splits] = at;
      splits = (splits + ((element >>> PART_1) & (behind >>> PART_2) & ~together & joined & 1)) | 0;
      element = behind;
      isWord = together;
    }
    this.odds = odds;
    this.splits = this.beginnings(splits);
  }

  /** Keeps those of `splitAt` that are first parts of a character with the one behind; returns how many. */
  private beginnings(count: number): number {
    const { splitPairs } = this;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const at = splitAt[index] as number;
      const hash = hashOfPair(((elements[at] as number) << 16) | ((elements[at + 1] as number) & 0xffff));
      const word = splitPairs[hash >>> PARTS_SHIFT] as number;
      splitAt[kept] = at;
      kept += (word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & 1;
    }
    return kept;
  }

  /** Adds a place to look at. */
  add(place: number): void {
    oddAt[this.odds++] = place;
  }

  /**
   * Adds what is written in `view` as a place; `shown` is the element in its middle, or its complement where that
   * stands for elements of the text. Only sounds are looked up there. False: there is no room.
   */
  addView(shown: number, kind: number, view: Int32Array): boolean {
    if (this.views === MOST_VIEWS) return false;
    const at = this.length + MARGIN + this.views * VIEW_SIZE;
    for (let step = 0; step < VIEW_SIZE; step++) elements[at + step] = view[step] as number;
    this.viewed[this.views] = shown;
    viewAt[this.views] = ((at + VIEW_CENTRE) << PLACE_SHIFT) | kind;
    this.views += 1;
    return true;
  }

  /** The element of the text that stands at `at`; below zero: the complement, as above. */
  original(at: number): number {
    const behind = at - this.length - MARGIN;
    return behind < 0 ? at : (this.viewed[Math.floor(behind / VIEW_SIZE)] as number);
  }
}
