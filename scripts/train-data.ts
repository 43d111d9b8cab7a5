/**
 * What the classifier is trained and measured on: the written corpus, COLD (thu-coai/COLDataset,
 * Apache-2.0) and everyday dialogues (KdConv, CrossWOZ; Apache-2.0). The texts of the latter three
 * are read from a folder and stay there; the model carries weights only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TRADES } from '../src/core/classifier/classifier.ts';
import { type Example, random } from '../src/core/classifier/train.ts';
import type { CategoryId } from '../src/core/domain/category.ts';
import { bucketOf, fill, type Skeleton, type Split } from './train-corpus.ts';
import { disguise, punctuate, type Sounds, shorten } from './train-evasions.ts';

/** Categories of the classifier; the others are found by rules and detectors alone. */
export const CLASSIFIED: readonly CategoryId[] = [
  'gambling',
  'pornography',
  'vulgar-content',
  'drugs',
  'weapons',
  'counterfeit-documents',
  'fraud',
  'illegal-finance',
  'illicit-services',
  'contraband-goods',
  'piracy',
  'violence-terror',
  'superstition-cult',
  'marketing-spam',
  'abuse',
  'harassment',
];

/** What one label leaves open: the categories shade into each other. */
const SHADES: Partial<Record<CategoryId, readonly CategoryId[]>> = {
  pornography: ['vulgar-content', 'harassment', 'marketing-spam'],
  'vulgar-content': ['pornography', 'harassment', 'abuse'],
  fraud: ['illegal-finance', 'marketing-spam'],
  'illegal-finance': ['fraud', 'marketing-spam', 'illicit-services'],
  'illicit-services': ['marketing-spam', 'illegal-finance'],
  'marketing-spam': ['fraud', 'illicit-services', 'illegal-finance', 'contraband-goods', 'piracy'],
  gambling: ['marketing-spam'],
  'counterfeit-documents': ['marketing-spam', 'illicit-services'],
  'contraband-goods': ['marketing-spam', 'illicit-services', 'piracy'],
  piracy: ['marketing-spam', 'illicit-services'],
  drugs: ['contraband-goods'],
  weapons: ['contraband-goods'],
  'superstition-cult': ['marketing-spam'],
  'violence-terror': ['abuse', 'harassment', 'illicit-services'],
  abuse: ['harassment', 'violence-terror', 'vulgar-content'],
  harassment: ['abuse', 'vulgar-content', 'pornography', 'violence-terror'],
};

export interface LabelledText extends Example {
  readonly from: 'written' | 'cold' | 'kdconv' | 'crosswoz' | 'sample';
  /** What a written text is about, where its file says so: whole topics are kept apart. */
  readonly topic?: string | null;
}

export function labelled(text: string, label: CategoryId | null, from: LabelledText['from']): LabelledText {
  const unknown = label === null ? undefined : SHADES[label];
  return { text, labels: label === null ? [] : [label], from, ...(unknown === undefined ? {} : { unknown }) };
}

/** How likely a text of phrases ends in a way to reach its writer. */
const REACH = { trade: 0.45, clean: 0.12, other: 0 };
/** And how likely any clean text does, in a plain one: friends and colleagues leave their numbers too, so that one says little by itself. */
const PLAIN_REACH = 0.12;
/** What stands before an insult. */
const AT_SOMEBODY = [
  '你',
  '你这',
  '你就是',
  '你真是',
  '你个',
  '就你这',
  '楼主',
  '{person}',
  '真是',
  '一群',
  '这帮人',
  '',
  '',
  '',
  '',
];
const FEWEST_LETTERS = 5;
/** Texts made of a line, for each that is made of a skeleton: lines of `phrases-` and `texts-` are many and have few words to vary; `scenes-` have more. */
const SHARE = { phrases: 1 / 5, texts: 1 / 5, scenes: 1 / 2 };

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;

/** One to three phrases of a category, one after another. */
function spoken(phrase: Skeleton, alike: readonly Skeleton[], next: () => number): string {
  const { label } = phrase;
  let text = fill(phrase, next);
  const most = Math.floor(next() * 3);
  for (let more = 0; more < most || text.length < FEWEST_LETTERS; more++) {
    const other = fill(pick(alike, next), next);
    const sign = pick(['，', '，', ' ', '', '。', '、'], next);
    text = next() < 0.5 ? text + sign + other : other + sign + text;
  }
  if (label === 'abuse' || label === 'harassment') {
    text = fill({ ...phrase, text: pick(AT_SOMEBODY, next) + text }, next);
  }
  const reach = REACH[label === null ? 'clean' : TRADES.has(label) ? 'trade' : 'other'];
  if (next() < reach)
    text += fill({ ...phrase, text: pick(['{reachx}', '，{reach}', ' {reach}'], next) }, next);
  if (label !== null && next() < 0.15) text = fill({ ...phrase, text: `{em}${text}{em}` }, next);
  return text;
}

/**
 * Texts of skeletons: so many of each, part of them disguised, joined or shortened. Files named
 * `phrases-…` hold phrases, of which texts are put together with others of their category; files named
 * `texts-…` whole texts, first as they stand, of both of which a fifth as many texts are made; `scenes-…` whole texts
 * with many words to vary, of which half as many are made.
 */
