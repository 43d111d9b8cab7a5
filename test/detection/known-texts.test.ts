// What was judged before must not change what is said: texts come again in other contexts, blocks and packs.
import { describe, expect, it } from 'vitest';
import { judge, judgeTexts, type TextContext, type TextHit } from '../../src/core/detection/judge.ts';
import { compiled, GROUP_POST, packOf } from './rules-fixture.ts';

const PACK = packOf([
  { match: { terms: ['刷单'] } },
  { match: { terms: ['刷单'] }, when: { act: ['quote'] } },
  { match: { sequence: [{ terms: ['四件套'] }, { terms: ['现货'] }], minutes: 10 } },
]);
const QUOTE: TextContext = { ...GROUP_POST, act: 'quote' };
const TEXTS = [
  '招刷单员',
  '你好',
  '四件套现货',
  '招刷单员',
  '招刷单员',
  '你好',
  '四件套现货',
  '刷单'.repeat(200),
];
const contextOf = (index: number): TextContext => (index % 2 === 0 ? GROUP_POST : QUOTE);

describe('texts that were judged before', () => {
  it('give in each context what they give alone', () => {
    const rules = compiled(PACK);
    for (let round = 0; round < 3; round++) {
      const found: (readonly TextHit[])[] = [];
      const facts: number[] = [];
      judgeTexts(rules, TEXTS, contextOf, (index, judgement) => {
        found[index] = judgement.hits;
        facts[index] = judgement.facts.length;
      });
      expect(found).toEqual(TEXTS.map((text, index) => judge(compiled(PACK), text, contextOf(index))));
      expect(facts).toEqual([0, 0, 2, 0, 0, 0, 2, 0]);
    }
  });

  it('are forgotten in the end, and judged anew alike', () => {
    const rules = compiled(packOf([{ match: { terms: ['刷单'] } }]));
    const texts = Array.from({ length: 140_000 }, (_, n) => (n % 1000 === 0 ? `刷单${n}` : `第${n}条`));
    const count = (list: readonly string[]): number => {
      let hits = 0;
      judgeTexts(
        rules,
        list,
        () => GROUP_POST,
        (_, judgement) => {
          hits += judgement.hits.length;
        },
      );
      return hits;
    };
    expect(count(texts)).toBe(140);
    expect(count(texts.toReversed())).toBe(140);
  });
});

describe('automata made in steps', () => {
  it('are those that are made at once, and made once', () => {
    const terms = Array.from({ length: 2000 }, (_, n) => `词${String.fromCharCode(0x4e00 + n)}`);
    const rules = compiled(packOf([{ match: { terms } }]));
    const steps = [...rules.making()];
    expect(steps.length).toBeGreaterThan(8);
    const { views, variants } = rules;
    expect([...rules.making()]).toEqual([]);
    expect(rules.views).toBe(views);
    expect(rules.variants).toBe(variants);
    const text = terms.slice(0, 300).join('，');
    expect(judge(rules, text, GROUP_POST)).toEqual(
      judge(compiled(packOf([{ match: { terms } }])), text, GROUP_POST),
    );
  });
});
