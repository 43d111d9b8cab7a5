/**
 * The classifier's training as the scripts share it: which texts it is made of, the model that ships,
 * and models that did not see a part of the written corpus, so that the part can be measured.
 */
import { fileURLToPath } from 'node:url';
import { Classifier } from '../src/core/classifier/classifier.ts';
import type { ClassifierModel } from '../src/core/classifier/model.ts';
import { type FloatModel, quantise, random, train } from '../src/core/classifier/train.ts';
import { bucketOf, FOLDS, readCorpus } from './train-corpus.ts';
import { CLASSIFIED, cold, everyday, type LabelledText, labelled, longer, written } from './train-data.ts';
import { disguise, soundsOf } from './train-evasions.ts';
import { beginAgain, EIGHT_WAYS, isWord, wordsOf } from './word-disguises.ts';

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
/** Share of clean texts of which a clause is learnt too. */
const PIECES = 0.8;
/** Share of the words of a comment's copy that stand in another way, and of dialogues' sentences that have such a copy. */
const WORDS_DISGUISED = 0.4;
const DIALOGUES_DISGUISED = 0.3;
/** Trainings whose weights are averaged. */
const ROUNDS = 5;
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

/** The mean of models of the same texts in other orders and other disguises: what only one of them learnt by chance is lost. */
function average(models: readonly FloatModel[]): FloatModel {
  const [first] = models as [FloatModel];
  const weights = new Float32Array(first.weights.length);
  const biases = new Float64Array(first.biases.length);
  for (const model of models) {
    for (let at = 0; at < weights.length; at++)
      weights[at] = (weights[at] as number) + (model.weights[at] as number) / models.length;
    for (let k = 0; k < biases.length; k++)
      biases[k] = (biases[k] as number) + (model.biases[k] as number) / models.length;
  }
  return { ...first, weights, biases };
}

/** The text with `share` of its words in one of the eight ways; undefined where none can be. */
function withOtherWords(text: string, share: number, next: () => number): string | undefined {
  const [, way] = EIGHT_WAYS[Math.floor(next() * EIGHT_WAYS.length)] as (typeof EIGHT_WAYS)[number];
  const written = wordsOf(text).map((word) => (isWord(word) && next() < share ? (way(word) ?? word) : word));
  const other = written.join('');
  return other === text ? undefined : other;
}

/** Trains on DATA (labelled/COLD, benign) and the written corpus. Takes about three minutes. */
export function trainAll(data: string, settings: Partial<typeof SETTINGS> = {}): Trained {
  const skeletons = readCorpus(fileURLToPath(new URL('data/corpus', import.meta.url)));
  const daily = everyday(data, 'train');
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
  // People write in pieces: a clause of a clean text is clean.
  const pieces = [...daily, ...comments.filter((one) => !kept(one) && one.labels.length === 0)].flatMap(
    ({ text, from }) => {
      const clauses = text.split(/[，。！？；,!?\s]+/).filter((clause) => clause.length >= 4);
      if (clauses.length < 2 || next() >= PIECES) return [];
      return [labelled(clauses[Math.floor(next() * clauses.length)] as string, null, from)];
    },
  );
  // Each comment again with words in one of the eight ways; inoffensive ones too, so that a disguise alone says nothing.
  beginAgain();
  const inOtherWords = [
    ...comments.filter((one) => !kept(one)),
    ...daily.filter(() => next() < DIALOGUES_DISGUISED),
  ].flatMap((one) => {
    const text = withOtherWords(one.text, WORDS_DISGUISED, next);
    return text === undefined ? [] : [{ ...one, text }];
  });
  const make = (without: number | null): { model: ClassifierModel; examples: number } => {
    const own = skeletons.filter(({ fold }) => fold !== without);
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      const made = written(own, EACH.train, sounds, SEED + 100 * round);
      const examples = [...made, ...longer(made, SEED + 100 * round), ...real, ...pieces, ...inOtherWords];
      const seed = SEED + round;
      return {
        size: examples.length,
        trained: train(examples, { ...SETTINGS, ...settings, seed }, sounds.table),
      };
    });
    const trained = average(rounds.map(({ trained }) => trained));
    return { model: quantise({ ...trained, seed: SEED }, VERSION), examples: rounds[0]?.size ?? 0 };
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
      ...[...comments.filter(kept), ...everyday(data, 'development')].map((one) => ({
        ...one,
        fold: null,
      })),
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