export function written(
  own: readonly Skeleton[],
  each: number,
  sounds: Sounds,
  seed: number,
): LabelledText[] {
  const next = random(seed);
  const texts = new Map<string, LabelledText>();
  const daily = own.filter(({ file }) => file === 'clean-daily.txt');
  for (const skeleton of own) {
    const alike = own.filter(({ label, file }) => label === skeleton.label && file === skeleton.file);
    const isPhrase = skeleton.file.startsWith('phrases-');
    const isScene = skeleton.file.startsWith('scenes-');
    const isText = isScene || skeleton.file.startsWith('texts-');
    const share = isPhrase ? SHARE.phrases : isScene ? SHARE.scenes : isText ? SHARE.texts : 1;
    for (let i = 0; i < each * share; i++) {
      let text = isPhrase ? spoken(skeleton, alike, next) : fill(skeleton, next);
      if (isText && i === 0) {
        texts.set(text, { ...labelled(text, skeleton.label, 'written'), topic: skeleton.topic });
        continue;
      }
      if (isText && TRADES.has(skeleton.label ?? '') && next() < 0.2)
        text += fill({ ...skeleton, text: '{reachx}' }, next);
      else if (skeleton.label === null && next() < PLAIN_REACH)
        text += fill({ ...skeleton, text: '[，| |。]{plainreach}' }, next);
      const chance = isPhrase ? 1 : next();
      if (chance < 0.08)
        text += `${next() < 0.5 ? '，' : '\n'}${fill(alike[Math.floor(next() * alike.length)] as Skeleton, next)}`;
      else if (chance < 0.16)
        text = `${fill(daily[Math.floor(next() * daily.length)] as Skeleton, next)}。${text}`;
      if (next() < 0.3) text = shorten(text, next);
      if (next() < 0.5) text = punctuate(text, next);
      if (next() < (skeleton.label === null ? 0.2 : 0.4)) text = disguise(text, sounds, next);
      const topic = texts.get(text)?.topic ?? null;
      texts.set(text, { ...labelled(text, skeleton.label, 'written'), topic });
    }
  }
  return [...texts.values()];
}

/** Share of texts that stand in a longer one too, and how many clean ones stand around a violation or a clean text. */
const LONGER = 1 / 60;
const AROUND = { least: 1, more: 3 };

/**
 * Longer texts out of `texts`: some clean ones, with a violation among them in as many as there are violations; people
 * tell a story before they say what they sell. As many are clean throughout.
 */
export function longer(texts: readonly LabelledText[], seed: number): LabelledText[] {
  const next = random(seed);
  const clean = texts.filter(({ labels, text }) => labels.length === 0 && text.length < 120);
  return texts
    .filter(({ text }) => text.length < 200)
    .filter(() => next() < LONGER)
    .map((one) => {
      const parts = Array.from(
        { length: AROUND.least + Math.floor(next() * AROUND.more) },
        () => pick(clean, next).text,
      );
      parts.splice(Math.floor(next() * (parts.length + 1)), 0, one.text);
      const { topic: _, ...rest } = one;
      return { ...rest, text: parts.join(pick(['。', '，', '\n', ' ', '！'], next)) };
    });
}

/** COLD's comments; `split` is its own. A line is `number,split,topic,label,text`. */
export function cold(folder: string, split: 'train' | 'dev'): LabelledText[] {
  const file = join(folder, 'labelled', 'COLD', `${split}.csv`);
  if (!existsSync(file)) throw new Error(`no COLD in ${folder}`);
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = /^\d+,\w+,\w+,([01]),(.*?)\r?$/.exec(line);
      if (found === null) return [];
      const text = (found[2] as string).replace(/^"(.*)"$/, '$1').replaceAll('""', '"');
      return [labelled(text, found[1] === '1' ? 'abuse' : null, 'cold')];
    });
}

/** Everyday utterances of a split; whole dialogues are kept apart, one in five for development. */
export function everyday(folder: string, split: Split): LabelledText[] {
  const sources = [
    ['kdconv', 'KdConv/kdconv_utterances.jsonl'],
    ['crosswoz', 'CrossWOZ/crosswoz_test_utterances.jsonl'],
  ] as const;
  return sources.flatMap(([from, path]) =>
    readFileSync(join(folder, 'benign', path), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { dialog: string; text: string })
      .filter(({ dialog }) => (bucketOf(dialog, 5) === 0) === (split === 'development'))
      .map(({ text }) => labelled(text, null, from)),
  );
}

const SAMPLE = fileURLToPath(new URL('../resources/sample', import.meta.url));

/** Everyday messages of the bundled sample, without what is planted in it. Nothing is trained on them. */
export function sampleTalk(): LabelledText[] {
  const { violations, traps } = JSON.parse(readFileSync(join(SAMPLE, 'expected.json'), 'utf8')) as Record<
    'violations' | 'traps',
    { text: string }[]
  >;
  const planted = new Set([...violations, ...traps].map(({ text }) => text));
  const texts = readFileSync(join(SAMPLE, 'wecom-archive.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { content?: unknown; text?: { content?: unknown } })
    .map(({ content, text }) => content ?? text?.content)
    .filter((text) => typeof text === 'string' && text !== '') as string[];
  return [...new Set(texts)]
    .filter((text) => !planted.has(text))
    .map((text) => labelled(text, null, 'sample'));
}
