/**
 * Trains the shipped classifier: `node scripts/with-node.mjs scripts/train.ts DATA [--check]`.
 * DATA is a folder with labelled/COLD and benign/{KdConv,CrossWOZ}; the written corpus lies in
 * scripts/data/corpus. Writes resources/classifiers/categories.model and prints figures. The same data and seed give the same
 * file; --check says whether the committed one is that.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeModel } from '../src/core/classifier/model.ts';
import { calibrated } from './train-calibration.ts';
import { trainAll } from './train-folds.ts';

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
