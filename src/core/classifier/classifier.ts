/**
 * Scores a text by a model: for each of its categories the calibrated probability that the text
 * belongs to it. Pure; the same text and model give the same figures on every machine, because
 * weights are added as whole numbers.
 */
import type { CategoryId } from '../domain/category.ts';
import { FeatureReader } from './features.ts';
import { type ClassifierModel, LANES, ZERO } from './model.ts';

/** A category that the classifier proposes for a text. */
export interface Proposal {
  readonly category: CategoryId;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
}

/** Logits of a text in the order of the categories, null without a letter or digit; and its letters. */
export interface Classified {
  readonly logits: Float64Array | null;
  readonly letters: number;
}

/** Shorter texts are left to rules: one name or one greeting is no ground for a proposal. An insult is short. */
const LEAST_LETTERS = 4;
const LEAST_LETTERS_OF_OTHERS = 7;
const SHORT: ReadonlySet<CategoryId> = new Set(['abuse', 'harassment']);

/** What is less probable than this share of the best stands for words that categories share. */
const BESIDE_BEST = 0.6;

/** Features after which a 16-bit sum of bytes could overflow. */
const FLUSH_EVERY = 256;

export class Classifier {
  readonly model: ClassifierModel;
  readonly categories: readonly CategoryId[];
  private readonly reader: FeatureReader;
  private readonly words: Uint32Array;
  private readonly sums = new Int32Array(LANES);
  /** Logits from which each class is proposed; what is below is never turned into a probability. */
  private readonly logitThresholds: Float64Array;
  private readonly logits: Float64Array;
  private readonly places: ReadonlyMap<CategoryId, number>;
  /** Letters that a text must have for each class. */
  private readonly least: Uint8Array;
  /** Logits at which a probability is a half. */
  private readonly halves: Float64Array;

  constructor(model: ClassifierModel) {
    this.model = model;
    this.categories = model.classes.map(({ category }) => category);
    this.places = new Map(this.categories.map((category, k) => [category, k]));
    this.least = Uint8Array.from(model.classes, ({ category }) =>
      SHORT.has(category) ? LEAST_LETTERS : LEAST_LETTERS_OF_OTHERS,
    );
    this.halves = Float64Array.from(model.classes, ({ a, b }) => -b / a);
    this.reader = new FeatureReader(model.bits, model.syllables);
    // Bytes are read as little-endian words on every machine.
    const bytes = model.weights;
    this.words = new Uint32Array(bytes.length / 4);
    for (let i = 0; i < this.words.length; i++) {
      const at = i * 4;
      this.words[i] =
        ((bytes[at] as number) |
          ((bytes[at + 1] as number) << 8) |
          ((bytes[at + 2] as number) << 16) |
          ((bytes[at + 3] as number) << 24)) >>>
        0;
    }
    this.logitThresholds = Float64Array.from(model.classes, ({ a, b, threshold }) =>
      threshold >= 1 ? Number.POSITIVE_INFINITY : (Math.log(threshold / (1 - threshold)) - b) / a,
    );
    this.logits = new Float64Array(model.classes.length);
  }

