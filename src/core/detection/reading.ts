/**
 * One text while it is judged: occurrences of terms by leaf, findings by detector, normalised forms;
 * each worked out at most once, and only when a rule asks.
 */
import { type NormalizedText, normalizeMask } from '../normalization/normalize-text.ts';
import type { CompiledRules, CompiledTerm } from '../rules/compile-rules.ts';
import type { DetectorName } from './detector-names.ts';
import { type Detector, DetectorText, type Finding } from './finding.ts';
import { MatchBuffer } from './match-buffer.ts';

/** An occurrence of a term, not yet checked against its rule's transforms and boundaries. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly term: CompiledTerm;
}

const buffer = new MatchBuffer();

export class Reading {
  readonly text: string;
  /** Occurrences per leaf; undefined where the text contains no term. */
  private occurrences: Map<number, Occurrence[]> | undefined;
  private features = 0;
  private digits = 0;
  private detectorText: DetectorText | undefined;
  private findings: Map<DetectorName, readonly Finding[]> | undefined;
  private forms: Map<number, NormalizedText> | undefined;

  constructor(compiled: CompiledRules, text: string) {
    this.text = text;
    for (const [index, view] of compiled.views.entries()) {
      if (view.trigger !== 0 && (this.features & view.trigger) === 0) continue;
      buffer.length = 0;
      view.automaton.scan(text, 0, text.length, buffer);
      if (index === 0) {
        this.features = view.automaton.features;
        this.digits = view.automaton.counted;
      }
      if (buffer.length === 0) continue;
      const { endFrom, endTo, order } = view.automaton.trie;
      this.occurrences ??= new Map();
      for (let at = 0; at < buffer.length; at += 3) {
        const start = buffer.data[at] as number;
        const end = buffer.data[at + 1] as number;
        const node = buffer.data[at + 2] as number;
        for (let place = endFrom[node] as number; place < (endTo[node] as number); place++) {
          const term = view.terms[order[place] as number] as CompiledTerm;
          const list = this.occurrences.get(term.leaf);
          if (list === undefined) this.occurrences.set(term.leaf, [{ start, end, term }]);
          else list.push({ start, end, term });
        }
      }
    }
  }

  /** Leaves with an occurrence, in the order they were met. */
  get leaves(): Iterable<number> {
    return this.occurrences?.keys() ?? [];
  }

  at(leaf: number): readonly Occurrence[] {
    return this.occurrences?.get(leaf) ?? [];
  }

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
}
