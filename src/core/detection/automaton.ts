/**
 * Finds every occurrence of many terms in a text while it normalises the text, in one pass over
 * its UTF-16 units and without building a normalised string.
 *
 * One table look-up per unit gives the number of its normalised form in the alphabet of the terms,
 * or says that it is a symbol (dropped), invisible (dropped) or foreign (no term contains it).
 * Two neighbours that begin a term are found by one bit of a hashed bitmap; where it is set, an
 * exact table gives the trie node of the two, and the trie is walked from there. On Chinese chat
 * this was measured faster than a classic Aho-Corasick automaton: most positions cost one bit test
 * that stays in the second-level cache. It also knows where each candidate begins, which the limit
 * on dropped symbols needs. The price: a text made of nothing but one term's beginnings costs its
 * length times the term's length, so terms are limited to MAX_TERM_UNITS.
 *
 * All overlapping occurrences are reported; `judge.ts` decides which of them count.
 */
import { codePointAt } from '../domain/code-point.ts';
import {
  type CharacterTable,
  characterTable,
  KIND,
  MAX_EXPANSION,
} from '../normalization/character-table.ts';
import { MAX_DROPPED } from '../normalization/normalize-text.ts';
import { BeginningTable, HASH_SPREAD, HASH_STEP } from './beginning-table.ts';
import { finished } from './in-steps.ts';
import { type MatchBuffer, UnitStream } from './match-buffer.ts';
import { buildTermTrie, type TermTrie } from './term-trie.ts';
import { type AutomatonOptions, SPACES, termUnits } from './term-units.ts';

// Bound again: V8 folds constants of the module that a loop stands in, and reads imported ones from memory each time.
const STEP = HASH_STEP;
const SPREAD = HASH_SPREAD;
const MOST_DROPPED = MAX_DROPPED;

/** Bits of a table entry that `featureOf` may set; COUNTED characters are counted as well. */
export const FEATURE_BITS = 0x0fff0000;
export const COUNTED = 1 << 29;

/**
 * Table entries. The low 16 bits are the unit id; 0: no term contains the character, and it breaks
 * every word, as barriers do. Negative: transparent (a dropped symbol, or INVISIBLE), id 0.
 * ATTENTION stands on letters that are a term alone, and on transparent entries that the fast path
 * cannot read: halves of characters above the basic plane, and characters that become several.
 */
const ID_BITS = 0xffff;
const INVISIBLE = 1 << 28;
const COUNTED_SHIFT = 29;
const ATTENTION = 1 << 30;
const TRANSPARENT = 1 << 31;

/** The letters of the terms, and how texts are read for them. */
interface Alphabet {
  readonly options: AutomatonOptions;
  readonly character: CharacterTable;
  readonly ids: Map<number, number>;
  /** Ids of letters that are a term alone. */
  readonly singles: Set<number>;
}

interface AutomatonParts {
  readonly alphabet: Alphabet;
  readonly trie: TermTrie;
  readonly roots: Int32Array;
  readonly table: Int32Array;
}

/** Terms and table entries between two steps: some milliseconds. */
const TERMS_A_STEP = 500;
const ENTRIES_A_STEP = 0x2000;

/** What an automaton is made of, in steps for a thread that has other work. */
export function* makingParts(
  terms: readonly string[],
  options: AutomatonOptions,
): Generator<void, AutomatonParts> {
  const character = characterTable(options.mask);
  yield;
  const alphabet: Alphabet = { options, character, ids: new Map(), singles: new Set() };
  const keys: string[] = [];
  for (const term of terms) {
    let key = '';
    for (const code of termUnits(term, options)) key += String.fromCharCode(idOf(alphabet, code));
    if (keys.push(key) % TERMS_A_STEP === 0) yield;
  }
  const trie = buildTermTrie(keys);
  yield;
  const roots = new Int32Array(alphabet.ids.size + 1);
  for (let node = 1; node < (trie.childFrom[1] as number); node++) {
    const id = trie.unit[node] as number;
    roots[id] = node;
    if (trie.endTo[node] !== trie.endFrom[node]) alphabet.singles.add(id);
  }
  const table = new Int32Array(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    table[code] = character.target(code) < 0 ? TRANSPARENT | ATTENTION : entryOf(alphabet, code);
    if ((code + 1) % ENTRIES_A_STEP === 0) yield;
  }
  table.fill(TRANSPARENT | ATTENTION, 0xd800, 0xdc00);
  table.fill(TRANSPARENT | INVISIBLE | ATTENTION, 0xdc00, 0xe000);
  return { alphabet, trie, roots, table };
}

function idOf({ ids }: Alphabet, code: number): number {
  let id = ids.get(code);
  if (id === undefined) {
    id = ids.size + 1;
    if (id > ID_BITS) throw new RangeError('the terms contain more than 65535 different characters');
    ids.set(code, id);
  }
  return id;
}

