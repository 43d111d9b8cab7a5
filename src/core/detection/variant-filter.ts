/**
 * Which parts of texts can have a term written in another way: a pass that most texts end at.
 *
 * A text is cut where no term reaches over: at the ends of sentences, at commas and at more than
 * MAX_DROPPED symbols. Many texts are read at once, one question after the other, each in a loop over arrays that
 * collects without branches what is left for the next: the elements of all texts; those that make no sense
 * where they stand (odd); those of them beside which units of terms stand; then the windows of units by which
 * terms are found (term-anchors.ts). Where characters have several sounds, or may be one that was taken apart, each
 * way to read them is looked up as well. A part is kept where a term is found, where there is an emoji with a
 * reading, and, for the search to say more, where there are Latin letters. What is not kept has no occurrence: a
 * property test holds the search with and without the filter against each other.
 */
import { type VariantTables, variantTables } from '../normalization/variant-tables.ts';
import { charactersOf } from './common-pairs.ts';
import { type Places, TermAnchors } from './term-anchors.ts';
import { placesOf, ROLES, ROLES_SHIFT, shapePair, soundPair } from './term-windows.ts';
import { LATIN, SOUND_BITS, SOUND_SHIFT, SOUNDS } from './unit-classes.ts';
import { Candidates } from './variant-candidates.ts';
import {
  APART,
  COMPARE,
  ELEMENTS,
  KINDS,
  MARGIN,
  MOST_UNITS,
  ODD_AT,
  PLACE_SHIFT,
  SEARCH,
  VariantElements,
  VIEW_AT,
  VIEW_CENTRE,
  VIEW_SIZE,
} from './variant-elements.ts';
import { MAX_PARTS } from './variant-path.ts';
import type { VariantTerms } from './variant-terms.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const elements = ELEMENTS;
const oddAt = ODD_AT;
const viewAt = VIEW_AT;
const shape = new Uint16Array(0x10000);
const INDEX_SHIFT = PLACE_SHIFT;
const CENTRE = VIEW_CENTRE;
const HEARD_SHIFT = SOUND_SHIFT;
const HEARD_BITS = SOUND_BITS;
const ALL_ROLES = ROLES;
const ANY_SHIFT = ROLES_SHIFT;
const rolesOf = placesOf;
const pairOfSounds = soundPair;
const pairOfShapes = shapePair;

/** Bits of parts that are told. */
const TOLD = LATIN | SEARCH | COMPARE;
/** Of two that were taken apart so near to one another each may stand beside the other. */
const NEAR = 2 * MAX_PARTS;
/** Where there are more ways to read what stands around a place, its part is searched. */
const MOST_WAYS = 32;

/** A part of a text that is to be read; the next one overwrites it. */
export interface Part {
  /** Which of the texts. */
  text: number;
  /** Where it stands in the text. */
  begin: number;
  end: number;
  /** Whether it is to be searched; else only the candidates are looked at, if nothing else is found by reading. */
  search: boolean;
  /** Its first element, as candidates count them. */
  first: number;
  /** The last one added of its candidates; -1: it has none. */
  candidate: number;
}

export type PartSink = (part: Part) => void;

/** 1 where any role stands, else 0, without a branch. */
const isAny = (roles: number): number => (roles + ALL_ROLES) >>> ANY_SHIFT;

export class VariantFilter {
  private readonly tables: VariantTables = variantTables();
  private readonly terms: VariantTerms;
  /** What was read ahead: kept, so that the reading is not left out. */
  protected ahead = 0;
  private readonly sounds: TermAnchors;
  private readonly shapes: TermAnchors;
  /** 1 for characters that look like a unit of a term. */
  private readonly looks: Uint8Array;

  /** The terms that may stand in the texts last read, by part. */
  readonly candidates = new Candidates();
  private readonly read = new VariantElements();
  private readonly part: Part = { text: 0, begin: 0, end: 0, search: false, first: 0, candidate: -1 };
  private readonly heard: Places = { at: new Int32Array(0), roles: new Uint8Array(0), count: 0 };
  private readonly seen: Places = { at: new Int32Array(0), roles: new Uint8Array(0), count: 0 };
  private partCandidate = new Int32Array(0);
  private readonly view = new Int32Array(VIEW_SIZE);
  /** The same with the first sounds. */
  private readonly first = new Int32Array(VIEW_SIZE);

