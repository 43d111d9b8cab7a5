/** Judges many texts; what a worker and the process itself both run. */
import type { Act, ConversationType, MessageKind } from '../domain/message.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import { judgeText, type StepFact, type TextHit } from './judge.ts';

/** One text with what its conditions need. `id` is the caller's and is not read. */
export interface BatchItem {
  readonly id: string;
  readonly text: string;
  readonly act: Act;
  readonly conversationType: ConversationType;
  readonly kind: MessageKind;
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

/** Texts judged between two looks at the cancel flag: about a millisecond. */
const CANCEL_EVERY = 256;

/**
 * All hits of a batch, in the order of its items. A text's hits do not depend on its batch.
 * Returns null where `cancelled` says so; nothing of the batch counts then.
 */
export function judgeBatch(compiled: CompiledRules, items: readonly BatchItem[]): BatchJudgement;
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchItem[],
  cancelled: () => boolean,
): BatchJudgement | null;
export function judgeBatch(
  compiled: CompiledRules,
  items: readonly BatchItem[],
  cancelled?: () => boolean,
): BatchJudgement | null {
  const found: IndexedHit[] = [];
  const given: IndexedFacts[] = [];
  for (const [index, item] of items.entries()) {
    if (index % CANCEL_EVERY === 0 && cancelled?.()) return null;
    const context = { act: item.act, conversationType: item.conversationType, messageKind: item.kind };
    const { hits, facts } = judgeText(compiled, item.text, context);
    for (const hit of hits) found.push({ index, hit });
    if (facts.length > 0) given.push({ index, facts });
  }
  return { hits: found, facts: given };
}
