import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platt, reliability, thresholdFor } from '../../src/core/classifier/calibrate.ts';
import { Classifier } from '../../src/core/classifier/classifier.ts';
import {
  FEATURE_VERSION,
  FeatureReader,
  SYLLABLE_END,
  SYLLABLE_FROM,
} from '../../src/core/classifier/features.ts';
import { fitsFeatures, readModel, writeModel, ZERO } from '../../src/core/classifier/model.ts';
import { retrain } from '../../src/core/classifier/retrain.ts';
import {
  dequantise,
  type Example,
  LEAST_STEPS,
  quantise,
  random,
  train,
} from '../../src/core/classifier/train.ts';
import type { CategoryId } from '../../src/core/domain/category.ts';

const FILE = new URL('../../resources/classifiers/categories.model', import.meta.url);
const bytes = readFileSync(FILE);
const shipped = new Classifier(readModel(bytes));
const syllables = new Uint16Array(SYLLABLE_END - SYLLABLE_FROM);
const SETTINGS = {
  categories: ['gambling', 'abuse'],
  bits: 12,
  seed: 1,
  epochs: 5,
  rate: 0.5,
  decay: 0,
  dropout: 0,
} as const;
const EXAMPLES: Example[] = Array.from({ length: 40 }, (_, i) => [
  { text: `上分下分找我${i}`, labels: ['gambling' as const] },
  { text: `你这个废物滚${i}`, labels: ['abuse' as const] },
  { text: `明天几点开会${i}`, labels: [] },
]).flat();
const made = quantise(train(EXAMPLES, SETTINGS, syllables), 'test');

describe('the shipped model', () => {
  it('is smaller than 2 MB, and the same after writing and reading', () => {
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(readModel(writeModel(shipped.model))).toEqual(shipped.model);
  });

  it.each([
    ['gambling', '24小时上下分，一元一分红中麻将群，三缺一，加微信ab888'],
    ['pornography', '同城约炮，少妇上门，包夜1000，加QQ12345678'],
    ['fraud', '招手机兼职，一单一结，日赚300，宝妈学生都可以，加微信'],
    ['illicit-services', '高价收微信号QQ号，实名老号，长期收，加V'],
    ['abuse', '你是不是脑子有病，滚出去吧废物'],
  ])('proposes %s first for a plain case', (category, text) => {
    expect(shipped.classify(text)[0]?.category).toBe(category);
  });

  it.each(['明天下午三点开会，记得带电脑', '好的收到', '晚上吃什么，火锅还是烧烤', '', '……', '123'])(
    'proposes nothing for %j',
    (text) => {
      expect(shipped.classify(text)).toEqual([]);
    },
  );

  it.each([
    ['gambling', 1.1, 0.9, 0.5],
    ['abuse', 0.5, 0.45, 0.35],
  ] as const)(
    'takes a fixed share off %s in texts of fewer than 9, 12 and 16 letters, none from 16 on',
    (category, under9, under12, under16) => {
      const bare = new Classifier({ ...made, weights: new Uint8Array(made.weights.length).fill(ZERO) });
      const k = bare.categories.indexOf(category);
      const logit = (letters: number): number => bare.score('会'.repeat(letters))?.[k] as number;
      expect(logit(11) - logit(8)).toBeCloseTo(under9 - under12);
      expect(logit(15) - logit(11)).toBeCloseTo(under12 - under16);
      expect(logit(16) - logit(15)).toBeCloseTo(under16);
      expect(logit(40)).toBe(logit(16));
    },
  );

  it.each([
    ['the best of trades that reach enough together', { gambling: 0.38, fraud: 0.3 }, ['gambling']],
    ['no trade where all of them are little', { gambling: 0.3, fraud: 0.2 }, []],
    ['no trade where the best is little', { gambling: 0.24, fraud: 0.24, piracy: 0.24 }, []],
    ['one trade by itself', { gambling: 0.7, fraud: 0.01 }, ['gambling']],
    ['what is no trade by its own threshold', { abuse: 0.45, harassment: 0.45 }, []],
  ] as const)('proposes %s', (_, given, proposed) => {
    const classes = Object.entries(given).map(([category, p]) => ({
      ...(made.classes[0] as (typeof made.classes)[number]),
      category: category as CategoryId,
      bias: Math.log(p / (1 - p)),
      a: 1,
      b: 0,
      threshold: 0.46,
    }));
    const weights = new Uint8Array(made.weights.length).fill(ZERO);
    const bare = new Classifier({ ...made, classes, weights });
    expect(bare.classify('会'.repeat(20)).map(({ category }) => category)).toEqual(proposed);
  });

  it('gives probabilities and sorted proposals for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const p of shipped.probabilities(text).values()) expect(p >= 0 && p <= 1).toBe(true);
        const said = shipped.classify(text).map(({ probability }) => probability);
        expect(said).toEqual(said.toSorted((a, b) => b - a));
      }),
    );
  });

  it('passes over a text at a look only where nothing is proposed and nobody asks for less', () => {
    const asked = [
      { category: 'abuse', score: 0.7 },
      { category: 'gambling', score: 0.02 },
    ] as const;
    const floors = shipped.floorsOf(asked);
    const piece = fc.constantFrom(
      '今晚三缺一',
      '加v',
      '来不来',
      '你有病吧',
      '废物',
      '好的',
      '开会',
      '一元一分',
      '。',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const read = shipped.read(text);
        const isGiven = asked.some(({ category, score }) => shipped.gives(category, score, read));
        const looked = shipped.look(text, floors);
        if (looked === null) expect([shipped.proposals(read), isGiven]).toEqual([[], false]);
        else expect(looked).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the opening of a very long text only', () => {
    const opening = '今晚三缺一来不来'.repeat(200);
    expect(shipped.classify(opening + '你是废物'.repeat(10_000))).toEqual(shipped.classify(opening));
  });
});

