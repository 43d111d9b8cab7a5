/** What wakes a rule: of everything that it needs, what is met most rarely. */
import type { Detector } from '../detection/finding.ts';
import type { CategoryId } from '../domain/category.ts';
import type { CompiledNode } from './compile-rules.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Asked {
  readonly category: CategoryId;
  readonly score: number;
}

/** What can make a node hold: at least one of these must occur. */
interface Wake {
  readonly words: readonly number[];
  readonly detectors: readonly Detector[];
  /** Categories that the classifier must give at least this. */
  readonly asked: readonly Asked[];
  readonly always: boolean;
  /** How often that happens, roughly and relatively; the rarest part of an `all` wakes its rule. */
  readonly often: number;
}

/** Most texts have findings of some detector rarely, and every text lets a bare pattern search. */
const DETECTOR_OFTEN = 1;
const ALWAYS_OFTEN = 1000;
/** The classifier reads every text anyway, and is rarely sure. */
const ASKED_OFTEN = 0.01;

export function wakeOf(node: CompiledNode, vocabulary: Vocabulary): Wake {
  const ofWords = (words: Iterable<number>): Wake => {
    const list = [...words];
    const often = list.reduce((sum, word) => sum + vocabulary.often(word), 0);
    return { words: list, detectors: [], asked: [], always: false, often };
  };
  switch (node.kind) {
    case 'terms':
      return ofWords(node.words);
    case 'detector':
      return { words: [], detectors: [node.detector], asked: [], always: false, often: DETECTOR_OFTEN };
    case 'classifier':
      return { words: [], detectors: [], asked: [node], always: false, often: ASKED_OFTEN };
    case 'regex':
      return node.needs === undefined
        ? { words: [], detectors: [], asked: [], always: true, often: ALWAYS_OFTEN }
        : ofWords(node.needs);
    case 'any': {
      const wakes = node.children.map((child) => wakeOf(child, vocabulary));
      return {
        words: wakes.flatMap((wake) => wake.words),
        detectors: wakes.flatMap((wake) => wake.detectors),
        asked: wakes.flatMap((wake) => wake.asked),
        always: wakes.some((wake) => wake.always),
        often: wakes.reduce((sum, wake) => sum + wake.often, 0),
      };
    }
    case 'all':
      return wakeOf(node.children[0] as CompiledNode, vocabulary);
  }
}
