/**
 * Measures the shipped packs and classifier on texts that nothing was trained or tuned on
 * (scripts/data/held-out, one text a line, the file names the category), as they are and disguised.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../src/core/classifier/train.ts';
import { judge, type TextHit } from '../src/core/detection/judge.ts';
import type { CategoryId } from '../src/core/domain/category.ts';
import type { CompiledRules } from '../src/core/rules/compile-rules.ts';
import { ROOT } from './runtime/paths.ts';
import { cold } from './train-data.ts';
import { disguise, soundsOf } from './train-evasions.ts';

/** Six classes as moderators use them, and adverts. */
const CLASSES: Readonly<Record<string, readonly CategoryId[]>> = {
  gambling: ['gambling'],
  'pornography and vulgar content': ['pornography', 'vulgar-content'],
  fraud: ['fraud', 'illegal-finance'],
  'black-market adverts': [
    'illicit-services',
    'counterfeit-documents',
    'contraband-goods',
    'drugs',
    'weapons',
    'piracy',
    'personal-information',
    'superstition-cult',
  ],
  abuse: ['abuse', 'harassment', 'violence-terror'],
  'marketing spam': ['marketing-spam'],
};
export const CLEAN = 'clean';
const CONTEXT = { act: 'own-post', conversationType: 'group', messageKind: 'text' } as const;

/** The class of a category; undefined where moderators have none for it. */
export const classOf = (category: string): string | undefined =>
  Object.entries(CLASSES).find(([, categories]) => categories.includes(category as CategoryId))?.[0];

/** What the text is by its surest finding: rules before proposals, then by score. */
function saidOf(hits: readonly TextHit[]): string {
  const [first] = hits
    .filter(({ category }) => classOf(category) !== undefined)
    .sort((a, b) => Number(b.status === 'hit') - Number(a.status === 'hit') || b.score - a.score);
  return first === undefined ? CLEAN : (classOf(first.category) as string);
}

/** A text's class and what was found. */
export interface Row {
  readonly truth: string;
  readonly hits: readonly TextHit[];
}

/** Prints figures of each class. */
export function table(rows: readonly Row[]): void {
  console.log(
    '| class | texts | precision | recall | F1 | found in any tab | found as `hit` | wrong `hit` |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
  const scores: number[] = [];
  for (const name of [...Object.keys(CLASSES), CLEAN]) {
    const own = rows.filter(({ truth }) => truth === name);
    if (own.length === 0) continue;
    const said = rows.filter(({ hits }) => saidOf(hits) === name);
    const right = own.filter(({ hits }) => saidOf(hits) === name).length;
    const f1 = (2 * right) / (own.length + said.length);
    scores.push(f1);
    const of = ({ category }: TextHit): boolean => classOf(category) === name;
    const any = own.filter(({ hits }) => hits.some(of)).length / own.length;
    const hit =
      own.filter(({ hits }) => hits.some((one) => of(one) && one.status === 'hit')).length / own.length;
    const wrong = own.filter(({ hits }) =>
      hits.some((one) => classOf(one.category) !== undefined && !of(one) && one.status === 'hit'),
    ).length;
    const shares = [right / said.length, right / own.length, f1].map((share) => share.toFixed(2));
    const found = name === CLEAN ? ['', ''] : [any.toFixed(2), hit.toFixed(2)];
    console.log(`| ${[name, own.length, ...shares, ...found, wrong].join(' | ')} |`);
  }
  const macro = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  console.log(`\nMacro-F1 of the ${scores.length} classes ${macro.toFixed(3)}.\n`);
}

/** Sets by what stands in the file's name; others are clean texts, or abuse in one way of writing (`way-`). */
const ORDER: Readonly<Record<string, string>> = {
  '': 'first set',
  second: 'second set',
  hard: 'second set',
  life: 'second set',
  office: 'second set',
  third: 'third set',
  miss: 'third set',
  talk: 'third set',
  last: 'fourth set',
  fifth: 'fifth set',
  sixth: 'sixth set',
  long: 'long texts',
  'long-2': 'long texts of the sixth set',
};

interface HeldOut {
  readonly truth: string;
  readonly text: string;
  /** What stands between the class and `.txt` in the file's name; empty for the first set. */
  readonly set: string;
}

/** All held-out texts. A file is named `CATEGORY.txt` or `CATEGORY.SET.txt`. */
export function heldOut(): HeldOut[] {
  const folder = join(ROOT, 'scripts/data/held-out');
  return readdirSync(folder).flatMap((file) => {
    const [label, set] = file.replace('.txt', '').split('.') as [string, string?];
    const truth = label === CLEAN ? CLEAN : (classOf(label) as string);
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((text) => ({ truth, text, set: set ?? '' }));
  });
}

/** Prints all tables. `data`: the folder with labelled/COLD, for common homophones. */
export function evaluateHeldOut(compiled: CompiledRules, data: string): void {
  const texts = heldOut();
  const sounds = soundsOf(
    cold(data, 'dev').map(({ text }) => text),
    10,
  );
  const next = random(7);
  for (const name of new Set(Object.values(ORDER))) {
    const own = texts.filter(({ set }) => ORDER[set] === name);
    for (const isDisguised of [false, true]) {
      console.log(`\nHeld-out texts, ${name}${isDisguised ? ', disguised' : ''}:\n`);
      table(
        own.map(({ truth, text }) => ({
          truth,
          hits: judge(compiled, isDisguised ? disguise(text, sounds, next) : text, CONTEXT),
        })),
      );
    }
  }
  console.log('| clean texts | n | with a hit | with proposals |\n|---|--:|--:|--:|');
  const clean = texts.filter(({ truth }) => truth === CLEAN);
  for (const set of [...new Set(clean.map((one) => one.set))]) {
    const judged = clean.filter((one) => one.set === set).map(({ text }) => judge(compiled, text, CONTEXT));
    const hits = judged.filter((found) => found.some(({ status }) => status === 'hit')).length;
    const any = judged.filter((found) => found.length > 0).length;
    console.log(`| ${[set === '' ? 'first set' : set, judged.length, hits, any].join(' | ')} |`);
  }
  console.log('\n| abuse, way of writing | n | found as `hit` | found in any tab |\n|---|--:|--:|--:|');
  const ways = texts.filter(({ set }) => set.startsWith('way-'));
  for (const way of new Set(ways.map(({ set }) => set))) {
    const judged = ways.filter(({ set }) => set === way).map(({ text }) => judge(compiled, text, CONTEXT));
    const hits = judged.filter((found) => found.some(({ status }) => status === 'hit')).length;
    const any = judged.filter((found) => found.length > 0).length;
    console.log(`| ${[way.slice('way-'.length), judged.length, hits, any].join(' | ')} |`);
  }
}
