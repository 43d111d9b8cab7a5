/**
 * Scores a text by a model: for each of its categories the calibrated probability that the text
 * belongs to it. Pure; the same text and model give the same figures on every machine, because
 * weights are added as whole numbers.
 */
import type { CategoryId } from '../domain/category.ts';
import { FeatureReader } from './features.ts';
import { LONG_LETTERS, partsOf } from './long-texts.ts';
import type { ClassifierModel } from './model.ts';
import { LEVELS_SHIFT, ModelSums } from './model-sums.ts';

/** A category that the classifier proposes for a text. */
export interface Proposal {
  readonly category: CategoryId;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
}

/** A rule that wants at least this of a category. */
export interface Asked {
  readonly category: CategoryId;
  readonly score: number;
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
/**
 * What is taken off the logits of shorter texts: of few letters a single word decides, and clean talk is mostly short.
 * Chosen on clean talk and violations that no model was trained on; the calibration is fitted with it.
 */
const SHORT_TEXTS: readonly { readonly below: number; readonly less: number; readonly insult: number }[] = [
  { below: 9, less: 1.1, insult: 0.5 },
  { below: 12, less: 0.9, insult: 0.45 },
  { below: 16, less: 0.5, insult: 0.35 },
];

/** Letters that a part of a long text must have, and what is taken off its logits: of many parts one is odd by chance. */
const PART_LETTERS = 12;
const PART_LESS = 0.5;

/** What is less probable than this share of the best stands for words that categories share. */
const BESIDE_BEST = 0.6;

/**
 * Categories whose writers offer something. An offer that shares words with several of them gets a little of each, so
 * the best is proposed where all together reach `TOGETHER` and it has `LEAST_OF_BEST`; the others as every category.
 * At an equal number of proposals in clean talk this found up to four in a hundred violations more.
 */
export const TRADES: ReadonlySet<string> = new Set<CategoryId>([
  'gambling',
  'pornography',
  'drugs',
  'weapons',
  'counterfeit-documents',
  'fraud',
  'illegal-finance',
  'illicit-services',
  'contraband-goods',
  'piracy',
  'superstition-cult',
  'marketing-spam',
]);
const TOGETHER = 0.66;
const LEAST_OF_BEST = 0.25;

/** More than rounding moves a logit. */
const FLOOR_SLACK = 1e-9;

/** Whether a class reaches its floor when `less` is taken off its logit. */
function reaches(logits: Float64Array, floors: Float64Array, less = 0): boolean {
  for (let k = 0; k < logits.length; k++) {
    if ((logits[k] as number) - less >= (floors[k] as number)) return true;
  }
  return false;
}

export class Classifier {
  readonly model: ClassifierModel;
  readonly categories: readonly CategoryId[];
  private readonly reader: FeatureReader;
  private readonly sums: ModelSums;
  /** Logits from which each class is proposed; what is below is never turned into a probability. */
  private readonly logitThresholds: Float64Array;
  /** The same of `LEAST_OF_BEST` for a trade, of the threshold for another: no class is proposed below. */
  private readonly logitFloors: Float64Array;
  /** Places of the trades that may be proposed. */
  private readonly trades: readonly number[];
  private readonly logits: Float64Array;
  private readonly biases: Float64Array;
  private readonly steps: Float64Array;
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
    this.sums = new ModelSums(model.weights);
    const logitOf = (probability: number, { a, b }: ClassifierModel['classes'][number]): number =>
      probability >= 1 ? Number.POSITIVE_INFINITY : (Math.log(probability / (1 - probability)) - b) / a;
    this.logitThresholds = Float64Array.from(model.classes, (entry) => logitOf(entry.threshold, entry));
    this.logitFloors = Float64Array.from(model.classes, (entry) => {
      const isTrade = TRADES.has(entry.category) && entry.threshold < 1;
      return logitOf(isTrade ? Math.min(entry.threshold, LEAST_OF_BEST) : entry.threshold, entry);
    });
    this.trades = model.classes.flatMap(({ category, threshold }, k) =>
      TRADES.has(category) && threshold < 1 ? [k] : [],
    );
    this.logits = new Float64Array(model.classes.length);
    this.biases = Float64Array.from(model.classes, ({ bias }) => bias);
    this.steps = Float64Array.from(model.classes, ({ step }) => step);
  }

  /**
   * The uncalibrated logits of a text, in the order of `categories`; the next call overwrites them.
   * Null for a text without a letter or digit.
   */
  score(text: string): Float64Array | null {
    this.reader.read(text);
    return this.logitsOfRead();
  }

  private logitsOfRead(): Float64Array | null {
    const { buckets, count } = this.reader;
    if (count === 0) return null;
    this.sums.add(buckets, count);
    this.fillLogits(count);
    return this.logits;
  }

  /** The logits that the sums make, of a text of `count` features. */
  private fillLogits(count: number): void {
    const { sums } = this.sums;
    const { logits, biases, steps } = this;
    const norm = 1 / Math.sqrt(count);
    for (let k = 0; k < logits.length; k++) {
      logits[k] = (biases[k] as number) + (sums[k] as number) * (steps[k] as number) * norm;
    }
    const { letters } = this.reader;
    const short = SHORT_TEXTS.find(({ below }) => letters < below);
    if (short === undefined) return;
    for (let k = 0; k < logits.length; k++) {
      const less = SHORT.has(this.categories[k] as CategoryId) ? short.insult : short.less;
      logits[k] = (logits[k] as number) - less;
    }
  }

