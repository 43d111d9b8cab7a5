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
  BARRIER,
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
const END = BARRIER;
const HAN = FIRST_HAN;
const PART_1 = FIRST_PART_SHIFT;
const PART_2 = SECOND_PART_SHIFT;
const NOTHING = INVISIBLE;
const LETTERS = LATIN;
const ODD_SHIFT = MAYBE_ODD_SHIFT;
const GAP = PARTED;
const GAP_SHIFT = PARTED_SHIFT;
const SEVERAL = SOUNDS;
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
/** It stands there more than once, and need not be in place of another. */
export const REPEATED = 1;
/** It may be the first part of a character that was taken apart; where a term is met the part is searched. */
export const APART = 2;
export const KINDS = REPEATED | APART;

/** Elements read in several ways, so many around each (`VIEW_CENTRE` is its place): copies behind those of the texts. */
export const VIEW_CENTRE = 3;
export const VIEW_SIZE = 2 * VIEW_CENTRE + 1;
export const MOST_VIEWS = 1024;

export class VariantElements {
  private readonly tables = variantTables();
  private readonly character = characterTable(VARIANT_READING_MASK);
  private readonly classes = unitClasses();
  private readonly common = commonPairs();
  private readonly splitPairs = splitPairs();

  /** Entries of the classes; MARGIN empty ones before and behind, one between parts, and the views behind. */
  elements = new Int32Array(0);
  private length = 0;
  /** Odd places. */
  oddAt = new Int32Array(0);
  odds = 0;
  /** Elements that with the one behind may begin a character that was taken apart. */
  splitAt = new Int32Array(0);
  splits = 0;
  /** Characters of several sounds, in order, and one behind all elements. */
  severalAt = new Int32Array(0);
  several = 0;
  /** Of each view: the element that it shows, or its complement where it shows one that is not in the text. */
  private readonly viewed = new Int32Array(MOST_VIEWS);
  /** Places of the views. */
  readonly viewAt = new Int32Array(MOST_VIEWS);
  views = 0;
  /** Of each part: its text, the first element behind it, where it ends in the text, bits. */
  partText = new Int32Array(0);
  partTo = new Int32Array(0);
  partEnd = new Int32Array(0);
  partMet = new Int32Array(0);
  parts = 0;

  constructor() {
    this.reserve(BLOCK_ELEMENTS);
  }

  private reserve(units: number): void {
    const elements = units + 2 * MARGIN + 1 + MOST_VIEWS * VIEW_SIZE;
    if (elements <= this.elements.length) return;
    this.elements = new Int32Array(elements);
    // Each element may be odd, and be so as one that is repeated, and as the first of parts besides.
    this.oddAt = new Int32Array(3 * elements);
    this.severalAt = new Int32Array(elements);
    this.splitAt = new Int32Array(elements);
    this.partText = new Int32Array(elements);
    this.partTo = new Int32Array(elements);
    this.partEnd = new Int32Array(elements);
    this.partMet = new Int32Array(elements);
  }

