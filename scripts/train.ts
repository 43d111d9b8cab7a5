/**
 * Trains the shipped classifier: `node scripts/with-node.mjs scripts/train.ts DATA [--check]`.
 * DATA is a folder with labelled/COLD and benign/{KdConv,CrossWOZ}; the written corpus lies in
 * scripts/data/corpus. Writes resources/classifiers/categories.model and the thresholds of
 * resources/rule-packs/classifier.json, and prints figures. The same data and seed give the same
 * file; --check says whether the committed one is that.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { platt, reliability, thresholdFor } from '../src/core/classifier/calibrate.ts';
import { type ClassifierModel, writeModel } from '../src/core/classifier/model.ts';
import type { CategoryId } from '../src/core/domain/category.ts';
import { type Trained, trainAll, unseenLogits } from './train-folds.ts';

/** Share of everyday messages that each category may propose; abuse is met far more often. */
const COST = 0.0005;
const ABUSE_COST = 0.005;
/** A few odd messages of the office must not silence a category. */
const NEVER_ABOVE = 0.35;
/** Proposals are for the second tab: they may be wrong more often than F1 would like. */
const MOST_ASKED = 0.25;
const PROPOSED_FROM: Partial<Record<CategoryId, number>> = {
  abuse: 0.5,
  harassment: 0.3,
  'vulgar-content': 0.25,
};

interface Known {
  readonly probability: number;
  readonly positive: boolean;
  readonly everyday: boolean;
}

const figure = (value: number): string => value.toFixed(3);

/** Where F1 is highest. */
function bestThreshold(known: readonly Known[]): number {
  const sorted = [...known].sort((x, y) => y.probability - x.probability);
  const positives = sorted.filter(({ positive }) => positive).length;
  let right = 0;
  let best = { f1: 0, at: 0.5 };
  for (const [index, { probability, positive }] of sorted.entries()) {
    if (positive) right += 1;
    const f1 = (2 * right) / (index + 1 + positives);
    if (f1 > best.f1) best = { f1, at: probability };
  }
  return best.at;
}

function report(category: CategoryId, known: readonly Known[], threshold: number): void {
  const positives = known.filter(({ positive }) => positive).length;
  const proposed = known.filter(({ probability }) => probability >= threshold);
  const right = proposed.filter(({ positive }) => positive).length;
  const [precision, recall] = [right / proposed.length, right / positives];
  console.log(
    `${category.padEnd(22)} threshold ${figure(threshold)}  n ${positives}  precision ${figure(precision)}  recall ${figure(recall)}  F1 ${figure((2 * precision * recall) / (precision + recall))}`,
  );
  if (process.argv.includes('--reliability')) {
    const rows = reliability(known).map((row) => `${figure(row.said)}→${figure(row.held)} (${row.count})`);
    console.log(`  ${rows.join('  ')}`);
  }
}

function calibrated(trained: Trained): ClassifierModel {
  const { measured, model } = trained;
  const logits = unseenLogits(trained);
  const classes = model.classes.map((entry, k) => {
    const { category } = entry;
    const judged = measured.flatMap((one, index) => {
      const logit = logits[index]?.[k];
      if (logit === undefined || one.unknown?.includes(category)) return [];
      const everyday = one.from === 'kdconv' || one.from === 'crosswoz' || one.from === 'sample';
      return [{ logit, positive: one.labels.includes(category), everyday }];
    });
    const { a, b } = platt(judged);
    const known = judged.map((one) => ({ ...one, probability: 1 / (1 + Math.exp(-(a * one.logit + b))) }));
    const clean = known.filter(({ everyday }) => everyday).map(({ probability }) => probability);
    const floor = thresholdFor(clean, category === 'abuse' ? ABUSE_COST : COST);
    const wanted = Math.max(floor, Math.min(bestThreshold(known), PROPOSED_FROM[category] ?? MOST_ASKED));
    const threshold = Number(Math.min(category === 'abuse' ? 1 : NEVER_ABOVE, wanted).toFixed(4));
    report(category, known, threshold);
    return { ...entry, a, b, threshold };
  });
  return { ...model, classes };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: train.ts DATA [--check] [--reliability]');
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const target = here('../resources/classifiers/categories.model');
const trained = trainAll(folder);
console.log(`${trained.examples} examples`);
const bytes = writeModel(calibrated(trained));
console.log(`${bytes.length} bytes`);
if (process.argv.includes('--check')) {
  const same = existsSync(target) && Buffer.compare(readFileSync(target), bytes) === 0;
  console.log(same ? 'the committed model is this one' : 'the committed model is another one');
  process.exitCode = same ? 0 : 1;
} else writeFileSync(target, bytes);
