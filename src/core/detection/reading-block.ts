/**
 * A block of texts that is read at once, in phases: first the words of all texts, then their other ways of
 * writing, then what the classifier says. Each phase has tables of its own, which together do not stay in a
 * processor's second-level cache; text by text each would push out the others'. What a text gives does
 * not depend on its block.
 */
import type { Classified, Classifier } from '../classifier/classifier.ts';
import type { CompiledNode, CompiledRule, CompiledRules } from '../rules/compile-rules.ts';
import type { CompiledWord } from '../rules/vocabulary.ts';
import type { Detector } from './finding.ts';
import { KnownTexts } from './known-texts.ts';
import { MatchBuffer } from './match-buffer.ts';
import { WordIndex } from './word-index.ts';

/** Texts read at once: enough that each phase's tables are fetched rarely. Some 50 ms of work. */
export const BLOCK = 4096;
/** A block ends behind the text that makes it this long. */
export const BLOCK_UNITS = 1 << 19;

/** An occurrence of a word, not yet checked against a rule's transforms and boundaries. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly word: CompiledWord;
  /** Transforms of words that it needs (variant-matcher.ts has checked it); 0: none. */
  readonly variant: number;
}

/** Numbers of an occurrence: start, end, entry of the word index, transforms of words. */
const OCCURRENCE_SIZE = 4;
const FEW = OCCURRENCE_SIZE * 4096;
/** More than this is given back after a block. */
const MOST_KEPT = OCCURRENCE_SIZE << 18;
const LAST_EPOCH = 0x7fffffff;

/** Occurrences of one phase, those of text `i` between `to[i - 1]` and `to[i]`. */
class Occurrences {
  data = new Int32Array(FEW);
  length = 0;
  readonly to = new Int32Array(BLOCK);

  clear(): void {
    this.length = 0;
    if (this.data.length > MOST_KEPT) this.data = new Int32Array(FEW);
  }

  push(start: number, end: number, entry: number, variant: number): void {
    if (this.length === this.data.length) {
      const larger = new Int32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    const at = this.length;
    this.data[at] = start;
    this.data[at + 1] = end;
    this.data[at + 2] = entry;
    this.data[at + 3] = variant;
    this.length = at + OCCURRENCE_SIZE;
  }

  from(index: number): number {
    return index === 0 ? 0 : (this.to[index - 1] as number);
  }
}

/** Reads blocks of texts for one set of rules; the next `read` overwrites the last. */
export class ReadingBlock {
  readonly compiled: CompiledRules;
  /** What lately judged texts gave. */
  readonly known = new KnownTexts();
  private readonly words: WordIndex;
  /** Words as they are written, and written in another way. */
  private readonly written = new Occurrences();
  private readonly varied = new Occurrences();
  private readonly features = new Int32Array(BLOCK);
  private readonly digits = new Int32Array(BLOCK);
  /** Null where no class reaches what anybody asks for. */
  private readonly said: (Classified | null)[] = [];
  private readonly matches = new MatchBuffer();
  private readonly floors: Float64Array | undefined;

  /** Epochs in which a leaf had a word, and a rule was woken. */
  private epoch = 0;
  private readonly leafAt: Int32Array;
  private readonly ruleAt: Int32Array;
  private current = 0;

  constructor(compiled: CompiledRules) {
    this.compiled = compiled;
    this.words = new WordIndex(compiled);
    this.floors = compiled.classifier?.floorsOf(compiled.classified);
    this.leafAt = new Int32Array(compiled.leaves.length);
    this.ruleAt = new Int32Array(compiled.rules.length + compiled.steps.length);
  }

  /** Reads at most BLOCK texts. */
  read(texts: readonly string[]): void {
    this.readWritten(texts);
    this.readVaried(texts);
    const { classifier } = this.compiled;
    if (classifier === undefined) return;
    const { said, floors } = this;
    for (let index = 0; index < texts.length; index++) {
      said[index] = classifier.look(texts[index] as string, floors as Float64Array);
    }
  }

  private readWritten(texts: readonly string[]): void {
    const { written, matches, words } = this;
    const { views } = this.compiled;
    written.clear();
    for (let index = 0; index < texts.length; index++) {
      const text = texts[index] as string;
      for (let place = 0; place < views.length; place++) {
        const { automaton, trigger } = views[place] as (typeof views)[number];
        if (trigger !== 0 && ((this.features[index] as number) & trigger) === 0) continue;
        matches.length = 0;
        automaton.scan(text, 0, text.length, matches);
        if (place === 0) {
          this.features[index] = automaton.features;
          this.digits[index] = automaton.counted;
        }
        const { endFrom, endTo, order } = automaton.trie;
        const base = words.bases[place] as number;
        for (let at = 0; at < matches.length; at += 3) {
          const node = matches.data[at + 2] as number;
          for (let end = endFrom[node] as number; end < (endTo[node] as number); end++) {
            const entry = base + (order[end] as number);
            written.push(matches.data[at] as number, matches.data[at + 1] as number, entry, 0);
          }
        }
      }
      written.to[index] = written.length;
    }
  }