  /** Reads texts from `from` on into elements and parts; returns the first that is left. */
  read(texts: readonly string[], from: number): number {
    // A text has at most as many elements and ends of parts as units, and its own end.
    this.reserve((texts[from] as string).length + 1);
    const { classes, elements, oddAt, severalAt, partText, partTo, partEnd, partMet } = this;
    const most = elements.length - MARGIN - MOST_VIEWS * VIEW_SIZE;
    elements.fill(GAP, 0, MARGIN);
    let length = MARGIN;
    let odds = 0;
    let several = 0;
    let parts = 0;
    let index = from;
    for (; index < texts.length; index++) {
      const text = texts[index] as string;
      if (length + text.length + 1 > most) break;
      let dropped = 0;
      let met = 0;
      /** The letter before; 0: something parts it from the next. */
      let last = 0;
      let parted = GAP;
      for (let at = 0; at < text.length; at++) {
        const entry = classes[text.charCodeAt(at)] as number;
        if (entry >= 0) {
          const code = entry & 0xffff;
          if (code === last && code >= HAN) {
            const place = ((length - 1) << PLACE_SHIFT) | REPEATED;
            oddAt[odds] = place;
            if (odds === 0 || oddAt[odds - 1] !== place) odds += 1;
            continue;
          }
          if ((entry & SEVERAL) !== 0) severalAt[several++] = length;
          elements[length++] = entry | parted;
          met |= entry & LETTERS;
          last = code;
          parted = dropped = 0;
          continue;
        }
        if (entry === NOTHING) continue;
        last = 0;
        parted = GAP;
        if (entry === SIGN) {
          dropped += 1;
          if (dropped <= MOST_DROPPED) continue;
        } else if (entry !== END) {
          const whole = codePointAt(text, at);
          at += whole > 0xffff ? 1 : 0;
          dropped = 0;
          if (!this.isDropped(whole)) met |= SEARCH;
          continue;
        }
        partText[parts] = index;
        partTo[parts] = length;
        partEnd[parts] = at;
        partMet[parts] = met;
        parts += 1;
        elements[length++] = GAP;
        dropped = met = 0;
      }
      partText[parts] = index;
      partTo[parts] = length;
      partEnd[parts] = text.length;
      partMet[parts] = met;
      parts += 1;
      elements[length++] = GAP;
    }
    elements.fill(GAP, length, length + MARGIN);
    severalAt[several] = elements.length;
    this.several = several;
    this.parts = parts;
    this.length = length;
    this.odds = odds;
    this.views = 0;
    return index;
  }

  /** An emoji or sign that has no reading. */
  private isDropped(whole: number): boolean {
    if (this.tables.emoji.has(whole)) return false;
    const target = this.character.target(whole);
    return target >= 0 && this.character.kind(target) === KIND.symbol;
  }

  /** Which part an element is in. */
  partOf(element: number): number {
    const { partTo } = this;
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
    this.partMet[part] = (this.partMet[part] as number) | bits;
  }

  /** Collects the elements that are odd, and those that may begin a character that was taken apart. */
  findOdd(): void {
    const { elements, length, common, oddAt, splitAt } = this;
    let { odds } = this;
    let splits = 0;
    let element = GAP;
    /** Whether it and the one before it are a word. */
    let isWord = 0;
    for (let at = MARGIN; at <= length; at++) {
      const behind = elements[at] as number;
      const joined = ~(behind >>> GAP_SHIFT) & 1;
      const hash = hashOfPair((element << 16) | (behind & 0xffff));
      const word = common[hash >>> WORD_SHIFT] as number;
      const together =
        (word >>> (hash >>> BIT_1)) & (word >>> (hash >>> BIT_2)) & (word >>> (hash >>> BIT_3)) & joined;
      oddAt[odds] = (at - 1) << PLACE_SHIFT;
      odds += (element >>> ODD_SHIFT) & ~(isWord | together) & 1;
      splitAt[splits] = at - 1;
      splits += (element >>> PART_1) & (behind >>> PART_2) & ~together & joined;
      element = behind;
      isWord = together;
    }
    this.odds = odds;
    this.splits = this.beginnings(splits);
  }

  /** Keeps those of `splitAt` that are first parts of a character with the one behind; returns how many. */
  private beginnings(count: number): number {
    const { elements, splitAt, splitPairs } = this;
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
    this.oddAt[this.odds++] = place;
  }

  /**
   * Adds what is written in `view` as a place; `shown` is the element in its middle, or its complement where that
   * stands for elements of the text. Only sounds are looked up there. False: there is no room.
   */
  addView(shown: number, kind: number, view: Int32Array): boolean {
    if (this.views === MOST_VIEWS) return false;
    const at = this.length + MARGIN + this.views * VIEW_SIZE;
    this.elements.set(view, at);
    this.viewed[this.views] = shown;
    this.viewAt[this.views] = ((at + VIEW_CENTRE) << PLACE_SHIFT) | kind;
    this.views += 1;
    return true;
  }

  /** The element of the text that stands at `at`; below zero: the complement, as above. */
  original(at: number): number {
    const behind = at - this.length - MARGIN;
    return behind < 0 ? at : (this.viewed[Math.floor(behind / VIEW_SIZE)] as number);
  }
}
