/** What is measured is not trained on, and the corpus says what it needs to say. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { heldOut } from '../../scripts/evaluate-held-out.ts';
import { fill, readCorpus } from '../../scripts/train-corpus.ts';

const corpus = readCorpus(fileURLToPath(new URL('../../scripts/data/corpus', import.meta.url)));
const plain = (text: string): string => text.replace(/[\s\p{P}\p{S}]/gu, '');

describe('the written corpus', () => {
  test('has no held-out text', () => {
    const trained = new Set(corpus.map(({ text }) => plain(text)));
    expect(heldOut().filter(({ text }) => trained.has(plain(text)))).toEqual([]);
  });

  test('can be filled line by line, and a topic is in one fold', () => {
    const folds = new Map<string, Set<number>>();
    for (const skeleton of corpus) {
      expect(fill(skeleton, () => 0.5)).not.toBe('');
      if (skeleton.topic === null) continue;
      const name = `${skeleton.label} ${skeleton.topic}`;
      folds.set(name, (folds.get(name) ?? new Set()).add(skeleton.fold));
    }
    expect(folds.size).toBeGreaterThanOrEqual(90);
    expect([...folds.values()].filter(({ size }) => size > 1)).toEqual([]);
  });
});
