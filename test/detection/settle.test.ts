/** One finding for each thing that a text says; an organisation's own rules are never left out. */
import { describe, expect, it } from 'vitest';
import { settle } from '../../src/core/detection/settle.ts';
import { CLASSIFIER_PACK, type TextHit } from '../../src/core/detection/text-hit.ts';
import { type CategoryId, categoryOf } from '../../src/core/domain/category.ts';

const LENGTH = 30;
function hit(
  rule: string,
  category: CategoryId,
  start: number,
  end: number,
  more: Partial<TextHit> = {},
): TextHit {
  const { tier, severity } = categoryOf(category);
  return {
    pack: 'shipped',
    rule,
    ruleVersion: '1',
    category,
    tier,
    severity,
    status: 'hit',
    score: 0.9,
    start,
    end,
    match: '',
    normalized: '',
    transforms: [],
    parts: [{ start, end }],
    ...more,
  };
}
const told = (
  hits: readonly TextHit[],
  said: Partial<Record<CategoryId, number>> = {},
  mayDrop = (_: TextHit): boolean => true,
): string[] => settle(hits, LENGTH, mayDrop, (category) => said[category]).map(({ rule }) => rule);

describe('hits of one category inside each other', () => {
  it.each<[string, TextHit[], string[]]>([
    ['the longer stays', [hit('short', 'fraud', 2, 4), hit('long', 'fraud', 0, 8)], ['long']],
    ['of equal ones the first', [hit('first', 'fraud', 2, 4), hit('second', 'fraud', 2, 4)], ['first']],
    [
      'words before the whole text',
      [hit('whole', 'fraud', 0, LENGTH), hit('words', 'fraud', 3, 6)],
      ['words'],
    ],
    [
      'a hit before a proposal',
      [hit('weak', 'fraud', 0, 8, { status: 'proposal' }), hit('sure', 'fraud', 2, 4)],
      ['sure'],
    ],
    ['side by side both stay', [hit('a', 'fraud', 0, 4), hit('b', 'fraud', 6, 9)], ['a', 'b']],
    ['of unlike categories both stay', [hit('a', 'fraud', 0, 8), hit('b', 'drugs', 2, 4)], ['a', 'b']],
  ])('%s', (_, hits, rules) => {
    expect(told(hits)).toEqual(rules);
  });

  it('keeps rules of an organisation’s own packs', () => {
    const own = hit('own', 'fraud', 2, 4, { pack: 'house' });
    expect(told([own, hit('long', 'fraud', 0, 8)], {}, ({ pack }) => pack !== 'house')).toEqual([
      'own',
      'long',
    ]);
  });
});

describe('hits of kin categories over each other', () => {
  const both = [hit('scam', 'fraud', 0, 6), hit('loan', 'illegal-finance', 3, 9)];
  it('are the surer one', () => {
    expect(told(both, { fraud: 0.1, 'illegal-finance': 0.9 })).toEqual(['loan']);
  });

  it('are both where both are sure', () => {
    expect(told(both, { fraud: 0.6, 'illegal-finance': 0.9 })).toEqual(['scam', 'loan']);
  });

  it('are both where the classifier knows neither, or they stand apart', () => {
    expect(told(both)).toEqual(['scam', 'loan']);
    const apart = [hit('scam', 'fraud', 0, 3), hit('loan', 'illegal-finance', 4, 9)];
    expect(told(apart, { fraud: 0.1, 'illegal-finance': 0.9 })).toEqual(['scam', 'loan']);
  });

  it('leave no proposal of the classifier beside them', () => {
    const proposal = hit('fraud', 'fraud', 0, LENGTH, { pack: CLASSIFIER_PACK, status: 'proposal' });
    expect(told([hit('loan', 'illegal-finance', 3, 9), proposal])).toEqual(['loan']);
    expect(told([hit('knife', 'weapons', 3, 9), proposal])).toEqual(['knife', 'fraud']);
  });
});

it('tells a text of very many hits as it is', () => {
  const many = Array.from({ length: 5000 }, (_, at) => hit(`r${at}`, 'fraud', 0, 8));
  expect(told(many)).toHaveLength(many.length);
});
