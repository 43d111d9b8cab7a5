/**
 * Measures detection on the development data: `node scripts/with-node.mjs scripts/evaluate.ts DATA` (labelled/COLD,
 * benign/{KdConv,CrossWOZ}, bench/pool.jsonl.gz). Prints Markdown for docs/detection.md. Written
 * texts are judged with a classifier that has not seen their skeletons; rules were written by people
 * who know the same ways of writing, so their figures on written texts are an upper bound.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openResources } from '../src/core/app/resources.ts';
import { platt } from '../src/core/classifier/calibrate.ts';
import { Classifier } from '../src/core/classifier/classifier.ts';
import { CLASSIFIER_PACK, judge, type TextHit } from '../src/core/detection/judge.ts';
import type { CategoryId } from '../src/core/domain/category.ts';
import { type CompiledRules, compileRuleSet } from '../src/core/rules/compile-rules.ts';
import { CLEAN, classOf, evaluateHeldOut, heldOut, table } from './evaluate-held-out.ts';
import { evaluatePerturbed } from './evaluate-perturbed.ts';
import { ROOT } from './runtime/paths.ts';
import { CLASSIFIED, cold, everyday, type LabelledText, sampleTalk } from './train-data.ts';
import { SEED, trainAll } from './train-folds.ts';

const [data, show] = process.argv.slice(2);
if (data === undefined) throw new Error('usage: evaluate.ts DATA [CATEGORY to list]');
const resources = openResources(join(ROOT, 'resources'));
const context = { act: 'own-post', conversationType: 'group', messageKind: 'text' } as const;

function compiledWith(classifier: Classifier): CompiledRules {
  const result = compileRuleSet(resources.shippedPacks, classifier);
  if (!result.ok) throw new Error(JSON.stringify(result.errors.slice(0, 3)));
  return result.compiled;
}

const shipped = resources.classifier;
const whole = compiledWith(shipped);
const trained = trainAll(data);
const byFold = trained.folds.map(({ model }) => {
  const classes = model.classes.map((entry, k) => {
    const { a, b, threshold } = shipped.model.classes[k] as (typeof shipped.model.classes)[number];
    return { ...entry, a, b, threshold };
  });
  return compiledWith(new Classifier({ ...model, classes }));
});

interface Result {
  readonly one: LabelledText;
  readonly hits: readonly TextHit[];
}
const results: Result[] = trained.measured.map((one) => ({
  one,
  hits: judge(one.fold === null ? whole : (byFold[one.fold] as CompiledRules), one.text, context),
}));

const percent = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');
const f1 = (precision: number, recall: number): number => (2 * precision * recall) / (precision + recall);

console.log(`Seed ${SEED}; ${trained.examples} examples, ${results.length} measured texts.\n`);
console.log(
  '| category | texts | precision of `hit` | recall of `hit` | precision | recall | F1 | recall of classifier alone |',
);
console.log('|---|---|---|---|---|---|---|---|');
const categories = [...new Set([...CLASSIFIED, ...whole.rules.map(({ rule }) => rule.category)])];
for (const category of categories) {
  const known = results.filter(({ one }) => !one.unknown?.includes(category));
  const positives = known.filter(({ one }) => one.labels.includes(category));
  if (positives.length === 0) continue;
  const figures = (counts: (hit: TextHit) => boolean): [number, number] => {
    const found = known.filter(({ hits }) => hits.some((hit) => hit.category === category && counts(hit)));
    const right = found.filter(({ one }) => one.labels.includes(category)).length;
    return [right / found.length, right / positives.length];
  };
  const [hitPrecision, hitRecall] = figures(({ status }) => status === 'hit');
  const [precision, recall] = figures(() => true);
  const k = CLASSIFIED.indexOf(category);
  const alone =
    k < 0
      ? Number.NaN
      : positives.filter(({ one }) => {
          const fold = 'fold' in one ? (one.fold as number | null) : null;
          const by = fold === null ? shipped : (byFold[fold]?.classifier as Classifier);
          return by.classify(one.text).some((proposal) => proposal.category === category);
        }).length / positives.length;
  console.log(
    `| ${category} | ${positives.length} | ${percent(hitPrecision)} | ${percent(hitRecall)} | ${percent(precision)} | ${percent(recall)} | ${percent(f1(precision, recall))} | ${percent(alone)} |`,
  );
}

const violations = results.filter(({ one }) => one.from === 'written' && one.labels.length > 0);
const hard = results.filter(({ one }) => one.from === 'written' && one.labels.length === 0);
const any = (list: readonly Result[], counts: (hit: TextHit) => boolean): string =>
  percent(list.filter(({ hits }) => hits.some(counts)).length / list.length);
console.log(
  `\nWritten violations with any hit ${any(violations, ({ status }) => status === 'hit')}, with proposals ${any(violations, () => true)} (${violations.length});`,
);
console.log(
  `written clean texts and hard negatives with any hit ${any(hard, ({ status }) => status === 'hit')}, with proposals ${any(hard, () => true)} (${hard.length}).\n`,
);

console.log(
  '**Whole topics kept apart**: written texts as they stand, judged by models that saw no text of their topic:\n',
);
table(
  results.flatMap(({ one, hits }) => {
    if (typeof one.topic !== 'string') return [];
    const truth = one.labels.length === 0 ? CLEAN : classOf(one.labels[0] as string);
    return truth === undefined ? [] : [{ truth, hits }];
  }),
);

console.log('| benign | messages | `hit` per 10,000 | with proposals | by rules alone |');
console.log('|---|---|---|---|---|');
const pool = gunzipSync(readFileSync(join(data, 'bench', 'pool.jsonl.gz')))
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { s: string; c: string; t: string });
const sets: [string, readonly string[]][] = [
  [
    'KdConv, kept apart',
    everyday(data, 'development')
      .filter(({ from }) => from === 'kdconv')
      .map(({ text }) => text),
  ],
  [
    'CrossWOZ, kept apart',
    everyday(data, 'development')
      .filter(({ from }) => from === 'crosswoz')
      .map(({ text }) => text),
  ],
  [
    'KdConv and CrossWOZ, all',
    [...everyday(data, 'train'), ...everyday(data, 'development')].map(({ text }) => text),
  ],
  ['bench pool, everyday', pool.filter(({ s, c }) => s !== 'COLD' && c === 'benign').map(({ t }) => t)],
  [
    'everyday talk, third held-out set',
    heldOut()
      .filter(({ set }) => set === 'talk')
      .map(({ text }) => text),
  ],
  ['office talk of the sample', sampleTalk().map(({ text }) => text)],
  [
    'COLD dev, not offensive',
    cold(data, 'dev')
      .filter(({ labels }) => labels.length === 0)
      .map(({ text }) => text),
  ],
];
for (const [name, texts] of sets) {
  const judged = texts.map((text) => judge(whole, text, context));
  const per = (counts: (hit: TextHit) => boolean): string =>
    ((judged.filter((hits) => hits.some(counts)).length / texts.length) * 10_000).toFixed(1);
  console.log(
    `| ${name} | ${texts.length} | ${per(({ status }) => status === 'hit')} | ${per(() => true)} | ${per(({ pack }) => pack !== CLASSIFIER_PACK)} |`,
  );
  if (show === 'benign') {
    const noisy = judged.flatMap((hits, index) =>
      hits.map(
        (hit) =>
          `${hit.status} ${hit.rule} ${hit.match.slice(0, 20)} <- ${(texts[index] as string).slice(0, 60)}`,
      ),
    );
    console.log(noisy.slice(0, 60).join('\n'));
  }
}

const comments = cold(data, 'dev').map((one) => ({ one, hits: judge(whole, one.text, context) }));
const offensive = (category: CategoryId): boolean => category === 'abuse' || category === 'harassment';
for (const [name, counts] of [
  ['abuse, hits only', (hit: TextHit) => offensive(hit.category) && hit.status === 'hit'],
  ['abuse, with proposals', (hit: TextHit) => offensive(hit.category)],
  ['any category, with proposals', () => true],
] as const) {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (const { one, hits } of comments) {
    const said = hits.some(counts);
    if (one.labels.length > 0) said ? tp++ : fn++;
    else said ? fp++ : tn++;
  }
  const macro = tp / (2 * tp + fp + fn) + tn / (2 * tn + fp + fn);
  console.log(
    `\nCOLD dev, ${name}: accuracy ${percent((tp + tn) / comments.length)}, macro-F1 ${percent(macro)} (${comments.length})`,
  );
}

/** Every hit of every text with its score; the first forty by score, one of a text and category. */
const ranked = [...results, ...comments]
  .flatMap(({ one, hits }) => hits.map((hit) => ({ one, hit })))
  .sort((a, b) => b.hit.score - a.hit.score);
