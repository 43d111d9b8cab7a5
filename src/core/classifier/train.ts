/**
 * Training of the classifier: logistic regression per category by stochastic gradient descent with
 * AdaGrad steps (Duchi, Hazan, Singer 2011) over hashed n-grams. Pure and deterministic: the same
 * examples, seed and settings give the same weights.
 */
import type { CategoryId } from '../domain/category.ts';
import { FeatureReader } from './features.ts';
import { type ClassifierModel, LANES, ZERO } from './model.ts';

export interface Example {
  readonly text: string;
  /** What the text is; none: clean. */
  readonly labels: readonly CategoryId[];
  /** Categories of which the example says nothing. */
  readonly unknown?: readonly CategoryId[];
  /** How much it counts; 1 where left out. */
  readonly weight?: number;
}

export interface TrainSettings {
  readonly categories: readonly CategoryId[];
  readonly bits: number;
  readonly seed: number;
  readonly epochs: number;
  /** First step of AdaGrad. */
  readonly rate: number;
  /** Pulls weights towards zero, or towards `from`. */
  readonly decay: number;
  /** Share of features that each step leaves out, so that no single one is leant on. */
  readonly dropout: number;
}

export interface FloatModel {
  readonly categories: readonly CategoryId[];
  readonly bits: number;
  readonly seed: number;
  /** Rows of LANES. */
  readonly weights: Float32Array;
  readonly biases: Float64Array;
  readonly syllables: Uint16Array;
}

/** Numbers in 0..1 from a seed (mulberry32 by T. Ettinger, public domain). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Places 0..count-1 in an order that follows from `next`. */
export function shuffled(count: number, next: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}

/** Gradients smaller than this change nothing that matters. */
const SMALL = 0.004;

/** A model of the examples; it starts from `from` where given, and is pulled back to it by `decay`. */
export function train(
  examples: readonly Example[],
  settings: TrainSettings,
  syllables: Uint16Array,
  from?: FloatModel,
): FloatModel {
  const { categories, bits, seed, epochs, rate, decay, dropout } = settings;
  const classes = categories.length;
  const reader = new FeatureReader(bits, syllables);
  const features = examples.map(({ text }) => {
    reader.read(text);
    return reader.buckets.slice(0, reader.count);
  });
  // Per example and class: 1 it is, 0 it is not, 2 nothing is known.
  const targets = examples.map(({ labels, unknown }) =>
    Uint8Array.from(categories, (category) =>
      labels.includes(category) ? 1 : unknown?.includes(category) ? 2 : 0,
    ),
  );
  const anchor = from?.weights;
  const weights = anchor === undefined ? new Float32Array(LANES << bits) : Float32Array.from(anchor);
  const squares = new Float32Array(LANES << bits).fill(1e-4);
  const biases = from === undefined ? new Float64Array(classes).fill(-2) : Float64Array.from(from.biases);
  const biasSquares = new Float64Array(classes).fill(1);
  const logits = new Float64Array(classes);
  const next = random(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const index of shuffled(examples.length, next)) {
      const all = features[index] as Uint32Array;
      const buckets = dropout === 0 ? all : all.filter(() => next() >= dropout);
      if (buckets.length === 0) continue;
      const target = targets[index] as Uint8Array;
      const norm = 1 / Math.sqrt(buckets.length);
      logits.fill(0);
      for (const bucket of buckets) {
        const row = bucket * LANES;
        for (let k = 0; k < classes; k++) logits[k] = (logits[k] as number) + (weights[row + k] as number);
      }
      for (let k = 0; k < classes; k++) {
        if (target[k] === 2) continue;
        const logit = (biases[k] as number) + (logits[k] as number) * norm;
        const error =
          (1 / (1 + Math.exp(-logit)) - (target[k] as number)) * ((examples[index] as Example).weight ?? 1);
        if (error < SMALL && error > -SMALL) continue;
        biasSquares[k] = (biasSquares[k] as number) + error * error;
        biases[k] = (biases[k] as number) - (rate * error) / Math.sqrt(biasSquares[k] as number);
        for (const bucket of buckets) {
          const at = bucket * LANES + k;
          const weight = weights[at] as number;
          const gradient =
            error * norm + decay * (weight - (anchor === undefined ? 0 : (anchor[at] as number)));
          const square = (squares[at] as number) + gradient * gradient;
          squares[at] = square;
          weights[at] = weight - (rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return { categories, bits, seed, weights, biases, syllables };
}

/** Share of weights that may be cut to the largest byte, so that the rest has finer steps. */
const CUT = 0.0005;

/** Steps up to which a weight says too little to be kept: zeros cost nothing in the file. */
export const LEAST_STEPS = 13;

/** The model in bytes, not yet calibrated: probabilities are those of its own logits. */
export function quantise(model: FloatModel, version: string): ClassifierModel {
  const { categories, bits, seed, weights, biases, syllables } = model;
  const bytes = new Uint8Array(weights.length).fill(ZERO);
  const rows = 1 << bits;
  const classes = categories.map((category, k) => {
    const sizes = new Float32Array(rows);
    for (let row = 0; row < rows; row++) sizes[row] = Math.abs(weights[row * LANES + k] as number);
    sizes.sort();
    const step = Math.max(1e-9, (sizes[Math.floor((rows - 1) * (1 - CUT))] as number) / 127);
    for (let row = 0; row < rows; row++) {
      const value = Math.round((weights[row * LANES + k] as number) / step);
      if (Math.abs(value) <= LEAST_STEPS) continue;
      bytes[row * LANES + k] = ZERO + Math.max(-127, Math.min(127, value));
    }
    return { category, bias: biases[k] as number, step, a: 1, b: 0, threshold: 0.5 };
  });
  return { version, bits, seed, classes, weights: bytes, syllables };
}

/** The weights of a quantised model as numbers, to train on from. */
export function dequantise(model: ClassifierModel): FloatModel {
  const weights = new Float32Array(model.weights.length);
  for (const [k, { step }] of model.classes.entries()) {
    for (let at = k; at < weights.length; at += LANES) {
      weights[at] = ((model.weights[at] as number) - ZERO) * step;
    }
  }
  return {
    categories: model.classes.map(({ category }) => category),
    bits: model.bits,
    seed: model.seed,
    weights,
    biases: Float64Array.from(model.classes, ({ bias }) => bias),
    syllables: model.syllables,
  };
}
