/**
 * One text while it is judged: occurrences of words, findings of detectors, normalised forms, and
 * where leaves of match trees hold; each worked out at most once, and only when a rule asks.
 */
import type { Classified, Classifier, Proposal } from '../classifier/classifier.ts';
import type { CategoryId } from '../domain/category.ts';
import { type NormalizedText, normalizeMask } from '../normalization/normalize-text.ts';
import type { CompiledNode } from '../rules/compile-rules.ts';
import type { DetectorName } from './detector-names.ts';
import { type Detector, DetectorText, type Finding } from './finding.ts';
import type { Match } from './match-tree.ts';
import type { Occurrence, ReadingBlock } from './reading-block.ts';

/** Occurrences that are looked through faster than they are grouped. */
const FEW = 256;

export class Reading {
  readonly text: string;
  private readonly block: ReadingBlock;
  private readonly classifier: Classifier | undefined;
  private occurrences: readonly Occurrence[] | undefined;
  private byWord: Map<number, number[]> | undefined;
  private detectorText: DetectorText | undefined;
  private findings: Map<DetectorName, readonly Finding[]> | undefined;
  private forms: Map<number, NormalizedText> | undefined;
  private classified: Classified | undefined;
  private held: Map<CompiledNode, readonly Match[]> | undefined;

  /** `text` is the one that `block` has selected, and stays so as long as the reading is used. */
  constructor(block: ReadingBlock, text: string) {
    this.text = text;
    this.block = block;
    this.classifier = block.compiled.classifier;
  }

  /** Whether any word of a leaf stands in the text. */
  hasLeaf(leaf: number): boolean {
    return this.block.hasLeaf(leaf);
  }

  mayHold(node: CompiledNode): boolean {
    return this.block.mayHold(node);
  }

  /**
   * Occurrences of any of `words`, by their start, of those that begin together the longest first; as they are
   * written before other ways of writing.
   */
  occurrencesOf(words: ReadonlySet<number>): readonly Occurrence[] {
    if (words.size === 0) return [];
    this.occurrences ??= this.block.occurrences().sort((a, b) => a.start - b.start || b.end - a.end);
    if (this.occurrences.length <= FEW) return this.occurrences.filter(({ word }) => words.has(word.id));
    const places: number[] = [];
    for (const [word, list] of this.grouped(this.occurrences)) {
      if (words.has(word)) for (const place of list) places.push(place);
    }
    return Array.from(Int32Array.from(places).sort(), (place) => this.occurrences?.[place] as Occurrence);
  }

  private grouped(occurrences: readonly Occurrence[]): ReadonlyMap<number, readonly number[]> {
    if (this.byWord !== undefined) return this.byWord;
    this.byWord = new Map();
    for (const [place, { word }] of occurrences.entries()) {
      const list = this.byWord.get(word.id);
      if (list === undefined) this.byWord.set(word.id, [place]);
      else list.push(place);
    }
    return this.byWord;
  }

  /** Findings of a detector. */
  findingsOf(detector: Detector): readonly Finding[] {
    if (!this.block.wants(detector)) return [];
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

  /**
   * What the classifier gives a category; undefined where it does not know it, where the text is too short to
   * say anything, or where there is none.
   */
  probability(category: CategoryId): number | undefined {
    if (this.classifier === undefined) return undefined;
    this.classified ??= this.block.classified ?? this.classifier.read(this.text);
    return this.classifier.probabilityOf(category, this.classified);
  }

  /** Whether the classifier gives a category at least `score`, as a node of the rules asks. */
  isGiven(category: CategoryId, score: number): boolean {
    return this.block.classified !== null && (this.probability(category) ?? 0) >= score;
  }

  /** What the classifier proposes. */
  proposals(): readonly Proposal[] {
    const { classified } = this.block;
    return classified === null ? [] : (this.classifier as Classifier).proposals(classified);
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