const rightOf = ({ one, hit }: (typeof ranked)[number]): boolean =>
  one.labels.includes(hit.category) || one.unknown?.includes(hit.category) === true;
for (const [name, list] of [
  ['all categories', ranked],
  ['classifier alone', ranked.filter(({ hit }) => hit.pack === CLASSIFIER_PACK)],
] as const) {
  const first = [
    ...new Map(list.map((entry) => [`${entry.one.text} ${entry.hit.category}`, entry])).values(),
  ].slice(0, 40);
  console.log(
    `\nFirst 40 by score, ${name}: precision ${percent(first.filter(rightOf).length / first.length)}`,
  );
  if (show === 'first')
    for (const entry of first.filter((one) => !rightOf(one)))
      console.log(entry.hit.score, entry.hit.rule, entry.one.labels, entry.one.text.slice(0, 60));
}
console.log('\n| score | hits | mean score | right |');
console.log('|---|---|---|---|');
for (let from = 0; from < 10; from++) {
  const inside = ranked.filter(({ hit }) => Math.min(9, Math.floor(hit.score * 10 + 1e-9)) === from);
  if (inside.length === 0) continue;
  const mean = inside.reduce((sum, { hit }) => sum + hit.score, 0) / inside.length;
  console.log(
    `| ${from / 10}–${(from + 1) / 10} | ${inside.length} | ${percent(mean)} | ${percent(inside.filter(rightOf).length / inside.length)} |`,
  );
}
console.log('\n| rules and the classifier’s probability | hits | right | proposals | right |');
console.log('|---|---|---|---|---|');
const known = ranked
  .filter(({ hit }) => CLASSIFIED.includes(hit.category))
  .map((entry) => {
    const fold = 'fold' in entry.one ? (entry.one.fold as number | null) : null;
    const by = fold === null ? shipped : (byFold[fold]?.classifier as Classifier);
    return { ...entry, p: by.probabilities(entry.one.text).get(entry.hit.category) ?? 0 };
  });