describe('features', () => {
  const reader = new FeatureReader(16, shipped.model.syllables);
  const of = (text: string) => {
    reader.read(text);
    return [...reader.buckets.subarray(0, reader.count)];
  };

  it.each([
    ['width and case', '加ＶＸ群', '加vx群'],
    ['traditional', '賭博', '赌博'],
    ['which digits', '加12345', '加98765'],
    ['zero-width', '赌\u200b博', '赌博'],
  ])('do not change with %s', (_, a, b) => {
    expect(of(a)).toEqual(of(b));
  });

  it.each([
    ['characters sound alike', '堵博平台', '赌博平台'],
    ['Latin letters spell them', 'dubo平台', '赌博平台'],
    ['an abbreviation stands for them', '加vx看', '加微信看'],
    ['a sign stands for them', '➕微看', '加微看'],
    ['characters look alike', '睹愽平台', '赌博平台'],
    ['they stand in the wrong order', '博赌平台', '赌博平台'],
  ])('share features where %s', (_, written, meant) => {
    const shared = of(written).filter((bucket) => of(meant).includes(bucket)).length;
    const other = of(`天气${meant.slice(2)}`).filter((bucket) => of(meant).includes(bucket)).length;
    expect(shared).toBeGreaterThan(other);
  });
});

describe('a model of an earlier program', () => {
  const earlier = Buffer.from(
    Buffer.from(bytes).toString('latin1').replace(`"features":${FEATURE_VERSION}`, '"features":1'),
    'latin1',
  );

  it('is known by its features, and is not read', () => {
    expect([fitsFeatures(bytes), fitsFeatures(earlier)]).toEqual([true, false]);
    expect(() => readModel(earlier)).toThrow(/features 1/);
  });
});

describe('a model file that is not one', () => {
  it.each([
    ['empty', new Uint8Array()],
    ['other bytes', new Uint8Array(100).fill(7)],
    ['cut in the header', bytes.subarray(0, 100)],
    ['cut in the weights', bytes.subarray(0, bytes.length - 1000)],
  ])('%s: is refused', (_, file) => {
    expect(() => readModel(file)).toThrow();
  });
});

describe('training', () => {
  it('gives the same bytes for the same examples and seed, others for another seed', () => {
    const again = quantise(train(EXAMPLES, SETTINGS, syllables), 'test');
    expect(Buffer.compare(writeModel(again), writeModel(made))).toBe(0);
    const other = quantise(train(EXAMPLES, { ...SETTINGS, seed: 2 }, syllables), 'test');
    expect(Buffer.compare(writeModel(other), writeModel(made))).not.toBe(0);
  });

  it('separates what it was shown', () => {
    const classifier = new Classifier(made);
    for (const { text, labels } of EXAMPLES) {
      const [first] = classifier.classify(text);
      expect(first?.category).toBe(labels[0]);
    }
  });

  it('loses little of each weight by quantising, but for the few largest', () => {
    const float = train(EXAMPLES, SETTINGS, syllables);
    const back = dequantise(made);
    const far = float.weights.filter((weight, at) => {
      const step = made.classes[at % 16]?.step ?? 1;
      return Math.abs(weight - (back.weights[at] as number)) > step * (LEAST_STEPS + 0.5);
    });
    expect(far.length).toBeLessThan(float.weights.length * 0.001);
  });

  it('learns from reviews without losing what it knew', () => {
    const reviewed = Array.from({ length: 60 }, (_, i) =>
      i % 2 === 0
        ? { text: `周末打麻将图一乐${i}`, confirmed: [], dismissed: ['gambling' as const] }
        : { text: `上分下分找我${i}`, confirmed: ['gambling' as const], dismissed: [] },
    );
    const { model, figures } = retrain(made, reviewed, 'own');
    const classifier = new Classifier(model);
    expect(classifier.classify('周末打麻将图一乐77')).toEqual([]);
    expect(classifier.classify('上分下分找我77')[0]?.category).toBe('gambling');
    expect(classifier.classify('你这个废物滚77')[0]?.category).toBe('abuse');
    expect(model.version).toBe('own');
    const [gambling] = figures;
    expect(gambling?.category).toBe('gambling');
    expect(gambling?.after.dismissed).toBeLessThanOrEqual(gambling?.before.dismissed ?? 0);
  });
});

describe('calibration', () => {
  const next = random(5);
  const judged = Array.from({ length: 4000 }, () => {
    const logit = next() * 8 - 4;
    return { logit, positive: next() < 1 / (1 + Math.exp(-(2 * logit - 1))) };
  });

  it('finds the scale that logits follow', () => {
    const { a, b } = platt(judged);
    expect(a).toBeCloseTo(2, 0);
    expect(b).toBeCloseTo(-1, 0);
  });

  it('makes what is said hold', () => {
    const { a, b } = platt(judged);
    const rows = reliability(
      judged.map(({ logit, positive }) => ({ probability: 1 / (1 + Math.exp(-(a * logit + b))), positive })),
    );
    for (const { said, held, count } of rows) {
      if (count > 100) expect(Math.abs(said - held)).toBeLessThan(0.1);
    }
  });

  it('sets a threshold that so many clean texts may pass', () => {
    const clean = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const threshold = thresholdFor(clean, 0.01);
    expect(clean.filter((p) => p >= threshold).length).toBe(10);
  });
});
