/** Parts of long texts: what is said in one sentence among many is found. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Classifier } from '../../src/core/classifier/classifier.ts';
import { LONG_LETTERS, partsOf } from '../../src/core/classifier/long-texts.ts';
import { readModel } from '../../src/core/classifier/model.ts';

const FILE = new URL('../../resources/classifiers/categories.model', import.meta.url);
const shipped = new Classifier(readModel(readFileSync(FILE)));

const BEFORE =
  '今天陪我妈去医院复查，挂号排了四十分钟，医生看了两分钟就好了。回来路上她要买橘子，说上次那家的甜。';
const BEHIND = '晚上把橘子分给邻居，自己一个没吃。周末要是不下雨，带孩子去爬山，好久没有出门走走了。';

describe('parts of a long text', () => {
  it.each([
    [
      'sentences, short ones with the next',
      '好。走吧！今天晚上我们几个人一起去吃火锅好不好？行',
      ['好。走吧！今天晚上我们几个人一起去吃火锅好不好？', '行'],
    ],
    [
      'commas where no sentence ends for long',
      `${'一'.repeat(49)}，${'二'.repeat(30)}`,
      [`${'一'.repeat(49)}，`, '二'.repeat(30)],
    ],
    ['the whole where nothing parts it', '一'.repeat(200), ['一'.repeat(200)]],
    ['nothing of an empty text', '', []],
  ])('are %s', (_, text, parts) => {
    expect(partsOf(text)).toEqual(parts);
  });

  it('are the text from its beginning, in their order, and at most 64', () => {
    const piece = fc.constantFrom('一二三四五六七八九十', '。', '，', '\n', ' ', 'ab');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 600 }), (pieces) => {
        const text = pieces.join('');
        const parts = partsOf(text);
        expect(parts.length).toBeLessThanOrEqual(64);
        if (parts.length < 64) expect(parts.join('')).toBe(text);
        else expect(text.startsWith(parts.join(''))).toBe(true);
      }),
    );
  });
});

describe('a long text', () => {
  it.each([
    ['gambling', '24小时上下分，一元一分红中麻将群，三缺一，加微信ab888。'],
    ['pornography', '同城约炮，少妇上门，包夜一千，加QQ12345678。'],
    ['abuse', '你是不是脑子有病，滚出去吧废物，看见你就恶心。'],
  ])('is proposed for %s by one sentence among others', (category, sentence) => {
    const text = BEFORE + sentence + BEHIND;
    expect(text.length).toBeGreaterThan(LONG_LETTERS);
    expect(shipped.classify(text).map((one) => one.category)).toContain(category);
  });

  it('has no less of a category than the whole gives', () => {
    const text = BEFORE + BEHIND;
    const whole = shipped.score(text)?.slice() as Float64Array;
    const { logits } = shipped.read(text);
    expect(logits).toHaveLength(whole.length);
    for (const [k, logit] of whole.entries()) expect(logits?.[k]).toBeGreaterThanOrEqual(logit);
  });

  it('of clean sentences is proposed for nothing', () => {
    expect(shipped.classify(BEFORE + BEHIND)).toEqual([]);
  });
});