  /**
   * For each class the logit below which nobody asks for it: it is not proposed, and of `asked` each wants
   * more. For `look`.
   */
  floorsOf(asked: Iterable<Asked>): Float64Array {
    const floors = this.logitFloors.slice();
    for (const { category, score } of asked) {
      const k = this.places.get(category);
      if (k === undefined) continue;
      const { a, b } = this.model.classes[k] as (typeof this.model.classes)[number];
      const logit = score >= 1 ? Number.POSITIVE_INFINITY : (Math.log(score / (1 - score)) - b) / a;
      // Where it is reached is decided by the probability, which is rounded in another way.
      const floor = a > 0 ? logit - Math.abs(logit) * FLOOR_SLACK - FLOOR_SLACK : Number.NEGATIVE_INFINITY;
      floors[k] = Math.min(floors[k] as number, floor);
    }
    return floors;
  }

  /**
   * What the model says of a text; null where no class reaches its floor. The bounds are worked out by the
   * same steps as the logits, and rounding keeps their order, so that nothing that reaches a floor is lost.
   */
  look(text: string, floors: Float64Array): Classified | null {
    const { reader, sums } = this;
    reader.prepare(sums.levels, LEVELS_SHIFT);
    reader.read(text);
    const { buckets, count, letters } = reader;
    if (letters < LEAST_LETTERS) return null;
    sums.bound(buckets, count);
    this.fillLogits(count);
    if (letters >= LONG_LETTERS) return this.lookAtLong(text, floors);
    if (!reaches(this.logits, floors)) return null;
    this.logitsOfRead();
    return reaches(this.logits, floors) ? { logits: this.logits.slice(), letters } : null;
  }

  /** As `look`, of a long text whose bounds are in `logits`. */
  private lookAtLong(text: string, floors: Float64Array): Classified | null {
    const { reader, sums } = this;
    const isNear = (part: string): boolean => {
      reader.read(part);
      if (reader.letters < PART_LETTERS) return false;
      sums.bound(reader.buckets, reader.count);
      this.fillLogits(reader.count);
      return reaches(this.logits, floors, PART_LESS);
    };
    if (!reaches(this.logits, floors) && !partsOf(text).some(isNear)) return null;
    const said = this.read(text);
    return said.logits !== null && reaches(said.logits, floors) ? said : null;
  }

  /** The calibrated probability of a logit of class `k`. */
  probability(k: number, logit: number): number {
    const { a, b } = this.model.classes[k] as (typeof this.model.classes)[number];
    return 1 / (1 + Math.exp(-(a * logit + b)));
  }

  /**
   * What the model says of a text: the logits of the whole; of a long one for each class those of the part that has
   * most, less `PART_LESS`, where that is more.
   */
  read(text: string): Classified {
    const logits = this.score(text)?.slice() ?? null;
    const { letters } = this.reader;
    if (logits === null || letters < LONG_LETTERS) return { logits, letters };
    for (const part of partsOf(text)) {
      const said = this.score(part);
      if (said === null || this.reader.letters < PART_LETTERS) continue;
      for (let k = 0; k < logits.length; k++) {
        logits[k] = Math.max(logits[k] as number, (said[k] as number) - PART_LESS);
      }
    }
    return { logits, letters };
  }

  /** The calibrated probability of a category; undefined where the model does not know it or the text is too short. */
  probabilityOf(category: CategoryId, { logits, letters }: Classified): number | undefined {
    const k = this.places.get(category);
    if (k === undefined || logits === null || letters < (this.least[k] as number)) return undefined;
    return this.probability(k, logits[k] as number);
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
    return new Map(this.categories.map((category) => [category, this.probabilityOf(category, said) ?? 0]));
  }

  /** Categories whose probability reaches the model's threshold, the most probable first. */
  classify(text: string): Proposal[] {
    return this.proposals(this.read(text));
  }

  /** As `classify`, of a text that was read. */
  proposals({ logits, letters }: Classified): Proposal[] {
    if (logits === null || letters < LEAST_LETTERS) return [];
    const best = letters < LEAST_LETTERS_OF_OTHERS ? undefined : this.bestTrade(logits);
    let proposals: Proposal[] | undefined;
    for (let k = 0; k < logits.length; k++) {
      const logit = logits[k] as number;
      if (logit < (this.logitFloors[k] as number) || letters < (this.least[k] as number)) continue;
      const category = this.categories[k] as CategoryId;
      if (k !== best) {
        if (logit < (this.logitThresholds[k] as number)) continue;
        if (best === undefined && TRADES.has(category)) continue;
      }
      proposals ??= [];
      proposals.push({ category, probability: this.probability(k, logit) });
    }
    if (proposals === undefined) return [];
    if (proposals.length === 1) return proposals;
    const sorted = proposals.sort((x, y) => y.probability - x.probability);
    const least = (sorted[0] as Proposal).probability * BESIDE_BEST;
    return sorted.filter(({ probability }) => probability >= least);
  }

  /** The most probable of the trades, where all of them together are probable enough to propose it. */
  private bestTrade(logits: Float64Array): number | undefined {
    if (!this.trades.some((k) => (logits[k] as number) >= (this.logitFloors[k] as number))) return undefined;
    let together = 0;
    let best = 0;
    let place: number | undefined;
    for (const k of this.trades) {
      const probability = this.probability(k, logits[k] as number);
      together += probability;
      if (probability <= best) continue;
      best = probability;
      place = k;
    }
    return together >= TOGETHER ? place : undefined;
  }
}