/** The table entry of a code point as it stands in a text. */
function entryOf({ options, character, ids, singles }: Alphabet, code: number): number {
  const target = character.target(code);
  const features = options.featureOf?.(target) ?? 0;
  const kind = character.kind(target);
  if (kind === KIND.invisible) return TRANSPARENT | INVISIBLE | features;
  const id = ids.get(target) ?? 0;
  const dropped = options.symbols === 'drop' ? kind === KIND.symbol : SPACES.has(target);
  if (dropped && id === 0) return TRANSPARENT | features;
  return id | (singles.has(id) ? ATTENTION : 0) | features;
}

export class TermAutomaton {
  readonly trie: TermTrie;
  /** Marks of the last scanned text, or-ed. */
  features = 0;
  /** How many characters of the last scanned text were marked COUNTED. */
  counted = 0;

  private readonly alphabet: Alphabet;
  private readonly character: CharacterTable;
  /** Depth-1 node of each unit id; 0: no term begins with it. */
  private readonly roots: Int32Array;
  private readonly singles: ReadonlySet<number>;
  private readonly table: Int32Array;
  /** Entries of the characters that only `scanGeneral` meets; filled as they are met. */
  private readonly rareEntries = new Map<number, number>();
  private readonly stream = new UnitStream();
  private readonly pairs: BeginningTable;
  private readonly triples: BeginningTable;

  /**
   * Every term must have 1 to MAX_TERM_UNITS units (`termUnits`). `parts`: what `makingParts` made of the same
   * terms and options.
   */
  constructor(
    terms: readonly string[],
    options: AutomatonOptions,
    parts = finished(makingParts(terms, options)),
  ) {
    const { alphabet, trie, roots, table } = parts;
    this.alphabet = alphabet;
    this.character = alphabet.character;
    this.singles = alphabet.singles;
    this.trie = trie;
    this.roots = roots;
    this.table = table;
    this.pairs = new BeginningTable(trie.pairs);
    this.triples = new BeginningTable(trie.triples);
  }

  /** Appends every occurrence of a term in `text` between `from` and `to` to `out`. */
  scan(text: string, from: number, to: number, out: MatchBuffer): void {
    const { table, pairs, triples } = this;
    const { bitmap: pairBits, shift: pairShift } = pairs;
    const { bitmap: tripleBits, shift: tripleShift } = triples;
    const before = out.length;
    /** The last two letters: `first << 16 | second`. */
    let window = 0;
    let seen = 0;
    let counted = 0;
    for (let at = from; at < to; at++) {
      let entry = 0;
      let isPair = 0;
      let isTriple = 0;
      // Most places end here. A call in this loop would make V8 fetch the places of all arrays again for each letter.
      for (; at < to; at++) {
        entry = table[text.charCodeAt(at)] as number;
        const id = entry & ID_BITS;
        const pairBit = Math.imul(Math.imul(window & ID_BITS, STEP) + id, SPREAD) >>> pairShift;
        const tripleBit = Math.imul(Math.imul(window, STEP) + id, SPREAD) >>> tripleShift;
        seen |= entry;
        counted = (counted + ((entry >>> COUNTED_SHIFT) & 1)) | 0;
        isPair = ((pairBits[pairBit >>> 5] as number) >>> pairBit) & 1;
        isTriple = ((tripleBits[tripleBit >>> 5] as number) >>> tripleBit) & 1;
        if ((isPair | isTriple | (entry & ATTENTION)) !== 0) break;
        // Transparent characters keep what stood before them; without a branch, which would be
        // mispredicted at every second symbol.
        const kept = entry >> 31;
        window = (window & kept) | (((window << 16) | id) & ~kept);
      }
      if (at >= to) break;
      const id = entry & ID_BITS;
      if (isPair !== 0) this.pair(text, from, at, window, id, out);
      if (isTriple !== 0) this.triple(text, from, at, to, window, id, out);
      if ((entry & ATTENTION) !== 0) {
        if (entry < 0) {
          const sign = this.signAt(text, at, to);
          if (sign === 0) {
            out.length = before;
            this.scanGeneral(text, from, to, out);
            return;
          }
          seen |= sign;
          at += 1;
          continue;
        }
        out.push(at, at + 1, this.roots[id] as number);
      }
      if (entry >= 0) window = (window << 16) | id;
    }
    this.features = seen & FEATURE_BITS;
    this.counted = counted;
  }

  /** The entry of a dropped sign above the basic plane, such as an emoji; 0: it is anything else. */
  private signAt(text: string, at: number, to: number): number {
    if (at + 2 > to || (text.charCodeAt(at) & 0xfc00) !== 0xd800) return 0;
    const code = codePointAt(text, at);
    if (code <= 0xffff || this.character.target(code) < 0) return 0;
    const entry = this.rareEntry(code);
    return entry < 0 && (entry & INVISIBLE) === 0 ? entry : 0;
  }

  private rareEntry(code: number): number {
    let entry = this.rareEntries.get(code);
    if (entry === undefined) {
      entry = entryOf(this.alphabet, code);
      this.rareEntries.set(code, entry);
    }
    return entry;
  }

