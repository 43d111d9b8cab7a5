/**
 * The classifier's training as the scripts share it: which texts it is made of, the model that ships,
 * and models that did not see a part of the written corpus, so that the part can be measured.
 */
import { fileURLToPath } from 'node:url';
import { Classifier } from '../src/core/classifier/classifier.ts';
import type { ClassifierModel } from '../src/core/classifier/model.ts';
import { quantise, random, train } from '../src/core/classifier/train.ts';
import { bucketOf, FOLDS, readCorpus } from './train-corpus.ts';
import { CLASSIFIED, cold, everyday, type LabelledText, sampleTalk, written } from './train-data.ts';
import { disguise, soundsOf } from './train-evasions.ts';

export const SEED = 20260101;
export const SETTINGS = {
  categories: CLASSIFIED,
  bits: 18,
  seed: SEED,
  epochs: 3,
  rate: 0.5,
  decay: 0,
  dropout: 0,
};
/** Texts of each skeleton, to train on and to measure with. */
const EACH = { train: 60, measure: 15 };
const VERSION = '1';

export interface Measured extends LabelledText {
  /** Fold of a written text, whose own model has not seen it; null: no model has. */
  readonly fold: number | null;
}

export interface Trained {
  readonly model: ClassifierModel;
  readonly folds: readonly Classifier[];
  /** A tenth of COLD's training split, a fifth of the everyday dialogues, and written texts. */
  readonly measured: readonly Measured[];
  readonly examples: number;
}

/** Trains on DATA (labelled/COLD, benign) and the written corpus. Takes about a minute. */
export function trainAll(data: string, settings: Partial<typeof SETTINGS> = {}): Trained {
  const skeletons = readCorpus(fileURLToPath(new URL('data/corpus', import.meta.url)));
  const office = sampleTalk('train').map((one) => ({ ...one, weight: 3 }));
  const daily = [...everyday(data, 'train'), ...office];
  const comments = cold(data, 'train');
  const sounds = soundsOf(
    [...daily, ...comments].map(({ text }) => text),
    30,
  );
  const kept = (one: LabelledText): boolean => bucketOf(one.text, 10) === 0;
  const next = random(SEED);
  const real = [...daily, ...comments.filter((one) => !kept(one))].flatMap((one) =>
    next() < 0.15 ? [one, { ...one, text: disguise(one.text, sounds, next), weight: 0.5 }] : [one],
  );
  const make = (without: number | null): { model: ClassifierModel; examples: number } => {
    const own = skeletons.filter(({ fold }) => fold !== without);
    const examples = [...written(own, EACH.train, sounds, SEED), ...real];
    const trained = train(examples, { ...SETTINGS, ...settings }, sounds.table);
    return { model: quantise(trained, VERSION), examples: examples.length };
  };
  const parts = Array.from({ length: FOLDS }, (_, fold) => fold);
  return {
    ...make(null),
    folds: parts.map((fold) => new Classifier(make(fold).model)),
    measured: [
      ...parts.flatMap((fold) =>
        written(
          skeletons.filter((skeleton) => skeleton.fold === fold),
          EACH.measure,
          sounds,
          SEED + 1 + fold,
        ).map((one) => ({ ...one, fold })),
      ),
      ...[...comments.filter(kept), ...everyday(data, 'development'), ...sampleTalk('development')].map(
        (one) => ({ ...one, fold: null }),
      ),
    ],
  };
}

/** Logits of the measured texts by models that have not seen them; null for a text without a letter. */
export function unseenLogits({ model, folds, measured }: Trained): (Float64Array | null)[] {
  const whole = new Classifier(model);
  return measured.map(({ text, fold }) => {
    const by = fold === null ? whole : (folds[fold] as Classifier);
    return by.score(text)?.slice() ?? null;
  });
}