  /**
   * The uncalibrated logits of a text, in the order of `categories`; the next call overwrites them.
   * Null for a text without a letter or digit.
   */
  score(text: string): Float64Array | null {
    const { reader, words, sums, logits, model } = this;
    reader.read(text);
    const { buckets, count } = reader;
    if (count === 0) return null;
    sums.fill(0);
    for (let from = 0; from < count; from += FLUSH_EVERY) {
      const end = Math.min(count, from + FLUSH_EVERY);
      // Two 16-bit lanes in each: classes 0 and 2, 1 and 3, and so on.
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      let c0 = 0;
      let c1 = 0;
      let d0 = 0;
      let d1 = 0;
      for (let i = from; i < end; i++) {
        const row = (buckets[i] as number) << 2;
        const a = words[row] as number;
        const b = words[row + 1] as number;
        const c = words[row + 2] as number;
        const d = words[row + 3] as number;
        a0 = (a0 + (a & 0xff00ff)) | 0;
        a1 = (a1 + ((a >>> 8) & 0xff00ff)) | 0;
        b0 = (b0 + (b & 0xff00ff)) | 0;
        b1 = (b1 + ((b >>> 8) & 0xff00ff)) | 0;
        c0 = (c0 + (c & 0xff00ff)) | 0;
        c1 = (c1 + ((c >>> 8) & 0xff00ff)) | 0;
        d0 = (d0 + (d & 0xff00ff)) | 0;
        d1 = (d1 + ((d >>> 8) & 0xff00ff)) | 0;
      }
      addLanes(sums, 0, a0, a1);
      addLanes(sums, 4, b0, b1);
      addLanes(sums, 8, c0, c1);
      addLanes(sums, 12, d0, d1);
    }
    const zero = ZERO * count;
    const norm = 1 / Math.sqrt(count);
    for (let k = 0; k < logits.length; k++) {
      const { bias, step } = model.classes[k] as (typeof model.classes)[number];
      logits[k] = bias + ((sums[k] as number) - zero) * step * norm;
    }
    return logits;
  }

  /** The calibrated probability of a logit of class `k`. */
  probability(k: number, logit: number): number {
    const { a, b } = this.model.classes[k] as (typeof this.model.classes)[number];
    return 1 / (1 + Math.exp(-(a * logit + b)));
  }

  /** What the model says of a text. */
  read(text: string): Classified {
    const logits = this.score(text);
    return { logits: logits?.slice() ?? null, letters: this.reader.letters };
  }

  /** The calibrated probability of a category; 0 where nothing can be said, undefined where the model does not know it. */
  probabilityOf(category: CategoryId, { logits, letters }: Classified): number | undefined {
    const k = this.places.get(category);
    if (k === undefined) return undefined;
    return logits === null || letters < (this.least[k] as number)
      ? 0
      : this.probability(k, logits[k] as number);
  }

  /** Whether a category has at least `score`; false where the model does not know it. */
  gives(category: CategoryId, score: number, { logits, letters }: Classified): boolean {
    const k = this.places.get(category);
    if (k === undefined || logits === null || letters < (this.least[k] as number)) return false;
    // Most texts are far below: no exponential for them.
    return (logits[k] as number) >= (this.halves[k] as number)
      ? this.probability(k, logits[k] as number) >= score
      : score <= 0.5 && this.probability(k, logits[k] as number) >= score;
  }

  /** Every category's probability; all 0 for a text that is too short. */
  probabilities(text: string): Map<CategoryId, number> {
    const said = this.read(text);
    return new Map(
      this.categories.map((category) => [category, this.probabilityOf(category, said) as number]),
    );
  }

  /** Categories whose probability reaches the model's threshold, the most probable first. */
  classify(text: string): Proposal[] {
    return this.proposals({ logits: this.score(text), letters: this.reader.letters });
  }

  /** As `classify`, of a text that was read. */
  proposals({ logits, letters }: Classified): Proposal[] {
    if (logits === null || letters < LEAST_LETTERS) return [];
    let proposals: Proposal[] | undefined;
    for (let k = 0; k < logits.length; k++) {
      const logit = logits[k] as number;
      if (logit < (this.logitThresholds[k] as number) || letters < (this.least[k] as number)) continue;
      proposals ??= [];
      proposals.push({
        category: this.categories[k] as CategoryId,
        probability: this.probability(k, logit),
      });
    }
    if (proposals === undefined) return [];
    if (proposals.length === 1) return proposals;
    const sorted = proposals.sort((x, y) => y.probability - x.probability);
    const least = (sorted[0] as Proposal).probability * BESIDE_BEST;
    return sorted.filter(({ probability }) => probability >= least);
  }
}

function addLanes(sums: Int32Array, at: number, even: number, odd: number): void {
  sums[at] = (sums[at] as number) + (even & 0xffff);
  sums[at + 1] = (sums[at + 1] as number) + (odd & 0xffff);
  sums[at + 2] = (sums[at + 2] as number) + (even >>> 16);
  sums[at + 3] = (sums[at + 3] as number) + (odd >>> 16);
}
