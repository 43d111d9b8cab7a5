/**
 * One text while it is judged: occurrences of words, findings of detectors, normalised forms, and
 * where leaves of match trees hold; each worked out at most once, and only when a rule asks.
 */
import type { Classified, Classifier, Proposal } from '../classifier/classifier.ts';
import type { CategoryId } from '../domain/category.ts';
import { type NormalizedText, normalizeMask } from '../normalization/normalize-text.ts';
import type { CompiledNode, CompiledRules } from '../rules/compile-rules.ts';
import type { CompiledWord } from '../rules/vocabulary.ts';
import type { DetectorName } from './detector-names.ts';
import { type Detector, DetectorText, type Finding } from './finding.ts';
import { MatchBuffer } from './match-buffer.ts';
import type { Match } from './match-tree.ts';

/** An occurrence of a word, not yet checked against a rule's transforms and boundaries. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly word: CompiledWord;
  /** Transforms of words that it needs (variant-matcher.ts has checked it); 0: none. */
  readonly variant: number;
}

/** Occurrences that are looked through faster than they are grouped. */
const FEW = 32;

const buffer = new MatchBuffer();

export class Reading {
  readonly text: string;
  private readonly occurrences: Occurrence[] = [];
  private byWord: Map<number, Occurrence[]> | undefined;
  private features = 0;
  private digits = 0;
  private detectorText: DetectorText | undefined;
  private findings: Map<DetectorName, readonly Finding[]> | undefined;
  private forms: Map<number, NormalizedText> | undefined;
  private readonly classifier: Classifier | undefined;
  private classified: Classified | undefined;
  private held: Map<CompiledNode, readonly Match[]> | undefined;

  constructor(compiled: CompiledRules, text: string) {
    this.text = text;
    this.classifier = compiled.classifier;
    for (const [index, view] of compiled.views.entries()) {
      if (view.trigger !== 0 && (this.features & view.trigger) === 0) continue;
      buffer.length = 0;
      view.automaton.scan(text, 0, text.length, buffer);
      if (index === 0) {
        this.features = view.automaton.features;
        this.digits = view.automaton.counted;
      }
      const { endFrom, endTo, order } = view.automaton.trie;
      for (let at = 0; at < buffer.length; at += 3) {
        const start = buffer.data[at] as number;
        const end = buffer.data[at + 1] as number;
        const node = buffer.data[at + 2] as number;
        for (let place = endFrom[node] as number; place < (endTo[node] as number); place++) {
          const word = view.words[order[place] as number] as CompiledWord;
          this.occurrences.push({ start, end, word, variant: 0 });
        }
      }
    }
    if (compiled.variants === undefined) return;
    const { matcher, words } = compiled.variants;
    matcher.scan(text, (term, start, end, variant) => {
      this.occurrences.push({ start, end, word: words[term] as CompiledWord, variant });
    });
  }

  /** Rules that the words of the text may make hold; one may stand in it more than once. */
  woken(): number[] {
    const rules: number[] = [];
    if (this.occurrences.length <= FEW) {
      for (const { word } of this.occurrences) rules.push(...word.wakes);
    } else {
      for (const [first] of this.grouped().values()) rules.push(...(first as Occurrence).word.wakes);
    }
    return rules;
  }

  hasAny(words: ReadonlySet<number>): boolean {
    if (this.occurrences.length > FEW) {
      for (const word of this.grouped().keys()) if (words.has(word)) return true;
      return false;
    }
    for (const { word } of this.occurrences) if (words.has(word.id)) return true;
    return false;
  }

  /** Occurrences of any of `words`, in no order. */
  occurrencesOf(words: ReadonlySet<number>): readonly Occurrence[] {
    if (words.size === 0 || this.occurrences.length === 0) return [];
    if (this.occurrences.length <= FEW) return this.occurrences.filter(({ word }) => words.has(word.id));
    const found: Occurrence[] = [];
    for (const [word, list] of this.grouped()) {
      if (words.has(word)) for (const occurrence of list) found.push(occurrence);
    }
    return found;
  }

  private grouped(): ReadonlyMap<number, readonly Occurrence[]> {
    if (this.byWord !== undefined) return this.byWord;
    this.byWord = new Map();
    for (const occurrence of this.occurrences) {
      const list = this.byWord.get(occurrence.word.id);
      if (list === undefined) this.byWord.set(occurrence.word.id, [occurrence]);
      else list.push(occurrence);
    }
    return this.byWord;
  }

  /** Findings of a detector. */
  findingsOf(detector: Detector): readonly Finding[] {
    if (!detector.wants(this.features, this.digits)) return [];
    const known = this.findings?.get(detector.name);
    if (known !== undefined) return known;
    this.detectorText ??= new DetectorText(this.text);
    const found = detector.find(this.detectorText);
    this.findings ??= new Map();
    this.findings.set(detector.name, found);
    return found;
  }

  /** The text under a mask of transforms, for patterns. */
  normalized(mask: number): NormalizedText {
    let form = this.forms?.get(mask);
    if (form === undefined) {
      form = normalizeMask(this.text, mask);
      this.forms ??= new Map();
      this.forms.set(mask, form);
    }
    return form;
  }

  /** What the classifier gives a category; undefined where it does not know it, or there is none. */
  probability(category: CategoryId): number | undefined {
    if (this.classifier === undefined) return undefined;
    this.classified ??= this.classifier.read(this.text);
    return this.classifier.probabilityOf(category, this.classified);
  }

  /** Whether the classifier gives a category at least `score`. */
  isGiven(category: CategoryId, score: number): boolean {
    if (this.classifier === undefined) return false;
    this.classified ??= this.classifier.read(this.text);
    return this.classifier.gives(category, score, this.classified);
  }

  /** What the classifier proposes. */
  proposals(): readonly Proposal[] {
    if (this.classifier === undefined) return [];
    this.classified ??= this.classifier.read(this.text);
    return this.classifier.proposals(this.classified);
  }

  /** Where a leaf holds, worked out by `find` the first time it is asked. */
  once(leaf: CompiledNode, find: () => readonly Match[]): readonly Match[] {
    let matches = this.held?.get(leaf);
    if (matches === undefined) {
      matches = find();
      this.held ??= new Map();
      this.held.set(leaf, matches);
    }
    return matches;
  }
}