  /** Checks exactly what the bitmap suspects: a term of two units that ends at `at`. */
  private pair(text: string, from: number, at: number, window: number, id: number, out: MatchBuffer): void {
    const node = this.pairs.node(window & ID_BITS, id);
    if (node === 0) return;
    const start = this.letterBefore(text, from, at);
    if (start >= 0) out.push(start, at + 1, node);
  }

  /** The same for a term of three units or more whose third stands at `at`. */
  private triple(
    text: string,
    from: number,
    at: number,
    to: number,
    window: number,
    id: number,
    out: MatchBuffer,
  ): void {
    const node = this.triples.node(window, id);
    if (node === 0) return;
    const middle = this.letterBefore(text, from, at);
    const start = middle < 0 ? -1 : this.letterBefore(text, from, middle);
    if (start >= 0) this.walk(text, start, at, to, node, out);
  }

  /** The place of the last letter before `at`; -1 where too many symbols lie between. */
  private letterBefore(text: string, from: number, at: number): number {
    let dropped = 0;
    for (let place = at - 1; place >= from; place--) {
      const entry = this.table[text.charCodeAt(place)] as number;
      if (entry >= 0) return place;
      if ((entry & INVISIBLE) === 0 && ++dropped > MOST_DROPPED) break;
    }
    return -1;
  }

  /** Follows the trie from the node of a triple whose third unit stands at `third`. */
  private walk(
    text: string,
    start: number,
    third: number,
    to: number,
    triple: number,
    out: MatchBuffer,
  ): void {
    const { table } = this;
    const { unit, childFrom, endFrom, endTo } = this.trie;
    let node = triple;
    let dropped = 0;
    if (endTo[node] !== endFrom[node]) out.push(start, third + 1, node);
    for (let at = third + 1; at < to; at++) {
      const entry = table[text.charCodeAt(at)] as number;
      if (entry < 0) {
        if ((entry & INVISIBLE) === 0) dropped += 1;
        if (dropped > MOST_DROPPED) return;
        continue;
      }
      const id = entry & ID_BITS;
      let child = childFrom[node] as number;
      let end = childFrom[node + 1] as number;
      while (end - child > 8) {
        const middle = (child + end) >> 1;
        if ((unit[middle] as number) <= id) child = middle;
        else end = middle;
      }
      while (child < end && unit[child] !== id) child += 1;
      if (child === end) return;
      node = child;
      dropped = 0;
      if (endTo[node] !== endFrom[node]) out.push(start, at + 1, node);
    }
  }

  /**
   * The same search over the units in arrays, for texts in which a unit is not one UTF-16 unit:
   * letters above the basic plane, and characters that become several. About half as fast.
   */
  private scanGeneral(text: string, from: number, to: number, out: MatchBuffer): void {
    const stream = this.read(text, from, to);
    const { ids, gaps, starts, ends, length } = stream;
    const { unit, childFrom, endFrom, endTo } = this.trie;
    const joined = (place: number): boolean => (gaps[place] as number) <= MOST_DROPPED;
    for (let place = 0; place < length; place++) {
      const start = starts[place] as number;
      const id = ids[place] as number;
      if (id === 0) continue;
      if (this.singles.has(id)) out.push(start, ends[place] as number, this.roots[id] as number);
      if (place + 1 >= length || !joined(place + 1)) continue;
      const second = ids[place + 1] as number;
      const pair = this.pairs.node(id, second);
      if (pair !== 0) out.push(start, ends[place + 1] as number, pair);
      if (place + 2 >= length || !joined(place + 2)) continue;
      let last = place + 2;
      let node = this.triples.node((id << 16) | second, ids[last] as number);
      while (node !== 0) {
        if (endTo[node] !== endFrom[node]) out.push(start, ends[last] as number, node);
        last += 1;
        if (last >= length || !joined(last)) break;
        let child = childFrom[node] as number;
        const end = childFrom[node + 1] as number;
        while (child < end && unit[child] !== ids[last]) child += 1;
        node = child === end ? 0 : child;
      }
    }
  }

  /** The letters of a text with their places, and the marks of the text. */
  private read(text: string, from: number, to: number): UnitStream {
    const stream = this.stream;
    stream.reset((to - from) * MAX_EXPANSION);
    let gap = 0;
    let seen = 0;
    let counted = 0;
    for (let at = from; at < to; ) {
      const whole = codePointAt(text, at);
      const size = whole > 0xffff && at + 1 < to ? 2 : 1;
      const code = size === 1 ? text.charCodeAt(at) : whole;
      const target = this.character.target(code);
      const parts = target < 0 ? (this.character.expansions[~target] as readonly number[]) : [code];
      for (const part of parts) {
        const entry = this.rareEntry(part);
        seen |= entry;
        if (entry < 0) {
          if ((entry & INVISIBLE) === 0) gap += 1;
          continue;
        }
        counted += (entry >>> COUNTED_SHIFT) & 1;
        stream.push(entry & ID_BITS, at, at + size, gap);
        gap = 0;
      }
      at += size;
    }
    this.features = seen & FEATURE_BITS;
    this.counted = counted;
    return stream;
  }
}