  constructor(terms: VariantTerms) {
    const { soundKeys, shapeKeys } = terms;
    this.terms = terms;
    const many = (at: number): void => this.read.mark(at, SEARCH);
    const found = (at: number, key: number, start: number, readings: number): void => {
      const part = this.read.partOf(at);
      this.read.partMet[part] = (this.read.partMet[part] as number) | COMPARE;
      this.partCandidate[part] = this.candidates.add(
        key,
        start,
        readings,
        this.partCandidate[part] as number,
      );
    };
    this.sounds = new TermAnchors(soundKeys, true, many, found);
    this.shapes = new TermAnchors(shapeKeys, false, many, found);
    shape.set(this.tables.shape);
    const used = new Uint8Array(0x10000);
    for (const { key } of shapeKeys) for (let at = 0; at < key.length; at++) used[key.charCodeAt(at)] = 1;
    const sizes = new Uint32Array(0x10000);
    for (const name of shape) sizes[name] = (sizes[name] as number) + 1;
    this.looks = Uint8Array.from(shape, (name) => (used[name] === 1 && (sizes[name] as number) > 1 ? 1 : 0));
  }

  /** Calls `found` for each part of `texts` that may have an occurrence, in order. */
  scan(texts: readonly string[], found: PartSink): void {
    const { read } = this;
    for (let from = 0; from < texts.length; ) {
      if ((texts[from] as string).length > MOST_UNITS) {
        this.tellWhole(from, (texts[from] as string).length, found);
        from += 1;
        continue;
      }
      from = read.read(texts, from);
      read.findOdd();
      this.findSplit();
      this.findSeveral();
      this.candidates.clear();
      if (this.partCandidate.length < read.parts) this.partCandidate = new Int32Array(2 * read.parts);
      this.partCandidate.fill(-1, 0, read.parts);
      this.findHeard();
      this.findSeen();
      this.sounds.sift(read, this.heard);
      this.shapes.sift(read, this.seen);
      this.readAhead();
      this.tell(found);
    }
  }

  /** Reads what candidates are compared with: the waits for memory overlap, as they could not one by one. */
  private readAhead(): void {
    const { candidates, terms } = this;
    const { from, codes, runs, masks, sounds, shapes } = terms;
    let ahead = 0;
    for (let one = 0; one < candidates.length; one++) {
      const key = candidates.keys[one] as number;
      const term = (key >= 0 ? sounds.terms[key] : shapes.terms[~key]) as number;
      const own = from[term] as number;
      ahead ^= (codes[own] as number) ^ (runs[own] as number) ^ (masks[term] as number);
    }
    this.ahead = ahead;
  }

  /** A text that is too long to be read here is searched. */
  private tellWhole(text: number, end: number, found: PartSink): void {
    found(Object.assign(this.part, { text, begin: 0, end, search: true, candidate: -1 }));
  }

  private tell(found: PartSink): void {
    const { part, partCandidate } = this;
    const { partText, partTo, partEnd, partMet, parts } = this.read;
    for (let index = 0; index < parts; index++) {
      const bits = partMet[index] as number;
      if ((bits & TOLD) === 0) continue;
      const isFirst = index === 0 || partText[index - 1] !== partText[index];
      part.text = partText[index] as number;
      part.begin = isFirst ? 0 : (partEnd[index - 1] as number) + 1;
      part.end = partEnd[index] as number;
      part.search = (bits & SEARCH) !== 0;
      part.first = index === 0 ? MARGIN : (partTo[index - 1] as number) + 1;
      part.candidate = partCandidate[index] as number;
      found(part);
    }
  }

