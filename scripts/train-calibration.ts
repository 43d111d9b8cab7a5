/**
 * Calibration and thresholds of the shipped classifier, by texts that the measured model has not seen.
 */
import { platt, reliability, thresholdFor } from '../src/core/classifier/calibrate.ts';
import type { ClassifierModel } from '../src/core/classifier/model.ts';
import type { CategoryId } from '../src/core/domain/category.ts';
import { type Trained, unseenLogits } from './train-folds.ts';

/** Share of everyday messages that each category may propose; abuse is met far more often. */
const COST = 0.0005;
const ABUSE_COST = 0.005;
/** Within these: a few odd messages must not silence a category, and the second tab must be worth reading. */
const BETWEEN = [0.46, 0.48] as const;
const ABUSE_BETWEEN = [0.48, 0.5] as const;
/** Of what is said in talk, not offered: a rude or a tender word stands in clean talk too. */
const SAID_BETWEEN = [0.56, 0.58] as const;
const SAID: ReadonlySet<CategoryId> = new Set(['vulgar-content', 'harassment', 'violence-terror']);

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

/** The model with its calibration and thresholds; prints the figures of each category. */
export function calibrated(trained: Trained): ClassifierModel {
  const { measured, model } = trained;
  const logits = unseenLogits(trained);
  const classes = model.classes.map((entry, k) => {
    const { category } = entry;
    const judged = measured.flatMap((one, index) => {
      const logit = logits[index]?.[k];
      if (logit === undefined || one.unknown?.includes(category)) return [];
      const everyday = one.from === 'kdconv' || one.from === 'crosswoz';
      return [{ logit, positive: one.labels.includes(category), everyday }];
    });
    const { a, b } = platt(judged);
    const known = judged.map((one) => ({ ...one, probability: 1 / (1 + Math.exp(-(a * one.logit + b))) }));
    const clean = known.filter(({ everyday }) => everyday).map(({ probability }) => probability);
    const floor = thresholdFor(clean, category === 'abuse' ? ABUSE_COST : COST);
    const [least, most] = category === 'abuse' ? ABUSE_BETWEEN : SAID.has(category) ? SAID_BETWEEN : BETWEEN;
    const wanted = Math.max(floor, bestThreshold(known));
    const threshold = Number(Math.min(most, Math.max(least, wanted)).toFixed(4));
    report(category, known, threshold);
    return { ...entry, a, b, threshold };
  });
  return { ...model, classes };
}