const agreed = known.filter(({ hit }) => hit.pack !== CLASSIFIER_PACK);
for (const [low, high] of [
  [0, 0.02],
  [0.02, 0.1],
  [0.1, 0.3],
  [0.3, 0.6],
  [0.6, 0.9],
  [0.9, 1.01],
] as const) {
  const row = (['hit', 'proposal'] as const).flatMap((status) => {
    const inside = agreed.filter(({ hit, p }) => hit.status === status && p >= low && p < high);
    return [inside.length, percent(inside.filter(rightOf).length / inside.length)];
  });
  console.log(`| ${low}–${Math.min(1, high)} | ${row.join(' | ')} |`);
}
const kindOf = new Map(
  whole.rules.map(({ pack, rule }) => {
    const asks = [rule.match, ...(rule.match.all ?? [])].some((node) => node.classifier !== undefined);
    const status = rule.status ?? 'hit';
    return [`${pack.pack.id} ${rule.id}`, asks && status === 'hit' ? 'asking' : status];
  }),
);
console.log('');
for (const kind of ['hit', 'proposal', 'asking', 'alone']) {
  const own = known.filter(
    ({ hit }) => (hit.pack === CLASSIFIER_PACK ? 'alone' : kindOf.get(`${hit.pack} ${hit.rule}`)) === kind,
  );
  const { a, b } = platt(
    own.map((entry) => {
      const p = Math.min(0.995, Math.max(0.005, entry.p));
      return { logit: Math.log(p / (1 - p)), positive: rightOf(entry) };
    }),
  );
  console.log(`score.ts, ${kind}: base ${b.toFixed(2)}, slope ${a.toFixed(2)} (${own.length})`);
}

evaluateHeldOut(whole, data);
evaluatePerturbed(whole, data);
const transforms = spawnSync(process.execPath, [join(ROOT, 'scripts/measure-transforms.ts')], {
  env: { ...process.env, DOCKET_BENCH_DATA: data },
  encoding: 'utf8',
});
console.log(`\nTransforms: ${transforms.stdout}${transforms.stderr}`);
if (show === 'clean') {
  for (const { one, hits } of hard.filter(({ hits }) => hits.length > 0).slice(0, 220)) {
    console.log(
      hits.map(({ status, rule, score }) => `${status} ${rule} ${score}`).join('; '),
      '<-',
      one.text,
    );
  }
} else if (show !== undefined && show !== 'benign' && show !== 'first') {
  for (const { one, hits } of results
    .filter(
      (entry) =>
        entry.one.labels.includes(show as CategoryId) && entry.hits.every((hit) => hit.status !== 'hit'),
    )
    .slice(0, 80)) {
    console.log(hits.length > 0 ? `? ${hits.map((hit) => hit.category)}` : '-', one.text);
  }
}