  /** Adds what may be a character that was taken apart: its first part as an odd one, and the character itself. */
  private findSplit(): void {
    const { read, view } = this;
    const { splitAt } = read;
    let before = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < read.splits; index++) {
      const at = splitAt[index] as number;
      const characters = charactersOf(this.partAt(at), this.partAt(at + 1));
      if (characters === undefined) continue;
      if (at - before <= NEAR && read.partOf(at) === read.partOf(before)) read.mark(at, SEARCH);
      before = at;
      // The first part of a character that was taken apart is odd whatever it is.
      read.add((at << INDEX_SHIFT) | APART);
      for (const { rest, sound } of characters) {
        if (!this.haveParts(at + 2, rest)) continue;
        const behind = at + 2 + rest.length;
        for (let step = 1; step <= CENTRE; step++) {
          view[CENTRE - step] = elements[at - step] as number;
          view[CENTRE + step] = elements[behind + step - 1] as number;
        }
        view[CENTRE] = sound << HEARD_SHIFT;
        if (!read.addView(~at, 0, view) || !this.addWays(~at, 0)) read.mark(at, SEARCH);
      }
    }
  }

  private partAt(at: number): number {
    return this.tables.part[(elements[at] as number) & 0xffff] as number;
  }

  private haveParts(from: number, parts: readonly number[]): boolean {
    for (let index = 0; index < parts.length; index++) {
      if (this.partAt(from + index) !== parts[index]) return false;
    }
    return true;
  }

  /** Adds the further ways to read places near which there are characters of several sounds. */
  private findSeveral(): void {
    const { read, view } = this;
    const { severalAt, several, odds } = read;
    if (several === 0) return;
    let next = 0;
    let before = 0;
    for (let index = 0; index < odds; index++) {
      const place = oddAt[index] as number;
      const at = place >>> INDEX_SHIFT;
      // Places are in order but where those of another kind begin.
      if (at < before) next = 0;
      before = at;
      while ((severalAt[next] as number) < at - CENTRE) next += 1;
      if ((severalAt[next] as number) > at + CENTRE) continue;
      // Other sounds of what is farther away say nothing where the three in the middle are in no term.
      const near = (elements[at - 1] as number) | (elements[at] as number) | (elements[at + 1] as number);
      if ((near & SOUNDS) === 0 && this.rolesAt(at) === 0) continue;
      for (let step = 0; step < VIEW_SIZE; step++) view[step] = elements[at + step - CENTRE] as number;
      if (!this.addWays(at, place & KINDS)) read.mark(at, SEARCH);
    }
  }

  private rolesAt(at: number): number {
    const { pairs } = this.sounds;
    const sound = (place: number): number => ((elements[place] as number) >>> HEARD_SHIFT) & HEARD_BITS;
    const left = pairs[pairOfSounds(sound(at - 1), sound(at))] as number;
    return rolesOf(left, pairs[pairOfSounds(sound(at), sound(at + 1))] as number);
  }

  /** Adds `view` with each other choice of sounds than the first ones; false: there are too many. */
  private addWays(shown: number, kind: number): boolean {
    const { read, view, first } = this;
    const { furtherSounds } = this.tables;
    let ways = 1;
    for (let step = 0; step < VIEW_SIZE; step++) {
      const element = view[step] as number;
      first[step] = element;
      if ((element & SOUNDS) !== 0)
        ways *= 1 + (furtherSounds.get(element & 0xffff) as readonly number[]).length;
    }
    if (ways > MOST_WAYS) return false;
    for (let way = 1; way < ways; way++) {
      let choice = way;
      for (let step = 0; step < VIEW_SIZE; step++) {
        const element = first[step] as number;
        if ((element & SOUNDS) === 0) continue;
        const further = furtherSounds.get(element & 0xffff) as readonly number[];
        const which = choice % (further.length + 1);
        choice = (choice - which) / (further.length + 1);
        view[step] =
          which === 0
            ? element
            : (element & ~(HEARD_BITS << HEARD_SHIFT)) | ((further[which - 1] as number) << HEARD_SHIFT);
      }
      if (!read.addView(shown, kind, view)) return false;
    }
    return true;
  }

  /** Collects the odd places and views in which there are sounds of terms beside one another. */
  private findHeard(): void {
    const { odds, views } = this.read;
    placesFor(this.heard, odds + views).count = 0;
    this.hear(oddAt, odds);
    this.hear(viewAt, views);
  }

  private hear(places: Int32Array, wanted: number): void {
    const { heard } = this;
    const { at: heardAt, roles: heardRoles } = heard;
    const { pairs } = this.sounds;
    let { count } = heard;
    for (let index = 0; index < wanted; index++) {
      const place = places[index] as number;
      const at = place >>> INDEX_SHIFT;
      const own = ((elements[at] as number) >>> HEARD_SHIFT) & HEARD_BITS;
      const left = pairs[
        pairOfSounds(((elements[at - 1] as number) >>> HEARD_SHIFT) & HEARD_BITS, own)
      ] as number;
      const right = pairs[
        pairOfSounds(own, ((elements[at + 1] as number) >>> HEARD_SHIFT) & HEARD_BITS)
      ] as number;
      const roles = rolesOf(left, right);
      heardAt[count] = place;
      heardRoles[count] = roles;
      count += isAny(roles);
    }
    heard.count = count;
  }

  /** Collects the odd places beside which there are characters that look like terms'. */
  private findSeen(): void {
    const { odds } = this.read;
    const seen = placesFor(this.seen, odds);
    const { at: seenAt, roles: seenRoles } = seen;
    const { pairs } = this.shapes;
    const { looks } = this;
    let count = 0;
    for (let index = 0; index < odds; index++) {
      const place = oddAt[index] as number;
      const at = place >>> INDEX_SHIFT;
      const code = (elements[at] as number) & 0xffff;
      const own = shape[code] as number;
      const above = pairs[
        pairOfShapes(shape[(elements[at - 1] as number) & 0xffff] as number, own)
      ] as number;
      const below = pairs[
        pairOfShapes(own, shape[(elements[at + 1] as number) & 0xffff] as number)
      ] as number;
      const roles = rolesOf(above, below);
      seenAt[count] = place;
      seenRoles[count] = roles;
      count += isAny(roles) & (looks[code] as number);
    }
    seen.count = count;
  }
}

/** `places` with room for so many. */
function placesFor(places: Places, count: number): Places {
  if (count >= places.at.length) {
    places.at = new Int32Array(2 * count + 1);
    places.roles = new Uint8Array(2 * count + 1);
  }
  return places;
}
