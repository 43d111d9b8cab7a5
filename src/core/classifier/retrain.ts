/**
 * A model trained further on reviewed texts. Pure and deterministic. What was confirmed is an example of
 * its category, what was dismissed is none of it, and of the other categories a review says nothing.
 * One text in five is kept out, and tells what the training changed.
 */
import type { CategoryId } from '../domain/category.ts';
import type { TrainingFigure } from '../domain/training.ts';
import { Classifier } from './classifier.ts';
import type { ClassifierModel } from './model.ts';
import { dequantise, type Example, quantise, train } from './train.ts';

export interface ReviewedText {
  readonly text: string;
  readonly confirmed: readonly CategoryId[];
  readonly dismissed: readonly CategoryId[];
}

export interface Retrained {
  readonly model: ClassifierModel;
  readonly figures: readonly TrainingFigure[];
}

const KEPT_OUT = 5;
/** Small steps, pulled back: a few hundred reviews must not undo what was learnt from many texts. */
const SETTINGS = { epochs: 6, rate: 0.05, decay: 0.0005, dropout: 0 };

/** A number that follows from the text alone (FNV-1a), so that the same texts are always kept out. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % KEPT_OUT;
}

/** Trains `base` on; its calibration and thresholds stay. */
export function retrain(
  base: ClassifierModel,
  reviewed: readonly ReviewedText[],
  version: string,
): Retrained {
  const categories = base.classes.map(({ category }) => category);
  const from = dequantise(base);
  const toExample = ({ text, confirmed, dismissed }: ReviewedText): Example => ({
    text,
    labels: confirmed,
    unknown: categories.filter((category) => !confirmed.includes(category) && !dismissed.includes(category)),
  });
  const learn = (texts: readonly ReviewedText[]): ClassifierModel => {
    const settings = { ...SETTINGS, categories, bits: base.bits, seed: base.seed };
    const learnt = quantise(train(texts.map(toExample), settings, base.syllables, from), version);
    return {
      ...learnt,
      classes: learnt.classes.map((entry, k) => {
        const { a, b, threshold } = base.classes[k] as (typeof base.classes)[number];
        return { ...entry, a, b, threshold };
      }),
    };
  };
  const trial = learn(reviewed.filter(({ text }) => bucketOf(text) !== 0));
  const keptOut = reviewed.filter(({ text }) => bucketOf(text) === 0);
  return { model: learn(reviewed), figures: compare(base, trial, keptOut) };
}

function compare(
  before: ClassifierModel,
  after: ClassifierModel,
  texts: readonly ReviewedText[],
): TrainingFigure[] {
  const models = [new Classifier(before), new Classifier(after)] as const;
  const proposed = texts.map(({ text }) =>
    models.map((model) => new Set(model.classify(text).map(({ category }) => category))),
  );
  const count = (which: 0 | 1, category: CategoryId, verdict: 'confirmed' | 'dismissed'): number =>
    texts.filter((one, index) => one[verdict].includes(category) && proposed[index]?.[which]?.has(category))
      .length;
  return before.classes.flatMap(({ category }) => {
    const confirmed = texts.filter((one) => one.confirmed.includes(category)).length;
    const dismissed = texts.filter((one) => one.dismissed.includes(category)).length;
    if (confirmed + dismissed === 0) return [];
    const of = (which: 0 | 1) => ({
      confirmed: count(which, category, 'confirmed'),
      dismissed: count(which, category, 'dismissed'),
    });
    return [{ category, confirmed, dismissed, before: of(0), after: of(1) }];
  });
}
