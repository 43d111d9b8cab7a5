/** Judges many texts; what a worker and the process itself both run. */
import type { Act, ConversationType, MessageKind } from '../domain/message.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { judgeTexts, type StepFact, type TextHit } from './judge.ts';

/** One text with what its conditions need. */
export interface BatchText {
  readonly text: string;
  readonly act: Act;
  readonly conversationType: ConversationType;
  readonly kind: MessageKind;
}

/** The same with an id of the caller's, which is not read. */
export interface BatchItem extends BatchText {
  readonly id: string;
}

/** A hit and the place of its item in the batch. */
export interface IndexedHit {
  readonly index: number;
  readonly hit: TextHit;
}

/** What an item gives to rules over several messages. */
export interface IndexedFacts {
  readonly index: number;
  readonly facts: readonly StepFact[];
}

export interface BatchJudgement {
  readonly hits: readonly IndexedHit[];
  readonly facts: readonly IndexedFacts[];
}

/** Texts judged between two looks at the cancel flag: some 50 milliseconds. */
const CANCEL_EVERY = 4096;

/**
 * All hits of a batch, in the order of its items. A text's hits do not depend on its batch.
 * Returns null where `cancelled` says so; nothing of the batch counts then.
 */
export function judgeBatch(compiled: CompiledRules, items: readonly BatchText[]): BatchJudgement;
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchText[],
  cancelled: () => boolean,
): BatchJudgement | null;
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchText[],
  cancelled?: () => boolean,
): BatchJudgement | null {
  const found: IndexedHit[] = [];
  const given: IndexedFacts[] = [];
  for (let from = 0; from < items.length; from += CANCEL_EVERY) {
    if (cancelled?.()) return null;
    const some = items.slice(from, from + CANCEL_EVERY);
    judgeTexts(
      compiled,
      some.map(({ text }) => text),
      (place) => {
        const { act, conversationType, kind } = some[place] as BatchText;
        return { act, conversationType, messageKind: kind };
      },
      (place, { hits, facts }) => {
        const index = from + place;
        for (const hit of hits) found.push({ index, hit });
        if (facts.length > 0) given.push({ index, facts });
      },
    );
  }
  return { hits: found, facts: given };
}