  private readVaried(texts: readonly string[]): void {
    const { varied } = this;
    const matcher = this.compiled.variants?.matcher;
    const base = this.words.variantBase;
    varied.clear();
    let done = 0;
    matcher?.scanAll(texts, (index, term, start, end, mask) => {
      while (done < index) varied.to[done++] = varied.length;
      varied.push(start, end, base + term, mask);
    });
    varied.to.fill(varied.length, done, texts.length);
  }

  /**
   * Takes up a text of the block; what is asked then is said of it. Returns the rules that may hold in it,
   * in their order; rules over several messages have their steps behind the others.
   */
  select(index: number): number[] {
    const { compiled, ruleAt } = this;
    this.current = index;
    if (this.epoch === LAST_EPOCH) {
      this.leafAt.fill(0);
      ruleAt.fill(0);
      this.epoch = 0;
    }
    this.epoch += 1;
    const woken: number[] = [];
    this.mark(this.written, woken);
    this.mark(this.varied, woken);
    const said = this.classified;
    if (said !== null) {
      for (const { rule, category, score } of compiled.asked) {
        if ((compiled.classifier as Classifier).gives(category, score, said)) this.wake(rule, woken);
      }
    }
    for (const { detector, woken: rules } of compiled.wokenBy) {
      if (!this.wants(detector)) continue;
      for (const rule of rules) this.wake(rule, woken);
    }
    for (const rule of compiled.always) this.wake(rule, woken);
    const { rules, steps } = compiled;
    const holding = woken.filter((rule) =>
      this.mayHold(((rule < rules.length ? rules[rule] : steps[rule - rules.length]) as CompiledRule).match),
    );
    return holding.length > 1 ? holding.sort((a, b) => a - b) : holding;
  }

  /** Notes the leaves and rules of what was found in the selected text. */
  private mark(found: Occurrences, woken: number[]): void {
    const { leafAt, epoch } = this;
    const { leaves, wakes } = this.words;
    const to = found.to[this.current] as number;
    for (let at = found.from(this.current); at < to; at += OCCURRENCE_SIZE) {
      const entry = found.data[at + 2] as number;
      const lastLeaf = leaves.from[entry + 1] as number;
      for (let leaf = leaves.from[entry] as number; leaf < lastLeaf; leaf++) {
        leafAt[leaves.items[leaf] as number] = epoch;
      }
      const lastRule = wakes.from[entry + 1] as number;
      for (let rule = wakes.from[entry] as number; rule < lastRule; rule++) {
        this.wake(wakes.items[rule] as number, woken);
      }
    }
  }

  private wake(rule: number, woken: number[]): void {
    if (this.ruleAt[rule] === this.epoch) return;
    this.ruleAt[rule] = this.epoch;
    woken.push(rule);
  }

  wants(detector: Detector): boolean {
    return detector.wants(this.features[this.current] as number, this.digits[this.current] as number);
  }

  /** What the classifier says of the selected text; null where no class reaches what anybody asks for. */
  get classified(): Classified | null {
    return this.said[this.current] ?? null;
  }

  /** All occurrences in the selected text, in no order. */
  occurrences(): Occurrence[] {
    const list: Occurrence[] = [];
    for (const found of [this.written, this.varied]) {
      const { data } = found;
      const to = found.to[this.current] as number;
      for (let at = found.from(this.current); at < to; at += OCCURRENCE_SIZE) {
        list.push({
          start: data[at] as number,
          end: data[at + 1] as number,
          word: this.words.entries[data[at + 2] as number] as CompiledWord,
          variant: data[at + 3] as number,
        });
      }
    }
    return list;
  }

  /** Whether a node may hold in the selected text; what is true of most is found without its matches. */
  mayHold(node: CompiledNode): boolean {
    switch (node.kind) {
      case 'terms':
        return this.hasLeaf(node.leaf);
      case 'regex':
        return node.needs === undefined || this.hasLeaf(node.leaf);
      case 'detector':
        return this.wants(node.detector);
      case 'classifier':
        return this.classified !== null;
      case 'any':
        return node.children.some((child) => this.mayHold(child));
      case 'all':
        return node.children.every((child) => this.mayHold(child));
    }
  }

  hasLeaf(leaf: number): boolean {
    return this.leafAt[leaf] === this.epoch;
  }
}
